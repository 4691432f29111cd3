"""Recording help to a county, handing it in, confirming it."""

from collections.abc import Iterable
from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.assistance import rules
from zhupei.assistance.access import (
    DECIDING,
    may_change,
    may_record,
    stays_away,
)
from zhupei.assistance.events import AssistanceEvent
from zhupei.assistance.models import Assistance, AssistanceFile, HelpKind, State
from zhupei.assistance.parameters import CONFIRM_WORKDAYS
from zhupei.assistance.workflow import ASSISTANCE
from zhupei.classes.models import EFFECTIVE, TrainingClass
from zhupei.core import audit, messages, numbers, pictures, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.organizations.models import AUTHORITIES, Division, Kind, Level, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User

HELD = (*EFFECTIVE, "finished")


class Said(TypedDict):
    """What a record says of itself. Of a base, people are not counted; of a class, not typed."""

    county: Division
    title: str
    story: str
    started_on: date
    ended_on: date
    training_class: TrainingClass | None
    typed: int | None
    stations: int | None
    address: str


@transaction.atomic
def draft(organization: Organization, kind: str, *, by: User, said: Said) -> Assistance:
    """Begin a record. Raises NotAllowed, and what ``edit`` refuses."""
    if not may_record(by, organization):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能登记帮扶。"))
    row = Assistance(organization=organization, kind=HelpKind(kind).value)
    _write(row, said)
    audit.record(AssistanceEvent.DRAFTED, row, by=by)
    return row


@transaction.atomic
def edit(assistance: Assistance, *, by: User, said: Said) -> Assistance:
    """Change what it says.

    Raises NotAllowed; Refused "not_a_county", "ends_before_it_begins", "class_not_own",
    "class_elsewhere", "class_counted", "counted_twice".
    """
    row = _open_to(by, assistance)
    _write(row, said)
    audit.record(AssistanceEvent.CHANGED, row, by=by)
    return row


@transaction.atomic
def attach(assistance: Assistance, *, by: User, upload: UUID | File[bytes]) -> AssistanceFile:
    """Add evidence. Raises NotAllowed, and what ``pictures.kept`` refuses."""
    row = _open_to(by, assistance)
    stored, removed = pictures.kept(upload, by=by)
    made = AssistanceFile.objects.create(assistance=row, file=stored)
    facts: dict[str, Any] = {"name": stored.name, "sha256": stored.sha256}
    facts["note"] = pictures.said(removed)
    audit.record(AssistanceEvent.EVIDENCE_ADDED, row, by=by, **facts)
    return made


@transaction.atomic
def remove(file: AssistanceFile, *, by: User) -> None:
    """Take evidence off. Its bytes stay: an earlier submission may speak of them."""
    row = _open_to(by, file.assistance)
    facts: dict[str, Any] = {"name": file.file.name, "sha256": file.file.sha256}
    file.delete()
    audit.record(AssistanceEvent.EVIDENCE_REMOVED, row, by=by, **facts)


@transaction.atomic
def submit(assistance: Assistance, *, by: User, note: str = "") -> Assistance:
    """Hand it in to the authority of the county.

    Raises NotAllowed; Refused "wrong_state", "not_over", "nobody_trained", "evidence_missing".

    Source: notice, part 1, section 3.
    """
    row = _locked(assistance)
    ASSISTANCE.check(row, "submit", by=by)
    now = timezone.now()
    _whole(row, timezone.localdate(now))
    if row.number is None:
        row.number = numbers.take(f"BF-{timezone.localdate(now).year}", digits=4)
        row.save(update_fields=["number"])
    row = ASSISTANCE.move(row, "submit", by=by, note=note, count=row.counted())
    row.submitted_at = now
    row.due_at = workdays.deadline(now, value(CONFIRM_WORKDAYS))
    row.save(update_fields=["submitted_at", "due_at"])
    _tell(_confirmers(row), _("待确认的帮扶记录：%(title)s"), row, note)
    return row


@transaction.atomic
def confirm(assistance: Assistance, *, by: User, note: str = "") -> Assistance:
    """It is true. Of a class, the person-times are those the roll knows now.

    Raises NotAllowed, also "stays_away"; Refused "wrong_state", "nobody_trained".
    """
    row = _locked(assistance)
    ASSISTANCE.check(row, "confirm", by=by)
    if stays_away(by, row.organization):
        raise NotAllowed(
            "stays_away",
            _("您与“%(name)s”有利害关系，应当回避。请交给同事办。"),
            name=row.organization,
        )
    count = row.counted() if row.kind == HelpKind.TRAINING else None
    if count == 0:
        raise Refused("nobody_trained", NOBODY)
    Assistance._base_manager.filter(pk=row.pk).update(
        confirmed_at=timezone.now(),
        confirmed_by=by,
        authority=by.acting.organization,
        person_times=count,
        due_at=None,
    )
    row = ASSISTANCE.move(row, "confirm", by=by, note=note, count=count or 0)
    _tell(_registrars(row), _("帮扶已确认：%(title)s"), row, note)
    return row


@transaction.atomic
def send_back(assistance: Assistance, *, by: User, note: str) -> Assistance:
    """Something is missing. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    row = _stopped(ASSISTANCE.move(assistance, "return", by=by, note=note))
    _tell(_registrars(row), _("帮扶记录退回补充：%(title)s"), row, note)
    return row


@transaction.atomic
def revoke(assistance: Assistance, *, by: User, note: str) -> Assistance:
    """It turned out not to be true. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    row = ASSISTANCE.move(assistance, "revoke", by=by, note=note)
    _tell(_registrars(row), _("帮扶确认被撤销：%(title)s"), row, note)
    return row


@transaction.atomic
def cancel(assistance: Assistance, *, by: User, note: str) -> Assistance:
    """Give the record up. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    return _stopped(ASSISTANCE.move(assistance, "cancel", by=by, note=note))


@transaction.atomic
def remind() -> int:
    """Tell the authority of each record past its time, once a submission. Returns how many."""
    late = Assistance.objects.filter(state=State.SUBMITTED, due_at__lt=timezone.now())
    locked = late.select_for_update(skip_locked=True, of=("self",))
    rows = list(locked.select_related("organization", "county").order_by("due_at", "pk"))
    keys = [audit.subject_key(row) for row in rows]
    events = Event.objects.filter(verb=AssistanceEvent.OVERDUE, subject__in=keys)
    told = set(events.values_list("subject", "facts__until"))
    fresh = [row for row in rows if (audit.subject_key(row), _until(row)) not in told]
    for row in fresh:
        due: dict[str, Any] = {"due": beijing(row.due_at), "until": _until(row)}
        audit.record(AssistanceEvent.OVERDUE, row, by=None, **due)
        _tell(_confirmers(row), _("帮扶记录超过确认期限：%(title)s"), row)
    return len(fresh)


NOBODY = _("这个班还没有人有考勤学时，算不出培训人次。开班上课以后再报送。")


def _whole(row: Assistance, today: date) -> None:
    """Over, with people or a place, and with evidence."""
    if row.ended_on > today:
        raise Refused("not_over", _("帮扶还没有完成，完成以后再报送。"), field="ended_on")
    if row.kind == HelpKind.TRAINING and row.counted() == 0:
        words = NOBODY if row.training_class_id else _("请填写培训人次，或选择对应的班级。")
        raise Refused("nobody_trained", words, field="typed")
    if row.training_class_id is None and not row.files.exists():
        raise Refused("evidence_missing", _("请先上传凭据：花名册、协议、照片等。"), field="file")


def _write(row: Assistance, said: Said) -> None:
    """Put the words on the row, when they go together."""
    for name, word in said.items():
        setattr(row, name, word.strip() if isinstance(word, str) else word)
    if row.county.level != Level.COUNTY:
        raise Refused("not_a_county", _("请选择一个县（市、区）。"), field="county")
    if row.ended_on < row.started_on:
        raise Refused("ends_before_it_begins", _("完成日期早于开始日期。"), field="ended_on")
    if row.training_class:
        _check_class(row, row.training_class)
    row.save()


def _check_class(row: Assistance, found: TrainingClass) -> None:
    if row.typed is not None:
        raise Refused("counted_twice", _("选了班级，人次从考勤算出，不用再填。"), field="typed")
    if found.organization_id != row.organization_id or found.state not in HELD:
        raise Refused(
            "class_not_own", _("只能选本机构已通过或已结班的班级。"), field="training_class"
        )
    if found.division_id != row.county_id:
        raise Refused(
            "class_elsewhere",
            _("这个班办在%(place)s，不在%(county)s。"),
            field="training_class",
            place=found.division,
            county=row.county,
        )
    spent = Assistance.objects.exclude(pk=row.pk).exclude(
        state__in=[State.CANCELLED, State.REVOKED]
    )
    if spent.filter(training_class=found).exists():
        raise Refused("class_counted", _("这个班级已经报过一次帮扶。"), field="training_class")


def year_of(row: Assistance) -> int:
    """The year it counts for."""
    return rules.counted_in(row.ended_on)


def _open_to(user: User, assistance: Assistance) -> Assistance:
    """The locked row, when ``user`` may change it now. Raises NotAllowed."""
    row = _locked(assistance)
    if not may_change(user, row):
        raise NotAllowed(
            "not_allowed",
            _("这条记录现在是“%(state)s”，不能修改。只有本机构教务员能在草稿或退回补充时修改。"),
            state=row.get_state_display(),
        )
    return row


def _locked(assistance: Assistance) -> Assistance:
    rows = Assistance._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "county", "training_class").get(pk=assistance.pk)


def _stopped(row: Assistance) -> Assistance:
    row.due_at = None
    row.save(update_fields=["due_at"])
    return row


def _until(row: Assistance) -> str:
    assert row.due_at
    return row.due_at.isoformat()


def _registrars(row: Assistance) -> Iterable[User]:
    return holders(Role.REGISTRAR, Organization.objects.filter(pk=row.organization_id))


def _confirmers(row: Assistance) -> Iterable[User]:
    """Those of the county's authority, where there is one; else of its prefecture's."""
    bodies = Organization.objects.filter(kind__in=AUTHORITIES)
    county = bodies.filter(kind=Kind.COUNTY_AUTHORITY, division=row.county_id)
    prefecture = bodies.filter(kind=Kind.PREFECTURE_AUTHORITY, prefecture=row.county.parent_id)
    first, second = DECIDING
    own = holders(first, county) | holders(second, county)
    return own.distinct() or (holders(first, prefecture) | holders(second, prefecture)).distinct()


def _tell(users: Iterable[User], title: Any, row: Assistance, note: str = "") -> None:
    facts = {"title": row.title}
    messages.tell(users, str(title) % facts, body=note, url=row.get_absolute_url())
