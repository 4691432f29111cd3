"""The figures of the rules by which leads are listed. All are proposals: each bureau's precision on
the page of the rules tells whether a figure is too sharp or too blunt.
"""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter, Setting, settings_of

_SOURCE = "通报（2023 年度评估）第二部分第二条之 4（冒名顶替）；数值为平台建议值，按准确率调整"
_SWITCH = (("yes", _("启用")), ("no", _("停用")))


def _figure(key: str, label: Any, default: int, unit: Any, least: int, most: int) -> Parameter:
    return Parameter(
        f"leads.{key}",
        label=label,
        default=default,
        unit=unit,
        source=_SOURCE,
        minimum=least,
        maximum=most,
    )


def _switch(key: str, label: Any) -> Parameter:
    return Parameter(
        f"leads.{key}", label=label, default="yes", unit="", source=_SOURCE, choices=_SWITCH
    )


OVERLAP = _figure("overlap_minutes", _("两处记录重叠多久才列为线索"), 10, _("分钟"), 1, 240)
DENIALS = _figure("denials", _("同一学员在一个班被教师否认几次签到才列为线索"), 2, _("次"), 1, 50)
DEVICE_PEOPLE = _figure("device_people", _("一部手机一天给几个人签到才列为线索"), 3, _("人"), 2, 50)
BURST_PEOPLE = _figure("burst_people", _("几个人同时签到才列为线索"), 10, _("人"), 3, 200)
BURST_SECONDS = _figure("burst_seconds", _("多少秒内算同时签到"), 3, _("秒"), 1, 120)
TRACE_DAYS = _figure("trace_days", _("结课多久以后还没有别的记录才列为线索"), 60, _("天"), 7, 365)
TRACE_PEOPLE = _figure(
    "trace_people", _("一个班几个人全勤而没有别的记录才列为线索"), 3, _("人"), 1, 200
)
WINDOW = _figure("window_days", _("每晚查最近多少天的记录"), 30, _("天"), 1, 120)
JUDGE_DAYS = _figure("judge_days", _("线索应在多少天内判断"), 15, _("天"), 1, 120)
KEEP_DAYS = Parameter(
    "leads.keep_days",
    label=_("排除的线索保存多久，到期清除涉及人员的记录"),
    default=180,
    unit=_("天"),
    source="个人信息保护法第十九条（最短时间）；天数为建议值",
    minimum=1,
    maximum=3650,
)
SWITCHES = {
    "two_places": _switch("two_places", _("规则“同一人在两处”")),
    "identity": _switch("identity", _("规则“身份核验未通过”")),
    "one_device": _switch("one_device", _("规则“一部手机替多人签到”")),
    "burst": _switch("burst", _("规则“扎堆签到”")),
    "roll_call": _switch("roll_call", _("规则“抽点名不符”")),
    "no_trace": _switch("no_trace", _("规则“全勤而无其他记录”")),
}
FIGURES = (
    OVERLAP,
    DENIALS,
    DEVICE_PEOPLE,
    BURST_PEOPLE,
    BURST_SECONDS,
    TRACE_DAYS,
    TRACE_PEOPLE,
)


class Figures(NamedTuple):
    """What the searches use, asked for together."""

    settings: dict[str, Setting]

    def of(self, parameter: Parameter) -> int:
        return int(self.settings[parameter.key].value)

    def on(self, rule: str) -> bool:
        """Is this rule in use?"""
        return bool(self.settings[SWITCHES[rule].key].value == "yes")


def figures() -> Figures:
    """As they stand today."""
    return Figures(settings_of(*FIGURES, *SWITCHES.values()))
