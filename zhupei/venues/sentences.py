"""How each event reads, and what the rules say of a room, as sentences."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.venues.events import DesignationEvent, SiteEvent

SENTENCES = {
    DesignationEvent.DRAFTED: _("%(actor)s 起草了考核机构确定：%(body)s"),
    DesignationEvent.CHANGED: _("%(actor)s 修改了%(fields)s"),
    DesignationEvent.PAPER_ATTACHED: _("%(actor)s 上传了“%(name)s”"),
    DesignationEvent.PAPER_REMOVED: _("%(actor)s 删除了“%(name)s”"),
    DesignationEvent.SIGNED: _("%(department)s %(actor)s 签署，等待%(other)s签署"),
    DesignationEvent.COMPLETED: _("%(department)s %(actor)s 签署；两个部门都已签署，%(number)s"),
    DesignationEvent.RETURNED: _("%(department)s %(actor)s 退回修改：“%(note)s”"),
    DesignationEvent.DROPPED: _("%(actor)s 作废了这份草稿：“%(note)s”"),
    DesignationEvent.SUSPENDED: _("%(department)s %(actor)s 暂停了考核资格：“%(note)s”"),
    DesignationEvent.LIFTED: _("%(department)s %(actor)s 恢复了考核资格：“%(note)s”"),
    DesignationEvent.WITHDRAWN: _("%(department)s %(actor)s 撤销了考核资格：“%(note)s”"),
    SiteEvent.ADDED: _("%(actor)s 登记了考点“%(thing)s”"),
    SiteEvent.CHANGED: _("%(actor)s 修改了考点的%(fields)s"),
    SiteEvent.CLOSED: _("%(actor)s 停用了考点：“%(note)s”"),
    SiteEvent.ROOM_PLACED: _("%(actor)s 把“%(room)s”设为这个考点的考场"),
    SiteEvent.SEATS_LAID_OUT: _(
        "%(actor)s 为“%(room)s”生成了 %(rows)s 排 %(columns)s 列，共 %(count)s 个座位"
    ),
    SiteEvent.SEAT_CHANGED: _("%(actor)s 把“%(room)s” %(number)s 号座位改为：%(what)s"),
    SiteEvent.SEATS_CHECKED: _("%(actor)s 检查“%(room)s” %(seats)s 号机：%(what)s"),
    SiteEvent.ROOM_CHECKED: _(
        "%(actor)s 完成“%(room)s”考前检查：正常 %(working)s 台，故障 %(broken)s 台"
    ),
}

FINDINGS: dict[str, str | Promise] = {
    "no_seats": _("还没有座位图，不能安排考生"),
    "too_many_seats": _("共 %(seats)s 个机位，超过一个考场至多 %(at_most)s 个"),
    "too_few_spares": _("备用机 %(spares)s 台；%(seats)s 台考试机至少要 %(needed)s 台备用"),
    "spares_kept": _("备用机 %(spares)s 台，至少要 %(needed)s 台"),
    "broken": _("故障 %(broken)s 台，不会安排考生"),
    "unchecked": _("%(unchecked)s 台近期没有检查"),
    "checked": _("%(checked)s 台都已检查"),
}

CHECKLIST: dict[str, str | Promise] = {
    "network": _("考场网络通，能打开考试页面"),
    "power": _("不间断电源供电正常"),
    "camera": _("监控摄像头工作，画面覆盖全场"),
    "clock": _("考场时钟与北京时间一致"),
    "spacing": _("座位间距符合要求，相邻屏幕互相看不到"),
    "numbers": _("座位号贴好，与座位图一致"),
    "exit": _("疏散通道畅通，消防设施有效"),
    "cleared": _("已清场，没有与考试无关的资料和设备"),
}
