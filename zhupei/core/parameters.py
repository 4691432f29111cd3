"""Figures of the rules as dated data: each has a source, and a prefecture may set its own.

An app declares its parameters in its ``parameters.py``; the declaration holds the value that is
in force until somebody sets another from a day on. A decision keeps what it used by recording
``Setting.as_fact()`` in its event.

Source: Measures, art. 25–27 (the text is a draft: figures and articles change).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core.models import ParameterValue


@dataclass(frozen=True)
class Parameter:
    """One figure of the rules. ``confidence`` marks where the figure comes from, as in the
    project's register of facts: law, practice, or a proposal that the department has to confirm.
    """

    key: str
    label: str | Promise
    default: int | str | Decimal
    unit: str | Promise
    source: str
    confidence: str = "proposal"
    choices: tuple[tuple[str, str | Promise], ...] = ()
    per_prefecture: bool = False
    minimum: int | None = None
    maximum: int | None = None

    def show(self, value: Any) -> str:
        """A value as people read it: the label of a choice, or the figure itself."""
        return str(dict(self.choices).get(value, value))

    def __post_init__(self) -> None:
        DECLARED[self.key] = self


class Setting(NamedTuple):
    """The value in force on a day, and where it comes from. ``version`` 0 is the declaration."""

    value: Any
    source: str
    valid_from: date | None
    version: int

    def as_fact(self) -> dict[str, Any]:
        """What an event keeps of it."""
        return {"value": str(self.value), "source": self.source, "version": self.version}


DECLARED: dict[str, Parameter] = {}


def setting(
    parameter: Parameter, *, on: date | None = None, prefecture: str | None = None
) -> Setting:
    """What ``parameter`` is on a day (today unless told), in a prefecture (division code)."""
    day = on or timezone.localdate()
    row = (
        ParameterValue.objects.filter(key=parameter.key, valid_from__lte=day)
        .filter(Q(prefecture="") | Q(prefecture=prefecture or ""))
        .order_by("-prefecture", "-valid_from")
        .first()
    )
    if row is None:
        return Setting(parameter.default, parameter.source, None, 0)
    return Setting(type(parameter.default)(row.value), row.source, row.valid_from, row.pk)


def value(parameter: Parameter, *, on: date | None = None, prefecture: str | None = None) -> Any:
    """The bare value of ``setting``."""
    return setting(parameter, on=on, prefecture=prefecture).value


def history(parameter: Parameter) -> list[ParameterValue]:
    """Every value ever set for ``parameter``, the latest first."""
    return list(ParameterValue.objects.filter(key=parameter.key).order_by("-valid_from", "-pk"))


def settings_of(
    *parameters: Parameter, on: date | None = None, prefecture: str | None = None
) -> dict[str, Setting]:
    """``setting`` of several parameters by key, in one question to the database."""
    day = on or timezone.localdate()
    found = {p.key: Setting(p.default, p.source, None, 0) for p in parameters}
    rows = ParameterValue.objects.filter(
        key__in=found, valid_from__lte=day, prefecture__in=["", prefecture or ""]
    )
    for row in rows.order_by("prefecture", "valid_from"):  # the last one said is in force
        kind = type(DECLARED[row.key].default)
        found[row.key] = Setting(kind(row.value), row.source, row.valid_from, row.pk)
    return found
