"""The figures of draws by chance."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

SAMPLE = "司法行政、市场监管双随机细则样本（优化营商环境条例第54条未定数），平台建议值"
TICKETS = "优化营商环境条例第54条（差异化监管）未定数，平台建议值"


def _tickets(key: str, label: Promise, default: int, low: int = 0) -> Parameter:
    """One reason for more tickets, or for fewer."""
    return Parameter(
        f"inspections.tickets_{key}",
        label,
        default=default,
        unit=_("签"),
        source=TICKETS,
        minimum=low,
        maximum=50,
    )


DRAWS_A_YEAR = Parameter(
    "inspections.draws_a_year",
    _("年度抽查计划至少几次"),
    default=2,
    unit=_("次/年"),
    source=SAMPLE,
    confidence="practice",
    minimum=1,
    maximum=12,
)
LEAST_PERCENT = Parameter(
    "inspections.least_percent",
    _("一次抽查的最低比例"),
    default=5,
    unit="%",
    source=SAMPLE,
    confidence="practice",
    minimum=1,
    maximum=100,
)
MOST_GENERAL = Parameter(
    "inspections.most_general_percent",
    _("一般事项一次抽查的最高比例（重点事项不限）"),
    default=20,
    unit="%",
    source="市场监管总局通知（一般事项比例受限，未定数），平台建议值",
    minimum=1,
    maximum=100,
)
LEAST_INSPECTORS = Parameter(
    "inspections.least_inspectors",
    _("每个对象至少几名检查员"),
    default=2,
    unit=_("名"),
    source=SAMPLE,
    confidence="practice",
    minimum=2,
    maximum=6,
)
PUBLISH_WORKDAYS = Parameter(
    "inspections.publish_workdays",
    _("检查后多少个工作日内公示结果"),
    default=20,
    unit=_("个工作日"),
    source="国务院关于加快推进双随机监管的意见（20 个工作日），项目事实登记 §9.1",
    confidence="practice",
    minimum=1,
    maximum=60,
)
ANNOUNCE_DAYS = Parameter(
    "inspections.announce_days",
    _("抽取后多少天公布抽中名单（0 为当场公布；大于 0 时摘要和种子当场公布）"),
    default=0,
    unit=_("天"),
    source="公开原则与检查实效之间没有规定，平台建议值",
    per_prefecture=True,
    minimum=0,
    maximum=60,
)
NAMES = Parameter(
    "inspections.names",
    _("公示检查员的方式"),
    default="name",
    unit="",
    source="双随机公示惯例（公示检查人员），平台建议值",
    choices=(("name", _("姓名")), ("number", _("编号"))),
    per_prefecture=True,
)
LOOK_BACK = Parameter(
    "inspections.look_back_months",
    _("查实的投诉计入风险的时间"),
    default=24,
    unit=_("个月"),
    source=TICKETS,
    minimum=3,
    maximum=60,
)
BASE = _tickets("base", _("每个对象的基本签数"), 4, low=1)
GRADES = {
    "A": _tickets("grade_a", _("年度评估 A 级加签（负数为减）"), -2, low=-20),
    "B": _tickets("grade_b", _("年度评估 B 级加签"), 0, low=-20),
    "C": _tickets("grade_c", _("年度评估 C 级加签"), 4, low=-20),
    "D": _tickets("grade_d", _("年度评估 D 级加签"), 6, low=-20),
}
CREDIT = {
    "minor": _tickets("credit_minor", _("公示期内轻微失信记录每条加签"), 1),
    "ordinary": _tickets("credit_ordinary", _("公示期内一般失信记录每条加签"), 2),
    "serious": _tickets("credit_serious", _("公示期内严重失信记录每条加签"), 4),
}
COMPLAINTS = _tickets("complaints", _("查实的投诉较多时加签"), 3)
MANY = Parameter(
    "inspections.complaints_many",
    _("查实的投诉满多少件算较多（不满的不计签：名单公开，小数字不公开）"),
    default=5,
    unit=_("件"),
    source=TICKETS,
    minimum=5,
    maximum=100,
)
MOST = _tickets("most", _("一个对象的签数上限"), 20, low=1)
WEIGHTS = (BASE, *GRADES.values(), *CREDIT.values(), COMPLAINTS, MANY, MOST)
