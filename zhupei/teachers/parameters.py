"""The figures of the teacher pool, each with its source."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

REVIEW_WORKDAYS = Parameter(
    "teachers.review_workdays",
    _("师资入库的审核时限"),
    default=10,
    unit=_("个工作日"),
    source="2023 年度评估通报第三部分（建立全区统一师资库，未定时限，建议值）",
    minimum=1,
    maximum=60,
)
WARNING_DAYS = Parameter(
    "teachers.warning_days",
    _("教师合同、社保、证书到期前多少天提醒"),
    default=30,
    unit=_("天"),
    source="2023 年度评估通报第一部分（聘用协议、社保缴费记录，未定提醒天数，建议值）",
    minimum=1,
    maximum=180,
)
STUDY_HOURS = Parameter(
    "teachers.study_hours_a_year",
    _("教师每年研修至少"),
    default=24,
    unit=_("学时"),
    source="第二条（师资研修，未定学时，建议值）",
    minimum=0,
    maximum=200,
)
STUDY_HOURS_A_DAY = Parameter(
    "teachers.study_hours_a_day",
    _("研修每天至多认定"),
    default=8,
    unit=_("学时"),
    source="第二条（师资研修，未定学时，建议值）",
    minimum=1,
    maximum=16,
)
