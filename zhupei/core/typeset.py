"""Pages for paper: facts and a typst template in, PDF or a picture out; why: docs/adr/0008.

A ``Press`` reads the fonts once and is kept for the life of the process.
"""

import io
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final

import segno
import typst
from fontTools.ttLib import TTCollection, TTFont

FACES: Final = ("400Regular", "500Medium", "700Bold")
"""The weights templates use: folders of npm's ``@expo-google-fonts/noto-sans-sc``."""

INSTEAD: Final = "□"
BOXED: Final = f"文中“{INSTEAD}”处的字符无法印出，以平台上的原文为准。"
"""What a letter says of itself when it has such boxes."""

UNSEEN: Final = frozenset({"Cf", "Mn"})
"""Of the categories of Unicode those that draw nothing by themselves."""

BEIJING: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


def qr_svg(text: str) -> str:
    """A QR code of ``text`` as one SVG path: level M, quiet zone of two modules."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=2, xmldecl=False, svgns=True, omitsize=True, dark="#1b2a3a"
    )
    return out.getvalue().decode()


class Press:
    """The fonts and the compiler. Safe to share between threads: one paper at a time.

    ``fonts`` is the folder of npm's ``@expo-google-fonts/noto-sans-sc``.
    ``extra`` are folders with further fonts for characters it lacks, the most alike tried first.
    """

    def __init__(self, fonts: Path, *, extra: Sequence[Path] = ()) -> None:
        folders = [fonts / face for face in FACES]
        if absent := [str(folder) for folder in folders if not folder.is_dir()]:
            raise FileNotFoundError(f"no font folder {', '.join(absent)}; run npm ci")
        loaded = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in (*folders, *extra)],
        )
        self.families = sorted({font.family for font in loaded.fonts()}, key=_nearness)
        self._reach = [_characters([folder]) for folder in folders]
        self._reserve = _characters(extra)
        self._compiler = typst.Compiler(font_paths=loaded)
        self._turn = Lock()

    def missing(self, text: Iterable[str]) -> str:
        """The characters that no font here can draw, each once, in reading order."""
        known = frozenset.intersection(*self._reach) | self._reserve
        return "".join(dict.fromkeys(c for words in text for c in words if ord(c) not in known))

    def drawable(self, value: Any) -> tuple[Any, str]:
        """Nested values with ``INSTEAD`` where no font here can draw a character, and those
        characters. What only joins or colours others goes without a trace.
        """
        missing = self.missing(_texts(value))
        table = {ord(c): "" if unicodedata.category(c) in UNSEEN else INSTEAD for c in missing}
        seen = "".join(c for c in missing if table[ord(c)])
        return (_translated(value, table) if missing else value), seen

    def compile(
        self, template: bytes, facts: Mapping[str, Any], files: Mapping[str, str], day: date
    ) -> bytes:
        """PDF/A-3b of ``template`` with ``facts.json`` and ``files`` beside it; the same values
        give the same bytes. Raises typst.TypstError.
        """
        moment = datetime.combine(day, time(), BEIJING)
        with self._turn:
            paper = self._compiler.compile(  # type: ignore[type-var]  # files in memory: documented, not in the stub
                self._sources(template, facts, files),
                format="pdf",
                pdf_standards=["a-3b"],
                timestamp=moment,
            )
        assert isinstance(paper, bytes)
        return paper

    def draw(self, template: bytes, facts: Mapping[str, Any], *, ppi: float = 192) -> bytes:
        """PNG of the one page of ``template``. Raises typst.TypstError."""
        with self._turn:
            picture = self._compiler.compile(  # type: ignore[type-var]
                self._sources(template, facts, {}), format="png", ppi=ppi
            )
        assert isinstance(picture, bytes)
        return picture

    def _sources(
        self, template: bytes, facts: Mapping[str, Any], files: Mapping[str, str]
    ) -> dict[str, bytes]:
        values = {**facts, "families": self.families}
        return {
            "main.typ": template,
            "facts.json": json.dumps(values, ensure_ascii=False).encode(),
            **{name: text.encode() for name, text in files.items()},
        }


@cache
def press(fonts: Path) -> Press:
    """The fonts, read once."""
    return Press(fonts)


def _texts(value: Any) -> Iterable[str]:
    """Every text in nested values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)


def _translated(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {name: _translated(inner, table) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_translated(inner, table) for inner in value]
    return value


def _nearness(family: str) -> tuple[bool, bool, str]:
    """Sorts families by likeness to the page's own: without serifs first, simplified first."""
    return "Sans" not in family, "SC" not in family, family


def _characters(folders: Iterable[Path]) -> frozenset[int]:
    """Code points drawn by any font in these folders."""
    files = (
        file
        for folder in folders
        for file in sorted(folder.rglob("*"))
        if file.suffix.lower() in {".ttf", ".otf", ".ttc", ".otc"}
    )
    return frozenset().union(*(_drawn_by(file) for file in files))


def _drawn_by(file: Path) -> set[int]:
    if file.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(file, lazy=True) as faces:
            return {point for face in faces for point in face.getBestCmap()}
    with TTFont(file, lazy=True) as face:
        return set(face.getBestCmap())
