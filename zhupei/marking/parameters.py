"""The figures of marking by people. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

TOLERANCE = Parameter(
    key="marking.tolerance",
    label=_("两人评分相差多少以内取平均"),
    default=20,
    unit=_("%（占该题分值）"),
    source="双评加仲裁是通行做法，差值自治区没有规定，平台建议值",
    minimum=0,
    maximum=100,
)
FINAL = Parameter(
    key="marking.final",
    label=_("仲裁后怎样定分"),
    default="nearest",
    unit="",
    source="平台建议值",
    choices=(
        ("nearest", _("仲裁分与较接近的一个取平均")),
        ("third", _("按仲裁分")),
    ),
)
