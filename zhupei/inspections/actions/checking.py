"""The result is put down, and every inspector signs; what was found goes to the institution."""

from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.corrections.actions import findings
from zhupei.inspections import parameters
from zhupei.inspections.access import may_inspect
from zhupei.inspections.events import InspectionEvent
from zhupei.inspections.models import (
    Assignment,
    Inspection,
    InspectionState,
    Outcome,
    Verdict,
)
from zhupei.inspections.workflow import INSPECTION
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User

WITHOUT_ITEMS = {Outcome.UNREACHABLE, Outcome.OBSTRUCTED, Outcome.GONE}
FAULTY = {Outcome.ORDERED, Outcome.REFERRED}
LAWS = "、"


@transaction.atomic
def record(
    inspection: Inspection,
    *,
    by: User,
    visited_on: date,
    outcome: str,
    remark: str = "",
) -> Inspection:
    """Put the result down and sign it; the others are asked to sign. The term for publishing runs
    from the visit.

    Raises NotAllowed; Refused "wrong_state", "visited_when", "items_open", "outcome_unknown",
    "outcome_contradicts" or "remark_required".

    Source: Measures, art. 14.
    """
    row = locked(inspection)
    INSPECTION.check(row, "record", by=by)
    _check_day(row, visited_on)
    _check_outcome(row, outcome, remark)
    row.visited_on, row.outcome, row.remark = visited_on, outcome, remark.strip()
    row.recorded_at = timezone.now()
    row.due_at = _term(row, visited_on)
    row.save(update_fields=["visited_on", "outcome", "remark", "recorded_at", "due_at"])
    said = Outcome(outcome).label
    moved = INSPECTION.move(row, "record", by=by, within=row.draw, outcome=str(said))
    _sign(moved, by)
    others = [one.inspector.user for one in _going(moved) if one.signed_at is None]
    title = _("请会签检查结果：%(object)s") % {"object": moved.name}
    messages.tell(others, title, url=moved.get_absolute_url())
    return _settled(moved, by)


@transaction.atomic
def sign(inspection: Inspection, *, by: User) -> Inspection:
    """Agree with the result. When everybody has, findings go to the institution.

    Raises NotAllowed; Refused "wrong_state" or "signed_before".
    """
    row = locked(inspection)
    if not may_inspect(by, row):
        raise NotAllowed("not_allowed", _("只有派去检查的人能签字。"))
    if row.state != InspectionState.SIGNING:
        raise Refused(
            "wrong_state",
            _("“%(object)s”现在是“%(state)s”，不用会签。"),
            object=row.name,
            state=row.get_state_display(),
        )
    _sign(row, by)
    audit.record(InspectionEvent.SIGNED, row, by=by, within=row.draw)
    return _settled(row, by)


@transaction.atomic
def reopen(inspection: Inspection, *, by: User, note: str = "") -> Inspection:
    """Give the result back to be put right; signatures are void. Raises NotAllowed; Refused
    "wrong_state" or "note_required".
    """
    row = INSPECTION.move(locked(inspection), "reopen", by=by, note=note, within=inspection.draw)
    row.assignments.update(signed_at=None)
    told = [one.inspector.user for one in _going(row) if one.inspector.user_id != by.pk]
    title = _("检查结果退回修改：%(object)s") % {"object": row.name}
    messages.tell(told, title, body=note, url=row.get_absolute_url())
    return row


def locked(inspection: Inspection) -> Inspection:
    rows = Inspection.objects.select_for_update(of=("self",))
    return rows.select_related("draw__authority", "organization").get(pk=inspection.pk)


def _check_day(row: Inspection, visited_on: date) -> None:
    drawn_on = timezone.localdate(row.draw.drawn_at)
    if not drawn_on <= visited_on <= timezone.localdate():
        raise Refused("visited_when", _("检查日期应在抽取当天到今天之间。"), field="visited_on")


def _check_outcome(row: Inspection, outcome: str, remark: str) -> None:
    if outcome not in Outcome.values:
        raise Refused("outcome_unknown", _("请选择检查结果。"), field="outcome")
    if outcome in WITHOUT_ITEMS:
        if not remark.strip():
            raise Refused("remark_required", _("请写明情况。"), field="remark")
        return
    answers = list(row.answers.all())
    missing = row.draw.items.exclude(pk__in=[one.item_id for one in answers])
    if missing:
        raise Refused(
            "items_open",
            _("还有 %(count)d 项没有查完（不符合的要选轻重、写明事实）：%(items)s。"),
            count=len(missing),
            items=LAWS.join(str(item) for item in missing),
        )
    bad = any(one.verdict == Verdict.BAD for one in answers)
    if bad != (outcome in FAULTY):
        raise Refused(
            "outcome_contradicts",
            _("检查结果和各项结论不一致：有不符合的选“发现问题”，没有的选“未发现问题”。"),
            field="outcome",
        )


def _term(row: Inspection, visited_on: date) -> datetime:
    began = timezone.make_aware(datetime.combine(visited_on, time(12)))
    prefecture = row.draw.authority.prefecture_id
    return workdays.deadline(began, value(parameters.PUBLISH_WORKDAYS, prefecture=prefecture))


def _going(row: Inspection) -> list[Assignment]:
    rows = row.assignments.filter(out_at__isnull=True)
    return list(rows.select_related("inspector__user").order_by("place"))


def _sign(row: Inspection, by: User) -> None:
    mine = row.assignments.select_for_update().filter(inspector__user=by, out_at__isnull=True)
    one = mine.get()
    if one.signed_at is not None:
        raise Refused("signed_before", _("您已经签过字了。"))
    one.signed_at = timezone.now()
    one.save(update_fields=["signed_at"])


def _settled(row: Inspection, by: User) -> Inspection:
    """When the last one has signed: findings are made, the authority is told."""
    if any(one.signed_at is None for one in _going(row)):
        return row
    moved = INSPECTION.move(row, "settle", by=by, within=row.draw)
    _find(moved, by)
    authority = Organization.objects.filter(pk=moved.draw.authority_id)
    told = holders(Role.REVIEWER, authority) | holders(Role.REGULATOR, authority)
    title = _("检查结果待公示：%(object)s") % {"object": moved.name}
    messages.tell(told.distinct(), title, url=reverse("inspections:draw", args=[moved.draw_id]))
    return moved


def _find(row: Inspection, by: User) -> None:
    """What does not comply becomes findings of the authority, each with its law."""
    shots = list(row.pictures.select_related("file"))
    for one in row.answers.filter(verdict=Verdict.BAD).select_related("item"):
        findings.find(
            row.organization,
            row.draw.authority,
            source=row,
            by=by,
            text=f"{one.item.title}：{one.note}",
            law=one.item.law,
            severity=str(one.severity),
            evidence=[shot.file for shot in shots if shot.item_id in {None, one.item_id}],
        )
