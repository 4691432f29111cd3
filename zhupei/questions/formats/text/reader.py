"""Reading such a text, pasted, from a .txt or from a .docx."""

import re
from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from zhupei.questions.formats.decode import decode
from zhupei.questions.formats.draft import Picture, Reading
from zhupei.questions.formats.judge import Collector, whole
from zhupei.questions.formats.text import blocks, docx, item, table
from zhupei.questions.formats.text.blocks import LONGEST_BLOCK
from zhupei.questions.formats.text.lines import Line

NAME: Final = "text"
LONGEST: Final = 5_000_000  # characters
_GAPS: Final = re.compile("[ \u3000\xa0]{9,}")  # as wide as a gap needs to be
_RULE: Final = re.compile(r"[-*=—]{3,}")
_HASHES: Final = re.compile(r"^#{1,6}\s+")
_OUR_SIGNS: Final = re.compile("[\ue000-\ue00f]")


def read(content: bytes | str) -> Reading:
    """The questions of a text."""
    text = decode(content)
    if text is None:
        return whole(NAME, "encoding")
    if len(text) > LONGEST:
        return whole(NAME, "too_large", most=20)
    text = _GAPS.sub(" " * 8, _OUR_SIGNS.sub("", text))
    rows = re.split(r"\r\n|[\r\n\u2028\u2029\x0b\x0c\x85]", text)
    found = [Line(n, _bare(row)) for n, row in enumerate(rows, 1)]
    return _read(found, _("第 %(line)d 行"))


def _bare(row: str) -> str:
    """A line without the signs of Markdown; one that only rules a line is blank."""
    row = row[:LONGEST_BLOCK].replace("**", "").strip(" ")
    return "" if _RULE.fullmatch(row) else _HASHES.sub("", row)


def read_docx(content: bytes) -> Reading:
    """The questions of a Word file, with their pictures."""
    document = docx.read(content)
    if isinstance(document, str):
        return whole(NAME, document, most=20)
    return _read(document.lines, _("第 %(line)d 段"), document.pictures)


def _read(text: Sequence[Line], place: str, pictures: Sequence[Picture] = ()) -> Reading:
    asked, answers = table.split(text)
    collector = Collector(NAME)
    for block in blocks.cut(asked):
        position = place % {"line": block.line}
        if block.is_asked:
            if block.number:
                position += _("（第 %(number)d 题）") % {"number": block.number}
            collector.add(item.sketch(block, answers, position=position, pictures=pictures))
        else:
            what = block.body.strip()[:20]
            collector.note(position, "", "left_out", what=what, why=_("看不出是试题。"))
    return collector.reading()
