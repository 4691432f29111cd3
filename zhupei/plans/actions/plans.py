"""What can be done to a plan: gather exams of both kinds, notify them together, call them off
together.

Source: Measures, art. 20 (the plan is notified to the bureau; nobody approves it).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, numbers
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_plan
from zhupei.exams.actions import sittings
from zhupei.exams.actions.checks import check_of_plan
from zhupei.exams.events import PlanEvent
from zhupei.exams.models import RUNNING as SITTING_RUNNING
from zhupei.exams.models import Plan, PlanState, Sitting
from zhupei.exams.workflow import PLAN
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.plans import held
from zhupei.plans.actions import tellings
from zhupei.practical.actions import sessions
from zhupei.practical.models import RUNNING as SESSION_RUNNING
from zhupei.practical.models import Exam, Session

SAID = {"title": _("计划名称"), "note": _("说明")}


@transaction.atomic
def draft(organization: Organization, *, by: User, **fields: Any) -> Plan:
    """Begin a plan. ``fields`` are those of SAID; a region-wide body adds ``prefecture``.

    Raises NotAllowed; Refused "prefecture_missing".
    """
    if not may_plan(by, organization):
        raise NotAllowed("not_allowed", _("只有考核机构的考务员能安排考核。"))
    prefecture = fields.pop("prefecture", None) or organization.prefecture
    if prefecture is None:
        raise Refused("prefecture_missing", _("请选择在哪个地州市举行。"), field="prefecture")
    plan = Plan.objects.create(
        organization=organization,
        prefecture=prefecture,
        division=organization.division if organization.prefecture else prefecture,
        **fields,
    )
    audit.record(PlanEvent.DRAFTED, plan, by=by)
    return plan


@transaction.atomic
def change(plan: Plan, *, by: User, **fields: Any) -> Plan:
    """Say it in other words; once it was notified, the bureau is told.

    Raises NotAllowed; Refused "plan_over".
    """
    row = changeable(plan, by=by)
    changed = [name for name in SAID if name in fields and fields[name] != getattr(row, name)]
    if not changed:
        return row
    for name in changed:
        setattr(row, name, fields[name])
    row.save(update_fields=changed)
    said = "、".join(str(SAID[name]) for name in changed)
    audit.record(PlanEvent.CHANGED, row, by=by, changed=said)
    if row.number:
        tellings.reworded(row)
    return row


def changeable(plan: Plan, *, by: User) -> Plan:
    """The locked row of a plan that ``by`` may still change."""
    rows = Plan.objects.select_for_update(of=("self",)).select_related("organization")
    row = rows.get(pk=plan.pk)
    if not may_plan(by, row.organization):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这份计划。"))
    if row.state == PlanState.CANCELLED:
        raise Refused("plan_over", _("“%(plan)s”已经取消，不能再改。"), plan=row)
    return row


@transaction.atomic
def take_in(plan: Plan, chosen: Iterable[Exam], *, by: User) -> Plan:
    """Put sittings and sessions nobody was told of yet into the plan.

    Raises NotAllowed; Refused "plan_over", "nothing_chosen", "already_told", "other_plan" or
    "plan_elsewhere".
    """
    row = changeable(plan, by=by)
    rows = [_locked(one) for one in sorted(chosen, key=lambda one: (one._meta.label, one.pk))]
    if not rows:
        raise Refused("nothing_chosen", _("没有选中场次。请勾选要放进计划的场次。"))
    for exam in rows:
        if not held.is_draft(exam):
            raise Refused(
                "already_told",
                _("“%(exam)s”已是“%(state)s”，不能再放进计划。"),
                exam=exam,
                state=exam.get_state_display(),
            )
        if exam.plan_id not in {None, row.pk}:
            raise Refused("other_plan", _("“%(exam)s”已在另一份计划里。"), exam=exam)
        check_of_plan(exam, row)
        exam.plan = row
        exam.save(update_fields=["plan"])
    titles = "、".join(exam.title for exam in rows)
    keys = [audit.subject_key(exam) for exam in rows]
    audit.record(PlanEvent.TAKEN_IN, row, by=by, count=len(rows), titles=titles, exams=keys)
    return row


def _locked(exam: Exam) -> Exam:
    if isinstance(exam, Session):
        return Session.objects.select_for_update(of=("self",)).get(pk=exam.pk)
    return Sitting.objects.select_for_update(of=("self",)).get(pk=exam.pk)


@transaction.atomic
def leave_out(exam: Exam, *, by: User) -> Exam:
    """Take a sitting or session nobody was told of out of its plan again.

    Raises NotAllowed; Refused "not_in_a_plan", "plan_over" or "already_told".
    """
    if exam.plan is None:
        raise Refused("not_in_a_plan", _("“%(exam)s”不在计划里。"), exam=exam)
    plan = changeable(exam.plan, by=by)
    row = _locked(exam)
    if row.plan_id != plan.pk:
        raise Refused("not_in_a_plan", _("“%(exam)s”已不在这份计划里。"), exam=row)
    if not held.is_draft(row):
        raise Refused(
            "already_told",
            _("“%(exam)s”已是“%(state)s”，不能再移出计划。不办时请取消这一场。"),
            exam=row,
            state=row.get_state_display(),
        )
    row.plan = None
    row.save(update_fields=["plan"])
    audit.record(PlanEvent.LEFT_OUT, plan, by=by, title=row.title, exam=audit.subject_key(row))
    return row


@transaction.atomic
def notify(plan: Plan, *, by: User, note: str = "") -> Plan:
    """Tell the bureau of the prefecture every sitting and session of the plan at once; all of them
    or none.

    Raises NotAllowed; Refused "nothing_held", and what ``sittings.told`` or ``sessions.told``
    refuses of one of them.

    Source: Measures, art. 20 (the plan is notified).
    """
    now = timezone.now()
    number = numbers.take(f"JH-{timezone.localdate(now).year}", digits=4)
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    PLAN.check(row, "notify", by=by)
    drafted = [exam for exam in held.of(row) if held.is_draft(exam)]
    if not drafted:
        raise Refused("nothing_held", _("计划里还没有场次。请先安排场次，再告知。"))
    row.number, row.notified_at = number, now
    row.save(update_fields=["number", "notified_at"])
    told = [_told(exam, row, by=by) for exam in drafted]
    row = PLAN.move(row, "notify", by=by, note=note, number=number, count=len(told))
    tellings.notified(row, told)
    return row


def _told(exam: Exam, plan: Plan, *, by: User) -> Exam:
    """One of many: what is refused says of which."""
    try:
        if isinstance(exam, Session):
            return sessions.told(exam, by=by, within=plan)
        return sittings.told(exam, by=by, within=plan)
    except NotAllowed:
        raise
    except Refused as why:
        sentence = _("“%(exam)s”：%(why)s")
        raise Refused(why.code, sentence, exam=exam, why=str(why)) from why


@transaction.atomic
def cancel(plan: Plan, *, by: User, note: str) -> Plan:
    """Call off the plan and everything in it, before the first of its exams starts; drafts whose
    time has passed, which nobody was told of, go with it.

    Raises NotAllowed; Refused "note_required", "already_started".
    """
    now = timezone.now()
    row = PLAN.move(plan, "cancel", by=by, note=note)
    exams = held.of(row)
    begun = [exam for exam in exams if _has_begun(exam, now)]
    if begun:
        raise Refused(
            "already_started",
            _("“%(exam)s”已经开考，不能再取消整个计划。请逐场取消还没有开考的。"),
            exam=begun[0],
        )
    for exam in exams:
        if isinstance(exam, Session):
            sessions.call_off(exam, by=by, note=note, within=row)
        else:
            sittings.call_off(exam, by=by, note=note, within=row)
    if row.number:
        tellings.called_off(row, note)
    return row


def _has_begun(exam: Exam, now: datetime) -> bool:
    if held.is_draft(exam):
        return False
    return exam.state not in {*SITTING_RUNNING, *SESSION_RUNNING} or held.begins(exam) <= now
