"""Figures of feedback and follow-up."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

OPEN_DAYS = Parameter(
    "feedback.open_days",
    _("结课后多少天内可以评价"),
    default=30,
    unit=_("天"),
    source="第十四条（培训质量效果，未定期限，建议值）",
    minimum=1,
    maximum=180,
)
FEWEST_ANSWERS = Parameter(
    "feedback.fewest_answers",
    _("评价不足多少份不显示"),
    default=5,
    unit=_("份"),
    source="个人信息保护法第五十一条（去标识化，未定份数，建议值）",
    minimum=3,
    maximum=50,
)
CALL_WEEKS = Parameter(
    "feedback.call_weeks",
    _("结班后多少周回访"),
    default=8,
    unit=_("周"),
    source="2023 年度评估通报第三部分（定期回访跟踪，未定时间，建议值）",
    minimum=1,
    maximum=52,
)
CALL_SHARE = Parameter(
    "feedback.call_share",
    _("每班至少回访"),
    default=30,
    unit="%",
    source="2023 年度评估通报第三部分（定期回访跟踪，未定比例，建议值）",
    minimum=1,
    maximum=100,
)
CALL_TRIES = Parameter(
    "feedback.call_tries",
    _("几次未接通后不再打"),
    default=3,
    unit=_("次"),
    source="2023 年度评估通报第三部分（建议值）",
    minimum=1,
    maximum=10,
)
SELF_WORKDAYS = Parameter(
    "feedback.self_evaluation_workdays",
    _("结课后多久提交质量自评"),
    default=10,
    unit=_("个工作日"),
    source="第十四条（每期开展培训质量自评，未定期限，建议值）",
    minimum=1,
    maximum=60,
)
