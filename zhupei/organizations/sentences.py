"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.organizations.events import OrganizationEvent as E

SENTENCES = {
    E.REGISTERED: _("%(actor)s 登记了 %(thing)s"),
    E.MEMBER_JOINED: _("%(actor)s 让 %(member)s 担任%(role)s"),
    E.MEMBER_LEFT: _("%(actor)s 结束了 %(member)s 的%(role)s任职"),
    E.INTEREST_DECLARED: _("%(actor)s 申报 %(member)s 与“%(body)s”有利害关系：%(kind)s"),
    E.INTEREST_ENDED: _("%(actor)s 申报 %(member)s 与“%(body)s”的关系已于 %(until)s 结束"),
    E.LINK_SENT: _("%(actor)s 给 %(member)s 重发了设密码的链接"),
    E.PHONE_CHANGED: _("%(actor)s 改了 %(member)s 登录用的手机号"),
    E.WORDING_SET: _("%(actor)s 改了“%(label)s”的文字，%(valid_from)s 起启用"),
    E.SENT_AGAIN: _("%(actor)s 让发送失败的消息再发一次"),
    E.PARAMETER_WITHDRAWN: _("%(actor)s 撤回了还没生效的“%(label)s”：%(valid_from)s 起 %(value)s"),
    E.PARAMETER_SET: _(
        "%(actor)s 把“%(label)s”定为 %(value)s，%(valid_from)s 起生效（依据：%(source)s）"
    ),
}
