"""What can be done to organizations, their members and the figures of the rules."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import ParameterValue
from zhupei.core.parameters import Parameter
from zhupei.organizations import rules
from zhupei.organizations.access import may_appoint, may_register, may_set_parameters
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.models import Division, Kind, Membership, Organization, Role
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


@transaction.atomic
def appoint(
    organization: Organization, user: User, role: Role, *, by: User | None, since: date
) -> Membership:
    """Let ``user`` act for ``organization`` in ``role`` from a day on. Raises NotAllowed."""
    if not may_appoint(by, organization):
        raise NotAllowed(
            "not_allowed", _("只有本单位或自治区住建厅能安排“%(name)s”的人员。"), name=organization
        )
    membership = Membership.objects.create(
        organization=organization, user=user, role=role, since=since
    )
    audit.record(
        OrganizationEvent.MEMBER_JOINED,
        organization,
        by=by,
        member=str(user),
        role=str(Role(role).label),
    )
    return membership


@transaction.atomic
def set_parameter(
    parameter: Parameter,
    value: Any,
    *,
    by: User,
    valid_from: date,
    source: str,
    prefecture: Division | None = None,
) -> ParameterValue:
    """Let a figure of the rules have another value from a day on.

    Raises NotAllowed; Refused "parameter_in_the_past" when decisions already taken would change,
    "parameter_not_per_prefecture", "parameter_set_twice" for the same day.

    Source: Measures, art. 5 and 25.
    """
    if not may_set_parameters(by):
        raise NotAllowed("not_allowed", _("只有自治区住建厅能调整规则参数。"))
    if valid_from < timezone.localdate():
        raise Refused(
            "parameter_in_the_past",
            _("生效日期不能早于今天：已经作出的决定按当时的参数，不回改。"),
            field="valid_from",
        )
    if prefecture and not parameter.per_prefecture:
        raise Refused(
            "parameter_not_per_prefecture",
            _("这个参数全区统一，不能按地州市另定。"),
            field="prefecture",
        )
    row = ParameterValue(
        key=parameter.key,
        value=str(value),
        valid_from=valid_from,
        prefecture=prefecture.code if prefecture else "",
        source=source,
        set_by_name=str(by),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused(
            "parameter_set_twice", _("这一天已有一个值。请换一个生效日期。"), field="valid_from"
        ) from clash
    audit.record(
        OrganizationEvent.PARAMETER_SET,
        row,
        by=by,
        label=str(parameter.label),
        value=str(value),
        valid_from=valid_from.isoformat(),
        source=source,
        prefecture=row.prefecture,
    )
    return row
