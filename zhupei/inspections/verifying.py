"""``zhupei verify-draw``: what the database says of a draw, computed again from its frozen texts
and held against the record of deeds.
"""

from collections.abc import Iterator

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.inspections import frames, rules
from zhupei.inspections.actions import drawing
from zhupei.inspections.events import DrawEvent
from zhupei.inspections.models import NEEDED, Assignment, Draw, Frame, FrameKind, Recusal

FAULTS = {
    "frame_changed": "名单与冻结时公布的摘要不符：{what}",
    "record_differs": "与冻结或抽取时的记录不符：{what}",
    "seed_differs": "种子与录入的值不符",
    "objects_differ": "抽中的对象与重算结果不同：第 {what} 个起",
    "inspectors_differ": "检查员与重算结果不同：{what}",
    "lineups_differ": "可派检查员名单与回避登记不符",
    "old_format": "名单按旧格式冻结，请用当时公布的数据包和程序核对：{what}",
    "too_few": "回避后人数不足，当时不可能这样抽取：{what}",
}


def faults(draw: Draw) -> list[str]:
    """Every sentence about what does not hold; empty when all does."""
    return [FAULTS[code].format(what=what) for code, what in _faults(draw)]


def _faults(draw: Draw) -> Iterator[tuple[str, str]]:
    if not draw.secret:
        yield "old_format", str(draw.number)
        return
    changed = list(_changed(draw))
    yield from (("frame_changed", kind) for kind in changed)
    frozen = audit.own_history(draw).filter(verb=DrawEvent.FROZEN).first()
    if frozen is None or frozen.facts.get("terms") != draw.terms_sha256:
        yield "record_differs", "terms"
    texts = frames.intact(draw)
    if texts is None:
        return
    if _lineups(draw, texts) != texts[FrameKind.INSPECTORS].text:
        yield "lineups_differ", ""
    if draw.seed is None:
        return
    if drawing.seed_of(draw, list(draw.inputs.all())) != draw.seed:
        yield "seed_differs", ""
    try:
        chosen = drawing.choose(draw.seed, texts, draw)
    except Refused as refusal:
        yield "too_few", str(refusal)
        return
    yield from _differences(draw, chosen)


def _changed(draw: Draw) -> Iterator[str]:
    """The texts that are missing, are not what their hash says, or are not those of the terms."""
    rows = {row.kind: row for row in Frame.objects.filter(draw=draw)}
    terms = rows.get(FrameKind.TERMS)
    named = set(terms.text.split("\n")) if terms else set()
    for kind in NEEDED:
        row = rows.get(kind)
        if row is None or rules.digest(row.text) != row.sha256:
            yield kind
        elif kind == FrameKind.TERMS:
            if row.sha256 != draw.terms_sha256:
                yield kind
        elif f"{kind}\t{row.sha256}" not in named:
            yield kind


def _lineups(draw: Draw, texts: dict[str, Frame]) -> str:
    """The frame of inspectors, made again from who was there and who had to stay away."""
    rows = Recusal.objects.filter(inspector__draw=draw)
    away = {(row.inspector_id, frames.owner_key(row.organization_id)) for row in rows}
    owners = {one.owner for one in rules.read_objects(texts[FrameKind.OBJECTS].text)}
    people = list(draw.inspectors.all())
    return rules.lineups_text(
        (owner, one.team, alias)
        for owner in owners
        for alias, one in frames.lineup(draw, owner, people).items()
        if (one.pk, owner) not in away
    )


def _differences(draw: Draw, chosen: list[drawing.Chosen]) -> Iterator[tuple[str, str]]:
    drawn = audit.own_history(draw).filter(verb=DrawEvent.DRAWN).first()
    if drawn is None or drawn.facts.get("result") != drawing.result_digest(chosen):
        yield "record_differs", "result"
    kept = list(draw.inspections.order_by("place").values_list("key", "ticket"))
    for place, (one, row) in enumerate(zip(chosen, kept, strict=False), 1):
        if (one.candidate.key, one.ticket) != row:
            yield "objects_differ", str(place)
            return
    if len(kept) != len(chosen):
        yield "objects_differ", str(min(len(kept), len(chosen)) + 1)
        return
    crews: dict[str, list[str]] = {}
    rows = Assignment.objects.filter(inspection__draw=draw, instead_of__isnull=True)
    for sent in rows.order_by("inspection", "place").select_related("inspection", "inspector"):
        owner = frames.owner_key(sent.inspection.organization_id)
        crews.setdefault(sent.inspection.key, []).append(frames.alias(draw, owner, sent.inspector))
    for drawn_one in chosen:
        if tuple(crews.get(drawn_one.candidate.key, ())) != drawn_one.crew:
            yield "inspectors_differ", drawn_one.candidate.key
