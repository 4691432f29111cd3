"""Records of the use of equipment as a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from zhupei.core.import_kinds import Column, Findings, Kind, Rule
from zhupei.institutions.sheets import cells

LONGEST = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Use:
    """One record; ``equipment`` is a key."""

    equipment: int
    used_on: date
    minutes: int
    purpose: str
    user_name: str
    number: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two records the same: their slip, or without one all they say."""
        if self.number:
            return (self.number,)
        return (self.equipment, self.used_on, self.minutes, self.purpose, self.user_name)


@dataclass(frozen=True, slots=True)
class Books:
    """What is known before: the equipment in service by number, and the records there are."""

    today: date
    equipment: Mapping[str, int]
    identities: frozenset[tuple[object, ...]] = field(default=frozenset())


COLUMNS: Final = (
    Column("equipment", "设备编号", ("编号", "资产编号", "设备号"), required=True,
           example="SB-001", help=_("设备台账里的编号。")),
    Column("used_on", "使用日期", ("日期", "时间"), required=True, example="2026-03-18"),
    Column("minutes", "使用时长（分钟）", ("时长", "分钟", "使用分钟", "时长分钟"), required=True,
           example="90", help=_("整数，1 到 1440。")),
    Column("purpose", "用途", ("使用内容", "使用项目", "实训内容", "班级"), required=True,
           example="土建施工员 2026 年第 3 期 测量实训"),
    Column("user_name", "使用人", ("姓名", "使用者", "领用人", "教师"), required=True,
           example="马建国"),
    cells.SLIP,
)  # fmt: skip
RULES: Final[Mapping[str, Rule]] = {
    **cells.RULES,
    "equipment_unknown": Rule(
        _("设备台账里没有这个编号，或者已经报废。"), _("请先登记设备，或者改正编号。")
    ),
    "use_too_long": Rule(_("一天只有 1440 分钟。"), _("请按分钟填写；跨天的分两行。")),
}


def kind(books: Books) -> Kind[Use]:
    """How records of use are read."""
    return Kind(
        title="设备使用记录",
        columns=COLUMNS,
        judge=partial(_judge, books=books),
        rules=RULES,
        same=lambda use: use.identity,
        same_column="equipment",
        not_used=(*cells.NOT_USED, "设备名称", "名称"),
    )


def _judge(row: Mapping[str, str], say: Findings, *, books: Books) -> Use | None:
    cells.text(row, say, "equipment")
    equipment = cells.known(row, say, "equipment", books.equipment, "equipment_unknown")
    used_on = cells.day(row, say, "used_on", books.today, must=True)
    minutes = cells.whole(row, say, "minutes")
    say.refuse("minutes", "use_too_long" if minutes > LONGEST else None)
    purpose = cells.text(row, say, "purpose")
    user_name = cells.text(row, say, "user_name")
    if say.faults or equipment is None or used_on is None:
        return None
    use = Use(equipment, used_on, minutes, purpose, user_name, row["number"])
    if use.identity in books.identities:
        say.warn("equipment", "known")
    return use
