"""Figures about people who act for bodies."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

RECUSAL_YEARS = Parameter(
    "organizations.recusal_years",
    _("离开单位后回避该单位的年数"),
    default=3,
    unit=_("年"),
    source="双随机抽查通行做法（利害关系回避，年数未定，建议值）",
    minimum=0,
    maximum=20,
)
