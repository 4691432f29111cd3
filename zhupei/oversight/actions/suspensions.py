"""Suspending an institution, reinstating it, letting it leave: each in one transaction.

Nothing of this is ever done by the clock or by a rule: a person decides, having seen what it will
cause (``consequences``).

Source: Measures, art. 23; notice, part 2, section 4.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.certificates.actions import flag_for_review, lift_review
from zhupei.classes.actions import freezing
from zhupei.classes.models import EFFECTIVE, Enrolment
from zhupei.core import files, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.actions.admission import registrars_of, reviewers_of, standing_of
from zhupei.institutions.models import Admission
from zhupei.institutions.workflow import ADMISSION
from zhupei.organizations.models import Organization
from zhupei.organizations.offices import regulators
from zhupei.oversight import consequences
from zhupei.oversight.access import may_lift
from zhupei.oversight.actions.endings import lift_with
from zhupei.oversight.models import Suspension
from zhupei.people.models import User

REVIEWED = _("培训机构被暂停业务，培训情况正在核查")  # what the public reads of its certificates
STOPPED = _(
    "【筑培】您报名的“%(title)s”因培训机构暂停业务而暂停。可以等恢复，也可以转到其他班或退出：%(url)s"
)
GOES_ON = _("【筑培】您报名的“%(title)s”恢复。上课安排见：%(url)s")


@transaction.atomic
def suspend(
    organization: Organization,
    *,
    by: User,
    note: str,
    law: str = "第二十三条",
    evidence: File[bytes] | None = None,
    certificates_from: date | None = None,
) -> Suspension:
    """Stop an institution: its classes stand still, its learners are told and shown where else
    they can go, certificates issued from a day on are marked.

    Raises NotAllowed; Refused "file_not_open", "wrong_state", "note_required", "law_required", or
    what ``files.accept`` refuses.

    Source: Measures, art. 23.
    """
    admission = _checked(organization, "suspend", by=by, note=note)
    if not law.strip():
        raise Refused("law_required", _("请写明依据哪一条。"), field="law")
    running = freezing.freezable(organization).filter(state__in=EFFECTIVE)
    affected = consequences.learners(running)
    touched = freezing.freeze_all(organization, by=by, note=note)
    touched["certificates"] = 0
    if certificates_from:
        touched["certificates"] = flag_for_review(
            organization, by=by, issued_from=certificates_from, reason=str(REVIEWED)
        )
    row = Suspension.objects.create(
        organization=organization,
        authority=by.acting.organization,
        ordered_by_name=str(by),
        ordered_at=timezone.now(),
        reason=note.strip(),
        law=law.strip(),
        evidence=files.accept(evidence, by=by) if evidence else None,
        certificates_from=certificates_from,
        touched=touched,
    )
    ADMISSION.move(
        admission, "suspend", by=by, within=organization, note=note, law=row.law, **touched
    )
    _text(affected, STOPPED)
    _tell(organization, _("机构暂停业务：%(name)s"), note)
    return row


@transaction.atomic
def reinstate(
    organization: Organization, *, by: User, note: str, evidence: File[bytes] | None
) -> Suspension:
    """Let an institution go on, on evidence that what was wrong has been put right.

    Raises NotAllowed; Refused "file_not_open", "wrong_state", "note_required", "not_suspended",
    "evidence_required", or what ``files.accept`` refuses.

    Source: Measures, art. 23.
    """
    admission = _checked(organization, "reinstate", by=by, note=note)
    row = _open(organization)
    if not may_lift(by, admission, row):
        raise NotAllowed("not_allowed", _("这次暂停由自治区住建厅决定，要由厅里恢复。"))
    if evidence is None:
        raise Refused(
            "evidence_required", _("请上传整改凭据，没有凭据不能恢复。"), field="evidence"
        )
    standing_still = consequences.frozen(organization).filter(state__in=EFFECTIVE)
    affected = consequences.learners(standing_still)
    going = freezing.thaw_all(organization, by=by, note=note)
    going["certificates"] = lift_review(organization, by=by, note=note)
    row.lifted_at = timezone.now()
    row.lifted_by_name = str(by)
    row.lift_reason = note.strip()
    row.lift_evidence = files.accept(evidence, by=by)
    row.save(update_fields=["lifted_at", "lifted_by_name", "lift_reason", "lift_evidence"])
    ADMISSION.move(admission, "reinstate", by=by, within=organization, note=note, **going)
    lift_with(row.pk, by=by, note=note)
    _text(affected, GOES_ON)
    _tell(organization, _("机构恢复业务：%(name)s"), note)
    return row


@transaction.atomic
def leave(organization: Organization, *, by: User, note: str) -> Admission:
    """Let an institution leave, or take it off the list, once none of its classes is open.

    Raises NotAllowed; Refused "file_not_open", "wrong_state", "note_required" or "classes_open".

    Source: notice, part 2, section 4 (one left of its own will) and part 3 (taken off the list).
    """
    admission = _checked(organization, "leave", by=by, note=note)
    unfinished = list(consequences.unfinished(organization))
    if unfinished:
        raise Refused(
            "classes_open",
            _("还有 %(count)d 个班级没有办结，不能退出：%(titles)s。请先结班或取消。"),
            count=len(unfinished),
            titles="、".join(row.title for row in unfinished),
        )
    row = ADMISSION.move(admission, "leave", by=by, within=organization, note=note)
    _tell(organization, _("机构已退出：%(name)s"), note)
    return row


def _checked(organization: Organization, move: str, *, by: User, note: str) -> Admission:
    """The locked standing, when the person may make this move and says why."""
    admission = standing_of(organization)
    ADMISSION.check(admission, move, by=by)
    if not note.strip():
        raise Refused("note_required", _("请写明理由，对方会看到。"), field="note")
    return admission


def _open(organization: Organization) -> Suspension:
    rows = Suspension.objects.open().select_for_update(of=("self",)).select_related("authority")
    row = rows.filter(organization=organization).first()
    if row is None:
        raise Refused(
            "not_suspended", _("没有“%(name)s”的暂停记录，不能恢复。"), name=organization.name
        )
    return row


def _text(affected: Iterable[Enrolment], words: Any) -> None:
    """A short message to each phone, with the way to the other classes; the inbox is told by the
    class itself as it freezes or thaws.
    """
    url = f"{settings.PUBLIC_URL}{reverse('join:mine')}"
    for enrolment in affected:
        said = {"title": enrolment.training_class.title, "url": url}
        messages.text(enrolment.person.phone, str(words) % said)


def _tell(organization: Organization, title: Any, note: str) -> None:
    """The institution, the bureau of its place, the region."""
    told = {*registrars_of(organization), *reviewers_of(organization), *regulators()}
    url = reverse("institutions:admission", args=[organization.pk])
    said = str(title) % {"name": organization.name}
    messages.tell(sorted(told, key=lambda user: user.pk), said, body=note, url=url)
