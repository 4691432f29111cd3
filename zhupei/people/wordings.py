"""Texts sent to people about themselves."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.wordings import Wording

CODE = Wording(
    "people.code",
    _("手机验证码"),
    _("验证码 %(code)s，%(minutes)s 分钟内有效，用于筑培账号。不是本人操作请不理会。"),
    example={"code": "482913", "minutes": "5"},
)
