"""The people of a body: who acts for it, opening accounts, ending roles; and changing roles."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations import actions
from zhupei.organizations.access import may_appoint, may_keep_identities, regulates
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.forms import (
    AddForm,
    AgainForm,
    EndForm,
    LinkForm,
    MemberFilters,
    PhoneForm,
)
from zhupei.organizations.middleware import CHOSEN, worn_today
from zhupei.organizations.models import Membership, Organization
from zhupei.organizations.rules import roles_of
from zhupei.people.requests import SignedIn

PER_PAGE = 25
UNPROCESSABLE = 422
DEEDS = (
    OrganizationEvent.MEMBER_JOINED,
    OrganizationEvent.MEMBER_LEFT,
    OrganizationEvent.LINK_SENT,
    OrganizationEvent.PHONE_CHANGED,
)


@login_required
@require_POST
def switch(request: SignedIn) -> HttpResponse:
    """Wear another of one's own memberships from now on."""
    chosen = request.POST.get("membership", "")
    if chosen not in {str(membership.pk) for membership in worn_today(request.user)}:
        raise Http404
    request.session[CHOSEN] = int(chosen)
    return redirect("portal:home")


def _body(request: SignedIn, pk: int | None) -> Organization:
    """The body whose people are shown: one's own, or for the region any."""
    if request.user.acting is None:
        raise Http404
    pk = pk or request.user.acting.organization_id
    visible = Organization.objects.visible_to(request.user)
    body = get_object_or_404(visible.select_related("division"), pk=pk)
    if not may_appoint(request.user, body):
        if body.pk == request.user.acting.organization_id:
            raise NotAllowed("not_allowed", _("本单位人员由教务、审核等办事人员管理。"))
        raise Http404
    return body


@login_required
@require_GET
def members(request: SignedIn, pk: int | None = None) -> HttpResponse:
    """Who acts for the body in which role, since when, and when they last signed in."""
    body = _body(request, pk)
    today = timezone.localdate()
    rows = Membership.objects.visible_to(request.user).filter(organization=body)
    filters = MemberFilters(request.GET, kind=body.kind)  # bound: who has left is left out
    if filters.is_valid():
        rows = filters.narrowed(rows, today)
    related = rows.select_related("user__person").order_by("role", "user__name", "pk")
    page = Paginator(related, PER_PAGE).get_page(request.GET.get("page"))
    own = request.user.acting.organization_id == body.pk
    context = {
        "body": body,
        "own": own,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"membership": row, "badge": _badge(row, today)} for row in page],
        "crumbs": [] if own else _crumbs(body),
        "timeline": audit.timeline(body, newest=20, verb__in=DEEDS),
    }
    return render(request, "organizations/members.html", context)


def _crumbs(body: Organization) -> list[dict[str, Any]]:
    return [{"label": _("单位名册"), "url": reverse("organizations:index")}, {"label": body.name}]


def _badge(membership: Membership, today: Any) -> dict[str, str]:
    """Whether the role may be worn today, and whether its owner ever came."""
    if membership.until and membership.until < today:
        return {"icon": "x", "tone": "", "word": _("已结束")}
    if membership.since > today:
        return {"icon": "clock", "tone": "", "word": _("尚未开始")}
    if not membership.user.has_usable_password():
        return {"icon": "hourglass", "tone": "warn", "word": _("等本人设密码")}
    return {"icon": "circle-check", "tone": "ok", "word": _("在任")}


@login_required
@require_http_methods(["GET", "POST"])
def add(request: SignedIn, pk: int) -> HttpResponse:
    """Let a colleague act for the body, with a new account or the one they have."""
    body = _body(request, pk)
    form = AddForm(request.POST or None, kind=body.kind)
    if form.is_valid():
        try:
            made = actions.add(body, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            new = not made.user.has_usable_password()
            words = (
                _("已安排“%(name)s”，设密码的链接发到了他的手机。")
                if new
                else _("已安排“%(name)s”。")
            )
            messages.success(request, words % {"name": made.user})
            return redirect("organizations:members-of", body.pk)
    context = {
        "body": body,
        "form": form,
        "crumbs": _crumbs(body) if regulates(request.user) else [],
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/add_member.html", context, status=status)


def _membership(request: SignedIn, pk: int) -> Membership:
    visible = Membership.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("user__person", "organization"), pk=pk)


@login_required
@require_GET
def member(request: SignedIn, pk: int) -> HttpResponse:
    """One role of one person, and what can be done about it."""
    return _member(request, _membership(request, pk))


def _member(request: SignedIn, found: Membership, status: int = 200, **forms: Any) -> HttpResponse:
    today = timezone.localdate()
    worn = Membership.objects.visible_to(request.user).filter(
        organization=found.organization, user=found.user
    )
    held = set(worn.in_force(today).values_list("role", flat=True))
    free = [role for role in roles_of(found.organization.kind) if role not in held]
    over = found.until is not None and found.until < today
    context = {
        "membership": found,
        "badge": _badge(found, today),
        "over": over,
        "end_form": EndForm(),
        "link_form": LinkForm(found.user),
        "phone_form": PhoneForm() if _may_change_phone(request, found) else None,
        "again_form": AgainForm(free) if free else None,
        "crumbs": [
            {
                "label": _("%(name)s的人员") % {"name": found.organization},
                "url": reverse("organizations:members-of", args=[found.organization_id]),
            },
            {"label": found.user.name},
        ],
        "timeline": audit.timeline(
            found.organization, verb__in=DEEDS, facts__account=found.user_id
        ),
    }
    return render(request, "organizations/member.html", context | forms, status=status)


@login_required
@require_POST
def end(request: SignedIn, pk: int) -> HttpResponse:
    """End a role, at once or with a day to come."""
    found = _membership(request, pk)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            actions.end(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            words = (
                _("“%(name)s”的任职已安排结束。")
                if form.cleaned_data["last_day"]
                else _("“%(name)s”的任职已结束，立即生效。")
            )
            messages.success(request, words % {"name": found.user})
            return redirect("organizations:members-of", found.organization_id)
    return _member(request, found, UNPROCESSABLE, end_form=form)


@login_required
@require_POST
def send_link(request: SignedIn, pk: int) -> HttpResponse:
    """Send a link to choose a new password to the phone of the account."""
    found = _membership(request, pk)
    form = LinkForm(found.user, request.POST)
    if form.is_valid():
        try:
            actions.reset(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            messages.success(request, _("链接已发到“%(name)s”的手机。") % {"name": found.user})
            return redirect("organizations:member", pk)
    return _member(request, found, UNPROCESSABLE, link_form=form)


def _may_change_phone(request: SignedIn, found: Membership) -> bool:
    """The region, of a login that has its own phone; a person's is theirs."""
    return may_keep_identities(request.user) and bool(found.user.phone)


@login_required
@require_POST
def change_phone(request: SignedIn, pk: int) -> HttpResponse:
    """Another phone for the account, with the reason."""
    found = _membership(request, pk)
    form = PhoneForm(request.POST)
    if form.is_valid():
        try:
            actions.change_phone(found, by=request.user, **form.cleaned_data)
        except Refused as refusal:
            _beside(form, refusal)
        else:
            words = _("“%(name)s”的手机号已改，旧手机号已收到提醒。")
            messages.success(request, words % {"name": found.user})
            return redirect("organizations:member", pk)
    return _member(request, found, UNPROCESSABLE, phone_form=form)


@login_required
@require_POST
def again(request: SignedIn, pk: int) -> HttpResponse:
    """Give the same person another role of the body, or the same one after it ended."""
    found = _membership(request, pk)
    form = AgainForm(roles_of(found.organization.kind), request.POST)
    if form.is_valid():
        role = form.cleaned_data["role"]
        today = timezone.localdate()
        try:
            made = actions.appoint(
                found.organization, found.user, role, by=request.user, since=today
            )
        except Refused as refusal:
            _beside(form, refusal)
        else:
            words = _("“%(name)s”从今天起也是%(role)s。")
            facts = {"name": found.user, "role": made.get_role_display()}
            messages.success(request, words % facts)
            return redirect("organizations:members-of", found.organization_id)
    return _member(request, found, UNPROCESSABLE, again_form=form)


def _beside(form: Any, refusal: Refused) -> None:
    """Put a refusal where its reader looks; who may not do it at all is told on a page."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    refusal.beside(form)
