"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.teaching.events import TeachingEvent as E

SENTENCES = {
    E.LOGGED: _("%(actor)s 写了教学日志：%(lesson)s，%(held)s"),
    E.LOG_AMENDED: _("%(actor)s 改了教学日志：%(lesson)s，%(before)s → %(after)s"),
    E.EVIDENCE_ADDED: _("%(actor)s 上传了%(kind)s %(file)s"),
    E.EVIDENCE_WITHDRAWN: _("%(actor)s 撤下了%(kind)s %(file)s"),
    E.CHECKED: _("%(actor)s 做了教学检查：%(verdict)s"),
    E.FAULT_CORRECTED: _("%(actor)s 记下了教学检查的整改"),
    E.BOOK_CHOSEN: _("%(actor)s 选定教材%(book)s"),
    E.BOOK_DROPPED: _("%(actor)s 取消教材%(book)s"),
    E.BOOKS_GIVEN: _("%(actor)s 向 %(count)s 名学员发放了%(book)s"),
    E.BOOK_CONFIRMED: _("%(actor)s 确认收到%(book)s（%(how)s）"),
}
