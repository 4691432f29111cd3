"""Aiken: a line for the question, lines A. B. C., and ANSWER: B."""

import re
from typing import Final

from django.utils.translation import gettext as _

from zhupei.questions.formats import answers, words
from zhupei.questions.formats.decode import decode
from zhupei.questions.formats.draft import Reading
from zhupei.questions.formats.judge import Collector, Sketch, whole
from zhupei.questions.rules import LETTERS, Kind

NAME: Final = "aiken"
LONGEST: Final = 5_000_000
_OPTION: Final = re.compile(r"^\s*([A-Z])\s*[.)]\s*(\S.*)$")
_ANSWER: Final = re.compile(r"^\s*ANSWER\s*[:：]\s*(.*?)\s*$", re.IGNORECASE)
_REASON: Final = "【原因】"


class _Reader:
    """Reads line by line; what is unfinished at a blank line after options is a question too."""

    def __init__(self) -> None:
        self._collector = Collector(NAME)
        self._begun = 0
        self._rows: list[str] = []
        self._stem: list[str] = []
        self._options: list[tuple[str, str]] = []

    def take(self, number: int, row: str) -> None:
        if row.startswith(_REASON):
            return
        if not row.strip():
            if self._options:
                self._finish("")
            return
        self._begun = self._begun or number
        self._rows.append(row)
        if match := _ANSWER.match(row):
            self._finish(match[1])
        elif (match := _OPTION.match(row)) and (self._stem or self._options):
            self._options.append((match[1], match[2]))
        elif self._options:
            letter, text = self._options[-1]
            self._options[-1] = (letter, f"{text} {row.strip()}")
        else:
            self._stem.append(row)

    def _finish(self, answer: str) -> None:
        position = _("第 %(line)d 行") % {"line": self._begun}
        sketch = Sketch(position, Kind.SINGLE, text="\n".join(self._rows))
        sketch.stem = "\n".join(self._stem)
        sketch.options = [text for _letter, text in self._options]
        letters = "".join(letter for letter, _text in self._options)
        if letters != (LETTERS + "IJKLMNOPQRSTUVWXYZ")[: len(letters)]:
            sketch.say.refuse("option_A", "option_order", letter=letters[-1:])
        found = answers.letters(answer)
        if answer and found is None:
            sketch.say.refuse("answer", "answer_line")
        sketch.key = found
        if found and len(found) > 1:
            sketch.kind = Kind.MULTIPLE
        self._judge_by_words(sketch)
        self._collector.add(sketch)
        self._begun, self._rows, self._stem, self._options = 0, [], [], []

    @staticmethod
    def _judge_by_words(sketch: Sketch) -> None:
        sides = [words.truth(text) for text in sketch.options]
        if sides in ([True, False], [False, True]) and sketch.kind == Kind.SINGLE:
            sketch.kind = Kind.JUDGE
            sketch.options = [] if sides[0] else sketch.options

    def end(self) -> Reading:
        if self._options:
            self._finish("")
        elif self._stem:
            position = _("第 %(line)d 行") % {"line": self._begun}
            what = words.one_line(self._stem[0])[:20]
            self._collector.note(position, "", "left_out", what=what, why=_("没有选项和答案。"))
        return self._collector.reading()


def read(content: bytes | str) -> Reading:
    """The questions of a text."""
    text = decode(content)
    if text is None:
        return whole(NAME, "encoding")
    if len(text) > LONGEST:
        return whole(NAME, "too_large", most=20)
    reader = _Reader()
    for number, row in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        reader.take(number, row)
    return reader.end()
