"""Freezing a draw: who and what could be drawn becomes texts whose hashes everybody reads, before
anybody can know the seed.
"""

import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import numbers
from zhupei.core.errors import Refused
from zhupei.core.parameters import Setting, settings_of
from zhupei.inspections import frames, parameters, rules
from zhupei.inspections.actions.drafts import check_reasons
from zhupei.inspections.actions.plans import FAULTS
from zhupei.inspections.models import (
    Draw,
    Frame,
    FrameInspector,
    FrameKind,
    Grip,
    Recusal,
    SeedInput,
    SeedKind,
    Target,
)
from zhupei.inspections.rules.sampling import FORMAT
from zhupei.inspections.workflow import DRAW
from zhupei.people.models import User

FIGURES = (
    parameters.LEAST_PERCENT,
    parameters.MOST_GENERAL,
    parameters.LEAST_INSPECTORS,
    parameters.ANNOUNCE_DAYS,
    parameters.NAMES,
    parameters.MOST,
)
NAMED_AT_MOST = 3  # objects named in a refusal; the rest are counted
TEAMS = {"housing": _("住建"), "hr": _("人社")}


@transaction.atomic
def freeze(draw: Draw, *, by: User, note: str = "") -> Draw:
    """Fix the frames, publish their hashes; from now on nothing of it changes.

    Raises NotAllowed; Refused "wrong_state", what ``check_reasons`` and ``_check`` refuse,
    "frame_empty", "no_inspectors" or "too_few_inspectors".

    Source: Measures, art. 14; project register of facts, section 9.1 (candidates, weights and
    exclusions are kept).
    """
    row = Draw.objects.select_for_update(of=("self",)).select_related("authority").get(pk=draw.pk)
    DRAW.check(row, "freeze", by=by)
    now = timezone.now()
    said = settings_of(*FIGURES, prefecture=row.authority.prefecture_id)
    inputs = list(row.inputs.all())
    check_reasons(row)
    _check(row, inputs, said, now)
    names = said[parameters.NAMES.key].value == "name"
    found = frames.gather(row, day=timezone.localdate(now))
    _check_frames(row, found)
    row.number = numbers.take(f"SJ-{timezone.localdate(now).year}", digits=4)
    row.names_public, row.secret = names, secrets.token_hex(32)
    row.announce_days = said[parameters.ANNOUNCE_DAYS.key].value
    row.frozen_at = now
    row.frame_size = len(found.candidates)
    row.sample = rules.sample_size(row.frame_size, row.percent)
    hashes = _keep(row, found, inputs, said[parameters.MOST.key].value)
    row.terms_sha256 = hashes[FrameKind.TERMS]
    row.save()
    return DRAW.move(
        row,
        "freeze",
        by=by,
        note=note,
        number=row.number,
        objects=row.frame_size,
        inspectors=len(found.people),
        terms=row.terms_sha256,
        hashes=hashes,
        parameters={key: one.as_fact() for key, one in said.items()},
    )


def _check(row: Draw, inputs: Sequence[SeedInput], said: dict[str, Setting], now: datetime) -> None:
    """Raises Refused "no_items", "days_required", "check_by_past", "too_few_sent", "too_small",
    "too_large", "event_over" or "seed_unsafe".
    """
    _check_terms(row, said, now)
    _check_share(row, said)
    for one in inputs:
        if one.happens_at is not None and one.happens_at <= now:
            raise Refused(
                "event_over",
                _("“%(event)s”的时间已经过了，结果可能有人知道。请换一件还没有发生的事。"),
                event=one.description,
            )
    committers = [one.description for one in inputs if one.kind == SeedKind.COMMITMENT]
    if not rules.seed_is_safe({one.kind for one in inputs}, committers):
        raise Refused(
            "seed_unsafe",
            _(
                "种子还不可信：至少约定一件将来的公开事件（如开奖号码），"
                "或者由互不知情的两方各承诺一个值。"
            ),
        )


def _check_terms(row: Draw, said: dict[str, Setting], now: datetime) -> None:
    if not row.items.exists():
        raise Refused("no_items", _("请至少选一项抽查事项。"))
    if row.target != Target.INSTITUTION and (row.since is None or row.until is None):
        raise Refused("days_required", _("抽培训班或考核场次，要写明对象所在的期间。"))
    if row.check_by <= timezone.localdate(now):
        raise Refused("check_by_past", _("检查截止日期已经过了，请改晚一些。"), field="check_by")
    least = int(said[parameters.LEAST_INSPECTORS.key].value)
    if row.housing_count + row.hr_count < least:
        raise Refused(
            "too_few_sent", _("每个对象至少 %(least)d 名检查员（规则参数）。"), least=least
        )


def _check_share(row: Draw, said: dict[str, Setting]) -> None:
    figures = {
        "least": int(said[parameters.LEAST_PERCENT.key].value),
        "most_general": int(said[parameters.MOST_GENERAL.key].value),
    }
    key = not row.items.filter(grip=Grip.GENERAL).exists()
    if fault := rules.percent_fault(row.percent, key=key, **figures):
        raise Refused(fault, FAULTS[fault], field="percent", **figures)


def _check_frames(row: Draw, found: frames.Gathered) -> None:
    if not found.candidates:
        raise Refused("frame_empty", _("按这些条件没有一个对象，请放宽条件。"))
    people = [one for one, _membership in found.people]
    if not people:
        raise Refused("no_inspectors", _("所选单位还没有检查员，请先在“本单位人员”里登记。"))
    away: dict[str, frozenset[str]] = {}
    for who, owner in found.recusals:
        away[owner] = away.get(owner, frozenset()) | {who}
    wanted = rules.crew(row.housing_count, row.hr_count)
    short = rules.short_of_people(found.candidates, people, away, wanted)
    if short:
        raise too_few(short)


def too_few(short: Sequence[rules.TooFew]) -> Refused:
    """What to say when recusal leaves too few."""
    first = short[0]
    names = "、".join(f"“{one.candidate.name}”" for one in short[:NAMED_AT_MOST])
    return Refused(
        "too_few_inspectors",
        _(
            "%(names)s%(more)s回避以后，%(team)s检查员只剩 %(left)d 名，要 %(wanted)d 名。"
            "请增加检查员，或者请别的单位派人。"
        ),
        names=names,
        more=_("等 %(count)d 个对象") % {"count": len(short)} if len(short) > NAMED_AT_MOST else "",
        team=TEAMS[first.team],
        left=first.left,
        wanted=first.wanted,
    )


def _keep(
    row: Draw, found: frames.Gathered, inputs: Sequence[SeedInput], most: int
) -> dict[str, str]:
    """Store the four texts and who stands behind the keys; returns the hashes."""
    texts = {
        FrameKind.OBJECTS: rules.objects_text(found.candidates),
        FrameKind.INSPECTORS: rules.lineups_text(_lineups(row, found)),
    }
    hashes = {kind.value: rules.digest(text) for kind, text in texts.items()}
    texts[FrameKind.TERMS] = rules.terms_text(terms(row, hashes, inputs, most))
    hashes[FrameKind.TERMS.value] = rules.digest(texts[FrameKind.TERMS])
    Frame.objects.bulk_create(
        Frame(draw=row, kind=kind, text=text, sha256=hashes[kind.value], lines=text.count("\n") - 1)
        for kind, text in texts.items()
    )
    people = FrameInspector.objects.bulk_create(
        FrameInspector(
            draw=row,
            key=one.key,
            name=one.name,
            user=membership.user,
            body=membership.organization,
            team=one.team,
        )
        for one, membership in found.people
    )
    by_user = {one.user_id: one for one in people}
    Recusal.objects.bulk_create(
        Recusal(inspector=by_user[user], organization_id=body, reason=reason)
        for (user, body), reason in sorted(found.away.items())
    )
    return hashes


def _lineups(row: Draw, found: frames.Gathered) -> Iterator[tuple[str, str, str]]:
    """Who may go where, by aliases: whoever stays away from an owner is not in its list."""
    away = set(found.recusals)
    people = [one for one, _membership in found.people]
    for owner in {one.owner for one in found.candidates}:
        for one in people:
            if (one.key, owner) not in away:
                hidden = rules.salt(row.secret, owner, one.key)
                yield owner, one.team, rules.alias(hidden, owner, one.name)


def terms(
    row: Draw, hashes: dict[str, str], inputs: Sequence[SeedInput], most: int
) -> list[tuple[str, str]]:
    """What was settled, in the order a script expects it."""
    frozen = timezone.localtime(row.frozen_at).isoformat(timespec="seconds")
    items = ",".join(row.items.order_by("code").values_list("code", flat=True))
    return [
        (FORMAT, "terms"),
        ("number", str(row.number)),
        ("authority", str(row.authority)),
        ("title", row.title),
        ("target", row.target),
        ("place", row.prefecture.name if row.prefecture else "-"),
        ("job", row.job.name if row.job else "-"),
        ("days", f"{row.since or '-'}/{row.until or '-'}"),
        ("list", str(row.item_list.number)),
        ("items", items),
        ("percent", str(row.percent)),
        ("count", str(row.frame_size)),
        ("sample", str(row.sample)),
        ("most", str(most)),
        *((f"team-{team}", str(count)) for team, count in _crew(row).items()),
        *((kind, hashes[kind]) for kind in ("objects", "inspectors")),
        *((f"input-{one.place}", _said(one)) for one in inputs),
        ("frozen", frozen),
    ]


def _crew(row: Draw) -> dict[str, int]:
    return rules.crew(row.housing_count, row.hr_count)


def _said(one: SeedInput) -> str:
    if one.happens_at is None:
        return f"commitment {one.commitment} {one.description}"
    moment = timezone.localtime(one.happens_at).isoformat(timespec="minutes")
    return f"event {moment} {one.description} {one.source}".rstrip()
