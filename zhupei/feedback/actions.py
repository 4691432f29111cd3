"""Speaking one's mind, evaluating a class, ringing people up."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import offices
from zhupei.classes.models import Enrolment, EnrolmentState, State, TrainingClass
from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.feedback import figures, parameters, rules
from zhupei.feedback.access import may_evaluate, may_speak
from zhupei.feedback.events import FeedbackEvent
from zhupei.feedback.models import (
    BEST,
    Ballot,
    CallState,
    FollowUp,
    Question,
    Remark,
    SelfEvaluation,
    SelfState,
    Tally,
    Work,
)
from zhupei.feedback.workflow import FOLLOW_UP, SELF_EVALUATION
from zhupei.people.models import User

HELD = (State.FILED, State.APPROVED, State.FINISHED)

# Rows written together carry the same transaction number, and rows lie in the order in which they
# came. Both are wiped out each time somebody speaks: all of the class are written anew, shuffled.
SHUFFLE_BALLOTS = """
    WITH gone AS (DELETE FROM feedback_ballot b USING classes_enrolment e
                   WHERE e.id = b.enrolment_id AND e.training_class_id = %s RETURNING b.*)
    INSERT INTO feedback_ballot SELECT * FROM gone ORDER BY random()
"""
SHUFFLE_REMARKS = """
    WITH gone AS (DELETE FROM feedback_remark WHERE training_class_id = %s RETURNING *)
    INSERT INTO feedback_remark SELECT * FROM gone ORDER BY random()
"""


@transaction.atomic
def speak(
    enrolment: Enrolment, *, by: User, scores: Mapping[str, int], remark: str = ""
) -> TrainingClass:
    """A learner says what they think of a class, once. Nothing that is kept leads back to them.

    Raises NotAllowed; Refused "feedback_closed", "spoken_already", "score_missing".

    Source: Measures, art. 14; notice, part 2, section 2 (feedback of learners).
    """
    if not may_speak(by, enrolment):
        raise NotAllowed("not_allowed", _("只能由学员本人评价自己上过的班。"))
    training_class = TrainingClass.objects.select_for_update().get(pk=enrolment.training_class_id)
    _check_open(training_class, enrolment)
    _check_scores(scores)
    for question in Question:
        Tally.objects.get_or_create(
            training_class=training_class, question=question, score=scores[question]
        )
        Tally.objects.filter(
            training_class=training_class, question=question, score=scores[question]
        ).update(count=F("count") + 1)
    Ballot.objects.create(enrolment=enrolment)
    if remark.strip():
        Remark.objects.create(training_class=training_class, text=remark.strip())
    _shuffle(training_class)
    return training_class


def is_open(training_class: TrainingClass) -> bool:
    """May its learners speak now?"""
    return training_class.state in HELD and rules.may_speak(
        timezone.localdate(), training_class.ends_on, open_days=value(parameters.OPEN_DAYS)
    )


def may_still_speak_of(user: User) -> QuerySet[Enrolment]:
    """The classes of a learner that are over, and of which they have not said what they think."""
    today = timezone.localdate()
    return Enrolment.objects.visible_to(user).filter(
        state=EnrolmentState.ENROLLED,
        training_class__state__in=HELD,
        training_class__ends_on__range=(
            today - timedelta(days=value(parameters.OPEN_DAYS)),
            today,
        ),
        ballot=None,
    )


def _check_open(training_class: TrainingClass, enrolment: Enrolment) -> None:
    if enrolment.state != EnrolmentState.ENROLLED or not is_open(training_class):
        raise Refused(
            "feedback_closed",
            _("“%(title)s”现在不收评价：从结课当天起 %(days)s 天内可以评价。"),
            title=training_class,
            days=value(parameters.OPEN_DAYS),
        )
    if Ballot.objects.filter(enrolment=enrolment).exists():
        raise Refused("spoken_already", _("您已经评价过这个班，每人一次。谢谢！"))


def _check_scores(scores: Mapping[str, int]) -> None:
    for question in Question:
        if scores.get(question) not in range(1, BEST + 1):
            raise Refused(
                "score_missing",
                _("请给“%(question)s”打分。"),
                field=question.value,
                question=question.label,
            )


def _shuffle(training_class: TrainingClass) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SHUFFLE_BALLOTS, [training_class.pk])
        cursor.execute(SHUFFLE_REMARKS, [training_class.pk])


@transaction.atomic
def write_self_evaluation(
    training_class: TrainingClass, *, by: User, **parts: str
) -> SelfEvaluation:
    """Write, or go on writing, what the institution says of its class.

    Raises NotAllowed; Refused "class_not_over", "handed_in_already".
    """
    _check_over(training_class)
    row = SelfEvaluation.objects.select_for_update().filter(training_class=training_class).first()
    row = row or SelfEvaluation(training_class=training_class)
    if not may_evaluate(by, row):
        raise NotAllowed("not_allowed", _("质量自评由办班机构的教务员填写。"))
    if row.state != SelfState.DRAFT:
        raise Refused("handed_in_already", _("这份自评已经提交，不能再改。"))
    for name, text in parts.items():
        setattr(row, name, text.strip())
    row.save()
    return row


def _check_over(training_class: TrainingClass) -> None:
    if training_class.state not in HELD or timezone.localdate() < training_class.ends_on:
        raise Refused(
            "class_not_over",
            _("“%(title)s”还没有结课，结课当天起可以自评。"),
            title=training_class,
        )


PARTS = ("plan", "teaching", "means", "effect")


@transaction.atomic
def hand_in(evaluation: SelfEvaluation, *, by: User) -> SelfEvaluation:
    """Give the self-evaluation to the bureau, with the figures of this moment beside it.

    Raises NotAllowed; Refused "part_missing", "wrong_state".

    Source: Measures, art. 14 (every class is evaluated by its institution in four respects).
    """
    found = evaluation.training_class
    row = SELF_EVALUATION.move(evaluation, "hand_in", by=by, within=found)
    for name in PARTS:
        if not getattr(row, name):
            raise Refused(
                "part_missing", _("还没有写“%(part)s”。"), field=name, part=part_label(name)
            )
    row.facts, row.handed_in_at = figures.facts(found), timezone.now()
    row.save(update_fields=["facts", "handed_in_at"])
    url = reverse("feedback:class", args=[found.pk])
    title = str(_("质量自评已提交：%(title)s")) % {"title": found.title}
    messages.tell(offices.reviewers(found), title, url=url)
    return row


def part_label(name: str) -> str:
    """What a part of a self-evaluation is called."""
    return str(SelfEvaluation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def choose_calls() -> int:
    """Choose whom to ring up in the classes that ended long enough ago; return how many.

    A class is asked about once. Source: notice, part 3 (regular follow-up).
    """
    weeks = timedelta(weeks=value(parameters.CALL_WEEKS))
    ended = TrainingClass.objects.filter(
        state=State.FINISHED, ends_on__lte=timezone.localdate() - weeks
    ).exclude(enrolments__follow_up__isnull=False)
    return sum(_choose(found) for found in ended)


@transaction.atomic
def _choose(training_class: TrainingClass) -> int:
    row = TrainingClass.objects.select_for_update().get(pk=training_class.pk)
    enrolments = row.enrolments.filter(state=EnrolmentState.ENROLLED)
    if enrolments.filter(follow_up__isnull=False).exists():
        return 0
    keys = sorted(enrolments.values_list("pk", flat=True))
    seed, share = str(row.number), value(parameters.CALL_SHARE)
    found = rules.chosen(keys, seed=seed, share=share)
    today = timezone.localdate()
    FollowUp.objects.bulk_create(FollowUp(enrolment_id=key, due_on=today) for key in found)
    if found:
        audit.record(
            FeedbackEvent.CALLS_CHOSEN, row, by=None, count=len(found), of=len(keys), seed=seed
        )
    return len(found)


@transaction.atomic
def reach(
    follow_up: FollowUp,
    *,
    by: User,
    work: Work,
    score: int | None,
    book_taken_back: bool | None,
    said: str = "",
) -> FollowUp:
    """Somebody was rung up and answered. Raises NotAllowed; Refused "score_missing"."""
    row = FOLLOW_UP.move(follow_up, "reach", by=by, within=follow_up.enrolment.training_class)
    if score is not None and score not in range(1, BEST + 1):
        raise Refused("score_missing", _("满意度请打 1 到 5 分。"), field="score")
    row.work, row.score, row.book_taken_back, row.said = work, score, book_taken_back, said.strip()
    return _end(row, by)


@transaction.atomic
def miss(follow_up: FollowUp, *, by: User) -> FollowUp:
    """Nobody answered; after some tries nobody rings any more."""
    within = follow_up.enrolment.training_class
    tries = FollowUp.objects.select_for_update().get(pk=follow_up.pk).tries + 1
    row = FOLLOW_UP.move(follow_up, "miss", by=by, within=within, tries=tries)
    row.tries = tries
    row.save(update_fields=["tries"])
    if tries >= value(parameters.CALL_TRIES):
        return _end(FOLLOW_UP.move(row, "give_up", by=by, within=within), by)
    return row


@transaction.atomic
def decline(follow_up: FollowUp, *, by: User) -> FollowUp:
    """The learner does not want to be asked: nobody rings again."""
    within = follow_up.enrolment.training_class
    return _end(FOLLOW_UP.move(follow_up, "decline", by=by, within=within), by)


def _end(row: FollowUp, by: User) -> FollowUp:
    row.ended_at, row.ended_by = timezone.now(), by
    assert row.state != CallState.DUE
    row.save()
    return row
