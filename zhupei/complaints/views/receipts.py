"""Number and code of a complaint just filed: on a page of its own, once.

Filing answers with the way to that page, so a reload sends nothing again. What it shows travels in
a signed cookie, on that page only and for some minutes; showing it takes it away. The server keeps
neither the code nor who saw it.
"""

from datetime import timedelta
from typing import NamedTuple

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhupei.complaints.actions import complainant
from zhupei.complaints.actions.filing import Receipt

COOKIE, SALT = "receipt", "zhupei.complaints.receipt"
LASTS = timedelta(minutes=10)  # for a line that breaks between filing and reading


class Page(NamedTuple):
    """Where a receipt is shown, how it looks, and where one is sent who has seen it."""

    name: str
    template: str
    over: str


def lead_to(request: HttpRequest, page: Page, receipt: Receipt) -> HttpResponse:
    """The way to the page that shows it."""
    response = redirect(page.name)
    response.set_cookie(
        COOKIE,
        signing.dumps([receipt.complaint.pk, receipt.code], salt=SALT),
        max_age=LASTS,
        path=reverse(page.name),
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


def show(request: HttpRequest, page: Page) -> HttpResponse:
    """The receipt, and never again; who comes back is told that it was shown."""
    try:
        key, code = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        messages.info(request, _("查询码只显示一次，已经显示过。请用记下的编号和查询码查进展。"))
        return redirect(page.over)
    context = {"complaint": complainant.opened(key), "code": f"{code[:5]}-{code[5:]}"}
    response = render(request, page.template, context)
    response.delete_cookie(COOKIE, path=reverse(page.name), samesite="Strict")
    return response
