"""What can be done to a plan: gather sittings, notify them together, call them off together.

Source: Measures, art. 20 (the plan is notified to the bureau; nobody approves it).
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, numbers
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_plan
from zhupei.exams.actions import sittings, tellings
from zhupei.exams.actions.checks import check_of_plan
from zhupei.exams.events import PlanEvent
from zhupei.exams.models import RUNNING, Plan, PlanState, Sitting, State
from zhupei.exams.workflow import PLAN
from zhupei.organizations.models import Organization
from zhupei.people.models import User

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
        tellings.plan_reworded(row)
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
def take_in(plan: Plan, chosen: Iterable[Sitting], *, by: User) -> Plan:
    """Put sittings nobody was told of yet into the plan.

    Raises NotAllowed; Refused "plan_over", "nothing_chosen", "sitting_told", "other_plan" or
    "plan_elsewhere".
    """
    row = changeable(plan, by=by)
    keys = [one.pk for one in chosen]
    rows = list(Sitting.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))
    if not rows:
        raise Refused("nothing_chosen", _("没有选中场次。请勾选要放进计划的场次。"))
    for sitting in rows:
        if sitting.state != State.DRAFT:
            raise Refused(
                "sitting_told",
                _("“%(sitting)s”已是“%(state)s”，不能再放进计划。"),
                sitting=sitting,
                state=sitting.get_state_display(),
            )
        if sitting.plan_id not in {None, row.pk}:
            raise Refused("other_plan", _("“%(sitting)s”已在另一份计划里。"), sitting=sitting)
        check_of_plan(sitting, row)
        sitting.plan = row
        sitting.save(update_fields=["plan"])
    titles = "、".join(sitting.title for sitting in rows)
    audit.record(PlanEvent.TAKEN_IN, row, by=by, count=len(rows), titles=titles, sittings=keys)
    return row


@transaction.atomic
def leave_out(sitting: Sitting, *, by: User) -> Sitting:
    """Take a sitting nobody was told of out of its plan again.

    Raises NotAllowed; Refused "not_in_a_plan", "plan_over" or "sitting_told".
    """
    if sitting.plan is None:
        raise Refused("not_in_a_plan", _("“%(sitting)s”不在计划里。"), sitting=sitting)
    plan = changeable(sitting.plan, by=by)
    row = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    if row.state != State.DRAFT:
        raise Refused(
            "sitting_told",
            _("“%(sitting)s”已是“%(state)s”，不能再移出计划。不办时请取消这一场。"),
            sitting=row,
            state=row.get_state_display(),
        )
    row.plan = None
    row.save(update_fields=["plan"])
    audit.record(PlanEvent.LEFT_OUT, plan, by=by, title=row.title, sitting=row.pk)
    return row


@transaction.atomic
def notify(plan: Plan, *, by: User, note: str = "") -> Plan:
    """Tell the bureau of the prefecture every sitting of the plan at once; all of them or none.

    Raises NotAllowed; Refused "no_sittings", and what ``sittings.told`` refuses of one of them.

    Source: Measures, art. 20 (the plan is notified).
    """
    now = timezone.now()
    number = numbers.take(f"JH-{timezone.localdate(now).year}", digits=4)
    row = Plan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    PLAN.check(row, "notify", by=by)
    rows = list(row.sittings.filter(state=State.DRAFT).order_by("starts_at", "pk"))
    if not rows:
        raise Refused("no_sittings", _("计划里还没有场次。请先安排场次，再告知。"))
    row.number, row.notified_at = number, now
    row.save(update_fields=["number", "notified_at"])
    told = [_told(sitting, row, by=by) for sitting in rows]
    row = PLAN.move(row, "notify", by=by, note=note, number=number, count=len(told))
    tellings.plan_with_sittings(row, told)
    return row


def _told(sitting: Sitting, plan: Plan, *, by: User) -> Sitting:
    """One of many: what is refused says of which."""
    try:
        return sittings.told(sitting, by=by, within=plan)
    except NotAllowed:
        raise
    except Refused as why:
        sentence = _("“%(sitting)s”：%(why)s")
        raise Refused(why.code, sentence, sitting=sitting, why=str(why)) from why


@transaction.atomic
def cancel(plan: Plan, *, by: User, note: str) -> Plan:
    """Call off the plan and everything in it, before the first of its sittings starts.

    Raises NotAllowed; Refused "note_required", "already_started".
    """
    row = PLAN.move(plan, "cancel", by=by, note=note)
    held = row.sittings.exclude(state=State.CANCELLED)
    begun = held.exclude(state__in=RUNNING) | held.filter(starts_at__lte=timezone.now())
    if first := begun.first():
        raise Refused(
            "already_started",
            _("“%(sitting)s”已经开考，不能再取消整个计划。请逐场取消还没有开考的。"),
            sitting=first,
        )
    for sitting in held.order_by("starts_at", "pk"):
        sittings.call_off(sitting, by=by, note=note, within=row)
    if row.number:
        tellings.plan_called_off(row, note)
    return row
