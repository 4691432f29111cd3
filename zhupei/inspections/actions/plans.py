"""The verbs of the year's plan."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import settings_of
from zhupei.inspections import parameters, rules
from zhupei.inspections.access import may_plan, may_plan_for
from zhupei.inspections.events import PlanEvent
from zhupei.inspections.models import Grip, Plan, PlannedDraw, PlanState
from zhupei.inspections.workflow import PLAN
from zhupei.organizations.models import Organization
from zhupei.people.models import User

FAULTS = {
    "too_few_draws": _("一年至少抽查 %(times)d 次（规则参数），计划里只有 %(draws)d 次。"),
    "too_small": _("每次抽查比例不能低于 %(least)d%%（规则参数）。"),
    "too_large": _("只查一般事项的，一次抽查比例不能高于 %(most_general)d%%（规则参数）。"),
}


@transaction.atomic
def draft(authority: Organization, *, by: User, year: int) -> Plan:
    """Begin the plan of a year. Raises NotAllowed or Refused "plan_exists"."""
    if not may_plan_for(by, authority):
        raise NotAllowed("not_allowed", _("只有本单位的审核员或管理员能做抽查计划。"))
    if Plan.objects.filter(authority=authority, year=year).exists():
        raise Refused("plan_exists", _("%(year)s 年的计划已经有了。"), field="year", year=year)
    plan = Plan.objects.create(authority=authority, year=year)
    audit.record(PlanEvent.DRAFTED, plan, by=by)
    return plan


@transaction.atomic
def add_row(plan: Plan, *, by: User, note: str = "", **fields: Any) -> PlannedDraw:
    """Promise one more draw. A plan that is published needs a reason, which everybody reads.

    Raises NotAllowed; Refused "note_required", "too_small" or "too_large".
    """
    row = _locked(plan, by)
    if row.state == PlanState.PUBLISHED and not note.strip():
        raise Refused("note_required", _("计划已经公布，请写明为什么增加。"), field="note")
    why = note.strip() if row.state == PlanState.PUBLISHED else ""
    made = PlannedDraw(plan=row, added_because=why, **fields)
    figures = _figures(row)
    fault = rules.percent_fault(
        made.percent,
        key=made.grip == Grip.KEY,
        least=figures["least"],
        most_general=figures["most_general"],
    )
    if fault:
        raise Refused(fault, FAULTS[fault], field="percent", **figures)
    made.full_clean()
    made.save()
    audit.record(PlanEvent.ROW_ADDED, row, by=by, row=made.title, note=note.strip())
    return made


@transaction.atomic
def remove_row(planned: PlannedDraw, *, by: User) -> None:
    """Take a draw back, while nobody was promised it. Raises Refused "plan_published"."""
    row = _locked(planned.plan, by)
    if row.state != PlanState.DRAFT:
        raise Refused("plan_published", _("计划已经公布，只能增加，不能删除。"))
    title = planned.title
    planned.delete()
    audit.record(PlanEvent.ROW_REMOVED, row, by=by, row=title)


@transaction.atomic
def publish(plan: Plan, *, by: User, note: str = "") -> Plan:
    """Promise it to everybody.

    Raises NotAllowed; Refused "wrong_state", "too_few_draws", "too_small" or "too_large".

    Source: project register of facts, section 9.1 (at least twice a year, at least 5 per cent).
    """
    PLAN.check(plan, "publish", by=by)
    rows = list(plan.rows.all())
    figures = _figures(plan)
    planned = [rules.Planned(one.target, one.percent, one.grip == Grip.KEY) for one in rows]
    if faults := rules.plan_faults(
        planned,
        times=figures["times"],
        least=figures["least"],
        most_general=figures["most_general"],
    ):
        raise Refused(faults[0], FAULTS[faults[0]], draws=len(rows), **figures)
    moved = PLAN.move(plan, "publish", by=by, note=note, draws=len(rows))
    moved.published_at = timezone.now()
    moved.save(update_fields=["published_at"])
    return moved


def _locked(plan: Plan, by: User) -> Plan:
    row = Plan.objects.select_for_update(of=("self",)).select_related("authority").get(pk=plan.pk)
    if not may_plan(by, row):
        raise NotAllowed("not_allowed", _("只有本单位的审核员或管理员能做抽查计划。"))
    return row


def _figures(plan: Plan) -> dict[str, Any]:
    wanted = (parameters.DRAWS_A_YEAR, parameters.LEAST_PERCENT, parameters.MOST_GENERAL)
    said = settings_of(*wanted, prefecture=plan.authority.prefecture_id)
    times, least, most = (int(said[one.key].value) for one in wanted)
    return {"times": times, "least": least, "most_general": most}
