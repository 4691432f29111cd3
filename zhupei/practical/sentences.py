"""How each event reads in a timeline, and why something cannot be done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.practical.events import RubricEvent
from zhupei.practical.rules.rubric import Flaw

SENTENCES = {
    RubricEvent.STARTED: _("%(actor)s 起草了评分表“%(thing)s”"),
    RubricEvent.CHANGED: _("%(actor)s 修改了评分表：%(changed)s"),
    RubricEvent.IMPORTED: _("%(actor)s 从“%(file)s”导入：%(tasks)s 个任务，%(criteria)s 个评分点"),
    RubricEvent.PUBLISHED: _("%(actor)s 发布了评分表，指纹 %(short)s"),
    RubricEvent.RETIRED: _("%(actor)s 停用了评分表：“%(note)s”"),
}

FLAWS: dict[str, str | Promise] = {
    "no_tasks": _("还没有任务。"),
    "not_hundred": _("各评分点分值合计 %(found)s 分，应为 100 分。"),
    "task_empty": _("任务“%(place)s”没有评分点。"),
    "minutes": _("任务“%(place)s”的时限是 %(found)s 分钟，应在 1 到 480 之间。"),
    "weight": _("评分点“%(place)s”的分值是 %(found)s，应在 1 到 100 之间。"),
    "step": _("评分点“%(place)s”没有写分档，也没有写每档相差几分。"),
    "steps_too_few": _("评分点“%(place)s”至少要有两档，各档比例不能相同。"),
    "steps_without_full": _("评分点“%(place)s”要有一档是 100%%，没有一档低于 0。"),
    "fatal_twice": _("否决项“%(place)s”写了两次。"),
}
CHANGED = {
    "task": _("任务"),
    "criterion": _("评分点"),
    "fatal": _("否决项"),
    "": "",
    "name": _("名称"),
    "minutes": _("时限（分钟）"),
    "brief": _("任务说明"),
    "weight": _("分值"),
    "scale": _("评分方式"),
    "guide": _("评分说明"),
}


def what_is_wrong(flaw: Flaw) -> str:
    """A flaw as a sentence."""
    return str(FLAWS[flaw.code]) % {"place": flaw.place, "found": flaw.found}
