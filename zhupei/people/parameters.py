"""The figures of registering."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.people.rules import MINIMUM_WORKING_AGE

MINIMUM_AGE = Parameter(
    key="people.minimum_age",
    label=_("学员最低年龄"),
    default=MINIMUM_WORKING_AGE,
    unit=_("周岁"),
    source="劳动法第十五条",
    confidence="law",
    minimum=16,
    maximum=18,
)
CODE_SECONDS = Parameter(
    key="people.code_seconds",
    label=_("手机验证码有效时间"),
    default=300,
    unit=_("秒"),
    source="项目建议",
    minimum=60,
    maximum=900,
)
CODE_TRIES = Parameter(
    key="people.code_tries",
    label=_("一个手机验证码可以试几次"),
    default=5,
    unit=_("次"),
    source="项目建议",
    minimum=3,
    maximum=10,
)
CODE_PAUSE = Parameter(
    key="people.code_pause",
    label=_("两次获取验证码至少间隔"),
    default=60,
    unit=_("秒"),
    source="项目建议",
    minimum=30,
    maximum=600,
)
CODES_A_DAY = Parameter(
    key="people.codes_a_day",
    label=_("一个手机号 24 小时内最多获取验证码"),
    default=10,
    unit=_("条"),
    source="项目建议",
    minimum=3,
    maximum=30,
)
LINK_HOURS = Parameter(
    key="people.access_link_hours",
    label=_("设密码的链接有效时间"),
    default=72,
    unit=_("小时"),
    source="项目建议",
    minimum=1,
    maximum=168,
)
