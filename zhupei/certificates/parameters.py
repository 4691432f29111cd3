"""The figures of certificates."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

CHECKS_PER_MINUTE = Parameter(
    key="certificates.checks_per_minute",
    label=_("同一地址每分钟可按编号查验的次数"),
    default=30,
    unit=_("次"),
    source="平台建议值：防止按编号逐个试查",
    minimum=1,
    maximum=1000,
)
