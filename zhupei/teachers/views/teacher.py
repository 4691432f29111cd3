"""One teacher: the page, starting an application, and what is decided about it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Sum, prefetch_related_objects
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import audit, clock
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.frames import shell_of
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import dated
from zhupei.people.access import is_person
from zhupei.people.actions import look_at
from zhupei.people.requests import SignedIn
from zhupei.teachers import access, actions, dossiers, words
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.forms import FileForm, ProposeForm, ReasonFormSet
from zhupei.teachers.models import Engagement, State, Teacher
from zhupei.teachers.parameters import STUDY_HOURS
from zhupei.teachers.rules import SECONDS_PER_HOUR
from zhupei.teachers.views.frame import UNPROCESSABLE, badge, crumbs, entry, load
from zhupei.teachers.workflow import POOL

MOVES: dict[str, Callable[..., Teacher]] = {
    "submit": actions.submit,
    "withdraw": actions.withdraw,
    "admit": actions.admit,
    "remove": actions.remove,
    "reopen": actions.reopen,
}
MOVE_ICONS = {
    "submit": "send",
    "withdraw": "arrow-back-up",
    "admit": "check",
    "remove": "ban",
    "reopen": "refresh",
}


@never_cache
@login_required
@require_GET
def detail(request: SignedIn, pk: int) -> HttpResponse:
    """Evidence, engagements, studies, and what happened."""
    return _detail(request, load(request, pk))


def _detail(
    request: SignedIn,
    teacher: Teacher,
    reasons: Any = None,
    *,
    fault: str = "",
    whole: bool = False,
    status: int = 200,
) -> HttpResponse:
    user, sees = request.user, access.may_see_file(request.user, teacher)
    may_send_back = teacher.state == State.APPLIED and access.may_review(user, teacher)
    prefetch_related_objects([teacher], "qualifications__trades")
    gaps = dossiers.unproven(teacher)
    context = {
        "teacher": teacher,
        "shell": shell_of(request),
        "crumbs": crumbs(teacher) if user.acting else None,
        "badge": badge(teacher.state),
        "facts": _facts(teacher, sees=sees, whole=whole),
        "left": _left(teacher),
        "base_url": reverse("teachers:detail", args=[teacher.pk]),
        "moves": _moves(request, teacher, gaps),
        "gaps": gaps,
        "sees": sees,
        "whole": whole,
        "is_me": is_person(user, teacher.person),
        "proofs": teacher.qualifications.select_related("file").prefetch_related("trades"),
        "places": dossiers.places(teacher, Engagement.objects.visible_to(user)),
        "calendar_url": _calendar(teacher),
        "studies": teacher.studies.order_by("-ends_on", "-pk"),
        "study_hours": _study_hours(teacher),
        "timeline": audit.timeline(teacher) if sees else [],
        "may_change": access.may_change(user, teacher),
        "may_add_evidence": access.may_add_evidence(user, teacher),
        "may_remove_evidence": teacher.state in access.OPEN_TO_CHANGE
        and access.may_submit(user, teacher),
        "may_engage": access.may_engage(user, teacher),
        "may_enter_study": access.may_enter_study(user, teacher),
        "may_confirm_study": access.may_review(user, teacher),
        "may_send_back": may_send_back,
        "reasons": reasons or ReasonFormSet(prefix="reasons"),
        "more_reasons": bool(reasons) and any(form.has_changed() for form in reasons.forms[1:]),
        "note": request.POST.get("note", ""),
        "note_fault": fault,
        "returned": _returned(teacher) if sees else [],
    }
    return render(request, "teachers/detail.html", context, status=status)


def _facts(teacher: Teacher, *, sees: bool, whole: bool) -> list[dict[str, Any]]:
    person = teacher.person
    trades = "、".join(str(trade) for trade in teacher.trades.order_by("code"))
    facts: list[dict[str, Any]] = [
        {"label": _("职称"), "value": teacher.title or "—", "note": teacher.get_rank_display()},
        {"label": _("学历"), "value": teacher.education or "—"},
        {"label": _("任教工种"), "value": trades or "—"},
        {"label": _("报送"), "value": teacher.proposed_by or _("本人申请")},
    ]
    if teacher.state == State.ADMITTED:
        facts.append({"label": _("入库"), "value": dated(teacher.in_pool_since)})
    if sees:
        number = person.id_number if whole else person.masked_id_number
        facts.append({"label": _("身份证号"), "value": number})
        phone = person.phone if whole else person.masked_phone
        facts.append({"label": _("手机号"), "value": phone})
    return facts


def _left(teacher: Teacher) -> clock.Left | None:
    if teacher.state != State.APPLIED:
        return None
    now = timezone.now()
    return clock.left(teacher.due_at, now, clock.calendar(now))


def _calendar(teacher: Teacher) -> str:
    """Lessons are of a floor above: its page is known by its address only."""
    try:
        return reverse("classes:teacher_calendar", args=[teacher.pk])
    except NoReverseMatch:
        return ""


def _moves(request: SignedIn, teacher: Teacher, gaps: list[str]) -> list[dict[str, Any]]:
    """The buttons; submitting says what is still missing. Sending back has a form of its own."""
    return [
        {
            "name": move.name,
            "label": move.label,
            "consequence": move.consequence,
            "tone": move.tone,
            "needs_note": move.needs_note,
            "icon": MOVE_ICONS[move.name],
            "blocked": _blocked(move.name, teacher, gaps),
        }
        for move in POOL.available(teacher, request.user)
        if move.name != "return"
    ]


def _blocked(name: str, teacher: Teacher, gaps: list[str]) -> str:
    if name != "submit":
        return ""
    if gaps:
        return _("还不能提交：%(trades)s 没有资格证明") % {"trades": "、".join(gaps)}
    if not teacher.trades.exists():
        return _("还不能提交：没有选择任教专业工种")
    return ""


def _study_hours(teacher: Teacher) -> dict[str, Any]:
    """Confirmed hours of this year, against what a year should have."""
    year = timezone.localdate().year
    counted = teacher.studies.filter(confirmed_at__isnull=False, ends_on__year=year)
    seconds = counted.aggregate(n=Sum("seconds"))["n"] or 0
    wanted = value(STUDY_HOURS) * SECONDS_PER_HOUR
    return {"year": year, "seconds": seconds, "wanted": wanted, "enough": seconds >= wanted}


def _returned(teacher: Teacher) -> list[dict[str, Any]]:
    """The reasons of the last return, while they are still to be answered."""
    if teacher.state != State.RETURNED:
        return []
    events = audit.own_history(teacher).filter(verb=TeacherEvent.RETURNED)
    last = events.order_by("-seq").first()
    said = last.facts["reasons"] if last else []
    if last and not said:
        said = [{"field": "other", "text": last.facts["note"]}]
    return [reason | {"label": words.FIELDS[reason["field"]]} for reason in said]


@never_cache
@login_required
@require_POST
def identity(request: SignedIn, pk: int) -> HttpResponse:
    """The whole numbers, once; the look is recorded with the person."""
    teacher = load(request, pk)
    if not access.may_see_file(request.user, teacher):
        raise NotAllowed("not_allowed", _("您的身份不能查看完整证件号码。"))
    fields = [_("身份证号码"), _("手机号")]
    look_at(teacher.person, by=request.user, reason=_("核对师资库资料"), fields=fields)
    return _detail(request, teacher, whole=True)


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one move of the workflow and show the teacher again."""
    if name not in MOVES:
        raise Http404
    moved = MOVES[name](load(request, pk), by=request.user, note=request.POST.get("note", ""))
    said = {"name": moved.person.name, "state": moved.get_state_display()}
    messages.success(request, _("“%(name)s”：%(state)s。") % said)
    return redirect("teachers:detail", pk)


@login_required
@require_POST
def send_back(request: SignedIn, pk: int) -> HttpResponse:
    """Return an application with reasons; what was typed stays when something is missing."""
    teacher = load(request, pk)
    reasons = ReasonFormSet(request.POST, prefix="reasons")
    if not reasons.is_valid():
        return _detail(request, teacher, reasons, status=UNPROCESSABLE)
    said = [form.cleaned_data for form in reasons if form.cleaned_data.get("text")]
    try:
        actions.send_back(teacher, by=request.user, note=request.POST.get("note", ""), reasons=said)
    except Refused as refusal:
        if refusal.field != "note":
            raise
        return _detail(request, teacher, reasons, fault=str(refusal), status=UNPROCESSABLE)
    messages.success(request, _("已退回补正，对方会看到理由。"))
    return redirect("teachers:detail", pk)


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """One's own page; whoever has none may apply."""
    own = Teacher.objects.visible_to(request.user).filter(person=request.user.person_id)
    if request.user.person_id and (teacher := own.first()):
        return redirect("teachers:detail", teacher.pk)
    return redirect("teachers:apply")


@login_required
@require_http_methods(["GET", "POST"])
def apply(request: SignedIn) -> HttpResponse:
    """A person starts their own application."""
    user = request.user
    if user.person_id and not access.may_apply(user):
        return redirect("teachers:mine")
    if not user.person_id:
        raise NotAllowed("not_allowed", _("请用本人实名注册的账号申请入库。"))
    page = {
        "heading": _("申请入师资库"),
        "note": _("填写后上传资格证明，再提交协会审核；入库后各培训机构可以聘用您任教。"),
        "back": reverse("teachers:mine"),
        "cancel": reverse("portal:home"),
    }
    return entry(
        request,
        FileForm(request.POST or None),
        lambda said: actions.apply(by=user, **said),
        done=_("已保存。请登记资格证明，再提交审核。"),
        page=page,
    )


@login_required
@require_http_methods(["GET", "POST"])
def propose(request: SignedIn) -> HttpResponse:
    """An institution starts the application of somebody."""
    user = request.user
    if user.acting is None or not access.may_propose(user, user.acting.organization):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能报送教师。"))
    page: dict[str, Any] = {
        "heading": _("报送教师入库"),
        "note": _("已在师资库的教师不用报送，查到本人后直接聘用。"),
        "cancel": reverse("teachers:reviews"),
    }

    def verb(said: dict[str, Any]) -> None:
        data = {name: said.pop(name) for name in ("name", "id_number", "phone")}
        made = actions.propose(data, by=user, organization=user.acting.organization, **said)
        page["back"] = reverse("teachers:detail", args=[made.pk])

    done = _("已保存。请登记资格证明，再提交审核。")
    return entry(request, ProposeForm(request.POST or None), verb, done=done, page=page)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change what the file says; reasons of a return stand beside their fields."""
    teacher = load(request, pk)
    if not access.may_change(request.user, teacher):
        raise NotAllowed("not_allowed", _("这份资料现在不能修改，请看它的状态。"))
    form = FileForm(request.POST or None, teacher=teacher)
    form.say(_returned(teacher))
    page = {
        "heading": _("修改资料"),
        "note": teacher.person.name,
        "crumbs": crumbs(teacher, _("修改资料")) if request.user.acting else None,
        "back": reverse("teachers:detail", args=[pk]),
    }
    return entry(
        request,
        form,
        lambda said: actions.change(teacher, by=request.user, **said),
        done=_("已保存。"),
        page=page,
    )
