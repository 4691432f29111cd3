"""What the tables of people say about them, and the wordings they agree to."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal
from zhupei.people.models import Purpose

UNTIL_NOT_NEEDED = _("账号注销后 3 年；已取得证书的，随证书档案")

FIELDS = {
    **dict.fromkeys(
        [
            "person.id",
            "user.id",
            "user.is_active",
            "consent.id",
            "phonecode.id",
            "phonecode.tries",
            "accesslink.id",
            "merger.id",
            "distinction.id",
        ]
    ),
    "person.name": Personal(_("报名、考核和证书上的姓名"), UNTIL_NOT_NEEDED),
    "person.id_number": Personal(
        _("核实本人身份，保证一人一档；加密保存，平时只显示首尾各四位"),
        UNTIL_NOT_NEEDED,
        what=_("身份证号码"),
    ),
    "person.id_index": Personal(
        _("查出重复登记；只存不可还原的编码"), UNTIL_NOT_NEEDED, what=_("身份证号码的编码")
    ),
    "person.id_last_four": Personal(
        _("让本人和教务员认出是哪一份资料"), UNTIL_NOT_NEEDED, what=_("身份证号码末四位")
    ),
    "person.birth_date": Personal(_("核对最低年龄"), UNTIL_NOT_NEEDED, what=_("出生日期")),
    "person.phone": Personal(
        _("登录、验证码、上课和考试通知；加密保存"), UNTIL_NOT_NEEDED, what=_("手机号")
    ),
    "person.phone_index": Personal(
        _("用手机号登录；只存不可还原的编码"), UNTIL_NOT_NEEDED, what=_("手机号的编码")
    ),
    "person.registered_at": Personal(_("说明登记的先后"), UNTIL_NOT_NEEDED, what=_("登记时间")),
    **dict.fromkeys(
        [
            "person.merged_into",
            "merger.duplicate",
            "merger.into",
            "merger.reason",
            "merger.evidence",
            "merger.moved",
            "merger.merged_at",
            "distinction.first",
            "distinction.second",
            "distinction.note",
            "distinction.said_at",
        ],
        Personal(
            _("一人一档：登记了两次的合成一份，说得清依据什么"),
            UNTIL_NOT_NEEDED,
            what=_("合并的两份登记、理由和证明材料"),
        ),
    ),
    "user.username": Personal(_("登录"), UNTIL_NOT_NEEDED),
    "user.name": Personal(_("在页面和办理记录中说明是谁办的"), UNTIL_NOT_NEEDED),
    "user.person": Personal(_("把账号和本人连起来"), UNTIL_NOT_NEEDED, what=_("账号与本人的对应")),
    "user.password": Personal(_("登录；只存不可还原的编码"), UNTIL_NOT_NEEDED),
    "user.last_login": Personal(_("发现账号被他人使用"), UNTIL_NOT_NEEDED, what=_("上次登录时间")),
    "user.joined_at": Personal(_("说明账号何时开通"), UNTIL_NOT_NEEDED, what=_("开通时间")),
    "user.phone": Personal(
        _("向单位账号发登录链接和通知；加密保存"), UNTIL_NOT_NEEDED, what=_("单位账号的手机号")
    ),
    "user.phone_index": Personal(
        _("用手机号登录；只存不可还原的编码"), UNTIL_NOT_NEEDED, what=_("单位账号手机号的编码")
    ),
    **dict.fromkeys(
        [
            "accesslink.user",
            "accesslink.token_hash",
            "accesslink.sent_at",
            "accesslink.expires_at",
            "accesslink.used_at",
        ],
        Personal(
            _("让账号本人设密码；只存不可还原的编码"),
            UNTIL_NOT_NEEDED,
            what=_("设密码链接的编码、发出和使用时间"),
        ),
    ),
    **dict.fromkeys(
        [
            "consent.person",
            "consent.purpose",
            "consent.wording_version",
            "consent.given_at",
            "consent.withdrawn_at",
        ],
        Personal(
            _("证明本人同意过什么、何时撤回"),
            _("撤回后 3 年"),
            what=_("同意的事项、时间和所读文字"),
        ),
    ),
    **dict.fromkeys(
        [
            "phonecode.phone_index",
            "phonecode.code_hash",
            "phonecode.sent_at",
            "phonecode.expires_at",
            "phonecode.used_at",
        ],
        Personal(
            _("确认注册人持有这个手机号；只存不可还原的编码"),
            _("30 天"),
            what=_("手机号和验证码的编码、时间"),
        ),
    ),
}


@dataclass(frozen=True)
class Wording:
    """What somebody reads before they agree; a changed text is a new version."""

    version: str
    text: str | Promise


WORDINGS = {
    Purpose.TRAINING: Wording(
        "2026-01",
        _(
            "收集：姓名、身份证号码、手机号、本班的签到与学时。用来：核实本人、记录学时、发上课通知。"
            "看得到的人：本班教务员、授课教师和属地住建局。保存：结班后 10 年，随培训档案。"
            "不同意则无法报名；可以随时撤回，撤回不影响此前已经记下的学时。"
        ),
    ),
    Purpose.EXAM: Wording(
        "2026-01",
        _(
            "收集：考核时的作答、每题保存时间和成绩。用来：评定成绩、处理异议。"
            "看得到的人：考核机构和属地住建局。保存：与考核档案（一场一档）同期。"
            "现在不同意也能上课，参加考核前可以在“我的”里再同意。"
        ),
    ),
    Purpose.CERTIFICATE_CHECK: Wording(
        "2026-01",
        _(
            "任何人凭证书编号可以看到：证书是否有效、岗位、发证日期和隐去中间字的姓名。"
            "用来：让用工单位核对证书真伪。看不到身份证号码和手机号。"
            "不同意不影响上课和考核；可以随时撤回。"
        ),
    ),
}
