"""What a phone kept while there was no network, as it comes in: a small JSON document, believed
only as far as its shape; and the service worker that keeps the pages.

The island's half is ``frontend/kept``. An app says what one deed of its own is.
"""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from zhupei.core.errors import Refused
from zhupei.core.templatetags.assets import asset

LARGEST = 256 * 1024  # bytes
MOST = 500  # deeds in one request
LONGEST_NAME = 40  # of a phone
LONGEST_TEXT = 2000
FIRST, LAST = 946_684_800_000, 4_102_444_800_000  # milliseconds: the years 2000 to 2100
WORST_CLOCK = timedelta(days=366)
WORKER = "kept/worker.ts"

Deed = TypeVar("Deed")


class Malformed(ValueError):
    """Not what our own page sends; the words are for whoever reads the answer."""


class Batch(NamedTuple, Generic[Deed]):
    """What one phone sends about one thing."""

    user: int
    phone: str
    phone_now: datetime
    marks: list[Deed]


class Outcome(NamedTuple):
    """What became of one deed: taken over, or the reason why not."""

    id: UUID
    refusal: Refused | None

    def said(self) -> dict[str, Any]:
        """The same for the phone."""
        if self.refusal is None:
            return {"id": str(self.id), "kept": True}
        reason = {"code": self.refusal.code, "reason": str(self.refusal)}
        return {"id": str(self.id), "kept": False} | reason


def batch(body: bytes, read: Callable[[dict[str, Any]], Deed]) -> Batch[Deed]:
    """The document as values; ``read`` makes a deed of each of its marks.

    Raises Malformed with a sentence.
    """
    if len(body) > LARGEST:
        raise Malformed(_("一次传的内容太多。"))
    try:
        said = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError) as reason:
        raise Malformed(_("传来的内容不是 JSON。")) from reason
    fields = an_object(said, "内容")
    marks = fields.get("marks")
    if not isinstance(marks, list) or len(marks) > MOST:
        raise Malformed(_("marks 要是一个列表，最多 500 条。"))
    return Batch(
        whole(fields.get("user"), "user"),
        _name(fields.get("phone")),
        moment(fields.get("now"), "now"),
        [read(an_object(mark, "marks")) for mark in marks],
    )


def check_clock(phone_now: datetime, now: datetime) -> None:
    """Raises Refused "clock_too_wrong"."""
    if abs(phone_now - now) > WORST_CLOCK:
        raise Refused("clock_too_wrong", _("手机时钟差了一年以上，算不出是几点。请校准后再上传。"))


def true_time(phone_at: datetime, *, phone_now: datetime, server_now: datetime) -> datetime:
    """A moment of a phone by the server's clock: a phone that is a day slow is so all along."""
    return phone_at + (server_now - phone_now)


def an_object(said: Any, name: str) -> dict[str, Any]:
    if not isinstance(said, dict):
        raise Malformed(_("%(name)s 要是一个对象。") % {"name": name})
    return said


def whole(said: Any, name: str) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or not 0 <= said < 2**63:
        raise Malformed(_("%(name)s 要是一个整数。") % {"name": name})
    return said


def text(said: Any, name: str) -> str:
    if not isinstance(said, str) or len(said) > LONGEST_TEXT or "\0" in said:
        raise Malformed(_("%(name)s 要是一段文字，最多 2000 个字。") % {"name": name})
    return said


def identity(said: Any) -> UUID:
    try:
        return UUID(str(said))
    except ValueError as reason:
        raise Malformed(_("有一条记录的编号或类别不认识。")) from reason


def moment(said: Any, name: str) -> datetime:
    milliseconds = whole(said, name)
    if not FIRST <= milliseconds < LAST:
        raise Malformed(_("%(name)s 要是 2000 到 2100 年之间的毫秒数。") % {"name": name})
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def _name(said: Any) -> str:
    if not isinstance(said, str) or not 0 < len(said) <= LONGEST_NAME or not said.isprintable():
        raise Malformed(_("phone 要是 1 到 40 个字。"))
    return said


def _no_number(word: str) -> None:
    raise ValueError(word)


def milliseconds(moment: datetime | None = None) -> int:
    """A moment as phones count it; our own now."""
    return round((moment or timezone.now()).timestamp() * 1000)


def answer(
    request: Any,
    read: Callable[[dict[str, Any]], Deed],
    take: Callable[[Batch[Deed]], list[Outcome]],
    more: Callable[[], dict[str, Any]] = dict,
) -> JsonResponse:
    """Take in what a phone kept, and answer in JSON, whatever happens. ``more`` is asked when all
    is taken in.
    """
    try:
        sent = batch(request.body, read)
        _check_whose(sent.user, request.user.pk)
        outcomes = take(sent)
    except Malformed as fault:
        return JsonResponse({"code": "malformed", "sentence": str(fault)}, status=400)
    except Refused as refusal:
        said = {"code": refusal.code, "sentence": str(refusal)}
        return JsonResponse(said, status=refusal.status)
    marks = [one.said() for one in outcomes]
    return JsonResponse({"now": milliseconds(), "marks": marks} | more())


def _check_whose(said: int, user: int) -> None:
    if said != user:
        raise Refused("other_person", _("这些是另一个账号填的。请由填的人登录后上传。"))


def all_taken(request: HttpRequest, outcomes: Iterable[Outcome]) -> bool:
    """Of a page without script: is nothing refused? What is, is said above the page, once each."""
    refused = dict.fromkeys(str(one.refusal) for one in outcomes if one.refusal)
    for sentence in refused:
        messages.error(request, sentence)
    return not refused


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The service worker. An app serves it at an address of its own, because it rules over the
    addresses below the one it comes from.
    """
    built = Path(settings.BASE_DIR) / "frontend" / "dist" / asset(WORKER).removeprefix("/static/")
    response = HttpResponse(built.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
