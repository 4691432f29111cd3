"""Reading a PDF the way a search engine does: the text of a page, through the fonts' own maps."""

import io
import re
from decimal import Decimal

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader

SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf [-\d. ]*Tm\s*(.*?[\])>])T[jJ]\n", re.DOTALL)


def page_text(pdf: bytes) -> str:
    """The words of the first page, one text run per line."""
    page = PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Kids"][0]
    named = page["/Resources"]["/Font"]
    fonts = {name.lstrip("/"): _characters(named[name]["/ToUnicode"].data) for name in named}
    runs = SHOWN.findall(page["/Contents"].data)
    return "\n".join(_words(shown, fonts[font.decode()]) for font, shown in runs)


def metadata(pdf: bytes) -> str:
    """The XMP packet of the document."""
    return PdfFileReader(io.BytesIO(pdf)).root["/Metadata"].data.decode()


def _characters(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]+)>\n", cmap.decode())
    return {bytes.fromhex(code): bytes.fromhex(point).decode("utf-16-be") for code, point in pairs}


def _words(shown: bytes, font: dict[bytes, str]) -> str:
    run = generic.read_object(io.BytesIO(shown), generic.Reference(0, 0, None))
    parts = run if isinstance(run, list) else [run]
    codes = b"".join(_raw(part) for part in parts if not isinstance(part, (int, float, Decimal)))
    return "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))


def _raw(string: generic.TextStringObject | generic.ByteStringObject) -> bytes:
    if isinstance(string, generic.ByteStringObject):
        return bytes(string)
    return string.original_bytes
