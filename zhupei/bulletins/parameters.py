"""When bulletins are due."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

DAYS_TO_ISSUE = Parameter(
    "bulletins.days_to_issue",
    _("月小结、季通报在期满后几天内印发"),
    default=10,
    unit=_("天"),
    source="2023 年度评估通报三（一）（月小结、季通报，未定时限，建议值）",
    minimum=1,
    maximum=31,
)
