"""A roster of teachers somebody sends: its columns and what each row must keep.

Nothing is stored here; entering the people of a reading is an action.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import BinaryIO, Final

from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from zhupei.core import imports
from zhupei.core.import_kinds import Column, Findings, Kind, Reading, Rule
from zhupei.people import rules
from zhupei.teachers.models import Rank

MOST: Final = 1_000
"""Rows of one file: the staff of the largest institution, many times over."""

_RANKS: Final[Mapping[str, str]] = {
    "": Rank.NONE, "无": Rank.NONE, "无职称": Rank.NONE, "初级": Rank.JUNIOR,
    "中级": Rank.INTERMEDIATE,
    "副高级": Rank.SENIOR, "正高级": Rank.SENIOR, "高级": Rank.SENIOR, "高级及以上": Rank.SENIOR,
}  # fmt: skip
_BETWEEN: Final = re.compile(r"[、，,;；/\s]+")
_DAY: Final = re.compile(r"(\d{4})\D(\d{1,2})\D(\d{1,2})日?(?: 00:00:00)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """A teacher on a roster, perhaps with one paper, still without its scan."""

    name: str
    id_number: str
    phone: str
    title: str
    rank: str
    education: str
    trades: tuple[str, ...]
    paper: str
    number: str
    issued_on: date | None


# fmt: off
COLUMNS: Final = (
    Column("name", "姓名", ("教师姓名", "人员姓名"), required=True, longest=100,
           example="玛依拉·买买提", help=_("与身份证一致；名字里的点用“·”。")),
    Column("id_number", "身份证号", ("身份证号码", "身份证", "公民身份号码", "证件号码", "证件号"),
           required=True, digits=True, example="65000019880402416X",
           help=_("18 位，末位可以是 X；单元格须为“文本”格式。")),
    Column("phone", "手机号", ("手机号码", "手机", "联系电话", "电话", "联系方式"), required=True,
           digits=True, example="13800138000", help=_("11 位手机号，本人用它注册。")),
    Column("trades", "任教工种", ("任教专业", "任教专业工种", "专业工种", "工种", "授课工种"),
           required=True, longest=500, example="土建施工员、砌筑工",
           help=_("岗位或工种的名称或代码；几个之间用顿号。")),
    Column("title", "职称", ("专业技术职称", "技术职称"), longest=50, example="工程师"),
    Column("rank", "职称级别", ("职称等级",), choices=("无职称", "初级", "中级", "高级及以上"),
           example="中级"),
    Column("education", "学历", ("文化程度", "最高学历"), longest=50, example="本科"),
    Column("paper", "证书名称", ("资格证明", "资格证书", "证书"), longest=100,
           example="工程师职称证书", help=_("证明能教这些工种的证书；扫描件导入后再上传。")),
    Column("number", "证书编号", ("证书号", "证书号码"), digits=True, longest=60,
           example="ZC2020-118"),
    Column("issued_on", "发证日期", ("发证时间", "取得日期"), example="2020-06-01"),
)
# fmt: on

NOT_COLLECTED: Final[Mapping[str, tuple[str, ...]]] = {
    "民族": (),
    "政治面貌": ("政治身份",),
    "宗教信仰": ("宗教",),
    "婚姻状况": ("婚否",),
    "籍贯": (),
    "家庭住址": ("家庭地址", "住址", "现住址"),
    "健康状况": ("身体状况",),
    "银行卡号": ("银行账号", "银行卡"),
}

RULES: Final[Mapping[str, Rule]] = {
    "name_missing": Rule(_("没有姓名。"), _("请填写身份证上的姓名。")),
    "name_shape": Rule(
        _("姓名里有数字、括号或别的符号，或者字数不对。"), _("请按身份证填写，一行一个人。")
    ),
    "id_missing": Rule(_("没有身份证号。"), _("请填写 18 位身份证号。")),
    "id_shape": Rule(_("身份证号应为 18 位：17 位数字，末位是数字或 X。"), _("请对照证件补全。")),
    "check_digit": Rule(
        _("身份证号的校验码不对，一定有一位输错了（GB 11643）。"), _("请对照证件逐位核对。")
    ),
    "id_date": Rule(
        _("身份证号第 7 至 14 位不是可能的出生日期。"), _("请对照证件核对出生年月日。")
    ),
    "too_young": Rule(_("未满 16 周岁（劳动法第十五条）。"), _("请核对身份证号。")),
    "phone": Rule(
        _("这不是大陆手机号：应为 11 位数字，以 13 至 19 开头。"), _("请填写本人的手机号。")
    ),
    "trades_missing": Rule(_("没有任教工种。"), _("请至少填写一个岗位或工种。")),
    "trade_unknown": Rule(
        _("“%(trade)s”不是登记的岗位或工种。"), _("请按培训大纲里的名称或代码填写。")
    ),
    "rank_unknown": Rule(_("不认识这个职称级别。"), _("请填写无职称、初级、中级或高级。")),
    "date_shape": Rule(_("这不是日期。"), _("请按 2020-06-01 的样子填写。")),
    "issued_in_future": Rule(_("发证日期在今天之后。"), _("请对照证书检查。")),
    "issue_missing": Rule(_("有证书名称，没有发证日期。"), _("请填写证书上的发证日期。")),
    "name_and_number_differ": Rule(
        _("这个身份证号码登记的是另一个姓名。"), _("请对照身份证检查姓名和号码。")
    ),
    "phone_taken": Rule(_("这个手机号已登记在另一个人名下。"), _("请填写本人的手机号。")),
    "in_pool": Rule(_("此人已在师资库，不会重复报送。"), _("请在师资库里查到本人，直接聘用。")),
    "in_hand": Rule(_("此人的入库资料已在填报或审核。"), _("一个人只有一份，这一行不会导入。")),
    "no_paper": Rule(_("没有填证书。"), _("导入后请登记资格证明，才能提交审核。")),
}


@dataclass(frozen=True)
class Known:
    """What the register knows of the rows of a file, by identity number."""

    faults: Mapping[str, tuple[str, str]]
    there: Mapping[str, str]


NOBODY: Final = Known({}, {})


def kind(*, on: date, trades: Mapping[str, str], known: Known = NOBODY) -> Kind[Entry]:
    """How a roster is read. ``trades`` gives the code of each job by name and by code."""
    return Kind(
        title="教师花名册",
        columns=COLUMNS,
        judge=partial(_judge, on=on, trades=trades, known=known),
        rules=RULES,
        same=lambda entry: entry.id_number,
        same_column="id_number",
        not_collected=NOT_COLLECTED,
        not_used=("序号", "编号", "性别", "No."),
    )


def read(file: BinaryIO, how: Kind[Entry]) -> Reading[Entry]:
    """Rehearse the import of a roster: see ``core.imports.read`` for what it refuses."""
    return imports.read(file, how, max_rows=MOST)


def _judge(
    row: Mapping[str, str], say: Findings, *, on: date, trades: Mapping[str, str], known: Known
) -> Entry | None:
    name = rules.normalise_name(row["name"])
    say.refuse("name", rules.name_fault(name))
    number = rules.normalise_id_number(row["id_number"])
    say.refuse("id_number", rules.id_number_fault(number, on=on))
    if "id_number" not in say.faults and not rules.is_of_age(number, on=on):
        say.refuse("id_number", "too_young")
    phone = rules.normalise_phone(row["phone"])
    say.refuse("phone", None if rules.is_mobile(phone) else "phone")
    taught = _trades(row["trades"], trades, say)
    rank = _RANKS.get("".join(row["rank"].split()))
    say.refuse("rank", "rank_unknown" if rank is None else None)
    issued_on = _issued_on(row, say, on=on)
    _say_known(number, known, say)
    if say.faults or rank is None:
        return None
    return Entry(
        name, number, phone, row["title"], rank, row["education"], taught,
        row["paper"], row["number"], issued_on,
    )  # fmt: skip


def _trades(text: str, trades: Mapping[str, str], say: Findings) -> tuple[str, ...]:
    """The codes of the trades that were named, each once."""
    named = [word for word in _BETWEEN.split(text) if word]
    if not named:
        say.refuse("trades", "trades_missing")
    for word in named:
        if word not in trades:
            say.refuse("trades", "trade_unknown", trade=word)
    return tuple(dict.fromkeys(trades[word] for word in named if word in trades))


def _issued_on(row: Mapping[str, str], say: Findings, *, on: date) -> date | None:
    text = row["issued_on"].strip()
    if not row["paper"]:
        say.warn("paper", "no_paper")
        return None
    if not text:
        say.refuse("issued_on", "issue_missing")
        return None
    found = _DAY.fullmatch(text)
    day = _day(found) if found else None
    if day is None:
        say.refuse("issued_on", "date_shape")
    elif day > on:
        say.refuse("issued_on", "issued_in_future")
    return day


def _day(found: re.Match[str]) -> date | None:
    year, month, day = map(int, found.groups())
    try:
        return parse_date(f"{year:04d}-{month:02d}-{day:02d}")
    except ValueError:
        return None


def _say_known(number: str, known: Known, say: Findings) -> None:
    """What only the register can say: somebody else's name or telephone, or somebody there."""
    if number in known.faults:
        column, code = known.faults[number]
        say.refuse(column, code)
    elif number in known.there:
        say.refuse("id_number", known.there[number])
