"""Somebody cannot go: the same seed says who steps in, and the list says why."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.inspections import frames, rules
from zhupei.inspections.access import may_run
from zhupei.inspections.actions.freezing import too_few
from zhupei.inspections.events import InspectionEvent
from zhupei.inspections.models import (
    Assignment,
    Draw,
    FrameKind,
    Inspection,
    InspectionState,
)
from zhupei.organizations.models import Interest
from zhupei.people.models import User

__all__ = ["heed_new_interests", "replace", "too_few"]


@transaction.atomic
def replace(assignment: Assignment, *, by: User, because: str) -> Assignment:
    """Let one inspector stay away; the next ticket of the same team steps in. Nobody chooses who.

    Raises NotAllowed; Refused "note_required", "already_signed", "already_out", "old_format",
    "frame_changed" or "nobody_left".

    Source: project register of facts, section 9.1 (利害关系回避; 不得重抽，除非留痕说明).
    """
    inspection = (
        Inspection.objects.select_for_update(of=("self",))
        .select_related("draw__authority", "organization")
        .get(pk=assignment.inspection_id)
    )
    if not may_run(by, inspection.draw):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位能换检查员。"))
    if not because.strip():
        raise Refused("note_required", _("请写明为什么不能去。"), field="because")
    row = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("inspector__user")
        .get(pk=assignment.pk)
    )
    if row.out_at is not None:
        raise Refused("already_out", _("这名检查员已经换下。"))
    if row.signed_at is not None or inspection.state not in {
        InspectionState.ASSIGNED,
        InspectionState.SIGNING,
    }:
        raise Refused("already_signed", _("已经签字的检查不能换人。"))
    return _step_in(inspection, row, because.strip(), by)


def heed_new_interests(draw: Draw, inspections: Sequence[Inspection]) -> None:
    """Ties declared between freezing and drawing: whoever was chosen for such a body stays away."""
    going = Assignment.objects.filter(inspection__in=inspections).select_related(
        "inspection__organization", "inspection__draw", "inspector__user"
    )
    rows = list(going.order_by("inspection__place", "place"))
    pairs = Interest.objects.between(
        {one.inspector.user_id for one in rows},
        {one.inspection.organization_id for one in rows},
        timezone.localdate(draw.drawn_at),
    )
    for one in rows:
        if (one.inspector.user_id, one.inspection.organization_id) in pairs:
            _step_in(one.inspection, one, str(_("存在利害关系（冻结以后申报）")), None)


def _step_in(inspection: Inspection, out: Assignment, because: str, by: User | None) -> Assignment:
    draw = inspection.draw
    if not draw.secret:
        raise Refused(
            "old_format",
            _("这次抽查的名单按旧格式冻结，系统算不出按种子该由谁接替，不能在这里换人。"),
        )
    texts = frames.intact(draw)
    if texts is None:
        raise Refused("frame_changed", _("名单和冻结时公布的摘要不符，不能换人。"))
    there = set(inspection.assignments.values_list("inspector__key", flat=True))
    owner, team = frames.owner_key(inspection.organization_id), out.inspector.team
    listed = rules.read_lineups(texts[FrameKind.INSPECTORS].text).get((owner, team), ())
    people = frames.lineup(draw, owner, draw.inspectors.filter(team=team).select_related("user"))
    left = {one: people[one] for one in listed if people[one].key not in there}
    tied = _tied(draw, inspection, team)
    skipped = {person.key for person in left.values() if person.key in tied}
    free = [one for one, person in left.items() if person.key not in tied]
    candidate = rules.Candidate(inspection.key, 1, owner, inspection.name, "")
    chosen = rules.successor(str(draw.seed), candidate, free)
    if chosen is None:
        raise Refused(
            "nobody_left",
            _("“%(object)s”没有可以接替的检查员：其余的都已派去或者要回避。"),
            object=inspection.name,
        )
    out.out_at, out.out_because = timezone.now(), because
    out.save(update_fields=["out_at", "out_because"])
    successor = people[chosen]
    last = inspection.assignments.aggregate(last=Max("place"))["last"]
    made = Assignment.objects.create(
        inspection=inspection,
        inspector=successor,
        place=last + 1,
        instead_of=out,
        skipped=sorted(skipped),
    )
    audit.record(
        InspectionEvent.REPLACED,
        inspection,
        by=by,
        within=draw,
        out=out.inspector.key,
        successor=successor.key,
        note=because,
    )
    said = _("请您检查：%(object)s") % {"object": inspection.name}
    messages.tell([successor.user], said, url=inspection.get_absolute_url())
    return made


def _tied(draw: Draw, inspection: Inspection, team: str) -> set[str]:
    """Who of a team has a tie to the body today, whenever it was declared."""
    keys = dict(draw.inspectors.filter(team=team).values_list("user", "key"))
    body = inspection.organization_id
    pairs = Interest.objects.between(list(keys), [body], timezone.localdate())
    return {keys[user] for user, _body in pairs}
