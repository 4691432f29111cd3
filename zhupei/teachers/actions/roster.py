"""A roster of teachers: rehearsed, then its people proposed for the pool, and given out again."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core import waiting as waitingroom
from zhupei.core.crypto import blind_index
from zhupei.core.errors import NotAllowed
from zhupei.core.import_kinds import Kind, Reading
from zhupei.core.models import WaitingFile
from zhupei.organizations.models import Organization
from zhupei.people.models import Person, User
from zhupei.syllabus.models import Job
from zhupei.teachers import roster
from zhupei.teachers.access import may_propose
from zhupei.teachers.actions.evidence import add_qualification
from zhupei.teachers.actions.pool import propose
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import EvidenceKind, State, Teacher
from zhupei.teachers.roster import Entry, Known


@transaction.atomic
def receive(organization: Organization, *, by: User, upload: File[bytes]) -> WaitingFile:
    """Keep a roster for its dry run, sealed. Raises what ``core.imports`` refuses of the file."""
    _check_may_import(by, organization)
    waiting = waitingroom.keep(upload, target=organization, by=by)
    roster.read(waitingroom.content(waiting), kind())  # one nobody can read is not kept
    return waiting


def rehearse(waiting: WaitingFile) -> Reading[Entry]:
    """What the file says, row by row, beside what the register knows; nothing is stored."""
    return _read(waitingroom.content(waiting))


@transaction.atomic
def confirm_import(waiting: WaitingFile, organization: Organization, *, by: User) -> list[Teacher]:
    """Start the applications of the good rows, and forget the file.

    Raises Refused "already_imported" when it is confirmed a second time.
    """
    _check_may_import(by, organization)
    reading = _read(waitingroom.take(waiting, target=organization, by=by))
    jobs = {job.code: job for job in Job.objects.all()}
    entries = [row.value for row in reading.good if row.value is not None]
    return [_enter(entry, jobs, organization, by) for entry in entries]


def _enter(entry: Entry, jobs: dict[str, Job], organization: Organization, by: User) -> Teacher:
    trades = [jobs[code] for code in entry.trades]
    teacher = propose(
        {"name": entry.name, "id_number": entry.id_number, "phone": entry.phone},
        by=by,
        organization=organization,
        trades=trades,
        title=entry.title,
        rank=entry.rank,
        education=entry.education,
    )
    if entry.issued_on:
        add_qualification(
            teacher,
            by=by,
            kind=EvidenceKind.TITLE,
            name=entry.paper,
            number=entry.number,
            issued_on=entry.issued_on,
            trades=trades,
        )
    return teacher


def kind(known: Known = roster.NOBODY) -> Kind[Entry]:
    """How rosters are read today."""
    trades = {
        word: job.code for job in Job.objects.order_by("-code") for word in (job.name, job.code)
    }
    return roster.kind(on=timezone.localdate(), trades=trades, known=known)


def _read(file: BinaryIO) -> Reading[Entry]:
    """Read it twice: first whom it names, then each row beside what is known of them."""
    first = roster.read(file, kind())
    file.seek(0)
    entries = [row.value for row in first.good if row.value is not None]
    return roster.read(file, kind(_known(entries)))


def _known(entries: Iterable[Entry]) -> Known:
    """What is known of these people, in two questions."""
    by_number = {blind_index(x.id_number, purpose="id_number"): x for x in entries}
    faults: dict[str, tuple[str, str]] = {}
    there: dict[str, str] = {}
    for person in Person.objects.filter(id_index__in=by_number).select_related("teacher"):
        entry = by_number.pop(person.id_index)
        teacher: Teacher | None = getattr(person, "teacher", None)
        if person.name != entry.name:
            faults[entry.id_number] = ("name", "name_and_number_differ")
        elif teacher and teacher.state != State.REMOVED:
            there[entry.id_number] = "in_pool" if teacher.state == State.ADMITTED else "in_hand"
    for number in _phones_taken(by_number.values()):
        faults[number] = ("phone", "phone_taken")
    return Known(faults, there)


def _phones_taken(strangers: Iterable[Entry]) -> Iterator[str]:
    """The numbers of those, not known yet, whose telephone is somebody else's already."""
    phones = {x.id_number: blind_index(x.phone, purpose="phone") for x in strangers}
    known = Person.objects.filter(phone_index__in=phones.values())
    taken = set(known.values_list("phone_index", flat=True))
    for number, phone in phones.items():
        if phone in taken:
            yield number
        taken.add(phone)


def _check_may_import(by: User, organization: Organization) -> None:
    if not may_propose(by, organization):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能报送教师。"))


@transaction.atomic
def export(organization: Organization, *, by: User, count: int) -> None:
    """Record that the roster of an institution is taken out of the system."""
    if not may_propose(by, organization):
        raise NotAllowed("not_allowed", _("只有本机构教务能导出花名册。"))
    audit.record(TeacherEvent.EXPORTED, organization, by=by, count=count)
