"""The pictures that stand in the rows of a workbook (.xlsx), which the reader of cells passes over.

A picture belongs to the row its upper left corner is in. Whatever cannot be followed (a link
outside, a broken part) is no picture.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from zhupei.core.workbooks import Archive, Damaged, TooLarge
from zhupei.questions.formats.pictures import LARGEST

_PART_LIMIT: Final = 4 * 1024 * 1024  # of one part of XML
_MOST: Final = 5_000


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture and what its description says."""

    column: int
    name: str
    alt: str
    content: bytes


def find(content: bytes) -> dict[tuple[str, int], list[Placed]]:
    """The pictures by sheet and row, in the order of their columns; none for other files."""
    if not content.startswith(b"PK\x03\x04"):
        return {}
    try:
        return _find(Archive(content))
    except (Damaged, TooLarge):
        return {}


def _find(archive: Archive) -> dict[tuple[str, int], list[Placed]]:
    found: dict[tuple[str, int], list[Placed]] = {}
    for name, part in _sheets(archive):
        for _kind, drawing in _relations(archive, part, "/drawing").values():
            for row, placed in _drawn(archive, drawing):
                found.setdefault((name, row), []).append(placed)
    for pictures in found.values():
        pictures.sort(key=lambda one: one.column)
    return found


def _sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    book = _part(archive, "xl/workbook.xml")
    parts = _relations(archive, "xl/workbook.xml", "/worksheet")
    for sheet in book.iter() if book is not None else ():
        if _local(sheet.tag) == "sheet":
            relation = next((v for k, v in sheet.attrib.items() if _local(k) == "id"), "")
            if relation in parts:
                yield sheet.get("name", ""), parts[relation][1]


def _relations(archive: Archive, part: str, kind: str) -> dict[str, tuple[str, str]]:
    """What a part refers to inside the archive, by id."""
    folder, name = posixpath.split(part)
    listed = _part(archive, f"{folder}/_rels/{name}.rels")
    found = {}
    for one in listed if listed is not None else ():
        target = one.get("Target", "")
        if one.get("TargetMode") == "External" or not one.get("Type", "").endswith(kind):
            continue
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        found[one.get("Id", "")] = (kind, posixpath.normpath(path))
    return found


def _drawn(archive: Archive, drawing: str) -> Iterator[tuple[int, Placed]]:
    media = _relations(archive, drawing, "/image")
    root = _part(archive, drawing)
    anchors = list(root)[:_MOST] if root is not None else []
    for anchor in anchors:
        parts = {_local(part.tag): part for part in anchor.iter()}
        if not {"from", "blip", "cNvPr"} <= parts.keys():
            continue
        corner = {_local(one.tag): one.text or "" for one in parts["from"]}
        embedded = next((v for k, v in parts["blip"].attrib.items() if _local(k) == "embed"), "")
        path = media.get(embedded, ("", ""))[1]
        if path.casefold() in archive.names and corner.get("row", "").isdecimal():
            column = corner.get("col", "")
            yield (
                int(corner["row"]) + 1,
                Placed(
                    int(column) if column.isdecimal() else 0,
                    posixpath.basename(path),
                    parts["cNvPr"].get("descr", ""),
                    archive.read(path, LARGEST + 1),
                ),
            )


def _part(archive: Archive, name: str) -> Element | None:
    if name.casefold() not in archive.names:
        return None
    try:
        root: Element = fromstring(archive.read(name, _PART_LIMIT), forbid_dtd=True)
    except (ValueError, SyntaxError):  # ParseError is a SyntaxError
        return None
    return root


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
