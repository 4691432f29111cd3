"""Three middlewares: one remembers the request for the record of deeds, one renders refusals, one
lets caches keep what is the same for everybody.
"""

import uuid
from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import is_valid_path

from zhupei.core import context
from zhupei.core.errors import Refused, collision
from zhupei.core.frames import shell_of

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


class ForEverybodyMiddleware:
    """What a view calls public and immutable depends on nobody's cookie, whatever the
    middlewares below it looked at. It stands outermost.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        promised = response.get("Cache-Control", "")
        if "public" in promised and "immutable" in promised:
            response.cookies.clear()
            response.headers.pop("Vary", None)
        return response


class RefusalMiddleware:
    """Turn a Refused raised anywhere below into a readable response, and two people in each other's
    way at the database as well.

    So is an address opened that only a button may post to: somebody signed out meanwhile, pressed
    the button, signed in and was led here.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED or request.method != "GET":
            return response
        page = render(request, "405.html", {"above": _above(request.path)}, status=405)
        page["Allow"] = response["Allow"]
        return page

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = error if isinstance(error, Refused) else collision(error)
        if not refusal:
            return None
        template = "core/refusal.html"
        if request.headers.get("HX-Request"):
            template += "#message"
        context = {"refusal": refusal, "shell": shell_of(request)}
        return render(request, template, context, status=refusal.status)


def _above(path: str) -> str:
    """The nearest address above ``path`` that leads anywhere."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        if is_valid_path(path):
            return path
    return path
