"""How each event reads in a timeline, and what is doubtful of an item."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.analysis.events import AnalysisEvent as E
from zhupei.analysis.rules import Doubt

SENTENCES = {
    E.STUDIED: _(
        "%(actor)s 分析了“%(thing)s”：%(people)s 人，存疑 %(flagged)s 题，"
        "请专家再审 %(asked)s 题，雷同线索 %(leads)s 条"
    ),
    E.ITEM_VIEWED: _("%(actor)s 查看了试题 %(item)s 的分析和答案"),
    E.LEAD_CONFIRMED: _("%(actor)s 认为雷同线索成立：“%(note)s”"),
    E.LEAD_DISMISSED: _("%(actor)s 排除了雷同线索：“%(note)s”"),
    E.LEAD_REOPENED: _("%(actor)s 重新打开雷同线索：“%(note)s”"),
}

DOUBTS: dict[Doubt, str | Promise] = {
    Doubt.EASY: _("太易"),
    Doubt.HARD: _("太难"),
    Doubt.FLAT: _("区分度低"),
    Doubt.NEGATIVE: _("区分度为负，答案可能有误"),
    Doubt.LURE: _("有错误选项吸引了高分考生"),
    Doubt.IDLE: _("有选项几乎没人选"),
}
