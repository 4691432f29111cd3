"""A candidate doubts a mark: the body looks again, then the bureau.

Every answer has a clock.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

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
from zhupei.appeals.parameters import APPEAL_DAYS, APPEAL_WINDOW, REVIEW_DAYS, REVIEW_WINDOW
from zhupei.appeals.workflow import APPEAL, REVIEW
from zhupei.core import audit, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.exams.events import SittingEvent
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.marking import actions as marking
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


def released_at(sitting: Sitting) -> datetime | None:
    """When the marks of a sitting were made known, as the record of deeds has it."""
    if sitting.state != SittingState.RELEASED:
        return None
    told = audit.own_history(sitting).filter(verb=SittingEvent.RELEASED).order_by("-pk").first()
    return told.at if told else None


def last_day_to_ask(sitting: Sitting) -> date | None:
    """The last day a review of its marks may be asked for."""
    released = released_at(sitting)
    if released is None:
        return None
    return timezone.localdate(workdays.deadline(released, value(REVIEW_WINDOW)))


def may_file(attempt: Attempt, *, by: User) -> bool:
    """Would a request be taken now? For the button."""
    if not may_ask(by, attempt) or attempt.mark is None:
        return False
    return _why_not(attempt) is None and not ReviewRequest.objects.filter(attempt=attempt).exists()


def _why_not(attempt: Attempt) -> str | None:
    released = released_at(attempt.sitting)
    day = timezone.localdate(released) if released else None
    return rules.may_ask(timezone.localdate(), day, last_day_to_ask(attempt.sitting))


@transaction.atomic
def file(attempt: Attempt, *, by: User, grounds: str) -> ReviewRequest:
    """Ask the body to look at a mark again.

    Raises NotAllowed; Refused "not_released", "too_late", "asked_already", "grounds_missing".

    Source: Measures, art. 20.
    """
    attempt = Attempt.objects.select_related("sitting", "candidate__person").get(pk=attempt.pk)
    if not may_ask(by, attempt):
        raise NotAllowed("not_allowed", _("只有考生本人能申请复核。"))
    if not grounds.strip():
        raise Refused(
            "grounds_missing",
            gettext_lazy("请写明对哪里有疑问，考核机构会逐条核对。"),
            field="grounds",
        )
    _check_open(attempt)
    assert attempt.mark is not None, "marks are released when every one of them is given"
    now = timezone.now()
    try:
        with transaction.atomic():
            made = ReviewRequest.objects.create(
                attempt=attempt,
                grounds=grounds.strip(),
                mark=attempt.mark,
                filed_at=now,
                due_at=workdays.deadline(now, value(REVIEW_DAYS)),
            )
    except IntegrityError as twice:
        raise Refused(
            "asked_already", gettext_lazy("这次成绩已经申请过复核，可以在申请里看办理情况。")
        ) from twice
    audit.record(ReviewEvent.FILED, made, by=by, within=attempt.sitting, mark=str(attempt.mark))
    _tell_body(made, _("有考生申请复核成绩：%(sitting)s"))
    return made


def _check_open(attempt: Attempt) -> None:
    sentences = {
        "not_released": gettext_lazy("成绩还没有公布，公布后才能申请复核。"),
        "too_late": gettext_lazy("申请复核的期限是成绩公布后 %(days)s 个工作日，已经过了。"),
    }
    reason = _why_not(attempt)
    if reason:
        raise Refused(reason, sentences[reason], days=value(REVIEW_WINDOW))


@transaction.atomic
def withdraw(review: ReviewRequest, *, by: User, note: str = "") -> ReviewRequest:
    """Let it be; the mark stays."""
    return REVIEW.move(review, "withdraw", by=by, note=note, within=review.attempt.sitting)


@transaction.atomic
def uphold(review: ReviewRequest, *, by: User, note: str) -> ReviewRequest:
    """The mark stands; the candidate reads why and may go to the bureau."""
    row = REVIEW.move(
        review,
        "uphold",
        by=by,
        note=note,
        within=review.attempt.sitting,
        mark=str(review.attempt.mark),
    )
    return _answered(row, by, note)


@transaction.atomic
def correct(
    review: ReviewRequest, points: Mapping[int, Decimal], *, by: User, note: str
) -> ReviewRequest:
    """Put written answers right; the mark is computed anew from all shares.

    Raises NotAllowed; Refused "points_range", "nothing_changed".
    """
    row = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=review.pk)
    REVIEW.check(row, "correct", by=by)
    before = row.attempt.mark
    attempt = marking.correct(row.attempt, points, by=by, note=note)
    if attempt.mark == before:
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
        within=attempt.sitting,
        mark_before=str(before),
        mark=str(attempt.mark),
    )
    return _answered(row, by, note)


def _answered(row: ReviewRequest, by: User, note: str) -> ReviewRequest:
    row.answer, row.answered_at, row.answered_by = note.strip(), timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    title = _("您申请的成绩复核有结果了：%(result)s") % {"result": row.get_state_display()}
    _tell_candidate(row, title, note)
    return row


# The bureau


def last_day_to_appeal(review: ReviewRequest) -> date | None:
    """The last day the bureau may be asked."""
    if review.answered_at is None:
        return None
    return timezone.localdate(workdays.deadline(review.answered_at, value(APPEAL_WINDOW)))


def may_appeal(review: ReviewRequest, *, by: User) -> bool:
    """Would an appeal be taken now? For the button."""
    last = last_day_to_appeal(review)
    return bool(
        may_ask(by, review.attempt)
        and review.state in {ReviewState.UPHELD, ReviewState.CORRECTED}
        and last
        and timezone.localdate() <= last
        and not Appeal.objects.filter(review=review).exists()
    )


@transaction.atomic
def appeal(review: ReviewRequest, *, by: User, grounds: str) -> Appeal:
    """Go to the bureau of the prefecture with the body's answer.

    Raises NotAllowed; Refused "not_answered", "too_late", "appealed_already", "grounds_missing".

    Source: Measures, art. 24 (complaints go to the authority of the place).
    """
    review = ReviewRequest.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if not may_ask(by, review.attempt):
        raise NotAllowed("not_allowed", _("只有考生本人能申诉。"))
    if not grounds.strip():
        raise Refused("grounds_missing", gettext_lazy("请写明申诉的理由。"), field="grounds")
    if Appeal.objects.filter(review=review).exists():
        raise Refused("appealed_already", gettext_lazy("这次复核已经申诉过，可以看办理情况。"))
    last = last_day_to_appeal(review)
    if last is None or review.state not in {ReviewState.UPHELD, ReviewState.CORRECTED}:
        raise Refused("not_answered", gettext_lazy("考核机构还没有答复复核。答复后才能申诉。"))
    if timezone.localdate() > last:
        raise Refused("too_late", gettext_lazy("申诉的期限是 %(day)s，已经过了。"), day=last)
    now = timezone.now()
    made = Appeal.objects.create(
        review=review,
        grounds=grounds.strip(),
        filed_at=now,
        due_at=workdays.deadline(now, value(APPEAL_DAYS)),
    )
    audit.record(AppealEvent.FILED, made, by=by, within=review.attempt.sitting)
    messages.tell(
        _bureau(review),
        _("收到成绩申诉：%(sitting)s") % {"sitting": review.attempt.sitting},
        url=_url(review),
    )
    return made


@transaction.atomic
def withdraw_appeal(made: Appeal, *, by: User, note: str = "") -> Appeal:
    """Let it be; the body's answer stays."""
    return APPEAL.move(made, "withdraw", by=by, note=note, within=made.review.attempt.sitting)


@transaction.atomic
def dismiss(made: Appeal, *, by: User, note: str) -> Appeal:
    """The body's answer stands."""
    return _decided(made, "dismiss", by, note)


@transaction.atomic
def grant(made: Appeal, *, by: User, note: str) -> Appeal:
    """The body has to look once more, with a new clock."""
    row = _decided(made, "grant", by, note)
    review = REVIEW.move(row.review, "reopen", by=by, within=row.review.attempt.sitting)
    review.due_at = workdays.deadline(timezone.now(), value(REVIEW_DAYS))
    review.save(update_fields=["due_at"])
    _tell_body(review, _("住建局支持申诉，请重新复核：%(sitting)s"))
    return row


def _decided(made: Appeal, name: str, by: User, note: str) -> Appeal:
    row = APPEAL.move(made, name, by=by, note=note, within=made.review.attempt.sitting)
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
    sitting = review.attempt.sitting
    bodies = Organization.objects.filter(pk=sitting.organization_id)
    told = holders(Role.EXAMINER, bodies)
    messages.tell(told, title % {"sitting": sitting}, url=_url(review))


def _tell_candidate(review: ReviewRequest, title: str, body: str) -> None:
    accounts = User.objects.filter(person=review.attempt.candidate.person_id)
    messages.tell(accounts, title, body=body, url=_url(review))


def _bureau(review: ReviewRequest) -> QuerySet[User]:
    prefecture = review.attempt.sitting.prefecture_id
    bureaus = Organization.objects.filter(kind=Kind.PREFECTURE_AUTHORITY, prefecture=prefecture)
    return holders(Role.REVIEWER, bureaus)
