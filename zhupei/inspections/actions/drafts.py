"""Preparing a draw: what, from whom, by whom, and what its seed will be made of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.inspections import rules
from zhupei.inspections.access import may_plan_for, may_run
from zhupei.inspections.events import DrawEvent
from zhupei.inspections.models import (
    Draw,
    DrawState,
    ItemList,
    ListItem,
    PlannedDraw,
    PlanState,
    SeedInput,
    SeedKind,
)
from zhupei.organizations.models import Organization
from zhupei.people.models import User

SHORTEST = 12  # letters of words one commits to: nobody shall find them by trying


@transaction.atomic
def draft(
    authority: Organization,
    *,
    by: User,
    items: Iterable[ListItem],
    bodies: Iterable[Organization],
    **fields: Any,
) -> Draw:
    """Begin a draw on the list in force. ``fields`` are those of DrawForm.

    Raises NotAllowed; Refused "no_list", "already_drawn" or "reason_required".
    """
    if not may_plan_for(by, authority):
        raise NotAllowed("not_allowed", _("只有本单位的审核员或管理员能组织抽查。"))
    in_force = ItemList.objects.in_force().first()
    if in_force is None:
        raise Refused("no_list", _("还没有发布抽查事项清单，不能抽查。请先由厅里发布清单。"))
    made = Draw(authority=authority, item_list=in_force, **fields)
    check_reasons(made)
    _save(made, items, bodies)
    audit.record(DrawEvent.DRAFTED, made, by=by)
    return made


@transaction.atomic
def change(
    draw: Draw,
    *,
    by: User,
    items: Iterable[ListItem],
    bodies: Iterable[Organization],
    **fields: Any,
) -> Draw:
    """Change it while nothing is frozen. Raises as ``draft``, or Refused "frozen"."""
    row = open_draft(draw, by=by)
    for name, value in fields.items():
        setattr(row, name, value)
    check_reasons(row)
    _save(row, items, bodies)
    audit.record(DrawEvent.CHANGED, row, by=by)
    return row


@transaction.atomic
def name_event(
    draw: Draw, *, by: User, description: str, source: str, happens_at: datetime
) -> SeedInput:
    """Name a public event whose outcome goes into the seed, before it happens.

    Raises NotAllowed; Refused "frozen" or "event_over".
    """
    row = open_draft(draw, by=by)
    if happens_at <= timezone.now():
        raise Refused(
            "event_over",
            _("这个时间已经过了。要选一件还没有发生、结果谁也不知道的事。"),
            field="happens_at",
        )
    return _add_input(
        row,
        by,
        kind=SeedKind.EVENT,
        description=rules.clean(description),
        source=rules.clean(source),
        happens_at=happens_at,
    )


@transaction.atomic
def commit(draw: Draw, *, by: User, committer: str, words: str = "", digest: str = "") -> SeedInput:
    """Note that somebody has settled on words: only their SHA-256 is kept, the words are not.

    Raises NotAllowed; Refused "frozen", "words_too_short" or "not_a_digest".
    """
    row = open_draft(draw, by=by)
    said = words.strip()
    if said and len(said) < SHORTEST:
        raise Refused(
            "words_too_short",
            _("至少 %(least)d 个字，否则别人可以试出来。"),
            field="words",
            least=SHORTEST,
        )
    digest = rules.digest(said) if said else digest.strip().lower()
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):  # noqa: PLR2004 - SHA-256
        raise Refused(
            "not_a_digest", _("请填写承诺的原文，或者 64 位的 SHA-256 摘要。"), field="digest"
        )
    return _add_input(
        row, by, kind=SeedKind.COMMITMENT, description=rules.clean(committer), commitment=digest
    )


@transaction.atomic
def remove_input(seed_input: SeedInput, *, by: User) -> None:
    """Take a part of the seed off, while nothing is frozen."""
    row = open_draft(seed_input.draw, by=by)
    name = seed_input.description
    seed_input.delete()
    audit.record(DrawEvent.INPUT_REMOVED, row, by=by, input=name)


def open_draft(draw: Draw, *, by: User) -> Draw:
    """The locked row, when it is still being prepared. Raises NotAllowed; Refused "frozen"."""
    row = Draw.objects.select_for_update(of=("self",)).select_related("authority").get(pk=draw.pk)
    if not may_run(by, row):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位能改。"))
    if row.state != DrawState.DRAFT:
        raise Refused(
            "frozen",
            _("“%(draw)s”的名单已经冻结，对象、检查员和种子来源都不能再改。"),
            draw=row,
        )
    return row


def check_reasons(draw: Draw) -> None:
    """A draw outside the plan, or one more for the same line of it, says why.

    Raises Refused "reason_required", "not_promised" or "already_drawn".

    Source: project register of facts, section 9.1 (不得重抽，除非留痕说明).
    """
    if draw.planned is None and not draw.outside_because.strip():
        raise Refused(
            "reason_required",
            _("不在年度计划里的抽查，请写明理由，会公开。"),
            field="outside_because",
        )
    if draw.planned is None:
        return
    plan = draw.planned.plan
    if plan.state != PlanState.PUBLISHED or plan.authority_id != draw.authority_id:
        raise Refused("not_promised", _("这份年度计划还没有公布，或者不是本单位的。"))
    if not draw.again_because.strip() and before(draw.planned, draw):
        raise Refused(
            "already_drawn",
            _("计划里的“%(row)s”已经抽过。要再抽，请写明理由，会和两次抽取一起公开。"),
            field="again_because",
            row=draw.planned,
        )


def before(planned: PlannedDraw, draw: Draw) -> bool:
    """Was this line of the plan drawn before, or called off after its frames were known?"""
    others = planned.draws.exclude(pk=draw.pk)
    return any(one.state != DrawState.CALLED_OFF or one.number for one in others)


def _save(draw: Draw, items: Iterable[ListItem], bodies: Iterable[Organization]) -> None:
    try:
        draw.full_clean(exclude=["seed", "number"])
    except ValidationError as fault:
        if "until" in fault.message_dict or "__all__" in fault.message_dict:
            raise Refused("draw_faulty", " ".join(fault.messages)) from fault
        raise
    draw.save()
    draw.items.set(items)
    draw.bodies.set(bodies)


def _add_input(draw: Draw, by: User, **fields: Any) -> SeedInput:
    last = draw.inputs.aggregate(last=Max("place"))["last"] or 0
    made = SeedInput.objects.create(draw=draw, place=last + 1, **fields)
    audit.record(DrawEvent.INPUT_NAMED, draw, by=by, input=made.description)
    return made
