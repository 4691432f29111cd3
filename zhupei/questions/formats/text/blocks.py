"""A text cut into questions: where each begins, under which heading, in which case."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from zhupei.questions.formats.text import lines
from zhupei.questions.formats.text.lines import Heading, Line, Start
from zhupei.questions.formats.text.options import has_options

_SKIPPED: Final = 5  # numbers that may be left out before one without a sign
LONGEST_BLOCK: Final = 20_000  # characters of one question that anything looks at


@dataclass(slots=True)
class Block:
    """The lines of one question. ``number`` is 0 where none stood before it."""

    line: int
    number: int
    heading: Heading | None
    case: str
    text: list[str] = field(default_factory=list)

    @property
    def body(self) -> str:
        """All it says after its number."""
        return "\n".join(self.text)[:LONGEST_BLOCK]

    @property
    def is_complete(self) -> bool:
        """Whether it has an answer already."""
        return "answer" in lines.labelled(self.body)[1]

    @property
    def is_asked(self) -> bool:
        """Whether it is a question at all: it has a number, options or an answer."""
        return bool(self.number) or self.is_complete or has_options(self.body)


@dataclass(slots=True)
class _Case:
    text: str = ""
    asked_of: tuple[int, int] | None = None

    def of(self, number: int) -> str:
        """The text of the case, if a question of this number belongs to it."""
        if self.asked_of and not self.asked_of[0] <= number <= self.asked_of[1]:
            return ""
        return self.text


class _Cutter:
    """Walks the lines once."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._heading: Heading | None = None
        self._fresh = True  # a number 1 may come
        self._case = _Case()
        self._in_case_text = False
        self._gap = False

    def take(self, line: Line, ahead: Sequence[Line]) -> None:
        if lines.ends_case(line.text):
            self._case, self._in_case_text = _Case(), False
        elif heading := lines.heading(line.text):
            self._heading, self._fresh = heading, True
            self._case, self._in_case_text = _Case(), False
        elif (text := lines.case(line.text)) is not None:
            self._case, self._in_case_text, self._fresh = _Case(text), True, True
        elif (start := lines.start(line.text)) and self._begins(start, ahead):
            self._in_case_text = False
            self._begin(line, start)
        elif line.text.strip() or self.blocks:
            self._go_on(line)
        self._gap = not line.text.strip()

    def _begins(self, start: Start, ahead: Sequence[Line]) -> bool:
        last = self.blocks[-1].number if self.blocks else 0
        expected = start.number == last + 1 or (start.number == 1 and self._fresh)
        if start.bare:  # 24下列, but not 24小时
            return last < start.number <= last + _SKIPPED and _looks_asked(start.rest, ahead)
        if start.unsure or start.bracketed:
            return expected and (not start.bracketed or bool(self._case.text))
        return expected or self._fresh or _looks_asked(start.rest, ahead)

    def _begin(self, line: Line, start: Start) -> None:
        asked = lines.asked_of(self._case.text)
        self._case.asked_of = asked
        case = self._case.of(start.number)
        self.blocks.append(Block(line.number, start.number, self._heading, case, [start.rest]))
        self._fresh = False

    def _go_on(self, line: Line) -> None:
        if self._in_case_text:
            self._case.text = f"{self._case.text}\n{line.text}"
        elif self.blocks and not self._begins_unnumbered(line):
            self.blocks[-1].text.append(line.text)
        elif line.text.strip():
            case = self._case.of(0)
            self.blocks.append(Block(line.number, 0, self._heading, case, [line.text]))
            self._fresh = False

    def _begins_unnumbered(self, line: Line) -> bool:
        """Whether a line without a number is a question of its own: after a heading or a gap."""
        before = self.blocks[-1]
        if not line.text.strip() or lines.is_label(line.text):
            return False
        if self._fresh and before.heading is not self._heading:
            return True
        return self._gap and not before.number and not _goes_on(line.text)


def _goes_on(text: str) -> bool:
    """Whether a line is an option, which belongs to what stands before it."""
    return bool(re.match(r"\s*[（(]?[A-HＡ-Ｈ][.．、:：)）\s]", text))


def _looks_asked(rest: str, ahead: Sequence[Line]) -> bool:
    """Whether what follows a number out of order has options or an answer of its own."""
    own = [rest]
    for line in ahead:
        start = lines.start(line.text)
        if (start and not start.bare) or lines.heading(line.text):
            break
        own.append(line.text)
    text = "\n".join(own)
    return has_options(text) or "answer" in lines.labelled(text)[1]


def cut(text: Sequence[Line]) -> Iterator[Block]:
    """The questions of a text, in order."""
    cutter = _Cutter()
    for at, line in enumerate(text):
        if not line.text.lstrip().startswith(lines.REASON):
            cutter.take(line, text[at + 1 : at + 40])
    return (block for block in cutter.blocks if block.body.strip())
