"""Two middlewares: one remembers the request for the record of deeds, one renders refusals."""

import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhupei.core import context
from zhupei.core.errors import Refused

GetResponse = Callable[[HttpRequest], HttpResponse]


class RequestContextMiddleware:
    """Give each request an id; events written while it is served carry it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        here = context.RequestContext(uuid.uuid4().hex, request.META.get("REMOTE_ADDR", ""))
        token = context.current.set(here)
        try:
            return self.get_response(request)
        finally:
            context.current.reset(token)


class RefusalMiddleware:
    """Turn a Refused raised anywhere below into a readable response."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        template = "core/refusal.html"
        if request.headers.get("HX-Request"):
            template += "#message"
        return render(request, template, {"refusal": error}, status=error.status)
