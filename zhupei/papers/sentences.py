"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.papers.events import PaperEvent as E

SENTENCES = {
    E.DRAFTED: _("%(actor)s 起草了细目表"),
    E.CHANGED: _("%(actor)s 修改了细目表：%(changed)s"),
    E.PUBLISHED: _("%(actor)s 发布了细目表：%(size)s 题，%(worth)s 分"),
    E.RETIRED: _("%(actor)s 停用了细目表：%(note)s"),
    E.ASSEMBLED: _("%(actor)s 组卷 %(count)s 套，抽题种子 %(short)s"),
    E.TRIED: _("%(actor)s 试组卷 %(count)s 套，抽题种子 %(short)s"),
    E.FORM_VIEWED: _("%(actor)s 查看了 %(label)s 卷的试题"),
    E.KEYS_VIEWED: _("%(actor)s 查看了 %(label)s 卷的试题和答案"),
}
