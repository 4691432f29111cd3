"""The way of an institution into the industry: registered, filed, applied, admitted.

Being suspended, reinstated and leaving have consequences for classes and certificates: those
verbs are in ``oversight.actions``.

Source: Measures, art. 9 (basic conditions first, then training).
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions import parameters, staffing
from zhupei.institutions.events import AdmissionEvent
from zhupei.institutions.models import Admission
from zhupei.institutions.rules.staffing import Tone
from zhupei.institutions.staffing import Verdict
from zhupei.institutions.workflow import ADMISSION
from zhupei.organizations.access import may_register
from zhupei.organizations.actions import register as enter
from zhupei.organizations.models import Division, Kind, Organization, Role
from zhupei.organizations.offices import holders, regulators, reviewers
from zhupei.people.models import User


@transaction.atomic
def register(name: str, division: Division, *, by: User | None, **fields: Any) -> Organization:
    """Enter a new institution into the register and open its file.

    Raises what ``organizations.actions.register`` raises.
    """
    organization = enter(name, Kind.INSTITUTION, division, by=by, **fields)
    open_file(organization, by=by)
    return organization


@transaction.atomic
def open_file(organization: Organization, *, by: User | None) -> Admission:
    """Begin the file of an institution: from now on it has a standing, and is not admitted.

    Raises NotAllowed; Refused "not_an_institution" or "file_is_open".
    """
    if not may_register(by):
        raise NotAllowed("not_allowed", _("单位名册由自治区住建厅管理，由厅里为机构建档。"))
    if organization.kind != Kind.INSTITUTION:
        raise Refused(
            "not_an_institution", _("“%(name)s”不是培训机构，不用准入。"), name=organization.name
        )
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if Admission.objects.filter(organization=organization).exists():
        raise Refused("file_is_open", _("“%(name)s”已经建档。"), name=organization.name)
    admission = Admission.objects.create(organization=organization)
    audit.record(AdmissionEvent.OPENED, admission, by=by, within=organization)
    return admission


@transaction.atomic
def apply(organization: Organization, *, by: User, note: str = "") -> Admission:
    """Ask to be admitted. Raises Refused "file_not_open" or "staffing_short"."""
    admission = standing_of(organization)
    _complete(admission, "apply", by=by)
    row = ADMISSION.move(admission, "apply", by=by, within=organization, note=note)
    row.applied_at = timezone.now()
    row.save(update_fields=["applied_at"])
    _tell([*regulators(), *reviewers_of(organization)], _("机构申请准入：%(name)s"), organization)
    return row


@transaction.atomic
def send_back(organization: Organization, *, by: User, note: str) -> Admission:
    """Have an application put right; the institution reads why."""
    admission = standing_of(organization)
    row = ADMISSION.move(admission, "send_back", by=by, within=organization, note=note)
    _tell(registrars_of(organization), _("准入申请退回补正：%(name)s"), organization, note)
    return row


@transaction.atomic
def admit(organization: Organization, *, by: User, note: str = "") -> Admission:
    """Let an institution train. What was found is kept with the figures it was judged by.

    Raises Refused "file_not_open", "wrong_state" or "staffing_short", which names everything that
    is short; there is no waiving it.

    Source: Measures, art. 9; notice, part 2, section 1 (institutions were not examined strictly).
    """
    admission = standing_of(organization)
    found = _complete(admission, "admit", by=by)
    row = ADMISSION.move(
        admission,
        "admit",
        by=by,
        within=organization,
        note=note,
        checked=len(found),
        verdicts=[{"code": one.code, "tone": one.tone, "facts": one.facts} for one in found],
        parameters=parameters.staffing_facts(),
    )
    row.admitted_on = timezone.localdate()
    row.save(update_fields=["admitted_on"])
    told = [*registrars_of(organization), *reviewers_of(organization)]
    _tell(told, _("机构已准入：%(name)s"), organization, note)
    return row


def standing_of(organization: Organization) -> Admission:
    """The locked row of its standing. Raises Refused "file_not_open"."""
    rows = Admission.objects.select_for_update(of=("self",)).select_related("organization")
    admission = rows.filter(organization=organization).first()
    if admission is None:
        raise Refused(
            "file_not_open",
            _("“%(name)s”还没有建档。请自治区住建厅先建档。"),
            name=organization.name,
        )
    return admission


def _complete(admission: Admission, move: str, *, by: User) -> list[Verdict]:
    """The verdicts, of which none is bad, once the person may make the move at all."""
    ADMISSION.check(admission, move, by=by)
    found = staffing.for_admission(admission.organization)
    bad = [f"{one.title}：{one.facts}" for one in found if one.tone == Tone.BAD]
    if bad:
        raise Refused(
            "staffing_short",
            _("还有 %(count)d 项不符，不能办理：%(items)s。补齐后再办，没有例外。"),
            count=len(bad),
            items="；".join(bad),
        )
    return found


def registrars_of(organization: Organization) -> Iterable[User]:
    """Those who do the institution's paperwork."""
    return holders(Role.REGISTRAR, Organization.objects.filter(pk=organization.pk))


def reviewers_of(organization: Organization) -> Iterable[User]:
    """The bureau of its place."""
    return reviewers(organization.prefecture_id)


def _tell(users: Iterable[User], title: Any, organization: Organization, note: str = "") -> None:
    url = reverse("institutions:admission", args=[organization.pk])
    messages.tell(users, str(title) % {"name": organization.name}, body=note, url=url)
