"""Texts sent to learners about what they are given."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.wordings import Wording

BOOK_CODE = Wording(
    "teaching.book_code",
    _("确认收到教材的验证码"),
    _("验证码 %(code)s，%(minutes)s 分钟内有效，只用来确认收到教材%(book)s。没拿到书不要给别人。"),
    example={"code": "482913", "minutes": "5", "book": "《土建施工员岗位知识》"},
)
