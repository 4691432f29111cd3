"""The divisions of the region as they stood in April 2026; a clerk can extend the table later."""

import csv
from pathlib import Path

from zhupei.organizations.models import Division

FILE = Path(__file__).with_name("divisions.csv")
SHORT = {
    "650000": "全区",
    "652300": "昌吉州",
    "652700": "博州",
    "652800": "巴州",
    "653000": "克州",
    "654000": "伊犁州",
}
ENDINGS = ("地区", "市")
# The cities under the region itself have this parent. It is nobody's prefecture: whether their
# institutions belong to the region's scheme is a question the department has to answer.
CONTAINER = {
    "code": "659000",
    "name": "自治区直辖县级行政区",
    "level": "region",
    "parent": "650000",
}


def load_divisions() -> int:
    """Enter the divisions that are missing; return how many there are in the file."""
    with FILE.open(encoding="utf-8", newline="") as stream:
        rows = [CONTAINER, *csv.DictReader(stream)]
    Division.objects.bulk_create(
        [
            Division(
                code=row["code"],
                name=row["name"],
                short_name=short_name(row["code"], row["name"]),
                level=row["level"],
                parent_id=row["parent"] or None,
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
    return len(rows)


def short_name(code: str, name: str) -> str:
    """How people call a division: 昌吉州, 喀什, 乌鲁木齐."""
    if code in SHORT:
        return SHORT[code]
    for ending in ENDINGS:
        if name.endswith(ending) and len(name) > len(ending) + 1:
            return name.removesuffix(ending)
    return name
