"""What the pages of an assembly show: forms side by side, what they share, where they differ."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from zhupei.papers.actions.blueprints import labels
from zhupei.papers.models import Assembly, Form
from zhupei.papers.rules import Row
from zhupei.questions.models import ItemKind

HEAT = 5  # steps of the tint of the overlap matrix


def side_by_side(assembly: Assembly, forms: Sequence[Form]) -> dict[str, Any]:
    """Marks, information, what each two share, and how the points of knowledge are spread."""
    asked = {item["key"]: item for item in assembly.asked["items"]}
    held = {form.label: [place["item"] for place in form.places] for form in forms}
    told = max(form.information for form in forms)
    return {
        "forms": [
            {
                "form": form,
                "size": len(held[form.label]),
                "marks": form.difficulty,
                "information": form.information,
                "of_most": round(100 * form.information / told, 1) if told else 0,
            }
            for form in forms
        ],
        "spread": max(f.difficulty for f in forms) - min(f.difficulty for f in forms),
        "spread_told": 100 * (told - min(f.information for f in forms)) / told if told else 0,
        "shared": _shared(held),
        "overlap": assembly.asked["overlap"],
        "points": _spread(held, {key: item["point"] for key, item in asked.items()}),
        "levels": _spread(held, {key: str(item["difficulty"]) for key, item in asked.items()}),
    }


def _shared(held: dict[str, list[int]]) -> list[dict[str, Any]]:
    """The matrix of what two forms share, with a step of tint for each."""
    size = max((len(items) for items in held.values()), default=1)
    rows = []
    for label, items in held.items():
        cells = []
        for other, others in held.items():
            common = len(set(items) & set(others))
            step = min(HEAT, -(-HEAT * common * 2 // size)) if other != label else 0
            cells.append({"same": other == label, "common": common, "step": step})
        rows.append({"label": label, "cells": cells})
    return rows


def _spread(held: dict[str, list[int]], of: dict[int, str]) -> list[dict[str, Any]]:
    """For each point (or level): how many items of each form are on it."""
    counted = {label: Counter(of.get(item, "") for item in items) for label, items in held.items()}
    names = sorted({name for counts in counted.values() for name in counts})
    most = max((counts[name] for counts in counted.values() for name in names), default=1)
    return [
        {
            "name": name,
            "bars": [
                {"label": label, "count": counts[name], "most": most}
                for label, counts in counted.items()
            ],
        }
        for name in names
    ]


def as_seen(places: Sequence[dict[str, Any]], points: dict[str, str], keys: Any) -> list[Any]:
    """The places as a candidate sees them; with ``keys``, what is right as well."""
    kinds = dict(ItemKind.choices)
    shown, before = [], None
    for number, place in enumerate(places):
        group = place["group"]
        head = ("case", group["number"]) if group else ("kind", place["kind"])
        key = keys[str(number)] if keys is not None else None
        shown.append(
            {
                **place,
                "number": number + 1,
                "worth": points[str(number)],
                "kind_label": kinds[place["kind"]],
                "starts": head != before,
                "letters": list(zip("ABCDEFGH", place["options"], strict=False)),
                "right": set(key) if isinstance(key, str) else set(),
                "key": _key(key),
            }
        )
        before = head
    return shown


def _key(key: Any) -> str:
    """A key in words."""
    if key is None or isinstance(key, str):
        return key or ""
    if "blanks" in key:
        return "；".join(" / ".join(variants) for variants in key["blanks"])
    return "；".join(f"{part['what']}（{part['points']}）" for part in key.get("rubric", []))


def asked_rows(assembly: Assembly) -> list[str]:
    """The rows a run was asked for, in words with their counts."""
    rows = [Row(*row[:4]) for row in assembly.asked["rows"]]
    return [f"{label}：{row.count}" for label, row in zip(labels(rows), rows, strict=True)]
