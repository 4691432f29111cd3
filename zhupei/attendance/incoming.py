"""Reading what a phone sends: a small JSON document, believed only as far as its shape."""

import json
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from zhupei.attendance.actions import Sent
from zhupei.attendance.rules import Kind

LARGEST = 256 * 1024  # bytes
MOST = 500  # marks in one request
LONGEST_NAME = 40  # of a phone
FIRST, LAST = 946_684_800_000, 4_102_444_800_000  # milliseconds: the years 2000 to 2100


class Malformed(ValueError):
    """Not what our own page sends; the words are for whoever reads the answer."""


class Batch(NamedTuple):
    """What one phone sends about one lesson."""

    user: int
    phone: str
    phone_now: datetime
    marks: list[Sent]


def batch(body: bytes) -> Batch:
    """The document as values. Raises Malformed with a sentence."""
    if len(body) > LARGEST:
        raise Malformed(_("一次传的内容太多。"))
    try:
        said = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as reason:
        raise Malformed(_("传来的内容不是 JSON。")) from reason
    fields = _object(said, "内容")
    marks = fields.get("marks")
    if not isinstance(marks, list) or len(marks) > MOST:
        raise Malformed(_("marks 要是一个列表，最多 500 条。"))
    return Batch(
        _whole(fields.get("user"), "user"),
        _name(fields.get("phone")),
        _moment(fields.get("now"), "now"),
        [_sent(mark) for mark in marks],
    )


def _sent(said: Any) -> Sent:
    mark = _object(said, "marks")
    try:
        identity, kind = UUID(str(mark.get("id"))), Kind(mark.get("kind"))  # type: ignore[arg-type]  # whatever it is
    except (ValueError, TypeError) as reason:
        raise Malformed(_("有一条记录的编号或类别不认识。")) from reason
    enrolment = _whole(mark.get("enrolment"), "enrolment")
    return Sent(identity, enrolment, kind, _moment(mark.get("at"), "at"))


def _object(said: Any, name: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Malformed(_("%(name)s 要是一个对象。") % {"name": name})
    return said


def _whole(said: Any, name: str) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 2**63:
        raise Malformed(_("%(name)s 要是一个整数。") % {"name": name})
    return said


def _name(said: Any) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_NAME or not said.isprintable():
        raise Malformed(_("phone 要是 1 到 40 个字。"))
    return said


def _moment(said: Any, name: str) -> datetime:
    milliseconds = _whole(said, name)
    if not FIRST <= milliseconds < LAST:
        raise Malformed(_("%(name)s 要是 2000 到 2100 年之间的毫秒数。") % {"name": name})
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _no_number(word: str) -> None:
    raise ValueError(word)
