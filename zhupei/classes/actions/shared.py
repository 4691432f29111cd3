"""What several verbs of a class do in the same way."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices
from zhupei.classes.access import OPEN_TO_CHANGE, may_plan
from zhupei.classes.models import IN_REVIEW, TrainingClass
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Event, EventHead
from zhupei.core.templatetags.ui import beijing
from zhupei.people.models import User


def locked(training_class: TrainingClass) -> TrainingClass:
    """The row as it is now, held until the transaction ends."""
    return TrainingClass._base_manager.select_for_update().get(pk=training_class.pk)


def open_to(user: User, training_class: TrainingClass) -> TrainingClass:
    """The locked row, when ``user`` may change the plan now.

    Raises NotAllowed for whoever does not plan it, else Refused "class_frozen",
    "plan_under_review" or "plan_closed", each with what can be done instead.
    """
    row = locked(training_class)
    if not may_plan(user, row):
        raise NotAllowed(
            "not_allowed",
            _("“%(title)s”的计划只有本机构教务员能修改。"),
            title=row.title,
        )
    if row.state not in OPEN_TO_CHANGE:
        raise _not_open(row)
    return row


def _not_open(row: TrainingClass) -> Refused:
    facts = {"title": row.title, "state": row.get_state_display()}
    if row.frozen_since:
        return Refused("class_frozen", _("“%(title)s”已冻结，恢复之前不能修改。"), **facts)
    if row.state in IN_REVIEW:
        return Refused(
            "plan_under_review",
            _(
                "“%(title)s”现在是“%(state)s”，住建局正在看，不能修改。要改，请先在概览页“收回修改”，"
                "改好再提交；或等住建局退回补正。"
            ),
            **facts,
        )
    return Refused(
        "plan_closed",
        _(
            "“%(title)s”现在是“%(state)s”，计划不能再改。换教师、教室或时间，请在课程表里对那一节课办"
            "“调课”；要另办一期，请“照搬上一期”。"
        ),
        **facts,
    )


def version_of(training_class: TrainingClass) -> int:
    """How much has been recorded of the plan: a form sends back the version it was drawn from."""
    key = audit.subject_key(training_class)
    return EventHead.objects.filter(subject=key).values_list("seq", flat=True).first() or 0


def changed_since(training_class: TrainingClass, verb: str, seen: int) -> QuerySet[Event]:
    """What else was saved since that version, oldest first."""
    later = audit.own_history(training_class).filter(verb=verb, seq__gt=seen)
    return later.order_by("seq")


def refuse_overwriting(row: TrainingClass, verb: str, seen: int | None) -> None:
    """Raises Refused "changed_meanwhile" when somebody saved after ``seen`` was read."""
    if seen is None:
        return
    if later := changed_since(row, verb, seen).last():
        raise Refused(
            "changed_meanwhile",
            _("您打开之后，%(who)s 在 %(when)s（北京时间）也改过%(what)s。请对照后再保存一次。"),
            who=later.actor_name,
            when=beijing(later.at),
            what=later.facts.get("fields") or _("课程表"),
        )


def tell(training_class: TrainingClass, users: Iterable[User], title: Any, note: str = "") -> None:
    """A line in the inbox of those who work on the class."""
    url = reverse("classes:detail", args=[training_class.pk])
    messages.tell(users, str(title) % {"title": training_class.title}, body=note, url=url)


def tell_learners(
    training_class: TrainingClass, title: Any, note: str, page: str = "join:class"
) -> None:
    """A line in the inbox of everybody enrolled, leading to the class or to ``page``."""
    url = reverse(page, args=[training_class.pk] if page == "join:class" else [])
    words = str(title) % {"title": training_class.title}
    messages.tell(offices.learners(training_class), words, body=note, url=url)
