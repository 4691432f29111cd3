"""The figures of assessment. All are proposals until the department sets them."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.exams import rules

HOURS_SHARE = Parameter(
    key="exams.hours_share",
    label=_("参加考核须完成的学时比例"),
    default=90,
    unit=_("%（占大纲学时）"),
    source="自治区办法（草案）没有规定，平台建议值",
    per_prefecture=True,
    minimum=0,
    maximum=100,
)
RESITS = Parameter(
    key="exams.resits",
    label=_("考核不合格后可补考的次数"),
    default=2,
    unit=_("次（不含首次考核）"),
    source="项目事实登记 §5，自治区没有规定，平台建议值",
    minimum=0,
    maximum=20,
)
RESIT_MONTHS = Parameter(
    key="exams.resit_months",
    label=_("补考次数按多长时间计算"),
    default=12,
    unit=_("个月（到本场考核当天为止）"),
    source="项目事实登记 §5，自治区没有规定，平台建议值",
    minimum=1,
    maximum=60,
)
PASS_MARK = Parameter(
    key="exams.pass_mark",
    label=_("理论考核合格线"),
    default=60,
    unit=_("分（满分 100）"),
    source="多数地方的做法，自治区没有规定，平台建议值",
    minimum=1,
    maximum=100,
)
GRACE_SECONDS = Parameter(
    key="exams.grace_seconds",
    label=_("考试结束后等待在途答案的时间"),
    default=30,
    unit=_("秒"),
    source="平台建议值",
    minimum=0,
    maximum=600,
)
SHOW_MARK_AT_ONCE = Parameter(
    key="exams.show_mark_at_once",
    label=_("考生何时看到成绩"),
    default="yes",
    unit="",
    source="平台建议值",
    choices=(("yes", _("交卷后马上看到")), ("no", _("公布成绩后看到"))),
    per_prefecture=True,
)
INVIGILATION_HOURS = Parameter(
    key="exams.invigilation_hours",
    label=_("监考员可进入考场管理的时间"),
    default=24,
    unit=_("小时（开考前和结束后各）"),
    source="平台建议值",
    minimum=1,
    maximum=168,
)
ADMISSION = Parameter(
    key="exams.admission",
    label=_("考生须经监考员核对身份才能开始作答"),
    default="yes",
    unit="",
    source="平台建议值：先核对身份，后作答；封卷时固定到场次",
    choices=(("yes", _("核对后才能开始")), ("no", _("到时间就能开始"))),
    per_prefecture=True,
)
DOOR_OPENS = Parameter(
    key="exams.door_opens",
    label=_("开考前多久开始入场核验"),
    default=60,
    unit=_("分钟"),
    source="多数考试的做法，自治区没有规定，平台建议值",
    per_prefecture=True,
    minimum=5,
    maximum=240,
)
LATE_MINUTES = Parameter(
    key="exams.late_minutes",
    label=_("开考后多久不准入场"),
    default=rules.LATE_MINUTES,
    unit=_("分钟"),
    source="多数考试的做法，自治区没有规定，平台建议值",
    per_prefecture=True,
    minimum=0,
    maximum=120,
)
PAUSE_HOURS = Parameter(
    key="exams.pause_hours",
    label=_("暂停多久没有恢复，系统就收卷"),
    default=6,
    unit=_("小时"),
    source="平台建议值；忘记恢复的暂停不让场次一直不能结束",
    minimum=1,
    maximum=72,
)
EXTRA_MINUTES_MOST = Parameter(
    key="exams.extra_minutes_most",
    label=_("每名考生加时累计上限"),
    default=60,
    unit=_("分钟"),
    source="平台建议值；设备故障、残疾考生等",
    minimum=0,
    maximum=300,
)
INVIGILATORS_A_ROOM = Parameter(
    key="exams.invigilators_a_room",
    label=_("每个考场至少的监考员"),
    default=2,
    unit=_("名"),
    source="项目事实登记 §5，自治区没有规定，平台建议值",
    minimum=1,
    maximum=10,
)
CANDIDATES_AN_INVIGILATOR = Parameter(
    key="exams.candidates_an_invigilator",
    label=_("每名监考员至多负责的考生"),
    default=30,
    unit=_("名"),
    source="项目事实登记 §5，自治区没有规定，平台建议值",
    minimum=5,
    maximum=100,
)
INDEPENDENT_A_ROOM = Parameter(
    key="exams.independent_a_room",
    label=_("每个考场至少的、与培训机构无关的监考员"),
    default=1,
    unit=_("名"),
    source="项目事实登记 §5，自治区没有规定，平台建议值",
    minimum=0,
    maximum=10,
)
