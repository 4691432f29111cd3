"""Cells several ledgers have: days, quantities, trades; and what is said when they are wrong."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext_lazy as _

from zhupei.core.import_kinds import Column, Findings, Rule

JOB: Final = Column(
    "job",
    "适用工种",
    ("工种", "岗位工种", "岗位", "适用岗位", "适用专业"),
    example="土建施工员",
    help=_("系统里岗位工种的名称或代码；都适用就不填。"),
)
SLIP: Final = Column(
    "number",
    "单据号",
    ("单号", "记录单号", "记录编号", "凭证号", "单据编号"),
    example="2026-0001",
    help=_("本单位自己的编号。有单据号的行，重复导入时按它认出来。"),
)
NOT_USED: Final = ("序号", "No.", "No", "备注")

RULES: Final[Mapping[str, Rule]] = {
    "missing": Rule(_("没有填写。"), _("请补上这一格。")),
    "day": Rule(_("这不是日期。"), _("请写成 2026-03-18 这样的年月日。")),
    "in_the_future": Rule(_("这一天还没有到。"), _("请填写已经发生的日期。")),
    "job_unknown": Rule(
        _("系统里没有这个岗位工种。"), _("请照岗位工种目录填写名称或代码；都适用就不填。")
    ),
    "whole_number": Rule(_("这里要一个大于 0 的整数。"), _("请只填数字，不带单位。")),
    "quantity": Rule(_("这里要一个大于 0 的数，至多两位小数。"), _("请只填数字，不带单位。")),
    "known": Rule(_("台账里已有这一条，不会重复登记。"), _("不用处理。")),
}

_DAY: Final = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0?0:00.*)?"
)
_PACKED_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_LARGEST: Final = 10**6
_CENTS: Final = -2


def day(row: Mapping[str, str], say: Findings, key: str, today: date, *, must: bool) -> date | None:
    """A day that is not in the future."""
    text = row[key]
    if not text:
        say.refuse(key, "missing" if must else None)
        return None
    found = _DAY.fullmatch(text) or _PACKED_DAY.fullmatch(text)
    try:
        there = date(*map(int, found.groups())) if found else None
    except ValueError:
        there = None
    if there is None:
        say.refuse(key, "day")
    elif there > today:
        say.refuse(key, "in_the_future")
    return there


def text(row: Mapping[str, str], say: Findings, key: str) -> str:
    """A text that must be there."""
    say.refuse(key, None if row[key] else "missing")
    return row[key]


def whole(row: Mapping[str, str], say: Findings, key: str, *, usual: int | None = None) -> int:
    """A whole number above zero; ``usual`` when nothing is said."""
    if not row[key] and usual is not None:
        return usual
    found = row[key].replace(",", "")
    good = found.isascii() and found.isdigit() and 0 < int(found) < _LARGEST
    say.refuse(key, None if good else "whole_number")
    return int(found) if good else 0


def quantity(row: Mapping[str, str], say: Findings, key: str) -> Decimal:
    """A quantity above zero with two decimals at most."""
    try:
        found = Decimal(row[key].replace(",", ""))
    except InvalidOperation:
        found = Decimal(0)
    exponent = found.as_tuple().exponent
    good = found.is_finite() and 0 < found < _LARGEST
    good = good and isinstance(exponent, int) and exponent >= _CENTS
    say.refuse(key, None if good else "quantity")
    return found if good else Decimal(0)


def known(
    row: Mapping[str, str], say: Findings, key: str, among: Mapping[str, int], code: str
) -> int | None:
    """The row that a name or a code stands for; nothing said is none."""
    if not row[key]:
        return None
    found = among.get(row[key].strip())
    say.refuse(key, None if found else code)
    return found
