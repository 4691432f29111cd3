"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.invigilation.events import (
    DoorEvent,
    HelpEvent,
    IncidentEvent,
    RoomEvent,
    SafeBrowserEvent,
)

SENTENCES = {
    DoorEvent.ADMITTED: _("%(actor)s 核验 %(person)s（%(seat)s 号座位）身份，准予入场：%(method)s"),
    DoorEvent.REFUSED: _("%(actor)s 不予 %(person)s（%(seat)s 号座位）入场：%(reason)s"),
    DoorEvent.UNDONE: _("%(actor)s 撤销了 %(person)s（%(seat)s 号座位）的入场：“%(note)s”"),
    RoomEvent.OPENED: _("%(actor)s 完成开场检查：考场、设备、试卷封存"),
    RoomEvent.CLOSED: _("%(actor)s 填写了考场情况小结，缺考 %(absent)s 人"),
    RoomEvent.SIGNED: _("%(actor)s 在监考日志上签名"),
    RoomEvent.ANNOUNCED: _("%(actor)s 向全场 %(count)s 名考生发通知：“%(text)s”"),
    RoomEvent.TOLD: _("%(actor)s 通知 %(person)s（%(seat)s 号座位）：“%(text)s”"),
    IncidentEvent.NOTED: _("%(actor)s 记录情况（%(who)s）：%(kind)s，%(severity)s"),
    IncidentEvent.SETTLED: _("%(actor)s 处理了“%(kind)s”（%(who)s）：%(outcome)s"),
    HelpEvent.CALLED: _("%(person)s（%(seat)s 号座位）举手求助"),
    HelpEvent.ANSWERED: _("%(actor)s 回应了 %(person)s（%(seat)s 号座位）的求助"),
    SafeBrowserEvent.REQUIRED: _("%(actor)s 要求本场使用安全考试浏览器，配置指纹 %(short)s"),
    SafeBrowserEvent.LIFTED: _("%(actor)s 取消了本场使用安全考试浏览器的要求"),
    SafeBrowserEvent.WAIVED: _("%(actor)s 准许 %(person)s（%(seat)s 号座位）不用安全考试浏览器"),
}
