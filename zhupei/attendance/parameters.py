"""Figures of attendance."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter, settings_of

CODE_SECONDS = Parameter(
    "attendance.code_seconds",
    label=_("签到码多久换一次"),
    default=15,
    unit=_("秒"),
    source="办法（草案）第十三条；换码间隔为建议值",
    minimum=5,
    maximum=120,
)
CODE_MARGIN = Parameter(
    "attendance.code_margin",
    label=_("换码后旧码还认多久"),
    default=2,
    unit=_("秒"),
    source="办法（草案）第十三条；余量为建议值",
    minimum=0,
    maximum=30,
)
OPENS_BEFORE = Parameter(
    "attendance.opens_before",
    label=_("上课前多久开放签到"),
    default=30,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=0,
    maximum=240,
)
LATE_AFTER = Parameter(
    "attendance.late_after",
    label=_("上课多久以后算迟到"),
    default=10,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    per_prefecture=True,
    minimum=0,
    maximum=60,
)
EARLY_LEAVE = Parameter(
    "attendance.early_leave",
    label=_("下课前多久以内离开不算早退"),
    default=5,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    per_prefecture=True,
    minimum=0,
    maximum=60,
)
SIGN_OUT = Parameter(
    "attendance.sign_out",
    label=_("下课时要不要扫码签退"),
    default="no",
    unit="",
    source="办法（草案）第十三条；做法为建议值",
    choices=(("no", _("不要")), ("yes", _("要"))),
    per_prefecture=True,
)
SIGN_OUT_BEFORE = Parameter(
    "attendance.sign_out_before",
    label=_("下课前多久开放签退"),
    default=10,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=0,
    maximum=60,
)
SIGN_OUT_AFTER = Parameter(
    "attendance.sign_out_after",
    label=_("下课后多久截止签退"),
    default=30,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=5,
    maximum=240,
)
PER_PHONE = Parameter(
    "attendance.per_phone",
    label=_("一部手机一节课直接认可几个人签到"),
    default=1,
    unit=_("人"),
    source="通报（2023 年度评估）第二部分（代签）；人数为建议值",
    per_prefecture=True,
    minimum=1,
    maximum=50,
)
WRONG_TRIES = Parameter(
    "attendance.wrong_tries",
    label=_("一分钟内最多输错几次签到数字"),
    default=6,
    unit=_("次"),
    source="办法（草案）第十三条；次数为建议值",
    minimum=3,
    maximum=60,
)
OFFLINE_HOURS = Parameter(
    "attendance.offline_hours",
    label=_("离线点名最迟在下课后多久上传"),
    default=72,
    unit=_("小时"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=1,
    maximum=720,
)
ROLL_AFTER = Parameter(
    "attendance.roll_after",
    label=_("下课后多久以内还能离线点名"),
    default=60,
    unit=_("分钟"),
    source="办法（草案）第十三条；时间为建议值",
    minimum=0,
    maximum=720,
)


class Figures(NamedTuple):
    """The figures of one lesson, fetched together: signing in asks for many of them."""

    code_seconds: int
    code_margin: int
    opens_before: int
    late_after: int
    early_leave: int
    sign_out: str
    sign_out_before: int
    sign_out_after: int
    per_phone: int


def figures(prefecture: str) -> Figures:
    """What is in force today in a prefecture (division code); one question to the database."""
    wanted = [CODE_SECONDS, CODE_MARGIN, OPENS_BEFORE, LATE_AFTER, EARLY_LEAVE]
    wanted += [SIGN_OUT, SIGN_OUT_BEFORE, SIGN_OUT_AFTER, PER_PHONE]
    found = settings_of(*wanted, prefecture=prefecture)
    values: list[Any] = [found[one.key].value for one in wanted]
    return Figures(*values)
