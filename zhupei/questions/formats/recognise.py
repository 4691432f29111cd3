"""Which format a file is in, by what it says and not by its name; the one door to all readers."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.questions.formats import aiken, gift, moodle, sheet
from zhupei.questions.formats.decode import decode
from zhupei.questions.formats.draft import Reading
from zhupei.questions.formats.judge import whole
from zhupei.questions.formats.qti import reader as qti
from zhupei.questions.formats.text import reader as text

AUTO: Final = "auto"
MAX_BYTES: Final = sheet.MAX_BYTES
FORMATS: Final[Mapping[str, str | Promise]] = {
    AUTO: gettext_lazy("自动识别"),
    sheet.NAME: gettext_lazy("Excel 模板（.xlsx、.xls、.ods、.csv）"),
    text.NAME: gettext_lazy("Word 或文本（.docx、.txt）"),
    qti.NAME: gettext_lazy("QTI 2.1、3.0（.zip、.xml）"),
    moodle.NAME: gettext_lazy("Moodle XML"),
    gift.NAME: gettext_lazy("GIFT"),
    aiken.NAME: gettext_lazy("Aiken"),
}
_STRANGERS: Final[Mapping[bytes, str]] = {
    b"%PDF-": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"{\\rtf": "RTF 文档",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "gzip 压缩包",
    b"MZ": "程序",
    b"\x7fELF": "程序",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD: Final = 200_000


def read(content: bytes | str, form: str = AUTO) -> Reading:
    """The questions of a file or of a pasted text, in a format named or recognised."""
    if len(content) > MAX_BYTES:
        return whole("", "too_large", most=MAX_BYTES // 1024 // 1024)
    if not content.strip():
        return whole("", "empty")
    raw = content.encode("utf-8", "replace") if isinstance(content, str) else content
    found = recognise(raw)
    if found in {"old_word", "format_unknown"}:
        return whole("", found, looks=_looks(raw))
    if form not in {AUTO, found} and not _may_be(form, found):
        return whole(form, "format_other")
    return READERS[found if form == AUTO else _reader_of(form, found)](raw)


def _may_be(form: str, found: str) -> bool:
    """Formats of plain text may be mistaken for each other, so what somebody says counts."""
    plain = {text.NAME, gift.NAME, aiken.NAME, sheet.NAME}
    return (form in plain and found in plain) or (form == text.NAME and found == "docx")


def _reader_of(form: str, found: str) -> str:
    return "docx" if found == "docx" else form


READERS: Final[Mapping[str, Callable[[bytes], Reading]]] = {
    sheet.NAME: sheet.read,
    text.NAME: text.read,
    "docx": text.read_docx,
    qti.NAME: qti.read,
    moodle.NAME: moodle.read,
    gift.NAME: gift.read,
    aiken.NAME: aiken.read,
}


def recognise(content: bytes) -> str:
    """The name of a reader, or the code of why there is none."""
    if content.startswith(b"PK"):
        return _in_archive(content)
    if content.startswith(_OLE):
        old = "Workbook".encode("utf-16-le") in content or "Book".encode("utf-16-le") in content
        old = old or "EncryptedPackage".encode("utf-16-le") in content
        return sheet.NAME if old else "old_word"
    if any(content.startswith(head) for head in _STRANGERS):
        return "format_unknown"
    said = decode(content)
    if said is None:
        return text.NAME  # which says that the encoding is at fault
    head = said[:_HEAD].lstrip()
    if re.match(r"<\?xml|<!--|<!DOCTYPE|<[A-Za-z]", head):
        return _in_xml(head)
    return _in_text(head)


def _looks(content: bytes) -> str:
    for head, looks in _STRANGERS.items():
        if content.startswith(head):
            return looks
    return _("网页") if re.search(rb"(?i)<(html|!doctype html)", content[:400]) else _("别的文件")


def _in_archive(content: bytes) -> str:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {name.casefold() for name in archive.namelist()}
    except (BadZipFile, ValueError, OSError, NotImplementedError):
        return qti.NAME  # which says that it is damaged
    if "word/document.xml" in names:
        return "docx"
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return sheet.NAME
    return qti.NAME


def _in_xml(head: str) -> str:
    root = re.search(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)[\s>/]", re.sub(r"(?s)<!--.*?-->", "", head))
    name = root[1].lower() if root else ""
    if name == "quiz":
        return moodle.NAME
    if name in {"html", "table", "body", "div", "p"} or head.lower().startswith("<!doctype html"):
        return "format_unknown"
    return qti.NAME


def _in_text(head: str) -> str:
    if re.search(r"(?m)^\s*ANSWER\s*[:：]", head) and re.search(r"(?m)^\s*A[.)]", head):
        return aiken.NAME
    if re.search(r"(?m)^\s*(?:::.*::|\$CATEGORY:|//)", head) and "{" in head:
        return gift.NAME
    if re.search(r"(?<!\\)\{\s*(?:[=~#]|T\b|F\b|TRUE\b|FALSE\b|\})", head):
        return gift.NAME
    first = next((row for row in head.splitlines() if row.strip()), "")
    if re.search(r"题干|题目|试题|题型", first) and re.search(r"[,\t;]", first) and "答案" in first:
        return sheet.NAME
    return text.NAME
