"""A ledger of equipment as a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from django.utils.translation import gettext_lazy as _

from zhupei.core.import_kinds import Column, Findings, Kind, Rule
from zhupei.institutions.models import Condition
from zhupei.institutions.sheets import cells


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the ledger; ``job`` and ``room`` are keys."""

    number: str
    name: str
    model: str
    job: int | None
    room: int | None
    quantity: int
    bought_on: date | None
    condition: str


@dataclass(frozen=True, slots=True)
class Books:
    """What is known before: trades and rooms by name, numbers in the ledger."""

    today: date
    jobs: Mapping[str, int]
    rooms: Mapping[str, int]
    numbers: frozenset[str] = field(default=frozenset())


CONDITIONS: Final = {str(condition.label): condition.value for condition in Condition}
COLUMNS: Final = (
    Column(
        "number",
        "设备编号",
        ("编号", "资产编号", "固定资产编号", "设备号"),
        required=True,
        example="SB-001",
        help=_("本单位自己的编号，一件一个，不能重复。"),
    ),
    Column("name", "名称", ("设备名称", "仪器名称"), required=True, example="全站仪"),
    Column("model", "规格型号", ("型号", "规格"), example="NTS-362"),
    cells.JOB,
    Column("room", "存放场地", ("存放地点", "场地", "地点"), example="实训棚",
           help=_("“场地与工位”里登记的名称。")),
    Column("quantity", "数量", ("台数", "数量台套"), example="2", help=_("不填是 1。")),
    Column("bought_on", "购置日期", ("购入日期", "采购日期", "启用日期"), example="2025-03-18"),
    Column("condition", "状况", ("设备状况", "状态", "完好情况"), choices=tuple(CONDITIONS),
           example="完好", help=_("不填是“完好”。")),
)  # fmt: skip
RULES: Final[Mapping[str, Rule]] = {
    **cells.RULES,
    "room_unknown": Rule(
        _("“场地与工位”里没有这个名称的场地。"), _("请先登记场地，或者照登记的名称填写。")
    ),
    "condition_unknown": Rule(_("状况只有：完好、待修、报废。"), _("请选其中一个，或者留空。")),
}


def kind(books: Books) -> Kind[Piece]:
    """How a ledger of equipment is read."""
    return Kind(
        title="设备台账",
        columns=COLUMNS,
        judge=partial(_judge, books=books),
        rules=RULES,
        same=lambda piece: piece.number,
        same_column="number",
        not_used=cells.NOT_USED,
    )


def _judge(row: Mapping[str, str], say: Findings, *, books: Books) -> Piece | None:
    condition = CONDITIONS.get(row["condition"] or "完好", "")
    say.refuse("condition", None if condition else "condition_unknown")
    piece = Piece(
        number=cells.text(row, say, "number"),
        name=cells.text(row, say, "name"),
        model=row["model"],
        job=cells.known(row, say, "job", books.jobs, "job_unknown"),
        room=cells.known(row, say, "room", books.rooms, "room_unknown"),
        quantity=cells.whole(row, say, "quantity", usual=1),
        bought_on=cells.day(row, say, "bought_on", books.today, must=False),
        condition=condition,
    )
    if piece.number in books.numbers:
        say.warn("number", "known")
    return piece
