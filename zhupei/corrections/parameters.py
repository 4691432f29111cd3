"""The figures of putting right what was found."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.corrections.rules import Gravity

_SOURCE = "第二十三条责令限期改正（未定期限，建议值）"
_DAYS = _("个工作日")

SERIOUS_WORKDAYS = Parameter(
    "corrections.serious_workdays",
    _("严重问题的整改期限"),
    default=5,
    unit=_DAYS,
    source=_SOURCE,
    per_prefecture=True,
    minimum=1,
    maximum=60,
)
ORDINARY_WORKDAYS = Parameter(
    "corrections.ordinary_workdays",
    _("一般问题的整改期限"),
    default=10,
    unit=_DAYS,
    source=_SOURCE,
    per_prefecture=True,
    minimum=1,
    maximum=60,
)
MINOR_WORKDAYS = Parameter(
    "corrections.minor_workdays",
    _("轻微问题的整改期限"),
    default=15,
    unit=_DAYS,
    source=_SOURCE,
    per_prefecture=True,
    minimum=1,
    maximum=60,
)
MOST_WORKDAYS = Parameter(
    "corrections.most_workdays",
    _("整改期限最长（含延期）"),
    default=60,
    unit=_DAYS,
    source=_SOURCE,
    minimum=5,
    maximum=250,
)
AGAIN_WORKDAYS = Parameter(
    "corrections.again_workdays",
    _("核查退回后至少再给的时间"),
    default=5,
    unit=_DAYS,
    source=_SOURCE,
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
REMIND_WORKDAYS = Parameter(
    "corrections.remind_workdays",
    _("整改期限前几天提醒机构"),
    default=2,
    unit=_DAYS,
    source="平台建议值",
    minimum=1,
    maximum=10,
)
VERIFY_WORKDAYS = Parameter(
    "corrections.verify_workdays",
    _("收到整改情况后的核查期限"),
    default=5,
    unit=_DAYS,
    source="通知第三部分第一节加大监督检查（未定期限，建议值）",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
ACT_WORKDAYS = Parameter(
    "corrections.act_workdays",
    _("发现问题后多久内下达整改通知、当场了结或者撤回"),
    default=5,
    unit=_DAYS,
    source="通知第三部分第一节（问题发现了没有处理；未定期限，建议值）",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
REPEAT_MONTHS = Parameter(
    "corrections.repeat_months",
    _("同一机构同类问题多久内再出现算重复"),
    default=12,
    unit=_("个月"),
    source="平台建议值（与年度评估同期）",
    minimum=1,
    maximum=60,
)

DISPUTE_WORKDAYS = Parameter(
    "corrections.dispute_workdays",
    _("下达整改通知后多久内可以对问题提出异议"),
    default=3,
    unit=_DAYS,
    source="行政处罚法第四十五条（陈述申辩，未定期限），参照，建议值",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
DISPUTE_ANSWER_WORKDAYS = Parameter(
    "corrections.dispute_answer_workdays",
    _("住建部门答复异议的期限"),
    default=2,
    unit=_DAYS,
    source="行政处罚法第四十五条（应当复核，未定期限），参照，建议值",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)

BY_GRAVITY = {
    Gravity.MINOR: MINOR_WORKDAYS,
    Gravity.ORDINARY: ORDINARY_WORKDAYS,
    Gravity.SERIOUS: SERIOUS_WORKDAYS,
}
