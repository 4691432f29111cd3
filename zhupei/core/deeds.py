"""What people do on a form that works without network: deeds, judged one by one, each kept once.

An app says which table keeps them (a model made of ``Deed``), what it refuses, and what follows
from a deed (``Judge``). How they come in is ``core.offline``; the page's half is ``frontend/kept``.
"""

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import offline, pictures
from zhupei.core.errors import Refused
from zhupei.core.offline import Malformed, Outcome
from zhupei.core.pictures import Kept

A_MOMENT = timedelta(minutes=2)  # between a deed and the phone's "now" lies a slow network
LONGEST_ABOUT = 40
WEB = "web"  # the phone's name of a page without script


class Deed(models.Model):
    """One thing somebody did on a form, as it came in. Its key was made on the phone: sent twice
    it is once. ``at`` is the moment put right by the error of the phone's clock. A table of deeds
    adds ``kind`` and what they are about.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    about = models.CharField(max_length=LONGEST_ABOUT, blank=True)
    value = models.TextField(blank=True)
    phone = models.CharField(max_length=40)
    phone_at = models.DateTimeField()
    at = models.DateTimeField()
    clock_error = models.IntegerField(help_text="seconds the phone was ahead")
    received_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering = ["at", "id"]

    kind: Any

    def __str__(self) -> str:
        label: Any = getattr(self, "get_kind_display")  # noqa: B009 - of the table
        return f"{label()} {self.about}"


class Sent(NamedTuple):
    """One deed as the phone tells it, by the phone's clock."""

    id: UUID
    kind: str
    about: str
    value: str
    at: datetime


def reader(kinds: Iterable[str]) -> Callable[[dict[str, Any]], Sent]:
    """Reads the deeds of a form that knows these kinds, for ``offline.answer``."""
    known = frozenset(kinds)

    def read(mark: dict[str, Any]) -> Sent:
        kind, about = mark.get("kind"), offline.text(mark.get("about"), "about")
        if not isinstance(kind, str) or kind not in known or len(about) > LONGEST_ABOUT:
            raise Malformed(_("有一条记录的编号或类别不认识。"))
        value = offline.text(mark.get("value"), "value")
        at = offline.moment(mark.get("at"), "at")
        return Sent(offline.identity(mark.get("id")), kind, about, value, at)

    return read


def said(deeds: Iterable[Deed]) -> list[dict[str, Any]]:
    """What the server has, for the page's script."""
    return [
        {
            "id": str(deed.pk),
            "kind": deed.kind,
            "about": deed.about,
            "value": deed.value,
            "at": offline.milliseconds(deed.at),
        }
        for deed in deeds
    ]


def newest(deeds: Iterable[Deed], kind: str) -> dict[str, str]:
    """Of several deeds of one kind about one thing the newest counts, on the page as here."""
    rows = sorted(deeds, key=lambda one: (one.at, str(one.pk)))
    return {deed.about: deed.value for deed in rows if deed.kind == kind}


D = TypeVar("D", bound=Deed)


class Judge(ABC, Generic[D]):
    """Judges the deeds of one form, with the facts fetched once, and keeps each once.

    ``table`` keeps them, ``form`` is its column that names the form. An app refuses in ``check``,
    does in ``follow`` what a deed does besides being kept, and tells the record in ``record``.
    """

    table: ClassVar[type[Any]]
    form: ClassVar[str]

    def __init__(
        self, thing: models.Model, now: datetime, *, by: Any, phone: str, phone_now: datetime
    ) -> None:
        self.thing, self.now, self.by = thing, now, by
        self.phone, self.phone_now = phone, phone_now
        self.clock_error = round((phone_now - now).total_seconds())
        self.known: dict[UUID, D] = {}
        self.fresh: list[D] = []
        self.own_file: Callable[[], Kept] | None = None

    @abstractmethod
    def check(self, sent: Sent, at: datetime) -> None:
        """Refuse one deed, or not."""

    def follow(self, deed: D) -> None:
        """What a deed does besides being kept."""

    def columns(self) -> dict[str, Any]:
        """What its table keeps besides."""
        return {}

    @abstractmethod
    def record(self, **facts: Any) -> None:
        """One event for all that came in."""

    def take_all(self, deeds: Sequence[Sent]) -> list[Outcome]:
        """Keep what may be kept; what rules forbid goes back with its reason.

        Raises Refused "clock_too_wrong".
        """
        offline.check_clock(self.phone_now, self.now)
        self.known = self.table.objects.in_bulk([one.id for one in deeds])
        outcomes = [self._judged(sent) for sent in deeds]
        if self.fresh:
            self.record(
                count=len(self.fresh), phone=self.phone, clock_error=self.fresh[0].clock_error
            )
        return outcomes

    def take_file(self, sent: Sent, file: Callable[[], Kept]) -> D:
        """One deed with its file, from a page without script. Raises what refuses it."""
        self.own_file = file
        (outcome,) = self.take_all([sent])
        if outcome.refusal:
            raise outcome.refusal
        return self.known[sent.id]

    def file_of(self, deed: D) -> Kept:
        """The picture or recording of a deed: an upload of one's own that it names.

        Raises Refused "no_such_upload" and what keeping it refuses.
        """
        if self.own_file:
            return self.own_file()
        try:
            key = UUID(deed.value)
        except ValueError as fault:
            raise Refused("no_such_upload", _("文件没有传完，请重新拍。")) from fault
        return pictures.kept(key, by=self.by)

    def _judged(self, sent: Sent) -> Outcome:
        try:
            with transaction.atomic():
                self._take(sent)
        except Refused as refusal:
            return Outcome(sent.id, refusal)
        return Outcome(sent.id, None)

    def _take(self, sent: Sent) -> None:
        before = self.known.get(sent.id)
        if before is not None:
            same = (getattr(before, f"{self.form}_id"), before.kind, before.about)
            if same == (self.thing.pk, sent.kind, sent.about):
                return
            raise Refused("deed_exists", _("这个编号的记录已经传过，内容不同。请重新填一次。"))
        at = offline.true_time(sent.at, phone_now=self.phone_now, server_now=self.now)
        self.check(sent, at)
        deed: D = self.table.objects.create(
            id=sent.id,
            kind=sent.kind,
            about=sent.about,
            value=sent.value,
            phone=self.phone,
            phone_at=sent.at,
            at=at,
            clock_error=self.clock_error,
            received_at=self.now,
            **{self.form: self.thing},
            **self.columns(),
        )
        self.follow(deed)
        self.known[deed.pk] = deed
        self.fresh.append(deed)
