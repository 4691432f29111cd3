"""The one way spreadsheets come in: every row good, or refused with reasons; nothing lost unsaid.

Reading is a rehearsal: nothing is stored, nothing stops at the first fault, and what was left out
(sheets, rows, columns) is said. Columns are found by their head words, wherever the head stands.
What can be imported is declared in ``core.import_kinds``; storing the good rows is an action of
the noun; the papers that go back to people (template, corrected file) are ``core.import_papers``.
"""

import re
import unicodedata
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, BinaryIO, Final, Generic, NoReturn, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import sheets
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import (
    COMMON_RULES,
    OWN_COLUMNS,
    REFERENCE_SHEET,
    Fault,
    Findings,
    Kind,
    LeftOut,
    Reading,
    Row,
)
from zhupei.core.sheets import Mark

T = TypeVar("T")

HEAD_WITHIN: Final = 30  # rows with content; titles above the head are shorter than that
SHOWN: Final = 120  # characters of a value repeated to people
CLIPPED: Final = 5_000  # characters of a value that anything looks at

_ROUNDED: Final = re.compile(r"[0-9](\.[0-9]+)?[Ee]\+?[0-9]{1,2}")
_TOTAL: Final = re.compile(r"合计|总计|小计|共计|总人数|人数|共[0-9]+人")
_FOOTER: Final = re.compile(
    r"(制表|填表|填报|审核|经办|负责|联系|盖章|单位盖章|备注|说明|注|日期)[^,]{0,6}:"
)


def read(
    file: BinaryIO,
    kind: Kind[T],
    *,
    max_bytes: int = sheets.MAX_BYTES,
    max_rows: int = sheets.MAX_ROWS,
) -> Reading[T]:
    """Rehearse the import of a file: every row judged, nothing stored.

    Raises Refused for the file as a whole: what ``sheets.read`` refuses, "column_missing" (with
    the fact ``column``), "column_twice" or "no_rows".
    """
    book = sheets.read(file, max_bytes=max_bytes, max_rows=max_rows)
    return _Reader(kind).read(book)


@dataclass(slots=True)
class _Head:
    """Where the columns of a sheet stand; several cells may stand for one column."""

    row: int
    places: dict[str, list[int]]
    not_collected: list[str]
    unknown: list[str]


class _Reader(Generic[T]):
    """Reads one book."""

    def __init__(self, kind: Kind[T]) -> None:
        self._kind = kind
        self._reading: Reading[T] = Reading()
        self._seen: dict[Hashable, tuple[str, int]] = {}
        self._words = {
            header_word(word): column.key
            for column in kind.columns
            for word in (column.title, *column.aliases)
        }
        self._rank = {word: rank for rank, word in enumerate(self._words)}
        self._declined = {
            header_word(word): title
            for title, aliases in kind.not_collected.items()
            for word in (title, *aliases)
        }
        self._unmentioned = {header_word(word) for word in (*kind.not_used, *OWN_COLUMNS)}
        self._required = [column for column in kind.columns if column.required]
        self._rules = {**COMMON_RULES, **kind.rules}

    def read(self, book: sheets.Book) -> Reading[T]:
        self._reading.one_sheet = len(book.sheets) == 1
        lacking: list[tuple[str, _Head]] = []
        found = False
        for sheet in book.sheets:
            if sheet.hidden:
                self._leave_out(sheet.name, "", "hidden_sheet")
                continue
            head = self._read_sheet(sheet, lacking)
            found = found or head
        self._refuse_unreadable(lacking, found=found)
        if book.pictures:
            self._leave_out("", "", "pictures")
        return self._reading

    def _refuse_unreadable(self, lacking: list[tuple[str, _Head]], *, found: bool) -> None:
        enough = min(2, len(self._required))
        half_known = [(sheet, head) for sheet, head in lacking if len(head.places) >= enough]
        if half_known or (lacking and not found):
            self._column_missing(*max(half_known or lacking, key=lambda one: len(one[1].places)))
        if not self._reading.rows:
            raise Refused("no_rows", _("表里没有可以导入的行。请填好名单再上传。"))

    def _column_missing(self, sheet: str, head: _Head) -> NoReturn:
        missing = [column.title for column in self._required if column.key not in head.places]
        raise Refused(
            "column_missing",
            _("%(where)s没有“%(column)s”这一列。请在表头加上这一列（缺：%(columns)s），再上传。"),
            column=missing[0],
            columns="、".join(missing),
            where=_where(sheet),
        )

    def _leave_out(self, sheet: str, what: str, why: str) -> None:
        self._reading.left_out.append(LeftOut(sheet, what, why))

    def _read_sheet(self, sheet: sheets.Sheet, lacking: list[tuple[str, _Head]]) -> bool:
        """Read one sheet; whether it has a complete head."""
        rows = sheet.rows()
        top = list(islice(rows, HEAD_WITHIN))
        if not top:
            return False
        head = self._find_head(top)
        if any(column.key not in head.places for column in self._required):
            if sheet.name != REFERENCE_SHEET:
                self._leave_out(sheet.name, "", "no_head")
                lacking.append((sheet.name, head))
            return False
        self._check_twice(sheet.name, head)
        self._report_columns(sheet.name, head)
        below = (row for row in top if row.number > head.row)
        for row in chain(below, rows):
            self._read_row(sheet.name, head, row)
        return True

    # --- the head -------------------------------------------------------------------------------

    def _find_head(self, top: Sequence[sheets.Row]) -> _Head:
        return max(map(self._as_head, top), key=lambda head: (len(head.places), -head.row))

    def _as_head(self, row: sheets.Row) -> _Head:
        head = _Head(row.number, {}, [], [])
        for place, cell in enumerate(row.cells):
            word = header_word(cell)
            if word in self._words:
                head.places.setdefault(self._words[word], []).append(place)
            elif word in self._declined:
                head.not_collected.append(self._declined[word])
            elif word and word not in self._unmentioned:
                head.unknown.append(cell)
        for places in head.places.values():
            places.sort(key=lambda place: self._rank[header_word(row.cells[place])])
        return head

    def _check_twice(self, sheet: str, head: _Head) -> None:
        for column in self._required:
            if len(head.places[column.key]) > 1:
                raise Refused(
                    "column_twice",
                    _("%(where)s有两列都是“%(column)s”。请只保留一列，再上传。"),
                    column=column.title,
                    where=_where(sheet),
                )

    def _report_columns(self, sheet: str, head: _Head) -> None:
        known = self._reading.columns_not_collected
        known.extend(title for title in head.not_collected if title not in known)
        for title in head.unknown:
            self._leave_out(sheet, title, "unknown_column")

    # --- a row ----------------------------------------------------------------------------------

    def _read_row(self, sheet: str, head: _Head, row: sheets.Row) -> None:
        cells: dict[str, str] = {}
        findings = Findings()
        for column in self._kind.columns:
            place = _place(row, head.places.get(column.key, ()))
            cells[column.key] = row.cells[place][:CLIPPED] if place is not None else ""
            findings.refuse(column.key, row.marks.get(place) if place is not None else None)
        if not any(cells.values()) and not findings.faults:
            return
        why = self._is_no_entry(row, cells)
        if why:
            first = next(filter(None, row.cells), "")
            self._leave_out(sheet, f"{row.number} {first[:20]}", why)
        else:
            self._judge(sheet, row, cells, findings)

    def _is_no_entry(self, row: sheets.Row, cells: Mapping[str, str]) -> str:
        """Why a row below the head is none of ours: a head printed again, a total, a signature."""
        if all(self._words.get(header_word(cells[c.key])) == c.key for c in self._required):
            return "head_again"
        first = _one_width(next(filter(None, row.cells), ""))
        if all(cells[column.key] for column in self._required):
            return ""
        if _TOTAL.match(first):
            return "total"
        return "footer" if _FOOTER.match(first) else ""

    def _judge(
        self, sheet: str, row: sheets.Row, cells: dict[str, str], findings: Findings
    ) -> None:
        for column in self._kind.columns:
            text = cells[column.key]
            if column.digits and _ROUNDED.fullmatch(text):
                findings.refuse(column.key, Mark.DIGITS_LOST)
            if len(text) > column.longest:
                findings.refuse(column.key, "too_long", longest=column.longest)
        sound = {key: "" if key in findings.faults else text for key, text in cells.items()}
        value = self._kind.judge(sound, findings)
        if row.hidden:
            findings.warn("", "hidden_row")
        if value is None and not findings.faults:
            raise ValueError(f"row {row.number} gave neither a value nor a fault")
        if value is not None and not findings.faults:
            self._check_seen(sheet, row.number, value, findings)
        faults = [
            self._fault(sheet, row.number, cells, (column.key, *findings.faults[column.key]))
            for column in self._kind.columns
            if column.key in findings.faults
        ]
        warnings = [self._fault(sheet, row.number, cells, said) for said in findings.warnings]
        self._reading.rows.append(
            Row(sheet, row.number, cells, None if faults else value, tuple(faults), tuple(warnings))
        )

    def _check_seen(self, sheet: str, number: int, value: T, findings: Findings) -> None:
        if self._kind.same is None:
            return
        before = self._seen.setdefault(self._kind.same(value), (sheet, number))
        if before != (sheet, number):
            place = _("第 %(row)d 行") % {"row": before[1]}
            where = f"{before[0]} {place}" if before[0] != sheet else place
            findings.refuse(self._kind.same_column, "duplicate_in_file", where=where)

    def _fault(
        self,
        sheet: str,
        number: int,
        cells: Mapping[str, str],
        said: tuple[str, str, Mapping[str, Any]],
    ) -> Fault:
        key, code, facts = said
        title = next((column.title for column in self._kind.columns if column.key == key), "")
        value = cells.get(key, "")[:SHOWN]
        return Fault(sheet, number, title, value, code, self._rules[code], facts)


def header_word(text: str) -> str:
    """A head cell as it is compared: one width, no blanks, no "（必填）", no stars and colons."""
    return re.sub(
        r"\([^)]*\)|\[[^\]]*\]|【[^】]*】|[*:\u200b\ufeff]", "", _one_width(text).casefold()
    )


def _one_width(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _place(row: sheets.Row, places: Sequence[int]) -> int | None:
    """The first of several cells that says anything."""
    for place in places:
        if place < len(row.cells) and (row.cells[place] or place in row.marks):
            return place
    return None


def _where(sheet: str) -> str | Promise:
    return _("工作表“%(sheet)s”") % {"sheet": sheet} if sheet else _("文件里")
