"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.patrols.events import DutyEvent, PatrolEvent

SENTENCES = {
    DutyEvent.OPENED: _("记入台账：“%(thing)s”应巡查"),
    DutyEvent.MOVED: _("时间变动：最迟由 %(before)s 改为 %(after)s"),
    DutyEvent.PAUSED: _("机构暂停业务，巡查一并中止"),
    DutyEvent.RESUMED: _("机构恢复业务，巡查继续"),
    DutyEvent.PLANNED: _("%(actor)s 安排了巡查"),
    DutyEvent.RELEASED: _("没有待做的巡查了，重新等待安排"),
    DutyEvent.MET: _("%(actor)s 完成了巡查，共 %(looks)s 次"),
    DutyEvent.MISSED: _("到时间没有巡查，记为漏巡"),
    DutyEvent.LIFTED: _("不再需要巡查：%(why)s"),
    DutyEvent.REOPENED: _("重新排期，恢复应巡"),
    DutyEvent.ALERTED: _("提醒：快结束了，还没有巡查"),
    DutyEvent.EXPLAINED: _("%(actor)s 说明漏巡原因（%(ground)s）：“%(note)s”"),
    DutyEvent.ESCALATED: _("漏巡原因逾期没有说明，已报自治区住建厅"),
    PatrolEvent.PLANNED: _("%(actor)s 安排 %(people)s 于 %(day)s 巡查（%(way)s）"),
    PatrolEvent.CALLED_OFF: _("%(actor)s 取消了这次安排：“%(note)s”"),
    PatrolEvent.FILLED: _("%(actor)s 的手机上传了 %(count)s 条记录"),
    PatrolEvent.PHOTO_ADDED: _("%(actor)s 拍了照片“%(file)s”，指纹 %(short)s"),
    PatrolEvent.ROLL_DRAWN: _("系统从应到 %(expected)s 人中抽点 %(count)s 人"),
    PatrolEvent.FILED: _(
        "%(actor)s 提交了巡查表：不符 %(faults)s 项，点名不一致 %(mismatches)s 人"
    ),
    PatrolEvent.ROLL_REVISED: _("签到记录有更新，点名不一致由 %(before)s 人变为 %(after)s 人"),
}
