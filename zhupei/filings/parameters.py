"""The figures of filing."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

DECIDE_WORKDAYS = Parameter(
    "filings.decide_workdays",
    _("异地备案的办理时限"),
    default=5,
    unit=_("个工作日"),
    source="第十条（未定时限，建议值）",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
