"""Answers that stand at the end: 1-5 ABCDD, 6.√ 7.×, a table of numbers and letters."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from zhupei.questions.formats.text import lines
from zhupei.questions.formats.text.lines import Line
from zhupei.questions.rules import Kind

_WORD: Final = r"[A-HＡ-Ｈ]{1,8}|正确|错误|[√×✓✔✗✘对错]"
_TITLE: Final = re.compile(
    r"^\s*(?:【|\[)?\s*(?:附\s*[:：]?\s*)?(?:试题|试卷|各题)?(?:参考|标准|正确)?答案(?:表|汇总|部分|页)?"
    r"(?:及(?:评分标准|解析))?\s*(?:】|\])?\s*[:：]?\s*$"
)
_LONGEST_TITLE: Final = 40
_RANGE: Final = re.compile(
    r"(?P<first>[0-9０-９]{1,5})\s*[-—–~～至到]+\s*(?P<last>[0-9０-９]{1,5})\s*题?\s*[.．、:：]?\s*"
    rf"(?P<all>(?:(?:{_WORD})[\s,，、;；]*)+)"
)
_ONE: Final = re.compile(
    r"(?<![0-9０-９.-])(?P<number>[0-9０-９]{1,5})\s*[.．、:：)）\s]\s*"
    rf"(?:[（(]\s*)?(?P<said>{_WORD})(?:\s*[)）])?(?![A-Za-z\u4e00-\u9fff])"
)
_WORDS: Final = re.compile(_WORD)


@dataclass(slots=True)
class Table:
    """Answers by number, for a kind where a heading names one."""

    answers: dict[tuple[Kind | None, int], str] = field(default_factory=dict)

    def of(self, kind: Kind | None, number: int) -> str:
        """The answer of a question, under the heading of its kind or under none."""
        for heading in (kind, None):
            if (heading, number) in self.answers:
                return self.answers[heading, number]
        found = [said for (_kind, at), said in self.answers.items() if at == number]
        return found[0] if len(found) == 1 else ""


def split(text: Sequence[Line]) -> tuple[Sequence[Line], Table]:
    """The questions, and the answers that stand after them."""
    for at in range(len(text) - 1, -1, -1):
        title = text[at].text.strip()
        if len(title) <= _LONGEST_TITLE and _TITLE.match(title) and _begins_table(text[at + 1 :]):
            return text[:at], _read(text[at + 1 :])
    return text, Table()


def _begins_table(rest: Sequence[Line]) -> bool:
    first = next((line.text for line in rest if line.text.strip()), "")
    if lines.heading(first) or first.strip().startswith("题号"):
        return True
    return bool(_RANGE.match(first.strip()) or _ONE.match(first.strip()))


def _read(rows: Sequence[Line]) -> Table:
    table, kind = Table(), None
    waiting: list[int] = []
    last: tuple[Kind | None, int] | None = None
    for row in rows:
        if heading := lines.heading(row.text):
            kind, last = heading.kind, None
            continue
        cells = [cell.strip() for cell in row.text.split("\t")]
        if cells[0].startswith("题号") or (waiting and cells[0].startswith("答案")):
            waiting = _row_of_table(table, kind, cells, waiting)
            continue
        found = dict(_of_line(row.text))
        table.answers |= {(kind, number): said for number, said in found.items()}
        if found:
            last = (kind, max(found))
        elif last and row.text.strip():
            table.answers[last] += "\n" + row.text.strip()
    return table


def _row_of_table(
    table: Table, kind: Kind | None, cells: list[str], waiting: list[int]
) -> list[int]:
    """A row of numbers is remembered until the row of answers below it."""
    if cells[0].startswith("题号"):
        return [lines.number(cell) if cell.isdigit() else 0 for cell in cells[1:]]
    for number, said in zip(waiting, cells[1:], strict=False):
        if number and said:
            table.answers[kind, number] = said
    return []


def _of_line(text: str) -> Iterator[tuple[int, str]]:
    ranges = list(_RANGE.finditer(text))
    for match in ranges:
        first, last = lines.number(match["first"]), lines.number(match["last"])
        said = _each(match["all"], last - first + 1)
        yield from zip(range(first, last + 1), said, strict=False)
    bare = _RANGE.sub(" ", text)
    found = list(_ONE.finditer(bare))
    for match in found:
        yield lines.number(match["number"]), match["said"]
    start = lines.start(bare)
    if start and not found and not ranges:
        yield start.number, start.rest.strip()


def _each(text: str, count: int) -> list[str]:
    """So many answers: as they are set apart, or letter by letter."""
    apart = _WORDS.findall(text)
    if len(apart) == count:
        return apart
    letters = [sign for word in apart for sign in (word if len(word) > 1 else [word])]
    together = re.findall(r"正确|错误|[A-HＡ-Ｈ√×✓✔✗✘对错]", "".join(letters))
    return together if len(together) == count else []
