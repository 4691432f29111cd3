"""How each event reads in a timeline."""

from django.utils.translation import gettext_lazy as _

from zhupei.questions.events import ItemEvent as I
from zhupei.questions.events import QuestionEvent as E

SENTENCES = {
    E.SET_STARTED: _("%(actor)s 新建了题库"),
    E.ITEMS_IMPORTED: _("%(actor)s 从“%(file)s”导入 %(count)s 题，%(passed_over)s 题已在库中"),
    E.PUBLISHED: _("%(actor)s 发布了题库"),
    E.RETIRED: _("%(actor)s 停用了题库：%(note)s"),
    E.ITEMS_VIEWED: _("%(actor)s 查看了试题和答案"),
    I.VERSION_PUBLISHED: _("这一版通过审题，发布使用"),
    I.ITEM_PUBLISHED: _("试题发布使用"),
}
