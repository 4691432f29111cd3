"""What an import is made of: columns and rules declared as data, and what a reading says.

A noun that can be imported declares one ``Kind``. How a file is read with it: ``core.imports``.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Generic, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.sheets import Mark

T = TypeVar("T")

OWN_COLUMNS: Final = (
    "原因",
    "原工作表",
    "原行号",
)  # of the corrected file, ignored on its way back
REFERENCE_SHEET: Final = "填写说明"


@dataclass(frozen=True, slots=True)
class Column:
    """One column people fill in. ``digits`` marks numbers that a spreadsheet must not round."""

    key: str
    title: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    digits: bool = False
    longest: int = 200
    help: str | Promise = ""
    example: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row must keep, and what to do when it does not; both with named placeholders."""

    rule: str | Promise
    fix: str | Promise


COMMON_RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        Mark.FORMULA: Rule(
            _("单元格里是公式，系统不计算公式。"),
            _("选中这一列，复制后“选择性粘贴”为“数值”，再上传。"),
        ),
        Mark.DIGITS_LOST: Rule(
            _("表格把长号码当成数字，末尾几位已经变成 0，原号码找不回来了。"),
            _("把这一列设为“文本”格式，对照证件重新输入号码。"),
        ),
        "too_long": Rule(_("内容超过 %(longest)d 个字。"), _("请检查是否粘贴错了单元格。")),
        "duplicate_in_file": Rule(
            _("与%(where)s重复。"), _("同一份文件里只保留一行；号码输错时请对照证件改正。")
        ),
        "hidden_row": Rule(_("这一行在表里被隐藏或筛掉了。"), _("请确认这一行也要导入。")),
    }
)


# Why something in a file is none of ours.
LEFT_OUT: Final[Mapping[str, str | Promise]] = MappingProxyType(
    {
        "hidden_sheet": _("隐藏的工作表，没有读取。"),
        "no_head": _("没有找到表头，没有读取。"),
        "unknown_column": _("不认识这一列，没有导入。"),
        "pictures": _("文件里的图片没有导入。"),
        "head_again": _("重复的表头。"),
        "total": _("合计行。"),
        "footer": _("表尾的签字或说明。"),
    }
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one cell, where it stands, and what to do."""

    sheet: str
    row: int
    column: str
    value: str
    code: str
    sentences: Rule
    facts: Mapping[str, Any]

    @property
    def rule(self) -> str:
        """The sentence of the rule."""
        return str(self.sentences.rule) % self.facts

    @property
    def fix(self) -> str:
        """The sentence that says what to do."""
        return str(self.sentences.fix) % self.facts


@dataclass(slots=True)
class Findings:
    """What the judge of a row says about it: the first fault of a column stands."""

    faults: dict[str, tuple[str, Mapping[str, Any]]] = field(default_factory=dict)
    warnings: list[tuple[str, str, Mapping[str, Any]]] = field(default_factory=list)

    def refuse(self, column: str, code: str | None, **facts: Any) -> None:
        """The row cannot come in because of this column; no code means nothing is wrong."""
        if code:
            self.faults.setdefault(column, (code, facts))

    def warn(self, column: str, code: str, **facts: Any) -> None:
        """The row comes in, but somebody should look."""
        self.warnings.append((column, code, facts))


Judge = Callable[[Mapping[str, str], Findings], T | None]


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A noun that can be imported.

    ``judge`` turns the texts of a row, by column key, into the thing, saying every fault; it may
    return None when it said one. ``same`` is what may stand in a file only once, and
    ``same_column`` the column the fault is said of. ``not_collected`` are columns we have no
    purpose for and therefore do not take, by their usual title; ``not_used`` need no mention.
    """

    title: str
    columns: tuple[Column, ...]
    judge: Judge[T]
    rules: Mapping[str, Rule]
    same: Callable[[T], Hashable] | None = None
    same_column: str = ""
    not_collected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    not_used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """One row that was read. ``value`` is None exactly when there are faults."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    value: T | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sheet, row or column that was not imported, and why."""

    sheet: str
    what: str
    why: str

    @property
    def reason(self) -> str:
        """The reason as a sentence."""
        return str(LEFT_OUT[self.why])


@dataclass(slots=True)
class Reading(Generic[T]):
    """All that a file says, and all that was left out of it."""

    rows: list[Row[T]] = field(default_factory=list)
    columns_not_collected: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    one_sheet: bool = True

    @property
    def good(self) -> list[Row[T]]:
        """The rows that may come in."""
        return [row for row in self.rows if not row.faults]

    @property
    def bad(self) -> list[Row[T]]:
        """The rows that may not."""
        return [row for row in self.rows if row.faults]

    @property
    def warnings(self) -> list[Fault]:
        """What somebody should look at in the good rows."""
        return [warning for row in self.rows if not row.faults for warning in row.warnings]
