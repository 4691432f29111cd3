"""Consumables coming in and going out as a spreadsheet; what would be overdrawn is refused."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from zhupei.core.import_kinds import Column, Findings, Kind, Rule
from zhupei.institutions.models import Direction
from zhupei.institutions.sheets import cells

DIRECTIONS: Final = {str(direction.label): direction.value for direction in Direction}


@dataclass(frozen=True, slots=True)
class Movement:
    """One line: so much of a material came in or went out."""

    name: str
    unit: str
    job: int | None
    on: date
    direction: str
    quantity: Decimal
    purpose: str
    number: str

    @property
    def identity(self) -> tuple[object, ...]:
        """What makes two lines the same: their slip, or without one all they say."""
        if self.number:
            return (self.number,)
        return (self.name, self.on, self.direction, self.quantity, self.purpose)


@dataclass(frozen=True, slots=True)
class Stock:
    """A material that is known: its unit, what is left of it, and whether it is still kept."""

    unit: str
    balance: Decimal
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Books:
    """What is known before: trades, materials by name, and the lines there are."""

    today: date
    jobs: Mapping[str, int]
    stocks: Mapping[str, Stock]
    identities: frozenset[tuple[object, ...]] = field(default=frozenset())


COLUMNS: Final = (
    Column("name", "耗材名称", ("名称", "材料名称", "品名"), required=True, example="砌筑砂浆"),
    Column("unit", "单位", ("计量单位",), example="袋", longest=20,
           help=_("第一次登记的耗材要有；以后按台账里的单位。")),
    cells.JOB,
    Column("on", "日期", ("收发日期", "出入库日期", "领用日期", "入库日期"), required=True,
           example="2026-03-18"),
    Column("direction", "收发", ("类型", "出入库", "收发类别"), required=True,
           choices=tuple(DIRECTIONS), example="入库"),
    Column("quantity", "数量", required=True, example="20"),
    Column("purpose", "用途或来源", ("用途", "来源", "备注说明"),
           example="土建施工员 2026 年第 3 期"),
    cells.SLIP,
)  # fmt: skip
RULES: Final[Mapping[str, Rule]] = {
    **cells.RULES,
    "unit_missing": Rule(_("台账里还没有这种耗材，要写明单位。"), _("请补上单位。")),
    "unit_differs": Rule(
        _("台账里这种耗材的单位是“%(unit)s”。"), _("请换算成这个单位，或者换一个名称。")
    ),
    "consumable_closed": Rule(_("这种耗材已经停用。"), _("请换一个名称。")),
    "direction_unknown": Rule(_("收发只有：入库、领用。"), _("请选其中一个。")),
    "overdrawn": Rule(
        _("到这一行为止只结存 %(balance)s %(unit)s，领用不能超过它。"),
        _("请核对数量；入库的行要排在领用的前面。"),
    ),
}


def kind(books: Books) -> Kind[Movement]:
    """How movements are read: in the order of the file, with a running balance."""
    return Kind(
        title="耗材收发",
        columns=COLUMNS,
        judge=_Judge(books),
        rules=RULES,
        same=lambda movement: movement.identity,
        same_column="name",
        not_used=(*cells.NOT_USED, "结存", "库存"),
    )


class _Judge:
    """Judges rows one after the other; each good one changes the balance for those below."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._stocks = dict(books.stocks)
        self._seen: set[tuple[object, ...]] = set()

    def __call__(self, row: Mapping[str, str], say: Findings) -> Movement | None:
        name = cells.text(row, say, "name")
        unit = self._unit(name, row["unit"], say)
        job = cells.known(row, say, "job", self._books.jobs, "job_unknown")
        on = cells.day(row, say, "on", self._books.today, must=True)
        direction = DIRECTIONS.get(row["direction"], "")
        say.refuse("direction", None if direction else "direction_unknown")
        quantity = cells.quantity(row, say, "quantity")
        if say.faults or on is None:
            return None
        movement = Movement(name, unit, job, on, direction, quantity, row["purpose"], row["number"])
        if movement.identity in self._books.identities:
            say.warn("name", "known")
        elif movement.identity not in self._seen:
            self._draw(movement, say)
        return movement

    def _unit(self, name: str, unit: str, say: Findings) -> str:
        stock = self._stocks.get(name)
        if stock is None:
            say.refuse("unit", None if unit or not name else "unit_missing")
            return unit
        if unit and unit != stock.unit:
            say.refuse("unit", "unit_differs", unit=stock.unit)
        say.refuse("name", "consumable_closed" if stock.closed else None)
        return stock.unit

    def _draw(self, movement: Movement, say: Findings) -> None:
        stock = self._stocks.get(movement.name) or Stock(movement.unit, Decimal(0))
        signed = movement.quantity if movement.direction == Direction.IN else -movement.quantity
        if stock.balance + signed < 0:
            facts = {"balance": f"{stock.balance:f}", "unit": stock.unit}
            say.refuse("quantity", "overdrawn", **facts)
            return
        self._stocks[movement.name] = Stock(stock.unit, stock.balance + signed)
        self._seen.add(movement.identity)
