"""Figures of the record of teaching."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

LOG_HOURS = Parameter(
    "teaching.log_hours",
    _("下课后多久写完教学日志"),
    default=48,
    unit=_("小时"),
    source="第十三条（过程有记录，未定时限，建议值）",
    minimum=1,
    maximum=240,
)
EVIDENCE_PER_PRACTICE = Parameter(
    "teaching.evidence_per_practice_lesson",
    _("每节实操课至少几份影像"),
    default=1,
    unit=_("份"),
    source="第十三条（留存图片、影像，未定数量，建议值）",
    minimum=0,
    maximum=20,
)
EVIDENCE_PER_DAY = Parameter(
    "teaching.evidence_per_day",
    _("每个上课日至少几份影像"),
    default=1,
    unit=_("份"),
    source="第十三条（留存图片、影像，未定数量，建议值）",
    minimum=0,
    maximum=20,
)
CHECKS = Parameter(
    "teaching.checks_per_class",
    _("每班至少几次教学检查"),
    default=1,
    unit=_("次"),
    source="2023 年度评估通报第二部分（无教学检查记录，未定次数，建议值）",
    minimum=0,
    maximum=20,
)
