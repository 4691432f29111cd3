"""Text of web pages as text for people: paragraphs are lines, pictures are set apart.

What only looks (bold, colours) goes without a word; what means something (a formula, a film) is
said, because it cannot be kept.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

from zhupei.core.import_kinds import Findings
from zhupei.questions.formats import words

RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
LOWERED: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")
CLIPPED: Final = 50_000  # characters of one text, its tags included, that anything looks at
_EMBEDDED: Final = "embedded-"
_DATA: Final = re.compile(r"data:image/[^\"'\s<>)]+", re.IGNORECASE)
_BLOCKS: Final = frozenset(
    [
        *("address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5"),
        *("h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "prompt", "section"),
        *("table", "tr", "ul"),
    ]
)
_SILENT: Final = frozenset({"script", "style", "head", "template", "noscript"})
_MEDIA: Final = frozenset({"video", "audio", "iframe", "embed", "applet", "canvas", "svg"})
_CELLS: Final = frozenset({"td", "th"})


@dataclass(frozen=True, slots=True)
class Image:
    """A picture as a page names it."""

    source: str
    alt: str


@dataclass(slots=True)
class Flow:
    """Text as it comes along, tag by tag."""

    say: Findings
    part: str
    images: list[Image] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _silent: int = 0
    _stack: list[str] = field(default_factory=list)

    def open(self, tag: str, attributes: dict[str, str]) -> None:
        """A tag begins; one that never ends (br, img) only begins."""
        if tag in _SILENT:
            self._silent += 1
            self.say.warn(self.part, "script_dropped") if tag == "script" else None
        elif tag in _BLOCKS or tag == "br":
            self.line(force=tag == "br")
        elif tag in _CELLS:
            self.put("　")
        elif tag == "img":
            self.images.append(Image(attributes.get("src", ""), attributes.get("alt", "")))
        elif tag == "math":
            self.say.refuse(self.part, "formula")
        elif tag in _MEDIA:
            self.say.refuse(self.part, "media")
        if tag in {"sup", "sub"}:
            self._stack.append(tag)

    def close(self, tag: str) -> None:
        """A tag ends."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _BLOCKS:
            self.line()
        elif self._stack and self._stack[-1] == tag:
            self._stack.pop()

    def data(self, text: str) -> None:
        """Text between tags, whose blanks mean one blank."""
        if self._silent:
            return
        said = re.sub(r"[ \t\r\n\f]+", " ", text)
        if self._stack:
            said = said.translate(RAISED if self._stack[-1] == "sup" else LOWERED)
        self.put(said)

    def put(self, text: str) -> None:
        """Text as it is."""
        self._pieces.append(text)

    def line(self, *, force: bool = False) -> None:
        """What comes now stands on another line."""
        while self._pieces and not self._pieces[-1].strip(" "):
            self._pieces.pop()
        if force or (self._pieces and not self._pieces[-1].endswith("\n")):
            self._pieces.append("\n")

    @property
    def text(self) -> str:
        """What was said."""
        return words.tidy("".join(self._pieces))


class _Html(HTMLParser):
    def __init__(self, flow: Flow) -> None:
        super().__init__(convert_charrefs=True)
        self._flow = flow
        self.met = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met = True
        self._flow.open(tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        self._flow.close(tag)

    def handle_data(self, data: str) -> None:
        self._flow.data(data)


def html(text: str, say: Findings, part: str) -> tuple[str, list[Image]]:
    """The text of a piece of a web page, and the pictures in it."""
    flow, embedded = Flow(say, part), list[str]()

    def set_apart(match: re.Match[str]) -> str:
        embedded.append(match[0])
        return f"{_EMBEDDED}{len(embedded) - 1}"

    text = _DATA.sub(set_apart, text)
    if len(text) > CLIPPED:
        say.refuse(part, "too_long", longest=CLIPPED)
    text = text[:CLIPPED]
    parser = _Html(flow)
    try:
        parser.feed(text)
        parser.close()
    except (AssertionError, ValueError):  # the parser's own way to give up on nonsense
        return words.tidy(words.without_tags(text)), []
    return flow.text, [_whole(image, embedded) for image in flow.images]


def _whole(image: Image, embedded: list[str]) -> Image:
    """A picture whose bytes stand in the text itself has them back."""
    number = image.source.removeprefix(_EMBEDDED)
    if number == image.source or not number.isdecimal() or int(number) >= len(embedded):
        return image
    return Image(embedded[int(number)], image.alt)


def rich(text: str, say: Findings, part: str) -> tuple[str, list[Image]]:
    """Text that may or may not be a piece of a web page: it is one when it has such tags."""
    if len(text) <= CLIPPED and "&" not in text and words.without_tags(text) == text:
        return words.tidy(text), []
    return html(text, say, part)
