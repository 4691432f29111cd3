"""Entering bodies into the register."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations import rules
from zhupei.organizations.access import may_register
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.models import Division, Kind, Organization
from zhupei.people.models import User


@transaction.atomic
def register(
    name: str, kind: Kind, division: Division, *, by: User | None, **fields: Any
) -> Organization:
    """Enter a body into the register; its prefecture follows from its division.

    Raises NotAllowed; Refused "credit_code_shape" or "credit_code_check"; ValidationError where a
    constraint of the row says no.

    Source: GB 32100-2015, 5 and annex A (unified social credit code).
    """
    if not may_register(by):
        raise NotAllowed("not_allowed", _("单位名册由自治区住建厅管理。"))
    if fields.get("uscc"):
        fields["uscc"] = _credit_code(fields["uscc"])
    prefecture = division if division.level == "prefecture" else division.parent
    if kind == Kind.REGION_AUTHORITY or division.level == "region":
        prefecture = None
    organization = Organization(
        name=name, kind=kind, division=division, prefecture=prefecture, **fields
    )
    organization.full_clean()
    organization.save()
    audit.record(OrganizationEvent.REGISTERED, organization, by=by)
    return organization


def _credit_code(text: str) -> str:
    code = rules.normalise_credit_code(text)
    fault = rules.credit_code_fault(code)
    if fault:
        raise Refused(
            fault,
            _("“%(value)s”不是统一社会信用代码（18 位，末位为校验码）。请对照证照逐位核对。"),
            field="uscc",
            value=code,
        )
    return code
