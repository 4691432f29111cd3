"""The evidence that somebody can teach: certificates with their scans."""

from collections.abc import Iterable
from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.syllabus.models import Job
from zhupei.teachers import offices
from zhupei.teachers.access import may_add_evidence, may_submit
from zhupei.teachers.actions.shared import kept, locked, open_to, tell
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import EvidenceKind, Qualification, State, Teacher


class _Named(TypedDict):
    kind: str
    name: str
    issued_on: date


class Paper(_Named, total=False):
    """What is said of a piece of evidence; a number and an end not always."""

    number: str
    valid_until: date | None


@transaction.atomic
def add_qualification(
    teacher: Teacher,
    *,
    by: User,
    trades: Iterable[Job] = (),
    file: File[bytes] | None = None,
    **paper: Unpack[Paper],
) -> Qualification:
    """Enter one piece of evidence and the trades it proves; without its scan it proves nothing yet.

    The association is told of what is added to a teacher in the pool, and decides on new trades.
    Raises Refused "evidence_kind", "issued_in_future", "evidence_lapsed" or what
    ``core.files.accept`` refuses.

    Source: notice, part 1, section 1 (qualifications of teachers are checked and on record).
    """
    row = _open(by, teacher)
    _check(paper["kind"], paper["issued_on"], paper.get("valid_until"))
    stored = kept(file, by=by, field="file")
    made = Qualification.objects.create(teacher=row, file=stored, **paper)
    made.trades.set(trades)
    audit.record(
        TeacherEvent.EVIDENCE_ADDED,
        row,
        by=by,
        name=made.name,
        kind=made.kind,
        trades=[str(trade) for trade in made.trades.all()],
        sha256=stored.sha256 if stored else "",
    )
    if row.state == State.ADMITTED:
        tell(row, offices.officers(), _("在库教师 %(name)s 补充了资格证明"), made.name)
    return made


def _open(by: User, teacher: Teacher) -> Teacher:
    row = locked(teacher)
    if not may_add_evidence(by, row):
        raise NotAllowed(
            "not_allowed",
            _("“%(name)s”现在是“%(state)s”，您不能登记资格证明。"),
            name=row.person.name,
            state=row.get_state_display(),
        )
    return row


def _check(kind: str, issued_on: date, valid_until: date | None) -> None:
    today = timezone.localdate()
    if kind not in EvidenceKind.values:
        raise Refused("evidence_kind", _("请选择证明的类别。"), field="kind")
    if issued_on > today:
        raise Refused(
            "issued_in_future", _("发证日期在今天之后，请对照证书检查。"), field="issued_on"
        )
    if valid_until and valid_until < today:
        raise Refused(
            "evidence_lapsed",
            _("这份证明 %(day)s 已过期，请登记在有效期内的。"),
            field="valid_until",
            day=valid_until,
        )


@transaction.atomic
def attach_scan(qualification: Qualification, *, by: User, file: File[bytes]) -> Qualification:
    """Add the scan of a paper that was entered without, as rosters are.

    Raises Refused "scan_there" or what ``core.files.accept`` refuses.
    """
    row = _open(by, qualification.teacher)
    found = Qualification.objects.select_for_update().get(pk=qualification.pk)
    if found.file_id:
        raise Refused(
            "scan_there", _("这份证明已有扫描件。要更换，请删除后重新登记。"), field="file"
        )
    found.file = kept(file, by=by, field="file")
    found.save(update_fields=["file"])
    sha256 = found.file.sha256 if found.file else ""
    audit.record(TeacherEvent.EVIDENCE_ADDED, row, by=by, name=found.name, sha256=sha256)
    return found


@transaction.atomic
def remove_qualification(qualification: Qualification, *, by: User) -> None:
    """Take a piece of evidence out of a file that is still being filled in. Its bytes stay."""
    row = open_to(by, qualification.teacher)
    if row.state == State.ADMITTED or not may_submit(by, row):
        raise NotAllowed("not_allowed", _("入库后资格证明不能删除，可以补充新的。"))
    name, kind = qualification.name, qualification.kind
    qualification.delete()
    audit.record(TeacherEvent.EVIDENCE_REMOVED, row, by=by, name=name, kind=kind)
