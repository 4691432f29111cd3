"""Where one's inbox is copied to: the page, the link of the letter."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import Refused
from zhupei.core.frames import shell_of
from zhupei.people import copies as actions
from zhupei.people.requests import SignedIn


class CopyForm(forms.Form):
    address = forms.EmailField(
        label=_("邮箱"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("先发一封确认邮件；点了里面的链接才开始提醒。提醒里只有标题和链接，没有内容。"),
    )


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def copies(request: SignedIn) -> HttpResponse:
    """Ask for copies, or see where they go."""
    form = CopyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        link = f"{settings.PUBLIC_URL}{reverse('people:copies')}"
        actions.ask(request.user, form.cleaned_data["address"], link=link)
        messages.success(request, _("确认邮件已发出，请到邮箱里点一下链接。"))
        return redirect("people:copies")
    context = {
        "form": form,
        "copy": getattr(request.user, "copy_address", None),
        "shell": shell_of(request),
    }
    return render(request, "people/copies.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def confirm_copies(request: SignedIn, token: str) -> HttpResponse:
    """The link of the letter: shows the address, confirms it when the button is pressed."""
    context = {"shell": shell_of(request), "address": "", "refusal": ""}
    try:
        if request.method == "POST":
            actions.confirm(request.user, token)
            messages.success(request, _("已确认，以后站内有新消息会发邮件提醒。"))
            return redirect("people:copies")
        context["address"] = actions.address_of(token, request.user)
    except Refused as refusal:
        context["refusal"] = str(refusal)
    status = 404 if context["refusal"] else 200
    return render(request, "people/confirm_copies.html", context, status=status)


@login_required
@require_POST
def stop_copies(request: SignedIn) -> HttpResponse:
    """No more letters."""
    actions.stop(request.user)
    messages.success(request, _("已停掉，邮箱地址已删除。"))
    return redirect("people:copies")
