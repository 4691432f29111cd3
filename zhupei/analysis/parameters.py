"""The figures of analysis. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.analysis.rules import Bounds
from zhupei.core.parameters import Parameter, settings_of

_USUAL = "平台建议值，参照测验编制的通常做法"


def _share(key: str, label: object, default: int, top: int = 100) -> Parameter:
    return Parameter(
        key=f"analysis.{key}",
        label=str(label),
        default=default,
        unit="%",
        source=_USUAL,
        minimum=0,
        maximum=top,
    )


EASY = _share("easy", _("得分率高于多少算太易"), 95)
HARD = _share("hard", _("得分率低于多少算太难"), 20)
FLAT = _share("flat", _("与其余题的相关低于多少算区分度低"), 10)
IDLE = _share("idle", _("选项选的人少于多少算没人选"), 2, 50)
LEAST = Parameter(
    key="analysis.least",
    label=_("至少多少人答过，才判断一道题是否存疑"),
    default=30,
    unit=_("人"),
    source=_USUAL,
    minimum=5,
    maximum=1000,
)
LEAD_BOUND = Parameter(
    key="analysis.lead_bound",
    label=_("雷同线索的门槛：整场误报的可能不超过"),
    default=10,
    unit=_("‰"),
    source="平台建议值；线索只供人判断，不作任何自动处理",
    minimum=1,
    maximum=100,
)
NEAR = Parameter(
    key="analysis.near",
    label=_("相隔几个座位以内算邻座"),
    default=2,
    unit=_("座"),
    source="平台建议值",
    minimum=1,
    maximum=10,
)


def bounds() -> Bounds:
    """What is doubtful of an item, as the figures stand today."""
    known = settings_of(EASY, HARD, FLAT, IDLE, LEAST)
    easy, hard, flat, idle = (known[one.key].value / 100 for one in (EASY, HARD, FLAT, IDLE))
    return Bounds(easy, hard, flat, idle, known[LEAST.key].value)
