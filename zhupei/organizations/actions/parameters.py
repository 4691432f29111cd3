"""Changing the figures of the rules."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import ParameterValue
from zhupei.core.parameters import Parameter
from zhupei.organizations.access import may_set_parameters
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.models import Division
from zhupei.people.models import User


def refuse_impossible(
    parameter: Parameter, *, by: User, valid_from: date, prefecture: Division | None = None
) -> None:
    """What can be said of a new value before anybody looks at its effects.

    Raises NotAllowed; Refused "parameter_in_the_past", "parameter_not_per_prefecture".
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


@transaction.atomic
def withdraw_value(row: ParameterValue, *, by: User) -> None:
    """Take back a value whose day has not come: nothing was decided by it.

    Raises NotAllowed; Refused "parameter_in_force" from its first day on.
    """
    if not may_set_parameters(by):
        raise NotAllowed("not_allowed", _("只有自治区住建厅能调整规则参数。"))
    row = ParameterValue.objects.select_for_update().get(pk=row.pk)
    if row.valid_from <= timezone.localdate():
        raise Refused(
            "parameter_in_force",
            _("这个值已从 %(day)s 起生效，不能撤回。请另定一个新的值。"),
            day=row.valid_from,
        )
    audit.record(
        OrganizationEvent.PARAMETER_WITHDRAWN,
        row,
        by=by,
        label=str(parameters.DECLARED[row.key].label),
        value=row.value,
        valid_from=row.valid_from.isoformat(),
        prefecture=row.prefecture,
    )
    row.delete()


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
    refuse_impossible(parameter, by=by, valid_from=valid_from, prefecture=prefecture)
    row = ParameterValue(
        key=parameter.key,
        value=str(value),
        valid_from=valid_from,
        prefecture=prefecture.code if prefecture else "",
        source=source,
        set_by_name=str(by),
    )
    before = str(parameters.value(parameter, on=valid_from, prefecture=row.prefecture))
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
        before=before,
        value=str(value),
        valid_from=valid_from.isoformat(),
        source=source,
        prefecture=row.prefecture,
    )
    return row
