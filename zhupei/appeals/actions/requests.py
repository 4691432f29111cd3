"""A candidate doubts a mark: the body looks again, then the bureau.

Every answer has a clock.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.appeals import rules
from zhupei.appeals.access import may_ask
from zhupei.appeals.events import AppealEvent, ReviewEvent
from zhupei.appeals.models import Appeal, AppealState, ReviewRequest, ReviewState
from zhupei.appeals.models.exams import exam_of
from zhupei.appeals.parameters import APPEAL_DAYS, APPEAL_WINDOW, REVIEW_DAYS, REVIEW_WINDOW
from zhupei.appeals.workflow import APPEAL, REVIEW
from zhupei.core import audit, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.exams.events import AttemptEvent, SittingEvent
from zhupei.exams.models import Attempt
from zhupei.exams.models import State as SittingState
from zhupei.marking import actions as marking
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User
from zhupei.practical.actions import corrections
from zhupei.practical.events import SessionEvent
from zhupei.practical.models import Exam, Turn
from zhupei.practical.models import State as SessionState

ANSWERED = frozenset({ReviewState.UPHELD, ReviewState.CORRECTED})
RELEASED = (SittingEvent.RELEASED, SessionEvent.RELEASED)
MARKS = (AttemptEvent.MARKED, AttemptEvent.VOIDED)


def released_at(exam: Exam) -> datetime | None:
    """When the marks of an exam were made known, as the record of deeds has it."""
    if exam.state not in {SittingState.RELEASED, SessionState.RELEASED}:
        return None
    told = audit.own_history(exam).filter(verb__in=RELEASED).order_by("-pk").first()
    return told.at if told else None


def last_day_to_ask(exam: Exam) -> date | None:
    """The last day a review of its marks may be asked for."""
    released = released_at(exam)
    if released is None:
        return None
    return timezone.localdate(workdays.deadline(released, value(REVIEW_WINDOW)))


def may_file(about: Attempt | Turn, *, by: User) -> bool:
    """Would a request be taken now? For the button."""
    if not may_ask(by, about) or about.mark is None:
        return False
    return _why_not(about) is None and not ReviewRequest.objects.filter(**_field(about)).exists()


def _field(about: Attempt | Turn) -> dict[str, Any]:
    return {"turn": about} if isinstance(about, Turn) else {"attempt": about}


def _why_not(about: Attempt | Turn) -> str | None:
    exam = exam_of(about)
    released = released_at(exam)
    day = timezone.localdate(released) if released else None
    return rules.may_ask(timezone.localdate(), day, last_day_to_ask(exam))


@transaction.atomic
def file(about: Attempt | Turn, *, by: User, grounds: str) -> ReviewRequest:
    """Ask the body to look at a mark again, of a theory exam or of a turn of a practical one.

    Raises NotAllowed; Refused "not_released", "too_late", "no_mark", "asked_already",
    "grounds_missing".

    Source: Measures, art. 20.
    """
    about = _fresh(about)
    if not may_ask(by, about):
        raise NotAllowed("not_allowed", _("只有考生本人能申请复核。"))
    if not grounds.strip():
        raise Refused(
            "grounds_missing",
            gettext_lazy("请写明对哪里有疑问，考核机构会逐条核对。"),
            field="grounds",
        )
    _check_open(about)
    if about.mark is None:
        raise Refused("no_mark", gettext_lazy("这次没有成绩，没有可以复核的。"))
    now = timezone.now()
    try:
        with transaction.atomic():
            made = ReviewRequest.objects.create(
                **_field(about),
                grounds=grounds.strip(),
                mark=about.mark,
                filed_at=now,
                due_at=workdays.deadline(now, value(REVIEW_DAYS)),
            )
    except IntegrityError as twice:
        raise Refused(
            "asked_already", gettext_lazy("这次成绩已经申请过复核，可以在申请里看办理情况。")
        ) from twice
    audit.record(ReviewEvent.FILED, made, by=by, within=exam_of(about), mark=str(about.mark))
    _tell_body(made, _("有考生申请复核成绩：%(sitting)s"))
    return made


def _fresh(about: Attempt | Turn) -> Attempt | Turn:
    if isinstance(about, Turn):
        return Turn.objects.select_related("session", "person").get(pk=about.pk)
    return Attempt.objects.select_related("sitting", "candidate__person").get(pk=about.pk)


def _check_open(about: Attempt | Turn) -> None:
    sentences = {
        "not_released": gettext_lazy("成绩还没有公布，公布后才能申请复核。"),
        "too_late": gettext_lazy("申请复核的期限是成绩公布后 %(days)s 个工作日，已经过了。"),
    }
    reason = _why_not(about)
    if reason:
        raise Refused(reason, sentences[reason], days=value(REVIEW_WINDOW))


@transaction.atomic
def withdraw(review: ReviewRequest, *, by: User, note: str = "") -> ReviewRequest:
    """Let it be; the mark stays."""
    return REVIEW.move(review, "withdraw", by=by, note=note, within=review.exam)


@transaction.atomic
def uphold(review: ReviewRequest, *, by: User, note: str) -> ReviewRequest:
    """The mark stands; the candidate reads why and may go to the bureau."""
    row = REVIEW.move(
        review,
        "uphold",
        by=by,
        note=note,
        within=review.exam,
        mark=str(review.about.mark),
    )
    return answered(row, by, note)


@transaction.atomic
def correct(
    review: ReviewRequest, points: Mapping[int, Decimal], *, by: User, note: str
) -> ReviewRequest:
    """Put written answers right; the mark is computed anew from all shares.

    Raises NotAllowed; Refused "points_range", "nothing_changed".
    """
    return _corrected(review, lambda one: marking.correct(one, points, by=by, note=note), by, note)


@transaction.atomic
def correct_turn(
    review: ReviewRequest, sheets: Mapping[int, corrections.Said], *, by: User, note: str
) -> ReviewRequest:
    """Put the sheets of a practical turn right; the mark follows from them by the same rule.

    Raises NotAllowed; Refused as ``corrections.correct`` says, "nothing_changed".

    Source: Measures, art. 17 and 20.
    """
    return _corrected(
        review, lambda one: corrections.correct(one, sheets, by=by, note=note), by, note
    )


def _corrected(
    review: ReviewRequest, verb: Callable[[Any], Attempt | Turn], by: User, note: str
) -> ReviewRequest:
    row = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=review.pk)
    REVIEW.check(row, "correct", by=by)
    before = row.about.mark
    about = verb(row.about)
    if about.mark == before:
        raise Refused(
            "nothing_changed",
            gettext_lazy("更正后成绩没有变化，还是 %(mark)s 分。没有要改的请选“维持成绩”。"),
            mark=before,
        )
    row = REVIEW.move(
        row,
        "correct",
        by=by,
        note=note,
        within=row.exam,
        mark_before=str(before),
        mark=str(about.mark),
    )
    return answered(row, by, note)


def answered(row: ReviewRequest, by: User, note: str) -> ReviewRequest:
    """Keep the answer beside the request and tell the candidate."""
    row.answer, row.answered_at, row.answered_by = note.strip(), timezone.now(), by
    row.awaits_mark = row.about.mark is None
    row.save(update_fields=["answer", "answered_at", "answered_by", "awaits_mark"])
    title = _("您申请的成绩复核有结果了：%(result)s") % {"result": row.get_state_display()}
    if row.awaits_mark:
        title = _("您申请的成绩复核：迟到的答案计入，考评员评完后通知您新的成绩")
    _tell_candidate(row, title, note)
    return row


# The bureau


def last_day_to_appeal(review: ReviewRequest) -> date | None:
    """The last day the bureau may be asked; None before the answer and its mark are known."""
    known = _answer_known_at(review)
    if known is None:
        return None
    return timezone.localdate(workdays.deadline(known, value(APPEAL_WINDOW)))


def _answer_known_at(review: ReviewRequest) -> datetime | None:
    """When the candidate had the answer, with the mark it led to: where people had to judge first
    what was let in, when the first mark after the answer was written, be it given or made void, as
    the record of deeds has it.
    """
    if review.answered_at is None or not review.awaits_mark:
        return review.answered_at
    if review.about.mark is None:
        return None
    marks = audit.own_history(review.about).filter(verb__in=MARKS, at__gte=review.answered_at)
    first = marks.first()
    return first.at if first else review.answered_at


def may_appeal(review: ReviewRequest, *, by: User) -> bool:
    """Would an appeal be taken now? For the button."""
    last = last_day_to_appeal(review)
    return bool(
        may_ask(by, review.about)
        and review.state in ANSWERED
        and last
        and timezone.localdate() <= last
        and not Appeal.objects.filter(review=review).exists()
    )


@transaction.atomic
def appeal(review: ReviewRequest, *, by: User, grounds: str) -> Appeal:
    """Go to the bureau of the prefecture with the body's answer.

    Raises NotAllowed; Refused "not_answered", "mark_missing" (people still judge what the answer
    let in), "too_late", "appealed_already", "grounds_missing".

    Source: Measures, art. 24 (complaints go to the authority of the place).
    """
    review = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not may_ask(by, review.about):
        raise NotAllowed("not_allowed", _("只有考生本人能申诉。"))
    if not grounds.strip():
        raise Refused("grounds_missing", gettext_lazy("请写明申诉的理由。"), field="grounds")
    if Appeal.objects.filter(review=review).exists():
        raise Refused("appealed_already", gettext_lazy("这次复核已经申诉过，可以看办理情况。"))
    if review.answered_at is None or review.state not in ANSWERED:
        raise Refused("not_answered", gettext_lazy("考核机构还没有答复复核。答复后才能申诉。"))
    last = last_day_to_appeal(review)
    if last is None:
        raise Refused(
            "mark_missing",
            gettext_lazy("新的成绩还没有评完。评完、公布以后才能申诉，期限也从那时算。"),
        )
    if timezone.localdate() > last:
        raise Refused("too_late", gettext_lazy("申诉的期限是 %(day)s，已经过了。"), day=last)
    now = timezone.now()
    made = Appeal.objects.create(
        review=review,
        grounds=grounds.strip(),
        filed_at=now,
        due_at=workdays.deadline(now, value(APPEAL_DAYS)),
    )
    audit.record(AppealEvent.FILED, made, by=by, within=review.exam)
    messages.tell(
        _bureau(review),
        _("收到成绩申诉：%(sitting)s") % {"sitting": review.exam},
        url=_url(review),
    )
    return made


@transaction.atomic
def withdraw_appeal(made: Appeal, *, by: User, note: str = "") -> Appeal:
    """Let it be; the body's answer stays."""
    return APPEAL.move(made, "withdraw", by=by, note=note, within=made.review.exam)


@transaction.atomic
def dismiss(made: Appeal, *, by: User, note: str) -> Appeal:
    """The body's answer stands."""
    return _decided(made, "dismiss", by, note)


@transaction.atomic
def grant(made: Appeal, *, by: User, note: str) -> Appeal:
    """The body has to look once more, with a new clock."""
    row = _decided(made, "grant", by, note)
    review = REVIEW.move(row.review, "reopen", by=by, within=row.review.exam)
    review.due_at = workdays.deadline(timezone.now(), value(REVIEW_DAYS))
    review.save(update_fields=["due_at"])
    _tell_body(review, _("住建局支持申诉，请重新复核：%(sitting)s"))
    return row


def _decided(made: Appeal, name: str, by: User, note: str) -> Appeal:
    row = APPEAL.move(made, name, by=by, note=note, within=made.review.exam)
    row.answer, row.answered_at, row.answered_by = note.strip(), timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    title = _("您的成绩申诉有结果了：%(result)s") % {"result": row.get_state_display()}
    _tell_candidate(row.review, title, note)
    return row


def overdue(now: datetime) -> tuple[QuerySet[ReviewRequest], QuerySet[Appeal]]:
    """What should have been answered by now."""
    return (
        ReviewRequest.objects.filter(state=ReviewState.FILED, due_at__lt=now),
        Appeal.objects.filter(state=AppealState.FILED, due_at__lt=now),
    )


# Telling


def _url(review: ReviewRequest) -> str:
    return reverse("appeals:review", args=[review.pk])


def _tell_body(review: ReviewRequest, title: str) -> None:
    exam = review.exam
    bodies = Organization.objects.filter(pk=exam.organization_id)
    told = holders(Role.EXAMINER, bodies)
    messages.tell(told, title % {"sitting": exam}, url=_url(review))


def _tell_candidate(review: ReviewRequest, title: str, body: str) -> None:
    accounts = User.objects.filter(person=review.person.pk)
    messages.tell(accounts, title, body=body, url=_url(review))


def _bureau(review: ReviewRequest) -> QuerySet[User]:
    prefecture = review.exam.prefecture_id
    bureaus = Organization.objects.filter(kind=Kind.PREFECTURE_AUTHORITY, prefecture=prefecture)
    return holders(Role.REVIEWER, bureaus)
