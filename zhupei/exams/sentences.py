"""How each event reads in a timeline, and why somebody cannot be seated."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.templatetags.ui import hours_number
from zhupei.exams.events import (
    AttemptEvent,
    CorrectionEvent,
    InvigilatorEvent,
    PlanEvent,
    SittingEvent,
)
from zhupei.exams.rules import Reason, Verdict

SENTENCES = {
    SittingEvent.DRAFTED: _("%(actor)s 起草了场次“%(thing)s”"),
    SittingEvent.CHANGED: _("%(actor)s 修改了 %(changed)s"),
    SittingEvent.NOTIFIED: _("%(actor)s 告知了考核计划，编号 %(number)s"),
    SittingEvent.SEATED: _("%(actor)s 安排了 %(count)s 名考生的座位"),
    SittingEvent.SLIPS_ASKED: _("%(actor)s 生成了 %(count)s 张准考证"),
    SittingEvent.ASKED: _("%(actor)s 询问考核计划：“%(note)s”"),
    SittingEvent.REPLIED: _("%(actor)s 答复询问：“%(note)s”"),
    SittingEvent.ARRANGED: _("%(actor)s 重排了 %(count)s 名考生的座位"),
    SittingEvent.RESEATED: _(
        "%(actor)s 把 %(person)s 从 %(before)s 号换到 %(after)s 号座位：“%(note)s”"
    ),
    SittingEvent.UNSEATED: _("%(actor)s 取消了 %(seat)s 号座位的安排"),
    SittingEvent.SEALED: _("%(actor)s 封卷：每卷 %(items)s 题，考生 %(count)s 名，指纹 %(short)s"),
    SittingEvent.CLOSED: _("考试结束，%(actor)s 收卷：参加 %(sat)s 人，缺考 %(absent)s 人"),
    SittingEvent.RELEASED: _("%(actor)s 公布了成绩：合格 %(passed)s 人，共 %(sat)s 人参加"),
    SittingEvent.CANCELLED: _("%(actor)s 取消了这场考核：“%(note)s”"),
    CorrectionEvent.PROPOSED: _("%(actor)s 提请更正试题（%(thing)s）：%(what)s"),
    CorrectionEvent.AGREED: _(
        "%(actor)s 同意更正试题（%(thing)s）：%(what)s；%(marked)s 份重新评分，"
        "%(changed)s 份成绩变化，"
        "新合格 %(passing)s 人，不再合格 %(falling)s 人"
    ),
    CorrectionEvent.REJECTED: _("%(actor)s 不同意更正试题（%(thing)s）：“%(note)s”"),
    CorrectionEvent.WITHDRAWN: _("%(actor)s 撤回了更正试题的提请（%(thing)s）"),
    CorrectionEvent.REPLACED: _("%(thing)s 原来的更正由新的代替"),
    CorrectionEvent.ITEM_READ: _("%(actor)s 查看了 %(item)s 的题目和答案"),
    PlanEvent.DRAFTED: _("%(actor)s 起草了考核计划“%(thing)s”"),
    PlanEvent.CHANGED: _("%(actor)s 修改了 %(changed)s"),
    PlanEvent.TAKEN_IN: _("%(actor)s 把 %(count)s 场放进计划：%(titles)s"),
    PlanEvent.LEFT_OUT: _("%(actor)s 把“%(title)s”移出了计划"),
    PlanEvent.NOTIFIED: _("%(actor)s 告知了考核计划 %(number)s，共 %(count)s 场"),
    PlanEvent.CANCELLED: _("%(actor)s 取消了整个计划：“%(note)s”"),
    PlanEvent.ASKED: _("%(actor)s 询问考核计划：“%(note)s”"),
    PlanEvent.REPLIED: _("%(actor)s 答复询问：“%(note)s”"),
    InvigilatorEvent.CALLED: _("%(actor)s 安排 %(thing)s 监考"),
    InvigilatorEvent.ACCEPTED: _("%(thing)s 接受监考（%(actor)s 登记）"),
    InvigilatorEvent.DECLINED: _("%(thing)s 谢绝监考（%(actor)s 登记）：“%(note)s”"),
    InvigilatorEvent.RELIEVED: _("%(actor)s 撤换了监考员 %(thing)s：“%(note)s”"),
    InvigilatorEvent.MOVED: _("监考员 %(thing)s 的时间随场次改为 %(starts_at)s"),
    AttemptEvent.ADMITTED: _("%(actor)s 核对身份，%(thing)s 入场"),
    AttemptEvent.ADMISSION_UNDONE: _("%(actor)s 撤销了 %(thing)s 的入场：“%(note)s”"),
    AttemptEvent.TURNED_AWAY: _("%(actor)s 没有让 %(thing)s 入场：“%(note)s”"),
    AttemptEvent.STARTED: _("%(thing)s 开始作答"),
    AttemptEvent.PAUSED: _("%(actor)s 暂停了 %(thing)s 的考试：“%(note)s”"),
    AttemptEvent.RESUMED: _("%(actor)s 恢复了 %(thing)s 的考试，停顿的时间补上"),
    AttemptEvent.EXTENDED: _("%(actor)s 给 %(thing)s 加时 %(minutes)s 分钟：“%(note)s”"),
    AttemptEvent.ENDED: _("%(actor)s 结束了 %(thing)s 的考试：“%(note)s”"),
    AttemptEvent.HANDED_IN: _("%(thing)s 交卷：%(answers)s 题已答，答卷指纹 %(short)s"),
    AttemptEvent.VOIDED: _("%(thing)s 的成绩无效：“%(note)s”"),
    AttemptEvent.CARRIED: _(
        "%(actor)s 代 %(thing)s 交来答卷文件：%(counted)s 题计入，%(late)s 题作为迟到的答案留存"
    ),
    AttemptEvent.LATE_COUNTED: _(
        "%(actor)s 决定 %(thing)s 迟到的 %(answers)s 题答案计入成绩：“%(note)s”"
    ),
    AttemptEvent.LATE_LEFT: _("%(actor)s 决定 %(thing)s 迟到的 %(answers)s 题答案不计：“%(note)s”"),
    AttemptEvent.MARKED: _("%(thing)s 阅卷：%(mark)s 分"),
}

REASONS: dict[Reason, str | Promise] = {
    Reason.WITHDRAWN: _("已退出培训班"),
    Reason.CLASS_NOT_IN_EFFECT: _("培训班没有生效或已取消"),
    Reason.OTHER_JOB: _("培训的岗位与本场不同"),
    Reason.HOURS_SHORT: _("学时不足：已计 %(counted)s，需 %(needed)s 学时"),
    Reason.NO_CONSENT: _("本人没有同意为参加考核处理个人信息"),
    Reason.BUSY: _("同一时间已安排在“%(busy_with)s”"),
    Reason.PENDING: _("已安排在“%(waits_for)s”，那场公布成绩以后再安排"),
    Reason.NOT_FILED: _("异地培训班没有有效的备案"),
    Reason.SAME_OWNER: _("培训机构与考核机构同属一个单位，应当回避（培考分离）"),
    Reason.NO_RESIT_LEFT: _("补考次数已用完，%(resit_on)s 起可再安排"),
    Reason.PASSED: _("这个岗位的考核已经合格"),
}


def why_not(verdict: Verdict) -> list[str]:
    """The reasons of a verdict as sentences."""
    facts = {
        "counted": hours_number(verdict.counted),
        "needed": hours_number(verdict.needed),
        "busy_with": verdict.busy_with,
        "waits_for": verdict.waits_for,
        "resit_on": verdict.resit_on,
    }
    return [str(REASONS[reason]) % facts for reason in verdict.reasons]
