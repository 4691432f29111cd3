"""How the events of marking read."""

from django.utils.translation import gettext_lazy as _

from zhupei.marking.events import MarkingEvent, ScriptEvent

SENTENCES = {
    MarkingEvent.MARKER_NAMED: _("%(actor)s 请 %(name)s 参加阅卷"),
    MarkingEvent.MARKER_REMOVED: _("%(actor)s 让 %(name)s 退出阅卷"),
    MarkingEvent.DEALT: _("%(actor)s 分卷：%(count)s 份主观题答案，%(markers)s 人盲评，种子已记录"),
    MarkingEvent.DEALT_AGAIN: _("%(actor)s 把 %(name)s 没评的 %(count)s 份转给了别人"),
    ScriptEvent.READ: _("一名考评员评了分"),
    ScriptEvent.DISPUTED: _("两人评分相差过大，交第三人仲裁"),
    ScriptEvent.CORRECTED: _("%(actor)s 复核后把 %(before)s 分更正为 %(points)s 分：“%(note)s”"),
    ScriptEvent.SET_ASIDE: _("计入了迟到的答案，原来的 %(count)s 份评分作废，两人重新盲评"),
    ScriptEvent.OPENED_AGAIN: _("答案有变，仲裁取消"),
    ScriptEvent.SETTLED: _("定分 %(points)s 分（满分 %(worth)s 分）"),
}
