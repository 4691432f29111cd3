"""The figures of the question bank, each with its source."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

REVIEW_WORKDAYS = Parameter(
    "questions.review_workdays",
    _("专家审一道题的时限"),
    default=10,
    unit=_("个工作日"),
    source="第二十一条（统一题库，未定时限，建议值）",
    minimum=1,
    maximum=60,
)
LIKENESS = Parameter(
    "questions.likeness_percent",
    _("两道题多像才算疑似重复"),
    default=55,
    unit="%",
    source="第二十一条（统一题库，未定标准，建议值；按相邻两字比对）",
    minimum=35,
    maximum=95,
)
