"""Bytes that should be text: UTF-8, UTF-16 or UTF-32 by their mark, what XML declares, GB 18030."""

import codecs
import re
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.-]{1,40})["']""")
_XML_HEAD: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_SMALLEST: Final = 4


def decode(content: bytes | str) -> str | None:
    """The text, or None when no encoding makes sense of it."""
    if isinstance(content, str):
        return content.removeprefix("\ufeff")
    for encoding in _candidates(content):
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1a]", text):
            return text.removeprefix("\ufeff")
    return None


def _candidates(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    found = ["utf-8"]
    if declared := _DECLARED.match(content[:200]):
        name = declared[1].decode("ascii")
        found.append("gb18030" if name.lower() in {"gb2312", "gbk", "gb18030"} else _known(name))
    head = content[:200]
    if len(head) >= _SMALLEST and head[1::2].count(0) > len(head) // 4:
        found.insert(0, "utf-16-le")
    elif len(head) >= _SMALLEST and head[0::2].count(0) > len(head) // 4:
        found.insert(0, "utf-16-be")
    return [*found, "gb18030"]


def _known(name: str) -> str:
    """A text encoding of that name; names of other codecs (zip, rot13 …) are none."""
    try:
        info = codecs.lookup(name)
    except LookupError:
        return "utf-8"
    return info.name if getattr(info, "_is_text_encoding", False) else "utf-8"


def without_declaration(text: str) -> str:
    """XML whose declaration no longer says how it was encoded."""
    return _XML_HEAD.sub("", text, count=1)
