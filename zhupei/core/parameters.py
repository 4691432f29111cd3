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
from django.utils.translation import gettext_lazy as _

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


# Figures of the lowest floor itself

QUIET_FROM = Parameter(
    "core.quiet_from",
    _("晚上几点起不发短信和邮件"),
    default=22,
    unit=_("点（北京时间）"),
    source="平台建议值；本人刚要的验证码除外",
    minimum=0,
    maximum=23,
)
QUIET_UNTIL = Parameter(
    "core.quiet_until",
    _("早上几点起补发"),
    default=8,
    unit=_("点（北京时间）"),
    source="平台建议值；和上一项相同时全天都发",
    minimum=0,
    maximum=23,
)
TRIES = Parameter(
    "core.delivery_tries",
    _("短信和邮件发送失败后最多试几次"),
    default=5,
    unit=_("次"),
    source="平台建议值；间隔 1、5、25、125 分钟",
    minimum=1,
    maximum=8,
)
STRANGERS_UPLOADS = Parameter(
    "core.strangers_uploads",
    _("不登录的人同一网络地址每小时最多传几个大文件"),
    default=30,
    unit=_("个"),
    source="平台建议值；防止恶意占用存储，同一工地多人共用网络时可调大",
    minimum=1,
    maximum=1000,
)
