"""Figures of attendance."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

CODE_SECONDS = Parameter(
    "attendance.code_seconds",
    label=_("签到码多久换一次"),
    default=15,
    unit=_("秒"),
    source="办法（草案）第十三条；换码间隔为建议值",
    minimum=5,
    maximum=120,
)
CODE_MARGIN = Parameter(
    "attendance.code_margin",
    label=_("换码后旧码还认多久"),
    default=2,
    unit=_("秒"),
    source="办法（草案）第十三条；余量为建议值",
    minimum=0,
    maximum=30,
)
OPENS_BEFORE = Parameter(
    "attendance.opens_before",
    label=_("上课前多久开放签到"),
    default=30,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=0,
    maximum=240,
)
LATE_AFTER = Parameter(
    "attendance.late_after",
    label=_("上课多久以后算迟到"),
    default=10,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    per_prefecture=True,
    minimum=0,
    maximum=60,
)
