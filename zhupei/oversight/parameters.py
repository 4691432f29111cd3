"""Clocks of measures, and of penalties handed over."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

STATEMENT_DAYS = Parameter(
    key="oversight.statement_days",
    label=_("管理措施告知后陈述申辩的期限"),
    default=5,
    unit=_("个工作日"),
    source="《行政处罚法》第四十四、四十五条要求告知和听取陈述申辩，没有规定天数，平台建议值",
    minimum=1,
    maximum=30,
)
HEARING_ASK_DAYS = Parameter(
    key="oversight.hearing_ask_days",
    label=_("告知后多久内可以要求听证"),
    default=5,
    unit=_("个工作日"),
    source="《行政处罚法》第六十四条第一项、第八十五条",
    confidence="law",
    minimum=5,
    maximum=30,
)
HEARING_NOTICE_DAYS = Parameter(
    key="oversight.hearing_notice_days",
    label=_("举行听证至少提前多久通知"),
    default=7,
    unit=_("个工作日"),
    source="《行政处罚法》第六十四条第二项、第八十五条",
    confidence="law",
    minimum=7,
    maximum=30,
)
DECISION_DAYS = Parameter(
    key="oversight.decision_days",
    label=_("陈述申辩期满或者听证后多久作出决定"),
    default=15,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=60,
)
URGENT_DAYS = Parameter(
    key="oversight.urgent_days",
    label=_("先行暂停后多久内补告知"),
    default=2,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=10,
)
RECEIPT_DAYS = Parameter(
    key="oversight.receipt_days",
    label=_("移送后多久内应当回执"),
    default=5,
    unit=_("个工作日"),
    source="自治区没有规定，平台建议值",
    minimum=1,
    maximum=30,
)
PENALTY_DAYS = Parameter(
    key="oversight.penalty_days",
    label=_("立案后作出行政处罚决定的期限"),
    default=90,
    unit=_("天（自立案之日起）"),
    source="《行政处罚法》第六十条",
    confidence="law",
    minimum=30,
    maximum=365,
)
LIMIT_YEARS = Parameter(
    key="oversight.limit_years",
    label=_("违法行为终了多久后未被发现的，不再给予行政处罚"),
    default=2,
    unit=_("年（涉及公民生命健康安全的五年）"),
    source="《行政处罚法》第三十六条",
    confidence="law",
    minimum=1,
    maximum=5,
)
