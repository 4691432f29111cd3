"""What the verbs of a sitting ask before they go on. Each raises Refused and changes nothing."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment
from zhupei.core.errors import Refused
from zhupei.exams.actions.eligibility import verdicts
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.sentences import why_not
from zhupei.institutions.models import Room
from zhupei.papers.models import State as BlueprintState
from zhupei.people.models import Person


def check_fields(sitting: Sitting, more_rooms: Sequence[Room] = ()) -> None:
    """Do the parts of a plan fit together?

    Raises Refused "prefecture_missing", "starts_in_past", "room_not_yours", "room_twice",
    "blueprint_other_job" or "blueprint_not_published", as ``check_of_plan``, and ValidationError
    for what a constraint says.
    """
    if sitting.prefecture_id is None:
        raise Refused("prefecture_missing", _("请选择在哪个地州市举行。"), field="prefecture")
    if sitting.starts_at <= timezone.now():
        raise Refused(
            "starts_in_past",
            _("开考时间已经过去。请选择以后的时间（北京时间）。"),
            field="starts_at",
        )
    if sitting.plan is not None:
        check_of_plan(sitting, sitting.plan)
    _check_rooms_own(sitting, more_rooms)
    _check_blueprint(sitting)
    sitting.full_clean(exclude=["number"])


def check_of_plan(exam: Any, plan: Plan) -> None:
    """A plan is one body's, for one bureau. ``exam`` is a sitting, or a session of the floor above.

    Raises Refused "plan_over" or "plan_elsewhere".
    """
    if plan.state == PlanState.CANCELLED:
        raise Refused("plan_over", _("“%(plan)s”已经取消，不能再安排场次。"), plan=plan)
    if (plan.organization_id, plan.prefecture_id) != (exam.organization_id, exam.prefecture_id):
        raise Refused(
            "plan_elsewhere",
            _("“%(exam)s”和计划“%(plan)s”不是同一个考核机构、同一个地州市的。"),
            exam=exam,
            plan=plan,
        )


def locked_plan(plan: Plan) -> Plan:
    """Its row as it stands: nobody notifies it or calls it off while an exam is put in."""
    return Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)


def check_told_alone(exam: Any) -> None:
    """One of a plan that nobody was told of yet is notified with the others; one that was left in
    a cancelled plan not at all. ``exam`` is a locked row, so that nobody puts it into a plan.

    Raises Refused "in_plan" or "plan_over".
    """
    if exam.plan is None:
        return
    if exam.plan.state == PlanState.CANCELLED:
        raise Refused(
            "plan_over",
            _("“%(exam)s”所在的计划“%(plan)s”已经取消，不能再告知。请取消这一场，另开一场。"),
            exam=exam,
            plan=exam.plan,
        )
    if exam.plan.state == PlanState.DRAFT:
        raise Refused(
            "in_plan",
            _("“%(exam)s”在计划“%(plan)s”里，计划还没有告知。请告知整个计划，或先移出这一场。"),
            exam=exam,
            plan=exam.plan,
        )


def _check_rooms_own(sitting: Sitting, more_rooms: Sequence[Room]) -> None:
    for field, room in [("room", sitting.room), *(("more_rooms", one) for one in more_rooms)]:
        if room.organization_id != sitting.organization_id:
            raise Refused(
                "room_not_yours", _("“%(room)s”不是本机构的考场。"), field=field, room=room
            )
    if sitting.room in more_rooms:
        raise Refused(
            "room_twice",
            _("“%(room)s”已是主考场，不用再选。"),
            field="more_rooms",
            room=sitting.room,
        )


def _check_blueprint(sitting: Sitting) -> None:
    blueprint = sitting.blueprint
    if blueprint.job_id != sitting.job_id:
        raise Refused(
            "blueprint_other_job",
            _("细目表“%(blueprint)s”不是%(job)s的。请换一个。"),
            field="blueprint",
            blueprint=blueprint,
            job=sitting.job,
        )
    if blueprint.state != BlueprintState.PUBLISHED:
        raise Refused(
            "blueprint_not_published",
            _("细目表“%(blueprint)s”没有发布。请换一个已发布的细目表。"),
            field="blueprint",
            blueprint=blueprint,
        )


def check_not_started(sitting: Sitting) -> None:
    """Raises Refused "already_started"."""
    if timezone.now() >= sitting.starts_at:
        raise Refused(
            "already_started",
            _("“%(sitting)s”的开考时间已到，不能再做这一步。"),
            sitting=sitting,
        )


def check_over(sitting: Sitting) -> None:
    """Over when nobody may answer any more: everybody has handed in, or their time, with grace,
    pauses and added minutes, has passed. Who has not begun may until the time is over.

    Raises Refused "not_over".
    """
    waiting = sitting.attempts.waited_for().count()
    if waiting:
        raise Refused(
            "not_over",
            _("考试还没有结束，还有 %(waiting)d 名考生没有交卷。时间到后系统会自动收卷。"),
            waiting=waiting,
        )


def check_everybody_entitled(sitting: Sitting, enrolments: Sequence[int]) -> None:
    """Asked when people are seated and again when the paper is sealed.

    The people are locked, so that two sittings cannot seat one person at the same time.
    Raises Refused "not_eligible", which names the first of them and every reason.
    """
    rows = list(
        Enrolment.objects.filter(pk__in=enrolments)
        .select_related("person", "training_class__syllabus", "training_class__organization")
        .order_by("pk")
    )
    people = sorted({row.person_id for row in rows})
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    found = verdicts(sitting, rows)
    barred = [row for row in rows if not found[row.pk].eligible]
    if barred:
        raise Refused(
            "not_eligible",
            _("%(person)s 不能参加这场考核：%(why)s。不符合条件的共 %(count)d 人。"),
            person=barred[0].person,
            why="；".join(why_not(found[barred[0].pk])),
            count=len(barred),
        )
