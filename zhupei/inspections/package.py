"""What is published of a draw for those who recompute it: one JSON document, and a ZIP that adds
the texts as files and the script that checks them.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any, Final

from zhupei.inspections import rules, verify_draw
from zhupei.inspections.frames import alias, owner_key
from zhupei.inspections.models import (
    Assignment,
    Draw,
    Frame,
    FrameInspector,
    FrameKind,
    InspectionState,
)
from zhupei.inspections.rules.sampling import FORMAT

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
README: Final = """双随机抽查的数据包
==================

draw.json          抽取约定、名单、种子和结果
frames/*.txt       冻结的名单原文，SHA-256 见 terms.txt 和公示页
verify_draw.py     独立的核对程序，只用 Python 3 标准库

核对：

    python3 verify_draw.py draw.json --terms 冻结时公布的摘要

程序不是必须用这一份：算法写在项目文档 docs/mechanisms/draws.md 里，可以自己另写。

This package recomputes with any Python 3.10 or newer and nothing else.
"""


def document(draw: Draw) -> dict[str, Any]:
    """Everything anybody needs; after the draw also the values and what they chose."""
    texts = {row.kind: row.text for row in Frame.objects.filter(draw=draw)}
    found: dict[str, Any] = {
        "format": FORMAT,
        "number": draw.number,
        "terms_sha256": draw.terms_sha256,
        "terms": texts[FrameKind.TERMS],
        "objects": texts[FrameKind.OBJECTS],
        "inspectors": texts[FrameKind.INSPECTORS],
    }
    if draw.seed is None:
        return found
    values = [one.value for one in draw.inputs.all()]
    return found | {"values": values, "seed": draw.seed, "drawn": _drawn(draw)}


def as_json(draw: Draw) -> bytes:
    """The document as bytes, the same ones each time."""
    return json.dumps(document(draw), ensure_ascii=False, indent=1).encode()


def as_zip(draw: Draw) -> bytes:
    """The document, the frames as they were hashed, and the script."""
    files = {
        "README.txt": README.encode(),
        "draw.json": as_json(draw),
        "verify_draw.py": script(),
    }
    for row in Frame.objects.filter(draw=draw):
        files[f"frames/{row.kind}.txt"] = row.text.encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{draw.number}/{name}", EPOCH)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def script() -> bytes:
    """The stand-alone script itself."""
    return Path(verify_draw.__file__).read_bytes()


def _drawn(draw: Draw) -> list[dict[str, Any]]:
    """The list in the order drawn, with who stepped in and what came of it."""
    crews: dict[int, list[Assignment]] = {}
    rows = Assignment.objects.filter(inspection__draw=draw).select_related(
        "inspector", "instead_of__inspector"
    )
    for one in rows.order_by("inspection", "place"):
        crews.setdefault(one.inspection_id, []).append(one)
    people = {row.key: row for row in draw.inspectors.all()}
    found = []
    for inspection in draw.inspections.order_by("place"):
        owner = owner_key(inspection.organization_id)
        crew = crews.get(inspection.pk, [])
        line: dict[str, Any] = {
            "object": inspection.key,
            "ticket": inspection.ticket,
            "inspectors": [alias(draw, owner, one.inspector) for one in crew if not one.instead_of],
        }
        if stepped_in := [one for one in crew if one.instead_of is not None]:
            line["replaced"] = [_replaced(draw, owner, one, people) for one in stepped_in]
        if draw.names_public:
            line["opened"] = [_opened(draw, owner, one.inspector) for one in crew if not one.out_at]
        if inspection.state == InspectionState.PUBLISHED:
            line["result"] = inspection.outcome
        found.append(line)
    return found


def _replaced(
    draw: Draw, owner: str, one: Assignment, people: dict[str, FrameInspector]
) -> dict[str, Any]:
    """Who stepped in for whom, by aliases. Why somebody does not go is nobody's business, and who
    it is neither: one name struck out says as much as a reason.
    """
    out = one.instead_of
    assert out is not None
    return {
        "out": alias(draw, owner, out.inspector),
        "in": alias(draw, owner, one.inspector),
        "skipped": sorted(alias(draw, owner, people[key]) for key in one.skipped),
    }


def _opened(draw: Draw, owner: str, one: FrameInspector) -> dict[str, str]:
    """Who goes, and the proof that the alias was theirs before there was a seed."""
    return {
        "alias": alias(draw, owner, one),
        "salt": rules.salt(draw.secret, owner, one.key),
        "name": one.name,
    }
