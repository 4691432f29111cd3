"""The verbs of bulletins: draft from the facts, rewrite, issue, withdraw."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.bulletins import render, rules, sections
from zhupei.bulletins.access import may_write, may_write_for
from zhupei.bulletins.events import BulletinEvent
from zhupei.bulletins.models import Bulletin, BulletinKind, State
from zhupei.bulletins.rules import Period
from zhupei.bulletins.sections.shape import Scope
from zhupei.bulletins.workflow import BULLETIN
from zhupei.core import audit, files, messages, numbers
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Event
from zhupei.organizations.models import OFFICERS, Kind, Membership, Organization
from zhupei.people.models import User

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SERIES = {BulletinKind.MONTHLY: "XJ", BulletinKind.QUARTERLY: "TB"}
TEXT_LIMIT = 8000  # letters of one section


@transaction.atomic
def draft(authority: Organization, kind: str, period: Period, *, by: User) -> Bulletin:
    """Write the bulletin of a period that is over.

    Raises NotAllowed; Refused "period_not_over" or "bulletin_exists".

    Source: notice, part 3, section 1.
    """
    if not may_write_for(by, authority):
        raise NotAllowed("not_allowed", _("只有本单位的审核员、管理员能起草。"))
    if period.until >= timezone.localdate():
        raise Refused(
            "period_not_over",
            _("%(period)s还没结束，%(day)s 之后才能起草。"),
            field="period",
            period=period.label,
            day=period.until.isoformat(),
        )
    now = timezone.now()
    try:
        with transaction.atomic():
            made = Bulletin.objects.create(
                authority=authority,
                kind=kind,
                since=period.since,
                until=period.until,
                title=_title(authority, kind, period),
                facts=sections.gather(Scope(authority, kind, period, by)),
                gathered_at=now,
            )
    except IntegrityError:
        raise Refused(
            "bulletin_exists",
            _("%(period)s的%(kind)s已经有一份，请在列表里打开。"),
            field="period",
            period=period.label,
            kind=BulletinKind(kind).label,
        ) from None
    audit.record(BulletinEvent.DRAFTED, made, by=by, events=_deeds_of(period))
    return made


@transaction.atomic
def gather_again(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Take the figures anew; what somebody wrote stays.

    Raises NotAllowed, Refused "wrong_state".
    """
    row = _open_draft(bulletin, by)
    row.facts = sections.gather(Scope(row.authority, row.kind, row.period, by))
    row.gathered_at = timezone.now()
    row.version += 1
    row.save(update_fields=["facts", "gathered_at", "version"])
    audit.record(BulletinEvent.GATHERED, row, by=by)
    return row


@transaction.atomic
def rewrite(bulletin: Bulletin, key: str, text: str, *, version: int, by: User) -> Bulletin:
    """Say a section in one's own words; an empty text gives the machine's sentences back.

    ``version`` is that of the page the text was written on.
    Raises NotAllowed; Refused "wrong_state", "section_unknown", "text_too_long" or
    "changed_meanwhile".
    """
    row = _open_draft(bulletin, by)
    titles = {section["key"]: section["title"] for section in row.facts}
    if key not in titles:
        raise Refused("section_unknown", _("这份通报没有这一节。"))
    if len(text) > TEXT_LIMIT:
        raise Refused(
            "text_too_long",
            _("这一节有 %(length)d 字，最多 %(limit)d 字。"),
            field="text",
            length=len(text),
            limit=TEXT_LIMIT,
        )
    if row.version != version:
        raise Refused(
            "changed_meanwhile",
            _("您打开之后别人改过这份草稿。您写的还在下面，请对照最新的文字再保存。"),
            field="text",
        )
    before = row.texts.pop(key, None)
    if text.strip():
        row.texts[key] = text.strip()
    row.version += 1
    row.save(update_fields=["texts", "version"])
    facts = {"section": titles[key], "before": before, "after": row.texts.get(key)}
    audit.record(BulletinEvent.EDITED, row, by=by, **facts)
    return row


@transaction.atomic
def issue(bulletin: Bulletin, *, by: User, open_to_public: bool = False) -> Bulletin:
    """Give it a number, make the papers, tell the bodies of the area.

    Raises NotAllowed, Refused "wrong_state".
    """
    row = _locked(bulletin)
    BULLETIN.check(row, "issue", by=by)
    now = timezone.now()
    row.number = numbers.take(f"{SERIES[BulletinKind(row.kind)]}-{row.since.year}", digits=4)
    row.issued_at, row.open_to_public = now, open_to_public
    name = f"{row.title}（{row.number}）"
    row.paper = files.keep(render.word(row), name=f"{name}.docx", media_type=WORD, by=by)
    row.book = files.keep(render.excel(row), name=f"{name}.xlsx", media_type=EXCEL, by=by)
    row.save(update_fields=["number", "issued_at", "open_to_public", "paper", "book"])
    hashes = {"paper": row.paper.sha256, "book": row.book.sha256}
    moved = BULLETIN.move(row, "issue", by=by, number=row.number, hashes=hashes)
    url = reverse("bulletins:detail", args=[row.pk])
    messages.tell(_readers(row), str(_("新通报：%(title)s")) % {"title": row.title}, url=url)
    return moved


def discard(bulletin: Bulletin, *, by: User) -> Bulletin:
    """Give a draft up. Raises NotAllowed, Refused "wrong_state"."""
    with transaction.atomic():
        return BULLETIN.move(bulletin, "discard", by=by)


def withdraw(bulletin: Bulletin, *, by: User, note: str) -> Bulletin:
    """Take back what was issued. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    with transaction.atomic():
        return BULLETIN.move(bulletin, "withdraw", by=by, note=note)


def _locked(bulletin: Bulletin) -> Bulletin:
    rows = Bulletin.objects.select_for_update(of=("self",)).select_related("authority__prefecture")
    return rows.get(pk=bulletin.pk)


def _open_draft(bulletin: Bulletin, by: User) -> Bulletin:
    row = _locked(bulletin)
    if not may_write(by, row):
        raise NotAllowed("not_allowed", _("只有本单位的审核员、管理员能改。"))
    if row.state != State.DRAFT:
        raise Refused(
            "wrong_state",
            _("“%(thing)s”已是“%(state)s”，不能再改。"),
            thing=row,
            state=row.get_state_display(),
        )
    return row


def _title(authority: Organization, kind: str, period: Period) -> str:
    place = "全区" if authority.kind == Kind.REGION_AUTHORITY else str(authority.prefecture)
    what = {"monthly": "培训考核工作小结", "quarterly": "培训考核监管情况通报"}[kind]
    return f"{place}住房城乡建设行业{period.label}{what}"


def _deeds_of(period: Period) -> int:
    """How many deeds the record holds of these days."""
    return Event.objects.filter(at__date__range=(period.since, period.until)).count()


def _readers(bulletin: Bulletin) -> list[User]:
    """The officers of the bodies it is about."""
    told = Organization.objects.filter(bulletin.authority.area(""))
    today = timezone.localdate()
    held = Membership.objects.in_force(today).filter(organization__in=told, role__in=OFFICERS)
    return list(User.objects.filter(memberships__in=held).distinct())


def moves(bulletin: Bulletin, user: Any) -> Mapping[str, Any]:
    """The moves somebody may make now, by name."""
    return {move.name: move for move in BULLETIN.available(bulletin, user)}


__all__ = ["discard", "draft", "gather_again", "issue", "rewrite", "rules", "withdraw"]
