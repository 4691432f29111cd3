"""Files that prove what happened: those that fit lie in the package, the others are registered.

A file outside stands in ``包外文件.csv`` with its bytes and SHA-256 and where the system has it, so
that whoever fetches it can prove that it is the one.

Source: Measures, art. 13 (words, pictures and recordings are kept); project register of facts, §7.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from zhupei.archives import parameters, rules
from zhupei.archives.contents import papers
from zhupei.archives.contents.papers import Files
from zhupei.core import files
from zhupei.core.models import StoredFile
from zhupei.core.parameters import settings_of

OUTSIDE: Final = "包外文件.csv"
HEADS: Final = ("用途", "文件名", "格式", "字节数", "SHA-256", "系统内文件标识", "取用地址")
MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True)
class Piece:
    """A file, the folder of the package it belongs in, and the page it can be fetched from."""

    folder: str
    file: StoredFile
    url: str


@dataclass(frozen=True)
class Packed:
    """Where each piece is: its place in the package, or empty; and the files themselves."""

    places: dict[Any, str]
    files: Files

    def where(self, file: StoredFile) -> str:
        return self.places[file.pk] or OUTSIDE


def limits() -> tuple[int, int]:
    """The bytes one piece may have, and all of them."""
    found = settings_of(parameters.FILE_LIMIT, parameters.PACKAGE_LIMIT)
    one, all_ = (setting.value * MEGABYTE for setting in found.values())
    return one, all_


def pack(pieces: Sequence[Piece]) -> Packed:
    """Take in what fits, in the order given; register the rest."""
    one, total = limits()
    inside = rules.inside([piece.file.size for piece in pieces], one=one, total=total)
    places, content, outside = dict[Any, str](), Files(), list[Sequence[Any]]()
    for number, piece in enumerate(pieces, start=1):
        if number - 1 in inside:
            place = papers.attachment_name(piece.folder, number, piece.file.name)
            places[piece.file.pk], content[place] = place, files.read(piece.file)
        else:
            places[piece.file.pk] = ""
            outside.append(_outside(piece))
    if outside:
        content[OUTSIDE] = papers.as_csv(HEADS, outside)
    return Packed(places, content)


def _outside(piece: Piece) -> Sequence[Any]:
    file = piece.file
    kind = file.media_type
    return (piece.folder, file.name, kind, file.size, file.sha256, str(file.pk), piece.url)
