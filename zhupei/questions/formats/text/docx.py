"""The paragraphs of a Word file as people see them: automatic numbers, tables, underlined blanks.

Only parts of the file itself are read; nothing is fetched. What is deleted or hidden is no text.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.etree.ElementTree import Element

from zhupei.core.workbooks import Archive, Damaged, TooLarge
from zhupei.questions.formats import safe_xml
from zhupei.questions.formats.draft import Picture
from zhupei.questions.formats.pictures import LARGEST
from zhupei.questions.formats.safe_xml import Bad, local
from zhupei.questions.formats.text.docx_numbers import Numbers
from zhupei.questions.formats.text.lines import FORMULA, PICTURE, Line

_MOST_PICTURES: Final = 2_000
_RAISED: Final = str.maketrans("0123456789+-n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ")
_LOWERED: Final = str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋")


@dataclass(slots=True)
class Document:
    """What a Word file says."""

    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def read(content: bytes) -> Document | str:
    """The document, or the code of what is wrong with the file as a whole."""
    try:
        archive = Archive(content)
        if "word/document.xml" not in archive.names:
            return "format_other"
        return _Reader(archive).read()
    except Damaged:
        return "damaged"
    except TooLarge:
        return "bomb"
    except Bad as bad:
        return bad.code if bad.code != "xml_broken" else "damaged"


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._document = Document()
        self._media = self._relations()
        self._numbers = Numbers(self._part("word/numbering.xml"), self._part("word/styles.xml"))
        self._count = 0

    def read(self) -> Document:
        root = self._part("word/document.xml")
        body = safe_xml.child(root, "body") if root is not None else None
        if body is not None:
            self._walk(body)
        return self._document

    def _part(self, name: str) -> Element | None:
        if name not in self._archive.names:
            return None
        return safe_xml.parse(self._archive.read(name, safe_xml.LARGEST + 1))

    def _relations(self) -> dict[str, str]:
        listed = self._part("word/_rels/document.xml.rels")
        return {
            one.get("Id", ""): posixpath.normpath(posixpath.join("word", one.get("Target", "")))
            for one in (listed if listed is not None else ())
            if one.get("TargetMode") != "External" and one.get("Type", "").endswith("/image")
        }

    # --- blocks ---------------------------------------------------------------------------------

    def _walk(self, parent: Element) -> None:
        for one in parent:
            tag = local(one.tag)
            if tag == "p":
                self._say(self._paragraph(one))
            elif tag == "tbl":
                self._table(one)
            elif tag in {"sdt", "sdtContent", "ins", "customXml", "smartTag"}:
                self._walk(one)

    def _say(self, text: str) -> None:
        self._count += 1
        self._document.lines += [Line(self._count, part) for part in text.split("\n")]

    def _table(self, table: Element) -> None:
        """A row is a line, its cells set apart by tabs."""
        for row in table.iter():
            if local(row.tag) == "tr":
                cells = [
                    " ".join(self._paragraph(one) for one in cell.iter() if local(one.tag) == "p")
                    for cell in row
                    if local(cell.tag) == "tc"
                ]
                self._say("\t".join(cells))

    def _paragraph(self, paragraph: Element) -> str:
        return self._numbers.of(paragraph) + "".join(self._pieces(paragraph))

    # --- what a paragraph says ------------------------------------------------------------------

    def _pieces(self, parent: Element) -> Iterator[str]:
        for one in parent:
            tag = local(one.tag)
            if tag == "r":
                yield self._run(one)
            elif tag in {"oMath", "oMathPara"}:
                yield FORMULA
            elif tag not in {"del", "moveFrom", "pPr", "Fallback"}:
                yield from self._pieces(one)

    def _run(self, run: Element) -> str:
        look = {local(one.tag): one for part in run if local(part.tag) == "rPr" for one in part}
        if "vanish" in look:
            return ""
        text = "".join(self._inside(run))
        underlined = "u" in look and _value(look["u"]) != "none"
        if underlined and text and not text.strip():
            return "____"
        raised = _value(look["vertAlign"]) if "vertAlign" in look else ""
        if raised == "superscript":
            return text.translate(_RAISED)
        return text.translate(_LOWERED) if raised == "subscript" else text

    def _inside(self, run: Element) -> Iterator[str]:
        for one in run:
            tag = local(one.tag)
            if tag == "t":
                yield one.text or ""
            elif tag in {"br", "cr"}:
                yield "\n"
            elif tag in {"tab", "ptab"}:
                yield "\t"
            elif tag == "noBreakHyphen":
                yield "-"
            elif tag in {"drawing", "pict", "object", "AlternateContent"}:
                yield from self._drawn(one)

    def _drawn(self, drawing: Element) -> Iterator[str]:
        """The pictures of a drawing; an equation kept as an object cannot be kept."""
        if any(local(one.tag) == "OLEObject" for one in drawing.iter()):
            yield FORMULA
            return
        alt = next((one.get("descr", "") for one in drawing.iter() if one.get("descr")), "")
        seen: set[str] = set()
        for one in drawing.iter():
            if local(one.tag) not in {"blip", "imagedata"}:
                continue
            wanted = {"embed", "id"}
            target = next((v for k, v in one.attrib.items() if local(k) in wanted), "")
            path = self._media.get(target, "")
            if path and path not in seen and len(self._document.pictures) < _MOST_PICTURES:
                seen.add(path)
                yield self._keep(path, alt)

    def _keep(self, path: str, alt: str) -> str:
        if path.casefold() not in self._archive.names:
            return ""
        content = self._archive.read(path, LARGEST + 1)
        self._document.pictures.append(Picture(posixpath.basename(path), content, alt))
        return f"{PICTURE}{len(self._document.pictures) - 1}{PICTURE}"


def _value(element: Element) -> str:
    return next((value for key, value in element.attrib.items() if local(key) == "val"), "")
