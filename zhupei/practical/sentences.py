"""How each event reads in a timeline, and why something cannot be done."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.templatetags.ui import hours_number
from zhupei.practical.events import RubricEvent, SessionEvent, TurnEvent
from zhupei.practical.rules.entitled import Lack, Reason, Verdict
from zhupei.practical.rules.marks import Difference
from zhupei.practical.rules.rubric import Flaw

SENTENCES = {
    RubricEvent.STARTED: _("%(actor)s 起草了评分表“%(thing)s”"),
    RubricEvent.CHANGED: _("%(actor)s 修改了评分表：%(changed)s"),
    RubricEvent.IMPORTED: _("%(actor)s 从“%(file)s”导入：%(tasks)s 个任务，%(criteria)s 个评分点"),
    RubricEvent.PUBLISHED: _("%(actor)s 发布了评分表，指纹 %(short)s"),
    RubricEvent.RETIRED: _("%(actor)s 停用了评分表：“%(note)s”"),
    SessionEvent.DRAFTED: _("%(actor)s 起草了实操场次“%(thing)s”"),
    SessionEvent.CHANGED: _("%(actor)s 修改了 %(changed)s"),
    SessionEvent.NOTIFIED: _("%(actor)s 告知了实操考核计划，编号 %(number)s"),
    SessionEvent.LAID_OUT: _("%(actor)s 编排了轮次：考生 %(count)s 人，考评员 %(assessors)s 人"),
    SessionEvent.FIXED: _("%(actor)s 排定了轮次：考生 %(count)s 人，合格线 %(pass_at)s 分"),
    SessionEvent.CLOSED: _("%(actor)s 结束了评分：参加 %(sat)s 人，缺考 %(missed)s 人"),
    SessionEvent.RELEASED: _("%(actor)s 公布了实操成绩：合格 %(passing)s 人，共 %(sat)s 人参加"),
    SessionEvent.CANCELLED: _("%(actor)s 取消了这场实操考核：“%(note)s”"),
    TurnEvent.ARRIVED: _("%(thing)s 签到，%(actor)s 核对"),
    TurnEvent.ABSENT: _("%(actor)s 登记 %(thing)s 缺考"),
    TurnEvent.REPLACED: _("%(actor)s 把考评员 %(before)s 换成 %(after)s：“%(why)s”"),
    TurnEvent.THIRD_CALLED: _("%(actor)s 请 %(assessor)s 做第三人评分"),
    TurnEvent.TAKEN_AGAIN: _("%(actor)s 安排重考，原轮次作废（%(trouble)s）：“%(why)s”"),
    TurnEvent.SCORED: _("%(actor)s 上传了 %(count)s 条评分记录"),
    TurnEvent.HANDED_IN: _("%(actor)s 提交了评分表"),
    TurnEvent.DIFFERED: _("两名考评员的评分不一致（%(how)s），需要第三人评分"),
    TurnEvent.CORRECTED: _(
        "%(actor)s 复核后把 %(thing)s 的实操成绩由 %(before)s 分更正为 %(mark)s 分：“%(note)s”"
    ),
    TurnEvent.ANNULLED: _("%(actor)s 按违纪处理决定认定 %(thing)s 的实操成绩无效：“%(note)s”"),
    TurnEvent.SETTLED: _("%(thing)s 的实操成绩已定"),
    TurnEvent.EVIDENCE_ADDED: _("%(actor)s 上传了取证材料“%(file)s”，指纹 %(short)s"),
}

REASONS: dict[Reason, str | Promise] = {
    Reason.WITHDRAWN: _("已退出培训班"),
    Reason.CLASS_NOT_IN_EFFECT: _("培训班没有生效或已取消"),
    Reason.OTHER_JOB: _("培训的工种或等级与本场不同"),
    Reason.HOURS_SHORT: _("学时不足：已计 %(counted)s，需 %(needed)s 学时"),
    Reason.PRACTICE_SHORT: _("实操学时不足：已计 %(practised)s，需 %(practice_needed)s 学时"),
    Reason.NO_CONSENT: _("本人没有同意为参加考核处理个人信息"),
    Reason.THEORY_OPEN: _("理论考核还没有合格"),
    Reason.BUSY: _("同一时间已安排在“%(busy_with)s”"),
    Reason.PASSED: _("这个工种等级的实操考核已经合格"),
}
DIFFERENCES: dict[str, str | Promise] = {
    Difference.TOTAL: _("总分相差过大"),
    Difference.FATAL: _("否决项认定不同"),
    Difference.VERDICT: _("一人合格、一人不合格"),
}
LACKS: dict[Lack, str | Promise] = {
    Lack.NONE_PASSED: _("实操考核还没有合格（或成绩没有公布）"),
    Lack.TOO_OLD: _("实操考核合格已超过 %(months)s 个月，要重新考核"),
}


def why_not(verdict: Verdict) -> list[str]:
    """The reasons of a verdict as sentences."""
    known = verdict.facts
    facts = {
        "counted": hours_number(known.counted),
        "needed": hours_number(known.needed),
        "practised": hours_number(known.practised),
        "practice_needed": hours_number(known.practice_needed),
        "busy_with": known.busy_with,
    }
    return [str(REASONS[reason]) % facts for reason in verdict.reasons]


def how_they_differ(differences: Iterable[str]) -> str:
    """Where two assessors disagreed, in words."""
    return "、".join(str(DIFFERENCES[one]) for one in differences)


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
