"""GIFT, Moodle's format for typing: ::title:: question { =right ~wrong }."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from zhupei.questions.formats import answers, markup, words
from zhupei.questions.formats.choices import Share, choose, judge_as
from zhupei.questions.formats.decode import decode
from zhupei.questions.formats.draft import Reading
from zhupei.questions.formats.judge import Collector, Sketch, whole
from zhupei.questions.rules import LETTERS, Kind

NAME: Final = "gift"
LONGEST: Final = 5_000_000
_ESCAPED: Final = r"~=#{}:\n"
_HIDE: Final = re.compile(r"\\([~=#{}:\\n])")
_HIDDEN: Final = 0xE010
_SHOW: Final = re.compile(f"[{chr(_HIDDEN)}-{chr(_HIDDEN + len(_ESCAPED) - 1)}]")
_OURS: Final = re.compile("[\ue000-\ue0ff]")
_TITLE: Final = re.compile(r"^\s*::(.*?)::\s*", re.DOTALL)
_FORMAT: Final = re.compile(r"^\s*\[(html|moodle|plain|markdown)\]\s*")
_CATEGORY: Final = re.compile(r"^\s*\$CATEGORY\s*:\s*(.*?)\s*$", re.IGNORECASE)
_WORTH: Final = re.compile(r"^\s*%(-?[0-9]+(?:\.[0-9]+)?)%")
_TRUTH: Final = re.compile(r"^\s*(T|TRUE|F|FALSE)\s*(?:#.*)?$", re.IGNORECASE | re.DOTALL)
_FULL: Final = 99.9


@dataclass(frozen=True, slots=True)
class _Block:
    line: int
    text: str
    category: str


def read(content: bytes | str) -> Reading:
    """The questions of a text."""
    text = decode(content)
    if text is None:
        return whole(NAME, "encoding")
    if len(text) > LONGEST:
        return whole(NAME, "too_large", most=20)
    collector = Collector(NAME)
    for block in _blocks(_OURS.sub("", text)):
        _read_block(block, collector)
    return collector.reading()


def _blocks(text: str) -> Iterator[_Block]:
    """Blank lines set questions apart; lines that begin with // are remarks."""
    category, begun, pieces = "", 0, list[str]()
    rows = re.split(r"\r\n|\r|\n", text)
    for number, row in enumerate([*rows, ""], 1):
        if row.lstrip().startswith("//"):
            continue
        if match := _CATEGORY.match(row):
            category = match[1]
        elif row.strip() and not (row.lstrip().startswith("::") and _is_closed(pieces)):
            begun = begun or number
            pieces.append(row)
        elif pieces:
            yield _Block(begun, "\n".join(pieces), category)
            pieces = [row] if row.strip() else []
            begun = number if pieces else 0


def _is_closed(pieces: Sequence[str]) -> bool:
    """Whether a question is complete, so that a title after it is that of the next."""
    text = _HIDE.sub("", "\n".join(pieces))
    return "}" in text and text.count("{") == text.count("}")


def _read_block(block: _Block, collector: Collector) -> None:
    text = _HIDE.sub(lambda match: chr(_HIDDEN + _ESCAPED.index(match[1])), block.text)
    title = _TITLE.match(text)
    rest = text[title.end() :] if title else text
    position = _("第 %(line)d 行") % {"line": block.line}
    if title and title[1].strip():
        position += f" · {words.one_line(_shown(title[1]))[:40]}"
    sketch = Sketch(position, text=block.text, point=_point(block.category))
    rest = _FORMAT.sub("", rest)
    before, opened, inner = rest.partition("{")
    said, closed, after = inner.partition("}")
    if not opened and "}" not in rest:
        what = words.one_line(_shown(before))[:20]
        collector.note(position, "", "left_out", what=what, why=_("只是说明文字，没有作答部分。"))
        return
    if not closed or "{" in said or not opened:
        sketch.stem = _shown(before)
        sketch.say.refuse("", "unclosed", what="{ }")
    elif "{" in after or "}" in after:
        sketch.stem = _shown(before)
        sketch.say.refuse("", "several_interactions", count=1 + after.count("{"))
    else:
        _Answers(sketch, said).read()
        _put_stem(sketch, before, after)
    collector.add(sketch)


def _point(category: str) -> str:
    last = re.split(r"(?<!/)/(?!/)", category)[-1].strip()
    return "" if last.lower() in {"top", "$course$", "$system$"} or "Default" in last else last


def _shown(text: str) -> str:
    """Text with its escaped signs back."""
    signs = {chr(_HIDDEN + n): "\n" if s == "n" else s for n, s in enumerate(_ESCAPED)}
    return _SHOW.sub(lambda match: signs[match[0]], text)


def _put_stem(sketch: Sketch, before: str, after: str) -> None:
    """The stem; what follows the braces means that they stand for a missing word."""
    gap = answers.BLANK if sketch.kind == Kind.BLANK else "（　）"
    whole_text = f"{before.rstrip()}{gap}{after.strip()}" if after.strip() else before
    sketch.stem, images = markup.rich(_shown(whole_text), sketch.say, "stem")
    for image in images:
        outside = image.source.startswith(("http:", "https:", "//"))
        code = "picture_elsewhere" if outside else "picture_missing"
        sketch.say.refuse("pictures", code, name=image.source[:80])


class _Answers:
    """What stands between the braces."""

    def __init__(self, sketch: Sketch, said: str) -> None:
        self._sketch = sketch
        said, general, analysis = said.partition("####")
        self._said = said.strip()
        if general:
            sketch.analysis = markup.rich(_shown(analysis), sketch.say, "analysis")[0]

    def read(self) -> None:
        said, sketch = self._said, self._sketch
        if not said:
            sketch.kind, sketch.key = Kind.ESSAY, {"rubric": [], "sample": ""}
        elif truth := _TRUTH.match(said):
            if "#" in said:
                sketch.say.warn("analysis", "feedback_dropped")
            judge_as(sketch, right=truth[1].upper().startswith("T"))
        elif said.startswith("#"):
            self._number(said[1:])
        elif said[0] not in "=~":
            sketch.say.refuse("answer", "item_broken", what=_("答案前没有 = 或 ~"))
        else:
            self._choose(re.split(r"(?=[=~])", re.sub(r"~\s*=", "=", said))[1:])

    def _choose(self, parts: Sequence[str]) -> None:
        sketch = self._sketch
        if all(part.startswith("=") for part in parts):
            if all("->" in part for part in parts):
                sketch.say.refuse("", "not_supported", what=_("匹配题"))
                return
            self._blank(parts)
            return
        shares = [self._share(part, number) for number, part in enumerate(parts)]
        several = not any(part.startswith("=") for part in parts)
        choose(sketch, shares, several=several)

    def _share(self, part: str, number: int) -> Share:
        worth = _WORTH.match(part[1:])
        text = part[1:][worth.end() :] if worth else part[1:]
        value = float(worth[1]) if worth else (100.0 if part.startswith("=") else 0.0)
        return Share(self._text(text, f"option_{LETTERS[min(number, 7)]}"), value)

    def _text(self, text: str, part: str) -> str:
        """An answer without its feedback."""
        bare, feedback, _rest = text.partition("#")
        if feedback:
            self._sketch.say.warn("analysis", "feedback_dropped")
        plain, images = markup.rich(_shown(_FORMAT.sub("", bare)), self._sketch.say, part)
        if images:
            self._sketch.say.refuse(part, "option_picture", letter=part[-1:])
        return plain

    def _blank(self, parts: Sequence[str]) -> None:
        sketch = self._sketch
        shares = [self._share(part, 0) for part in parts]
        ways = [share.text for share in shares if share.worth > _FULL]
        if len(ways) < len(shares):
            sketch.say.warn("answer", "all_or_nothing")
        if any("*" in way for way in ways):
            sketch.say.warn("answer", "wildcard")
        sketch.kind, sketch.key = Kind.BLANK, {"blanks": [ways], "ordered": True}

    def _number(self, said: str) -> None:
        """A number with its tolerance, or a span: the number itself can be kept, the rest not."""
        sketch, ways = self._sketch, list[str]()
        parts = re.split(r"(?=[=~])", said)[1:] if said.lstrip()[:1] in {"=", "~"} else [f"={said}"]
        for part in parts:
            share = self._share(part, 0)
            value, tolerance, _rest = share.text.partition(":")
            if ".." in value:
                sketch.say.refuse("", "not_supported", what=_("数值范围题"))
            elif share.worth > _FULL and value.strip():
                ways.append(value.strip())
            if tolerance and _rest.strip() not in {"", "0"}:
                sketch.say.warn("answer", "numerical")
        sketch.kind, sketch.key = Kind.BLANK, {"blanks": [ways], "ordered": True}
