"""A page that is one form: shown, saved, or given back with what was typed."""

from collections.abc import Callable
from http import HTTPStatus

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zhupei.core.errors import beside


def form_page(
    request: HttpRequest,
    form: BaseForm,
    template: str,
    save: Callable[[], HttpResponse],
    *,
    title: str,
    cancel_url: str,
) -> HttpResponse:
    """``save`` performs the verb and says where to go; what it refuses stands in the form.

    The template gets ``form``, ``title`` and ``cancel_url``, as ``core/_form.html`` wants them.
    """
    if request.method == "POST" and form.is_valid():
        with beside(form):
            return save()
    context = {"form": form, "title": title, "cancel_url": cancel_url}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, context, status=status)
