"""How each event reads in a timeline, and each fault of a name or number beside its field."""

from django.utils.translation import gettext_lazy as _

from zhupei.people.events import AccountEvent
from zhupei.people.events import PersonEvent as E

SENTENCES = {
    E.REGISTERED: _("%(actor)s 注册"),
    E.ENTERED: _("%(actor)s 代为登记姓名和证件号码，本人还没有注册"),
    E.NAME_CONFIRMED: _("姓名与身份证号码经%(checker)s核对一致"),
    E.NAME_NOT_ASKED: _("姓名与身份证号码没有联网核对（%(checker)s）"),
    E.CONSENTED: _("%(actor)s 同意：%(purpose)s"),
    E.CONSENT_WITHDRAWN: _("%(actor)s 撤回同意：%(purpose)s"),
    E.LOOKED_AT: _("%(actor)s 查看了未遮盖的%(fields)s，用途：%(reason)s"),
    E.PASSWORD_RESET: _("%(actor)s 用手机验证码重设了密码"),
    E.COPIES_ASKED: _("%(actor)s 要求把消息提醒发到邮箱，等待确认"),
    E.COPIES_CONFIRMED: _("%(actor)s 确认了提醒用的邮箱"),
    E.COPIES_STOPPED: _("%(actor)s 停掉了邮件提醒"),
    E.MERGED: _("%(actor)s 把这份登记并入 %(into)s（%(into_number)s），移过去：%(counts)s"),
    E.TAKEN_IN: _("%(actor)s 把 %(duplicate)s（%(duplicate_number)s）的登记并入本档：%(counts)s"),
    E.TOLD_APART: _("%(actor)s 认定与 %(other)s（%(other_number)s）不是同一个人"),
    AccountEvent.OPENED: _("%(actor)s 为 %(thing)s 开通账号"),
    AccountEvent.PHONE_ENTERED: _("%(actor)s 为 %(thing)s 登记手机号 %(phone)s"),
    AccountEvent.PHONE_CHANGED: _("%(actor)s 把 %(thing)s 的手机号 %(before)s 改为 %(phone)s"),
    AccountEvent.CLOSED: _("%(actor)s 停用这个账号；本人以后用账号 %(account)s 登录"),
    AccountEvent.LINK_SENT: _("%(actor)s 向 %(thing)s 的手机发送设密码的链接"),
    AccountEvent.PASSWORD_CHOSEN: _("%(actor)s 用链接设了密码"),
}

# By the codes of rules.py. Each says what is wrong, by which rule, and what to do.
FAULTS = {
    "name_missing": _("请填写身份证上的姓名。"),
    "name_shape": _("姓名应为 2 到 50 个字，只含文字和间隔号“·”。请按身份证填写。"),
    "id_missing": _("请填写身份证号码。"),
    "id_shape": _("身份证号码应为 18 位：17 位数字，最后一位是数字或 X。请对照身份证。"),
    "check_digit": _(
        "身份证号码的校验位不对，多半是抄错了一位（依据：GB 11643）。请对照身份证逐位检查。"
    ),
    "id_date": _("身份证号码里的出生日期不存在。请对照身份证检查第 7 到 14 位。"),
    "phone_shape": _("手机号应为 11 位数字，以 13 到 19 开头。请检查。"),
}
