"""What every page about one class shows: its head, its clock, its moves, its tabs."""

from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.classes.access import may_change, may_plan, may_review
from zhupei.classes.actions.plan import mark_of
from zhupei.classes.models import EFFECTIVE, IN_REVIEW, Mode, State, TrainingClass
from zhupei.classes.plan_facts import with_surroundings
from zhupei.classes.workflow import CLASS_PLAN
from zhupei.core import clock
from zhupei.core.templatetags.ui import beijing_day
from zhupei.people.models import User

ICONS = {
    State.DRAFT: ("pencil", ""),
    State.SUBMITTED: ("hourglass", "warn"),
    State.REFERRED: ("help-circle", "warn"),
    State.RETURNED: ("arrow-back-up", "bad"),
    State.FILED: ("circle-check", "ok"),
    State.APPROVED: ("circle-check", "ok"),
    State.REVOKED: ("ban", "bad"),
    State.CANCELLED: ("x", ""),
    State.FINISHED: ("flag", "info"),
}
MOVE_ICONS = {
    "submit": "send",
    "file": "send",
    "approve": "check",
    "refer": "help-circle",
    "advise": "message-report",
    "recall": "arrow-back-up",
    "withdraw": "arrow-back-up",
    "finish": "flag",
    "revoke": "ban",
    "cancel": "x",
}
TABS = (
    ("detail", gettext_lazy("概览")),
    ("roster", gettext_lazy("学员名册")),
    ("timetable", gettext_lazy("课程表")),
    ("documents", gettext_lazy("教学资源")),
)
LATER_TABS = (  # pages of the floors above, about a class that was held
    ("teaching:class", gettext_lazy("教学记录")),
    ("feedback:class", gettext_lazy("评价与回访")),
    ("live:class", gettext_lazy("远程查看")),
)


def me(request: HttpRequest) -> User:
    """Whoever is signed in and works here; learners have pages of their own."""
    user = request.user
    if not isinstance(user, User) or user.acting is None:
        raise Http404
    return user


def load(request: HttpRequest, pk: int) -> TrainingClass:
    """The class, if the person may know about it."""
    visible = TrainingClass.objects.visible_to(me(request)).with_bureau()
    related = visible.select_related(
        "organization__admission", "prefecture", "division", "syllabus__job", "room"
    )
    return get_object_or_404(with_surroundings(related), pk=pk)


def badge(state: str) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = ICONS[State(state)]
    return {"icon": icon, "tone": tone, "word": State(state).label}


def frame(request: HttpRequest, training_class: TrainingClass, tab: str) -> dict[str, Any]:
    """The context all tabs share."""
    user = me(request)
    return {
        "class": training_class,
        "badge": badge(training_class.state),
        "facts": _facts(training_class),
        "holder": _holder(training_class),
        "left": _left(training_class),
        "tabs": [_tab(training_class, name, label, tab) for name, label in _tabs(training_class)],
        "crumbs": [
            {"label": _("开班计划"), "url": reverse("classes:index")},
            {"label": training_class.number or training_class.title},
        ],
        "base_url": reverse("classes:detail", args=[training_class.pk]),
        "may_change": may_change(user, training_class),
        "may_send_back": may_send_back(user, training_class),
        "may_pack": training_class.state == State.FINISHED
        and (may_plan(user, training_class) or may_review(user, training_class)),
    }


def _facts(training_class: TrainingClass) -> list[dict[str, Any]]:
    owner = training_class.organization
    dates = _("%(first)s至%(last)s") % {
        "first": beijing_day(training_class.starts_on),
        "last": beijing_day(training_class.ends_on),
    }
    facts: list[dict[str, Any]] = [
        {"label": _("编号"), "value": training_class.number or _("提交时生成")},
        {
            "label": _("机构"),
            "value": owner.name,
            "url": reverse("institutions:detail", args=[owner.pk]),
        },
        {"label": _("大纲"), "value": str(training_class.syllabus)},
        {"label": _("人数"), "value": training_class.seats},
        {"label": _("培训"), "value": dates},
        {"label": _("地点"), "value": f"{training_class.division} {training_class.room}"},
        {"label": _("咨询"), "value": training_class.contact_phone},
    ]
    if training_class.mode:
        facts.append({"label": _("方式"), "value": Mode(training_class.mode).label})
    return facts


def _holder(training_class: Any) -> dict[str, Any]:
    """Who has to do the next thing."""
    owner = training_class.organization.name
    if training_class.state == State.SUBMITTED:
        return {"name": training_class.bureau or _("住建局"), "note": _("等待审核")}
    if training_class.state == State.REFERRED:
        return {"name": _("自治区住建厅"), "note": _("等待答复请示")}
    notes = {
        State.DRAFT: _("填写计划"),
        State.RETURNED: _("补正后重新提交"),
        State.FILED: _("办班中"),
        State.APPROVED: _("办班中"),
    }
    return {"name": owner, "note": notes.get(State(training_class.state), _("已办结"))}


def _left(training_class: TrainingClass) -> clock.Left | None:
    if training_class.state not in IN_REVIEW or training_class.due_at is None:
        return None
    now = timezone.now()
    return clock.left(training_class.due_at, now, clock.calendar(now))


def _tabs(training_class: TrainingClass) -> tuple[tuple[str, Any], ...]:
    held = training_class.state in {*EFFECTIVE, State.FINISHED}
    return (*TABS, *LATER_TABS) if held else TABS


def _tab(training_class: Any, name: str, label: Any, current: str) -> dict[str, Any]:
    counts = training_class.around
    figures = {
        "roster": counts["waiting"] + counts["confirmed"] + counts["declined"] + counts["alone"],
        "documents": counts["papers"] + counts["schemes"],
    }
    return {
        "label": label,
        "url": reverse(name if ":" in name else f"classes:{name}", args=[training_class.pk]),
        "count": figures.get(name),
        "current": name == current,
    }


def may_send_back(user: User, training_class: TrainingClass) -> bool:
    """Sending back has a form of its own, because its reasons point at fields."""
    states = CLASS_PLAN.moves["return"].sources
    return training_class.state in states and may_review(user, training_class)


def moves(
    user: User, training_class: TrainingClass, *, mode: Mode, bad: int
) -> list[dict[str, Any]]:
    """The buttons: of the two ways to submit the one of the prefecture; blocked with the reason."""
    other = "submit" if mode is Mode.FILING else "file"
    hidden = {other, "return"}
    if timezone.localdate() < training_class.ends_on:
        hidden.add("finish")
    drawn = []
    for move in CLASS_PLAN.available(training_class, user):
        if move.name in hidden:
            continue
        drawn.append(
            {
                "name": move.name,
                "label": move.label,
                "consequence": move.consequence,
                "tone": move.tone,
                "needs_note": move.needs_note,
                "icon": MOVE_ICONS[move.name],
                "blocked": _blocked(move.name, bad),
                "seen": mark_of(training_class) if move.name == "approve" else "",
            }
        )
    return drawn


def _blocked(name: str, bad: int) -> str:
    if name not in {"submit", "file"} or not bad:
        return ""
    return _("还不能提交：预检不符 %(count)d 项，见下表") % {"count": bad}
