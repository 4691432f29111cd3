"""What can be done with certificates: issue, print, revoke, fetch.

A certificate exists from the moment it is issued; its file follows within seconds, made by a job,
because typesetting and signing sixty pages takes longer than a page may.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.attendance.models import Attendance
from zhupei.certificates import practice, printing, rules, sheet
from zhupei.certificates.access import (
    may_export,
    may_fetch,
    may_flag,
    may_issue,
    may_revoke,
    owns,
)
from zhupei.certificates.events import CertificateEvent
from zhupei.certificates.models import Certificate, CertificateQuerySet, Reason, State
from zhupei.certificates.workflow import CERTIFICATE
from zhupei.core import audit, files, longjobs, messages, numbers
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import JobState, LongJob, StoredFile
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.exams.rules import counted_seconds
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.practical.entitlement import Standing
from zhupei.syllabus.models import Unit

LARGEST_EXPORT = 5000  # rows; what a spreadsheet is still read with
PRINT = "zhupei.certificates.jobs.print_certificate"  # named, because jobs import this module


@transaction.atomic
def issue(sitting: Sitting, *, by: User, print_now: bool = False) -> list[Certificate]:
    """Certify everybody who passed this sitting and has no certificate from it yet.

    Only released marks are certified: until then the examiners may still look into them. Pressing
    twice issues nobody twice: the sitting is locked, and an attempt has at most one certificate.

    Where the category asks for practice, only those are certified whose practical exam is passed
    and recent enough; the others wait. Raises NotAllowed; Refused "not_released", "nobody_passed",
    "all_issued" or "practice_lacking".

    Source: Measures, art. 18 (those who pass the assessment are certified).
    """
    row = _released(sitting, by=by)
    passed = list(practice.passed(row))
    found = practice.standings(row, passed)
    open_ones = [one for one in passed if not hasattr(one, "certificate")]
    made = _issue(row, [one for one in open_ones if not found[one.pk].lack], found, by=by)
    if not made:
        lacking = [one for one in open_ones if found[one.pk].lack]
        raise practice.refusal(lacking, found) if lacking else _nothing_to_issue(row, len(passed))
    audit.record(
        CertificateEvent.BATCH_ISSUED,
        row,
        by=by,
        count=len(made),
        first=made[0].number,
        last=made[-1].number,
    )
    if print_now:
        return [print_pdf(certificate) for certificate in made]
    _print_later(row, made, by=by)
    return made


@transaction.atomic
def issue_one(attempt: Attempt, *, by: User, print_now: bool = False) -> Certificate:
    """Certify one passed attempt; ``print_now`` makes the file in place.

    Raises NotAllowed; Refused "not_released", "not_passed", "already_issued" or
    "practice_lacking".
    """
    row = _released(attempt.sitting, by=by)
    found = practice.passed(row).filter(pk=attempt.pk).first()
    if found is None:
        raise Refused("not_passed", _("这名考生没有合格，不能发证。"))
    if hasattr(found, "certificate"):
        raise Refused(
            "already_issued",
            _("这名考生已有证书 %(number)s，不能再发一张。"),
            number=found.certificate.number,
        )
    standing = practice.standings(row, [found])
    if standing[found.pk].lack:
        raise practice.refusal([found], standing)
    [certificate] = _issue(row, [found], standing, by=by)
    if print_now:
        return print_pdf(certificate)
    _print_later(row, [certificate], by=by)
    return certificate


def _released(sitting: Sitting, *, by: User) -> Sitting:
    """The locked row of a sitting from which ``by`` may issue."""
    rows = Sitting.objects.select_for_update(of=("self",)).select_related("organization", "job")
    row = rows.get(pk=sitting.pk)
    if not may_issue(by, row):
        raise NotAllowed("not_allowed", _("只有举行这场考核的考核机构能发证。"))
    if row.state != SittingState.RELEASED:
        raise Refused(
            "not_released",
            _("“%(sitting)s”现在是“%(state)s”，公布成绩以后才能发证。"),
            sitting=row,
            state=row.get_state_display(),
        )
    return row


def _nothing_to_issue(sitting: Sitting, passed: int) -> Refused:
    if not passed:
        return Refused(
            "nobody_passed", _("“%(sitting)s”没有合格的考生，没有证书可发。"), sitting=sitting
        )
    return Refused(
        "all_issued",
        _("“%(sitting)s”合格的 %(passed)d 人都已发证，没有重复签发。"),
        sitting=sitting,
        passed=passed,
    )


def _issue(
    sitting: Sitting, attempts: Sequence[Attempt], practised: Mapping[int, Standing], *, by: User
) -> list[Certificate]:
    """A row, a number and an event each; the holders are told."""
    today = timezone.localdate()
    series = rules.series(today.year, sitting.prefecture_id)
    hours = _hours(attempts)
    made = []
    for attempt in attempts:
        enrolment = attempt.candidate.enrolment
        certificate = Certificate.objects.create(
            number=numbers.take(series, digits=6),
            organization=sitting.organization,
            institution=enrolment.training_class.organization,
            prefecture_id=sitting.prefecture_id,
            person=attempt.candidate.person,
            name=attempt.candidate.person.name,
            job_id=sitting.job_id,
            attempt=attempt,
            practical_turn=practised[attempt.pk].turn,
            trained_from=enrolment.training_class.starts_on,
            trained_until=enrolment.training_class.ends_on,
            hours=hours[attempt.pk],
            issued_on=today,
        )
        audit.record(
            CertificateEvent.ISSUED,
            certificate,
            by=by,
            sitting=sitting.number,
            attempt=attempt.pk,
            mark=str(attempt.mark),
            practical=practice.facts(practised[attempt.pk]),
            hours=certificate.hours,
        )
        made.append(certificate)
    _tell(made, str(_("您的培训合格证明已签发")), str(_("在“证书”里可以看到并下载。")))
    return made


def _hours(attempts: Sequence[Attempt]) -> dict[int, int]:
    """Whole 学时 each candidate was credited with, counted as for their entitlement to sit."""
    enrolments = {one.pk: one.candidate.enrolment for one in attempts}
    credited = Attendance.objects.credited_by_enrolment(enrolments.values())
    syllabi = {one.training_class.syllabus_id for one in enrolments.values()}
    required: dict[int, dict[int, int]] = {syllabus: {} for syllabus in syllabi}
    for unit in Unit.objects.filter(syllabus__in=syllabi):
        required[unit.syllabus_id][unit.pk] = unit.hours * rules.SECONDS_PER_HOUR
    return {
        attempt: rules.whole_hours(
            counted_seconds(credited[one.pk], required[one.training_class.syllabus_id])
        )
        for attempt, one in enrolments.items()
    }


def _tell(certificates: Iterable[Certificate], title: str, body: str) -> None:
    holders = User.objects.filter(person__in=[one.person_id for one in certificates])
    messages.tell(holders, title, body=body, url=reverse("certificates:mine"))


# ── The file ─────────────────────────────────────────────────────────────────────────────────


def progress_url(sitting_pk: int) -> str:
    """The page that shows how far the files of a sitting are."""
    return reverse("certificates:issuing", args=[sitting_pk])


def _print_later(sitting: Sitting, certificates: Sequence[Certificate], *, by: User) -> None:
    title = str(_("制作证书：%(sitting)s")) % {"sitting": sitting}
    longjobs.ask(title, by=by, total=len(certificates), url=progress_url(sitting.pk))
    wanted: list[dict[str, Any]] = [{"certificate": one.pk} for one in certificates]
    jobs.configure_task(PRINT).batch_defer(*wanted)


@transaction.atomic
def print_again(certificate: Certificate, *, by: User) -> Certificate:
    """Ask once more for a file that could not be made, after the fonts were completed.

    Raises NotAllowed; Refused "already_printed".
    """
    row = _locked(certificate)
    if not may_revoke(by, row):
        raise NotAllowed("not_allowed", _("只有发证单位能重新制作证书文件。"))
    if row.file_id:
        raise Refused("already_printed", _("证书文件已经制成，不用重新制作。"))
    _print_later(row.attempt.sitting, [row], by=by)
    return row


@transaction.atomic
def print_pdf(certificate: Certificate) -> Certificate:
    """Make and sign the file; done twice, it changes nothing. Raises Refused as the typesetter.

    Source: Electronic Signature Law, art. 13.
    """
    row = _locked(certificate)
    if row.file_id or row.state != State.VALID:
        return row
    pdf = printing.signed_pdf(row)
    row.file = files.keep(pdf, name=f"{row.number}.pdf", media_type="application/pdf", by=None)
    row.save(update_fields=["file"])
    digest = row.file.sha256
    audit.record(CertificateEvent.PRINTED, row, by=None, sha256=digest, short=digest[:8])
    return row


def print_for_job(certificate: Certificate) -> None:
    """``print_pdf`` as the job does it: what cannot be made is said, and its progress shown."""
    sitting = certificate.attempt.sitting_id
    try:
        with transaction.atomic():
            print_pdf(certificate)
            _report(sitting)
    except Refused as refusal:
        with transaction.atomic():
            audit.record(CertificateEvent.NOT_PRINTED, certificate, by=None, reason=str(refusal))
            for job in _unfinished(sitting):
                longjobs.fail(job, f"{certificate.number}：{refusal}")


def _report(sitting: int) -> None:
    """Count what is there. The row of the job is locked first, so the last one sees them all."""
    for job in _unfinished(sitting):
        without = Certificate.objects.valid().filter(attempt__sitting=sitting, file__isnull=True)
        left = min(without.count(), job.total)
        if left:
            longjobs.advance(job, job.total - left)
        else:
            longjobs.finish(
                job,
                str(_("%(count)d 张证书的文件已制成并签名。")) % {"count": job.total},
            )


def _unfinished(sitting: int) -> QuerySet[LongJob]:
    return LongJob.objects.select_for_update().filter(
        url=progress_url(sitting), outcome__in=[JobState.WAITING, JobState.RUNNING]
    )


def _locked(certificate: Certificate) -> Certificate:
    return Certificate.objects.select_for_update(of=("self",)).with_chain().get(pk=certificate.pk)


# ── Taking back, fetching ────────────────────────────────────────────────────────────────────


@transaction.atomic
def revoke(
    certificate: Certificate, *, by: User, note: str, reason: str = Reason.OTHER
) -> Certificate:
    """Take a certificate back for good; the public page says so from this moment.

    ``reason`` is the kind the public page names, ``note`` the words for the holder.
    Raises NotAllowed; Refused "note_required" or "wrong_state".
    """
    kind = Reason(reason)
    row = CERTIFICATE.move(certificate, "revoke", by=by, note=note, reason=str(kind.label))
    row.revoked_at, row.revoked_for = timezone.now(), kind
    row.save(update_fields=["revoked_at", "revoked_for"])
    title = str(_("证书 %(number)s 已被撤销")) % {"number": row.number}
    _tell([row], title, f"{kind.label}：{note.strip()}")
    return row


@transaction.atomic
def flag_for_review(institution: Organization, *, by: User, issued_from: date, reason: str) -> int:
    """Say of every valid certificate for training at ``institution``, issued on a day or later,
    that it is being looked into; how many. They stay valid. Anybody may read ``reason``.

    Raises NotAllowed; Refused "reason_required".

    Source: Measures, art. 23.
    """
    if not may_flag(by, institution):
        raise NotAllowed("not_allowed", _("只有机构所在地的住建部门能标记它的证书。"))
    reason = reason.strip()
    if not reason:
        raise Refused("reason_required", _("请写明复核原因，查验页上会公开显示。"), field="reason")
    rows = _of(institution).filter(issued_on__gte=issued_from, review_since__isnull=True)
    title = str(_("您的培训合格证明正在复核，复核期间仍然有效"))
    return mark_reviewed(rows, timezone.now(), reason, title, by=by)


@transaction.atomic
def lift_review(institution: Organization, *, by: User, note: str = "") -> int:
    """Take that back for all of them; how many. Raises NotAllowed."""
    if not may_flag(by, institution):
        raise NotAllowed("not_allowed", _("只有机构所在地的住建部门能解除复核标记。"))
    title = str(_("您的培训合格证明复核结束，标记已解除"))
    return mark_reviewed(_of(institution).under_review(), None, note, title, by=by)


def _of(institution: Organization) -> CertificateQuerySet:
    return Certificate.objects.select_for_update().valid().filter(institution=institution)


def mark_reviewed(
    rows: CertificateQuerySet, since: datetime | None, words: str, title: str, *, by: User | None
) -> int:
    """Set or lift the mark, record it on each certificate, tell each holder."""
    marked = list(rows.order_by("pk"))
    for row in marked:
        row.review_since, row.review_reason = since, words if since else None
    Certificate.objects.bulk_update(marked, ["review_since", "review_reason"], batch_size=1000)
    event = CertificateEvent.REVIEW_BEGAN if since else CertificateEvent.REVIEW_ENDED
    audit.record_all(event, marked, by=by, note=words)
    _tell(marked, title, words)
    return len(marked)


@transaction.atomic
def fetch(certificate: Certificate, *, by: User) -> StoredFile:
    """The file for ``by``. Every time it is not the holder, it is an event.

    Raises NotAllowed; Refused "revoked" or "not_printed".

    Source: PIPL, art. 51 and 54 (who looked at what can be audited).
    """
    row = Certificate.objects.with_chain().get(pk=certificate.pk)
    if not may_fetch(by, row):
        raise NotAllowed("not_allowed", _("您的身份不能下载证书文件。"))
    if row.state == State.REVOKED:
        raise Refused("revoked", _("证书 %(number)s 已撤销，文件不再提供下载。"), number=row.number)
    if row.file is None:
        raise Refused("not_printed", _("证书文件正在制作，请过一会儿再试。"))
    if not owns(by, row):
        audit.record(CertificateEvent.DOWNLOADED, row, by=by)
    return row.file


@transaction.atomic
def export(certificates: QuerySet[Certificate], *, by: User) -> bytes:
    """The list as a spreadsheet; that it left is an event of the organization it left to.

    Raises NotAllowed; Refused "too_many".

    Source: PIPL, art. 51 and 54.
    """
    if not may_export(by):
        raise NotAllowed("not_allowed", _("您的身份不能导出证书清单。"))
    rows = list(certificates[: LARGEST_EXPORT + 1])
    if len(rows) > LARGEST_EXPORT:
        raise Refused(
            "too_many",
            _("一次最多导出 %(limit)d 张。请先用岗位或状态筛选，再导出。"),
            limit=LARGEST_EXPORT,
        )
    audit.record(CertificateEvent.EXPORTED, by.acting.organization, by=by, count=len(rows))
    return sheet.workbook(rows)
