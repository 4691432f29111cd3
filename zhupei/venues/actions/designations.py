"""Determining an assessment body: drafted by one department, signed by both, stopped by either.

Source: Measures, art. 18 and 19.
"""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files, messages, numbers
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Kind, Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job
from zhupei.venues import offices, words
from zhupei.venues.access import department_of, may_change, may_propose
from zhupei.venues.events import DesignationEvent
from zhupei.venues.models import Designation, DesignationDocument, PaperKind
from zhupei.venues.workflow import DESIGNATION


@transaction.atomic
def draft(
    organization: Organization,
    *,
    by: User,
    jobs: Iterable[Job],
    affiliates: Iterable[Organization] = (),
    **fields: Any,
) -> Designation:
    """Begin a designation for the prefecture of the department ``by`` acts for.

    Raises NotAllowed; Refused "no_assessment_body", "department_missing".

    Source: Measures, art. 19.
    """
    if not may_propose(by):
        raise NotAllowed(
            "not_allowed", _("考核机构由地州市住建局和人社部门共同确定，您不在这两个部门办理。")
        )
    assert by.acting
    prefecture = by.acting.organization.prefecture
    assert prefecture
    _check_body(organization, prefecture.pk)
    housing, hr = offices.housing(prefecture.pk), offices.hr(prefecture.pk)
    if housing is None or hr is None:
        raise Refused(
            "department_missing",
            _("%(place)s的%(department)s还没有在系统登记，不能共同确定。请联系自治区住建厅登记。"),
            place=prefecture.short_name,
            department=_("人社部门") if housing else _("住建局"),
        )
    row = Designation(
        organization=organization, prefecture=prefecture, housing=housing, hr=hr, **fields
    )
    row.full_clean(exclude=["number"])
    row.save()
    row.jobs.set(jobs)
    row.affiliates.set(affiliates)
    audit.record(DesignationEvent.DRAFTED, row, by=by, body=str(organization))
    return row


@transaction.atomic
def change(designation: Designation, *, by: User, **fields: Any) -> Designation:
    """Change what a draft says. Raises NotAllowed; Refused "no_assessment_body"."""
    row = _open_to(by, designation)
    before = snapshot(row)
    jobs, affiliates = fields.pop("jobs", None), fields.pop("affiliates", None)
    for name, value in fields.items():
        setattr(row, name, value)
    _check_body(row.organization, row.prefecture_id)
    row.full_clean(exclude=["number"])
    row.save()
    if jobs is not None:
        row.jobs.set(jobs)
    if affiliates is not None:
        row.affiliates.set(affiliates)
    after = snapshot(row)
    changed = [name for name in after if after[name] != before[name]]
    if changed:
        audit.record(
            DesignationEvent.CHANGED,
            row,
            by=by,
            fields="、".join(str(words.DESIGNATION[name]) for name in changed),
            before={name: before[name] for name in changed},
            now={name: after[name] for name in changed},
        )
    return row


@transaction.atomic
def attach(
    designation: Designation, *, by: User, upload: File[bytes], kind: str
) -> DesignationDocument:
    """Add a paper. Raises NotAllowed; Refused "paper_kind" or what ``core.files`` refuses."""
    row = _open_to(by, designation)
    if kind not in PaperKind.values:
        raise Refused("paper_kind", _("请选择材料的类别。"), field="kind")
    stored = files.accept(upload, by=by)
    document = DesignationDocument.objects.create(designation=row, kind=kind, file=stored)
    facts: dict[str, Any] = {"name": stored.name, "kind": kind, "sha256": stored.sha256}
    audit.record(DesignationEvent.PAPER_ATTACHED, row, by=by, **facts)
    return document


@transaction.atomic
def remove(document: DesignationDocument, *, by: User) -> None:
    """Take a paper off; its bytes stay."""
    row = _open_to(by, document.designation)
    facts: dict[str, Any] = {"name": document.file.name, "sha256": document.file.sha256}
    document.delete()
    audit.record(DesignationEvent.PAPER_REMOVED, row, by=by, **facts)


@transaction.atomic
def sign(designation: Designation, *, by: User, note: str = "") -> Designation:
    """Sign for one's department. The second signature puts the designation in force.

    Raises NotAllowed (also when one's own department has signed); Refused "jobs_missing",
    "papers_missing", "already_over", "wrong_state".

    Source: Measures, art. 19 (both departments determine the body together).
    """
    row = _locked(designation)
    name = "sign" if row.state == "draft" else "complete"
    DESIGNATION.check(row, name, by=by)
    department = department_of(by, row)
    assert department
    _check_whole(row)
    _put_signature(row, department, by)
    if name == "sign":
        return _first(row, department, by, note)
    number = numbers.take(f"KHJG-{timezone.localdate().year}", digits=4)
    row = DESIGNATION.move(
        row, "complete", by=by, note=note, department=str(department), number=number
    )
    row.number = number
    row.save(update_fields=["number"])
    told = offices.examiners(row.organization) | offices.officers(offices.other(row, department))
    _tell(told.distinct(), _("考核机构已由两个部门确定：%(body)s"), row, note)
    return row


def _first(row: Designation, department: Organization, by: User, note: str) -> Designation:
    other = offices.other(row, department)
    row = DESIGNATION.move(
        row,
        "sign",
        by=by,
        note=note,
        department=str(department),
        other=str(other),
        designation=snapshot(row),
    )
    _tell(offices.officers(other), _("待签署的考核机构确定：%(body)s"), row, note)
    return row


@transaction.atomic
def send_back(designation: Designation, *, by: User, note: str) -> Designation:
    """Ask the other department for changes; its signature is void."""
    row = _locked(designation)
    DESIGNATION.check(row, "return", by=by)
    department = department_of(by, row)
    assert department
    row = DESIGNATION.move(row, "return", by=by, note=note, department=str(department))
    row.housing_signed_at = row.hr_signed_at = None
    row.housing_signed_by = row.hr_signed_by = None
    row.save(
        update_fields=[
            "housing_signed_at",
            "housing_signed_by",
            "hr_signed_at",
            "hr_signed_by",
        ]
    )
    other = offices.other(row, department)
    _tell(offices.officers(other), _("考核机构确定退回修改：%(body)s"), row, note)
    return row


@transaction.atomic
def drop(designation: Designation, *, by: User, note: str) -> Designation:
    """The draft leads nowhere."""
    return DESIGNATION.move(designation, "drop", by=by, note=note)


@transaction.atomic
def suspend(designation: Designation, *, by: User, note: str) -> Designation:
    """Either department stops the body for a while.

    Source: Measures, art. 19.
    """
    row = _locked(designation)
    DESIGNATION.check(row, "suspend", by=by)
    department = department_of(by, row)
    assert department
    row.stopped_by = department
    row.save(update_fields=["stopped_by"])
    row = DESIGNATION.move(row, "suspend", by=by, note=note, department=str(department))
    _tell_all(row, department, _("考核资格被暂停：%(body)s"), note)
    return row


@transaction.atomic
def lift(designation: Designation, *, by: User, note: str) -> Designation:
    """The department that suspended takes it back."""
    department = department_of(by, designation)
    row = DESIGNATION.move(designation, "lift", by=by, note=note, department=str(department))
    row.stopped_by = None
    row.save(update_fields=["stopped_by"])
    assert department
    _tell_all(row, department, _("考核资格已恢复：%(body)s"), note)
    return row


@transaction.atomic
def withdraw(designation: Designation, *, by: User, note: str) -> Designation:
    """Either department takes the designation back for good.

    Source: Measures, art. 19.
    """
    department = department_of(by, designation)
    row = DESIGNATION.move(designation, "withdraw", by=by, note=note, department=str(department))
    assert department
    _tell_all(row, department, _("考核资格被撤销：%(body)s"), note)
    return row


def snapshot(designation: Designation) -> dict[str, str]:
    """What it says, in words, by the names of words.DESIGNATION."""
    plain = ("organization", "valid_from", "valid_until", "conditions")
    said = {name: str(getattr(designation, name)) for name in plain}
    jobs = designation.jobs.order_by("code").values_list("name", flat=True)
    kin = designation.affiliates.order_by("name").values_list("name", flat=True)
    papers = designation.documents.order_by("pk").values_list("file__name", flat=True)
    many = {"jobs": "、".join(jobs), "affiliates": "、".join(kin), "papers": "、".join(papers)}
    return said | many


def _check_body(organization: Organization, prefecture: str) -> None:
    """An assessment body of the place, or one of the whole region."""
    local = organization.prefecture_id in {None, prefecture}
    if organization.kind != Kind.ASSESSMENT_BODY or not local:
        raise Refused(
            "no_assessment_body",
            _("“%(body)s”不是本地州市或全区的考核机构。请另选一个。"),
            field="organization",
            body=organization,
        )


def _check_whole(row: Designation) -> None:
    """Jobs, papers and days are there before anybody signs."""
    if not row.jobs.exists():
        raise Refused("jobs_missing", _("还没有选择岗位或工种。请先修改，再签署。"), field="jobs")
    if not row.documents.exists():
        raise Refused("papers_missing", _("还没有上传评审材料。请先上传，再签署。"), field="papers")
    if row.valid_until < timezone.localdate():
        raise Refused(
            "already_over", _("有效期已经结束。请先修改有效期，再签署。"), field="valid_until"
        )


def _put_signature(row: Designation, department: Organization, by: User) -> None:
    side = "hr" if department == row.hr else "housing"
    setattr(row, f"{side}_signed_at", timezone.now())
    setattr(row, f"{side}_signed_by", by)
    row.save(update_fields=[f"{side}_signed_at", f"{side}_signed_by"])


def _locked(designation: Designation) -> Designation:
    rows = Designation._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "prefecture", "housing", "hr").get(pk=designation.pk)


def _open_to(by: User, designation: Designation) -> Designation:
    row = _locked(designation)
    if not may_change(by, row):
        raise NotAllowed(
            "not_allowed",
            _("这份材料现在是“%(state)s”，不能修改。只有两个部门的办理人能在起草时修改。"),
            state=row.get_state_display(),
        )
    return row


def _tell_all(row: Designation, department: Organization, title: Any, note: str) -> None:
    """The body and the other department."""
    told = offices.examiners(row.organization) | offices.officers(offices.other(row, department))
    _tell(told.distinct(), title, row, note)


def _tell(users: Iterable[User], title: Any, row: Designation, note: str = "") -> None:
    url = reverse("venues:designation", args=[row.pk])
    messages.tell(users, str(title) % {"body": row.organization}, body=note, url=url)
