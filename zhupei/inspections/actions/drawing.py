"""The draw itself: once, from frozen texts and a seed that came afterwards."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from zhupei.core import messages
from zhupei.core.errors import Refused
from zhupei.inspections import frames, rules
from zhupei.inspections.actions import replacing
from zhupei.inspections.models import (
    Assignment,
    Draw,
    DrawState,
    Frame,
    FrameKind,
    Inspection,
    SeedInput,
    Target,
)
from zhupei.inspections.workflow import DRAW
from zhupei.organizations.access import regulates
from zhupei.people.models import User

A_BATCH = 1000


class Chosen(NamedTuple):
    """One drawn object, its smallest ticket, and the aliases of those who go there."""

    candidate: rules.Candidate
    ticket: str
    crew: tuple[str, ...]


@transaction.atomic
def draw(draw: Draw, *, by: User, note: str = "") -> Draw:
    """Draw objects and inspectors, once.

    Raises NotAllowed; Refused "wrong_state" (also when it was drawn before), "seed_not_known",
    "old_format", "frame_changed" or "too_few_inspectors".

    Source: Measures, art. 14 (双随机、一公开).
    """
    row = Draw.objects.select_for_update(of=("self",)).select_related("authority").get(pk=draw.pk)
    DRAW.check(row, "draw", by=by)
    inputs = list(row.inputs.all())
    if waiting := [one.description for one in inputs if one.known_at is None]:
        raise Refused(
            "seed_not_known",
            _("种子还不全，等录入：%(inputs)s。"),
            inputs="、".join(waiting),
        )
    texts = intact_or_refused(row)
    seed = seed_of(row, inputs)
    chosen = choose(seed, texts, row)
    now = timezone.now()
    row.seed, row.drawn_at = seed, now
    row.list_public_at = now + timedelta(days=row.announce_days)
    row.save(update_fields=["seed", "drawn_at", "list_public_at"])
    moved = DRAW.move(
        row,
        "draw",
        by=by,
        note=note,
        seed=seed,
        sample=len(chosen),
        result=result_digest(chosen),
        values=[one.value for one in inputs],
    )
    made = _keep(moved, chosen)
    replacing.heed_new_interests(moved, made)
    _tell_inspectors(moved)
    return moved


@transaction.atomic
def call_off(draw: Draw, *, by: User, note: str = "") -> Draw:
    """Give a draw up before it is made. One whose frames were frozen stays public, with the
    reason; when part of its seed may be known, only the region may, so that nobody draws until
    the outcome suits.

    Raises NotAllowed; Refused "wrong_state", "note_required" or "seed_known".

    Source: project register of facts, section 9.1 (不得重抽，除非留痕说明).
    """
    row = Draw.objects.select_for_update(of=("self",)).select_related("authority").get(pk=draw.pk)
    DRAW.check(row, "call_off", by=by)
    if too_late_to_call_off(row, by):
        raise Refused(
            "seed_known",
            _(
                "种子的一部分已经公布或录入，结果可能有人算得出，本单位不能再作废。确有必要的，报自治区住建厅。"
            ),
        )
    moved = DRAW.move(row, "call_off", by=by, note=note)
    moved.called_off_because = note.strip()
    moved.save(update_fields=["called_off_because"])
    return moved


def intact_or_refused(row: Draw) -> dict[str, Frame]:
    """The frozen texts. Raises Refused "old_format" or "frame_changed"."""
    if not row.secret:
        raise Refused(
            "old_format",
            _("“%(draw)s”的名单按旧格式冻结，里面有不该公开的内容。请作废，重新准备一次。"),
            draw=row,
        )
    texts = frames.intact(row)
    if texts is None:
        raise Refused(
            "frame_changed",
            _(
                "“%(draw)s”的名单和冻结时公布的摘要不符，不能抽取。"
                "请运行 zhupei verify-draw 查明，并报自治区住建厅。"
            ),
            draw=row,
        )
    return texts


def seed_of(row: Draw, inputs: Sequence[SeedInput]) -> str:
    """The seed of a draw whose inputs are known."""
    return rules.seed_of(str(row.terms_sha256), [one.value for one in inputs])


def choose(seed: str, texts: dict[str, Frame], row: Draw) -> list[Chosen]:
    """What the seed chooses from the frozen texts. Raises Refused "too_few_inspectors"."""
    candidates = rules.read_objects(texts[FrameKind.OBJECTS].text)
    lineups = rules.read_lineups(texts[FrameKind.INSPECTORS].text)
    drawn = rules.sample(seed, candidates, row.sample)
    wanted = rules.crew(row.housing_count, row.hr_count)
    try:
        crews = rules.pair(seed, [one for one, _ticket in drawn], lineups, wanted)
    except rules.TooFew as short:
        raise replacing.too_few([short]) from short
    return [Chosen(one, ticket, crew) for (one, ticket), crew in zip(drawn, crews, strict=True)]


def result_digest(chosen: Sequence[Chosen]) -> str:
    """The hash of the list, as the record of deeds keeps it."""
    lines = (f"{one.candidate.key}\t{','.join(one.crew)}\n" for one in chosen)
    return rules.digest("".join(lines))


def too_late_to_call_off(row: Draw, user: User) -> bool:
    """May somebody know the outcome already? Then only the region calls it off."""
    return row.state == DrawState.FROZEN and not regulates(user) and _may_be_known(row)


def _may_be_known(row: Draw) -> bool:
    now = timezone.now()
    return any(
        one.known_at is not None or (one.happens_at is not None and one.happens_at <= now)
        for one in row.inputs.all()
    )


def _keep(row: Draw, chosen: Sequence[Chosen]) -> list[Inspection]:
    column = {Target.CLASS: "training_class_id", Target.SITTING: "sitting_id"}.get(
        Target(row.target)
    )
    made = Inspection.objects.bulk_create(
        (
            Inspection(
                draw=row,
                place=place,
                key=one.candidate.key,
                name=one.candidate.name,
                ticket=one.ticket,
                organization_id=_pk(one.candidate.owner),
                **({column: _pk(one.candidate.key)} if column else {}),
            )
            for place, one in enumerate(chosen, 1)
        ),
        batch_size=A_BATCH,
    )
    people = list(row.inspectors.all())
    owners = {one.candidate.owner for one in chosen}
    by_alias = {owner: frames.lineup(row, owner, people) for owner in owners}
    Assignment.objects.bulk_create(
        (
            Assignment(
                inspection=inspection, inspector=by_alias[one.candidate.owner][who], place=place
            )
            for inspection, one in zip(made, chosen, strict=True)
            for place, who in enumerate(one.crew, 1)
        ),
        batch_size=A_BATCH,
    )
    return made


def _pk(key: str) -> int:
    return int(key.rpartition("/")[2])


def _tell_inspectors(row: Draw) -> None:
    """Each one once, with how many objects wait."""
    counts: dict[User, int] = {}
    going = Assignment.objects.filter(inspection__draw=row, out_at__isnull=True)
    for one in going.select_related("inspector__user"):
        counts[one.inspector.user] = counts.get(one.inspector.user, 0) + 1
    for user, count in counts.items():
        title = ngettext(
            "双随机抽查：%(count)d 个对象等您检查", "双随机抽查：%(count)d 个对象等您检查", count
        ) % {"count": count}
        messages.tell([user], title, body=row.title, url=reverse("inspections:checks"))
