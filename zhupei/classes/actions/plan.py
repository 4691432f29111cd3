"""The verbs of a class plan: draft it, submit it, decide on it, end it.

Source: Measures, art. 12 (开班计划).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices, parameters, precheck, review, snapshots, words
from zhupei.classes.access import may_draft
from zhupei.classes.actions import waiting
from zhupei.classes.actions.review import require_answers
from zhupei.classes.actions.roster import send_invitations
from zhupei.classes.actions.shared import (
    locked,
    open_to,
    refuse_overwriting,
    tell,
    tell_learners,
)
from zhupei.classes.actions.timetable import set_timetable
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Lesson, Mode, TrainingClass
from zhupei.classes.workflow import CLASS_PLAN
from zhupei.core import audit, numbers, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import settings_of
from zhupei.institutions.models import Admission, Room
from zhupei.organizations.models import Level, Organization
from zhupei.people.models import User
from zhupei.teachers.models import Teacher

__all__ = [
    "advise",
    "approve",
    "cancel",
    "change",
    "draft",
    "finish",
    "recall",
    "refer",
    "revoke",
    "send_back",
    "set_timetable",
    "submit",
    "withdraw",
]


@transaction.atomic
def draft(organization: Organization, *, by: User, **fields: Any) -> TrainingClass:
    """Start a class plan. ``fields`` are those of PlanForm; the place is the institution's own
    unless said.

    Raises NotAllowed, or ValidationError where a constraint of the row says no.
    """
    if not may_draft(by, organization):
        raise NotAllowed("not_allowed", _("您不是这家机构的教务员，不能为它起草开班计划。"))
    home = {"prefecture": organization.prefecture, "division": organization.division}
    training_class = TrainingClass(organization=organization, **(home | fields))
    _check(training_class)
    training_class.save()
    audit.record(ClassEvent.DRAFTED, training_class, by=by)
    return training_class


@transaction.atomic
def change(
    training_class: TrainingClass, *, by: User, seen: int | None = None, **fields: Any
) -> TrainingClass:
    """Change what a plan says, while nobody is reading it. Records only what really changed.
    ``seen`` is the version that was read (``shared.version_of``).

    Raises Refused "changed_meanwhile" or what ``open_to`` refuses.
    """
    row = open_to(by, training_class)
    refuse_overwriting(row, ClassEvent.CHANGED, seen)
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not changed:
        return row
    before = {name: plain(getattr(row, name)) for name in changed}
    for name, value in changed.items():
        setattr(row, name, value)
    _check(row)
    row.save(update_fields=[*changed, "prefecture"])
    labels = "、".join(str(words.FIELDS.get(name, name)) for name in changed)
    after = {name: plain(value) for name, value in changed.items()}
    audit.record(ClassEvent.CHANGED, row, by=by, fields=labels, before=before, now=after)
    return row


@transaction.atomic
def submit(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Hand the plan in: for filing it takes effect at once, for approval its clock starts.

    Gives the number at the first submission, books teachers and rooms, keeps what was submitted.
    Raises Refused with the code of the first check that fails, for example
    "class_shorter_than_syllabus" or "teacher_double_booked".

    Source: Measures, art. 12; both modes are a parameter of the prefecture.
    """
    now = timezone.now()
    _hold_standing(training_class)
    training_class = locked(training_class)
    figures = settings_of(
        parameters.MODE, parameters.REVIEW_WORKDAYS, prefecture=training_class.prefecture_id
    )
    mode = Mode(figures[parameters.MODE.key].value)
    _number(training_class, timezone.localdate(now).year)
    training_class = CLASS_PLAN.move(
        training_class,
        "file" if mode is Mode.FILING else "submit",
        by=by,
        note=note,
        round=_submissions(training_class) + 1,
        plan=snapshots.take(training_class),
        parameters={key: setting.as_fact() for key, setting in figures.items()},
    )
    training_class.mode = mode
    training_class.submitted_at = now
    training_class.due_at = _due(now, figures[parameters.REVIEW_WORKDAYS.key].value, mode)
    training_class.save(update_fields=["mode", "submitted_at", "due_at"])
    _book(training_class)
    if training_class.in_effect:
        _invite(training_class)
    tell(training_class, offices.reviewers(training_class), _submitted_words(mode))
    return training_class


@transaction.atomic
def approve(
    training_class: TrainingClass, *, by: User, note: str = "", seen: str = ""
) -> TrainingClass:
    """Let the class be held. ``seen`` is the mark of the submission that was read (``mark_of``).

    Raises Refused "submitted_again" when the institution has handed in another one since; or
    "evidence_not_opened", "checklist_open", "checklist_bad" when ``by`` has not read it all and
    found it good. The event keeps what was read and found.

    Source: notice of 2023, part 2, section 1 (approved without reading).
    """
    training_class = locked(training_class)
    CLASS_PLAN.check(training_class, "approve", by=by)
    if seen and seen != mark_of(training_class):
        raise Refused(
            "submitted_again",
            _("“%(title)s”在您打开之后又提交过一次。请回到计划，看过改动再决定。"),
            title=training_class.title,
        )
    read = require_answers(training_class, by=by).as_facts()
    training_class = CLASS_PLAN.move(training_class, "approve", by=by, note=note, **read)
    _invite(training_class)
    tell(training_class, offices.registrars(training_class), _("开班计划已通过：%(title)s"), note)
    return training_class


@transaction.atomic
def send_back(
    training_class: TrainingClass,
    *,
    by: User,
    note: str = "",
    reasons: Iterable[Mapping[str, str]] = (),
) -> TrainingClass:
    """Return the plan to be corrected. Each reason names a ``field`` (words.FIELDS), says in
    ``text`` what to correct, and may cite a ``law``; the institution sees it beside that field.
    What ``by`` found wrong on the checklist is among the reasons by itself.

    Raises Refused "reason_field_unknown", or "note_required" when nothing was said at all.
    """
    desk = review.desk(training_class, by)
    said = [*desk.reasons(), *reasons]
    told = [_reason(reason) for reason in said if reason["text"].strip()]
    note = note.strip() or "；".join(reason["text"] for reason in told)
    training_class = CLASS_PLAN.move(
        training_class, "return", by=by, note=note, reasons=told, **desk.as_facts()
    )
    _stop(training_class)
    tell(training_class, offices.registrars(training_class), _("开班计划退回补正：%(title)s"), note)
    return training_class


@transaction.atomic
def refer(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Ask the region a question about a plan; the bureau's clock goes on and it decides itself.

    Source: Measures, art. 5 (the region guides the work of the prefectures).
    """
    training_class = CLASS_PLAN.move(training_class, "refer", by=by, note=note)
    tell(training_class, offices.regulators(), _("地州请示：%(title)s"), note)
    return training_class


@transaction.atomic
def advise(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Answer what the bureau asked: an opinion, not a decision."""
    training_class = CLASS_PLAN.move(training_class, "advise", by=by, note=note)
    tell(training_class, offices.reviewers(training_class), _("请示已答复：%(title)s"), note)
    return training_class


@transaction.atomic
def recall(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Decide without waiting for the answer of the region."""
    return CLASS_PLAN.move(training_class, "recall", by=by, note=note)


@transaction.atomic
def withdraw(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Take a plan back before it was decided on."""
    training_class = CLASS_PLAN.move(training_class, "withdraw", by=by, note=note)
    _stop(training_class)
    return training_class


@transaction.atomic
def revoke(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Take the permission back; the class may not go on."""
    training_class = CLASS_PLAN.move(training_class, "revoke", by=by, note=note)
    _stop(training_class)
    tell(training_class, offices.registrars(training_class), _("开班许可被撤回：%(title)s"), note)
    tell_learners(training_class, _("您报名的班级停办：%(title)s"), note)
    waiting.end(training_class)
    return training_class


@transaction.atomic
def cancel(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Call the class off, by its institution."""
    training_class = CLASS_PLAN.move(training_class, "cancel", by=by, note=note)
    _stop(training_class)
    if training_class.number:
        told = offices.reviewers(training_class)
        tell(training_class, told, _("机构取消了班级：%(title)s"), note)
    tell_learners(training_class, _("您报名的班级已取消：%(title)s"), note)
    waiting.end(training_class)
    return training_class


@transaction.atomic
def finish(training_class: TrainingClass, *, by: User, note: str = "") -> TrainingClass:
    """Close a class whose last day and last lesson are over.

    Raises Refused "class_not_over".
    """
    training_class = CLASS_PLAN.move(training_class, "finish", by=by, note=note)
    last = training_class.lessons.aggregate(last=Max("ends_at"))["last"]
    too_early = timezone.localdate() < training_class.ends_on
    if too_early or (last is not None and timezone.now() < last):
        raise Refused(
            "class_not_over",
            _("“%(title)s”到 %(day)s 才结课。请在最后一节课下课后办理结班。"),
            title=training_class.title,
            day=training_class.ends_on,
        )
    waiting.end(training_class)
    return training_class


# What verbs have in common


def mark_of(training_class: TrainingClass) -> str:
    """What tells one submission of a plan from the next."""
    return training_class.submitted_at.isoformat() if training_class.submitted_at else ""


def _check(training_class: TrainingClass) -> None:
    """The row is whole; its prefecture is the one its county lies in."""
    division = training_class.division
    training_class.prefecture = (
        division.parent if division.level == Level.COUNTY and division.parent else division
    )
    training_class.clean_fields()
    training_class.validate_constraints()


def plain(value: Any) -> Any:
    """A value as the record keeps it."""
    return value if isinstance(value, int | str | None) else str(value)


def _hold_standing(training_class: TrainingClass) -> None:
    """Nobody suspends the institution between the check of its standing and the submission.

    Whoever suspends takes the same row first and the classes after it, in the same order.
    """
    standing = Admission._base_manager.filter(organization=training_class.organization_id)
    list(standing.select_for_update(no_key=True).values_list("pk"))


def _number(training_class: TrainingClass, year: int) -> None:
    """The first submission gives the number; a refused one gives it back with everything else."""
    if training_class.number is None:
        training_class.number = numbers.take(f"KB-{year}", digits=4)
        training_class.save(update_fields=["number"])


def _submissions(training_class: TrainingClass) -> int:
    verbs = [ClassEvent.SUBMITTED, ClassEvent.FILED]
    return audit.own_history(training_class).filter(verb__in=verbs).count()


def _due(now: datetime, days: int, mode: Mode) -> datetime | None:
    return workdays.deadline(now, days) if mode is Mode.APPROVAL else None


def _submitted_words(mode: Mode) -> Any:
    if mode is Mode.FILING:
        return _("新备案的开班计划：%(title)s")
    return _("待审核的开班计划：%(title)s")


def _book(training_class: TrainingClass) -> None:
    """Check the plan and take its teachers and rooms, in an order in which nobody waits for ever.

    Whoever else wants one of them waits at its row, so the check sees everything booked before;
    the exclusion constraints of Lesson stand behind it.
    """
    lessons = training_class.lessons.all()
    for model, ids in ((Teacher, "teacher"), (Room, "room")):
        wanted = model._base_manager.filter(pk__in=lessons.order_by().values(ids))
        list(wanted.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    for bad in precheck.refusals(training_class):
        raise bad
    lessons.update(booked=True)


def _invite(training_class: TrainingClass) -> None:
    """The roster may answer from now on."""
    send_invitations(training_class, training_class.invitations.open())


def _stop(training_class: TrainingClass) -> None:
    """The clock stops, and what has not been taught yet frees its teachers and rooms."""
    training_class.due_at = None
    training_class.save(update_fields=["due_at"])
    Lesson.objects.filter(training_class=training_class, ends_at__gt=timezone.now()).update(
        booked=False
    )


def _reason(reason: Mapping[str, str]) -> dict[str, str]:
    if reason["field"] not in words.FIELDS:
        raise Refused(
            "reason_field_unknown",
            _("理由要对准计划里的一项，“%(name)s”不是。请重新选择。"),
            field="reasons",
            name=reason["field"],
        )
    return {name: reason.get(name, "").strip() for name in ("field", "text", "law")}
