"""The rules, published: what each looks at, when it lists a lead, and what else may explain it.

Everybody who works here may read them, institutions too: a rule that works only while nobody
knows it punishes those who were not told.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.leads import parameters as p
from zhupei.leads.models import Rule

Words = str | Promise


@dataclass(frozen=True)
class Definition:
    """One rule in words. ``figures`` are its parameters, shown with their values of today."""

    rule: Rule
    means: Words
    looks_at: Words
    innocent: Words
    figures: tuple[Parameter, ...] = ()


DEFINITIONS: dict[str, Definition] = {
    one.rule.value: one
    for one in (
        Definition(
            Rule.TWO_PLACES,
            _("同一个人（同一证件号）的两条到场记录在不同教室或考场，时间重叠达到下面的分钟数。"),
            _(
                "考勤：从签到（不早于上课）到离开或下课；理论考核：从开始作答到交卷；实操考核：到场的那一轮。"
            ),
            _("更正或离线点名的时间记错；教师替不在场的人补登；同一人登记了两份档案后刚合并。"),
            (p.OVERLAP,),
        ),
        Definition(
            Rule.IDENTITY,
            _(
                "考场入场时因本人与证件不符、证件号码不符、证件疑似伪造被拒，或者监考员记录疑似替考；"
                "上课时用别人手机签到、教师否认在场，在一个班达到下面的次数。"
            ),
            _(
                "入场核验、监考员的情况记录、教师对待确认签到的否认。都是当场的人核对的，不做人脸检索。"
            ),
            _("照片太旧、证件换过、号码抄错；教师没有看见后来进来的人。"),
            (p.DENIALS,),
        ),
        Definition(
            Rule.ONE_DEVICE,
            _(
                "同一部手机（浏览器里的随机标记）一天之内给下面的人数或更多人签到，不论在哪个班、哪家机构。"
            ),
            _(
                "本人扫码、输入数字的签到。标记只认得出是同一部，认不出是谁的；不用网络地址：一间教室的人往往在同一个网络里。"
            ),
            _("工友合用一部手机，当时教师看到本人在场并确认过。"),
            (p.DEVICE_PEOPLE,),
        ),
        Definition(
            Rule.BURST,
            _("一节课里，下面的秒数之内有下面的人数或更多人签到。"),
            _("本人扫码、输入数字到达服务器的时间。"),
            _("教师让大家看着屏幕一起扫；教室网络断了一会儿，恢复时一起到达。"),
            (p.BURST_PEOPLE, p.BURST_SECONDS),
        ),
        Definition(
            Rule.ROLL_CALL,
            _("巡查时系统抽点的人，记录里在场而现场不在，或者现场的不是本人。"),
            _("已提交的巡查单里的抽点名，和当时的签到、入场记录。"),
            _("去洗手间、去拿材料；刚刚离开还没有登记。"),
        ),
        Definition(
            Rule.NO_TRACE,
            _(
                "每节课都有学时，结课以后到下面的天数为止，却没有参加过理论或实操考核，没有确认领过教材，"
                "也没有留下评价；一个班达到下面的人数才列出。"
            ),
            _("考勤学时、考核记录、教材领取确认、是否评价过（评价内容不看，也看不到）。"),
            _("学员自愿不考；换了手机没有去确认领书；考核还没有安排。"),
            (p.TRACE_DAYS, p.TRACE_PEOPLE),
        ),
    )
}
