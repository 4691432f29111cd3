"""The figures of help to counties."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

CONFIRM_WORKDAYS = Parameter(
    "assistance.confirm_workdays",
    _("帮扶记录的确认期限"),
    default=10,
    unit=_("个工作日"),
    source="通知第一部分第三节（未定期限，建议值）",
    minimum=1,
    maximum=60,
)
