"""The figures of patrols. Most are proposals until the department sets them."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.syllabus.models import Category

_TIMES = _("次")
_PROPOSED = "《办法》第六条“逢培必巡、逢考必督”：每班每场至少一次；次数为平台建议值"

CLASS_LOOKS = {
    category: Parameter(
        key=f"patrols.looks_{category}",
        label=format_lazy("{}：{}", _("每个班应巡次数"), Category(category).label),
        default=1,
        unit=_TIMES,
        source=_PROPOSED,
        per_prefecture=True,
        minimum=1,
        maximum=10,
    )
    for category in Category.values
}
THEORY_LOOKS = Parameter(
    key="patrols.looks_theory",
    label=_("每场理论考核应督次数"),
    default=1,
    unit=_TIMES,
    source=_PROPOSED,
    per_prefecture=True,
    minimum=1,
    maximum=10,
)
PRACTICAL_LOOKS = Parameter(
    key="patrols.looks_practical",
    label=_("每场实操考核应督次数"),
    default=1,
    unit=_TIMES,
    source=_PROPOSED,
    per_prefecture=True,
    minimum=1,
    maximum=10,
)
BEGINS_ON = Parameter(
    key="patrols.begins_on",
    label=_("从哪一天起结束的班级和场次记入台账"),
    default="2026-01-01",
    unit=_("日期，年-月-日"),
    source="平台建议值；《办法》施行日期确定后改为施行日",
)
PEOPLE = Parameter(
    key="patrols.people",
    label=_("一次巡查至少派几人"),
    default=1,
    unit=_("人"),
    source="平台建议值；巡查不是行政执法，执法检查须两人以上",
    per_prefecture=True,
    minimum=1,
    maximum=5,
)
SAMPLE = Parameter(
    key="patrols.sample",
    label=_("一次点名抽几人"),
    default=5,
    unit=_("人"),
    source="平台建议值",
    per_prefecture=True,
    minimum=1,
    maximum=30,
)
PHOTOS = Parameter(
    key="patrols.photos",
    label=_("一次巡查至少几张照片"),
    default=1,
    unit=_("张（远程巡查为截图，没有的写明原因）"),
    source="平台建议值；巡查要留下看过的凭据",
    per_prefecture=True,
    minimum=0,
    maximum=5,
)
APPLYING = Parameter(
    key="patrols.applying",
    label=_("巡查表至少几项不是“不适用”"),
    default=1,
    unit=_("项"),
    source="平台建议值；全部“不适用”等于没有看",
    per_prefecture=True,
    minimum=1,
    maximum=5,
)
EARLY_MINUTES = Parameter(
    key="patrols.early_minutes",
    label=_("开课或开考前多久到场也算"),
    default=60,
    unit=_("分钟"),
    source="平台建议值",
    minimum=0,
    maximum=240,
)
OFFLINE_HOURS = Parameter(
    key="patrols.offline_hours",
    label=_("没有网络时填的巡查表最迟多久上传"),
    default=48,
    unit=_("小时（从班级或场次结束算起）"),
    source="平台建议值，与离线点名相同",
    minimum=1,
    maximum=240,
)
ALERT_HOURS = Parameter(
    key="patrols.alert_hours",
    label=_("结束前多久还没有巡查就提醒"),
    default=48,
    unit=_("小时"),
    source="平台建议值",
    per_prefecture=True,
    minimum=1,
    maximum=240,
)
EXPLAIN_WORKDAYS = Parameter(
    key="patrols.explain_workdays",
    label=_("漏巡后住建局几个工作日内说明原因"),
    default=3,
    unit=_("个工作日"),
    source="平台建议值；逾期报自治区住建厅",
    minimum=1,
    maximum=20,
)
FAIR = Parameter(
    key="patrols.fair_coverage",
    label=_("覆盖率低于多少算漏巡多"),
    default=80,
    unit="%",
    source="平台建议值；《办法》第六条要求全覆盖",
    minimum=1,
    maximum=99,
)
