"""The figures of places where people are examined."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

FACTS = "项目事实登记 §5（机考室样本），自治区没有规定，平台建议值"

SEPARATION = Parameter(
    key="venues.separation",
    label=_("培考分离：考核机构能否考核同属一个单位的培训机构的学员"),
    default="apart",
    unit="",
    source="自治区办法（草案）没有规定，平台建议值",
    choices=(("apart", _("不能")), ("together", _("能"))),
    per_prefecture=True,
)
SEATS_A_ROOM = Parameter(
    key="venues.seats_a_room",
    label=_("一个机考考场至多的机位（含备用）"),
    default=99,
    unit=_("个"),
    source=FACTS,
    minimum=10,
    maximum=500,
)
ONE_SPARE_IN = Parameter(
    key="venues.one_spare_in",
    label=_("每多少台考试机配 1 台备用机"),
    default=10,
    unit=_("台"),
    source=FACTS,
    minimum=1,
    maximum=100,
)
CHECK_HOURS = Parameter(
    key="venues.check_hours",
    label=_("开考前多久以内的设备检查有效"),
    default=72,
    unit=_("小时"),
    source="平台建议值",
    minimum=1,
    maximum=720,
)
