"""What candidates are told about a practical session."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.wordings import Wording

SESSION = "砌筑工 2026 年第 2 场实操"

NOTICE = Wording(
    "practical.notice",
    _("实操考核通知（标题）"),
    _("实操考核通知：%(title)s"),
    example={"title": SESSION},
    channel="inbox",
)
NOTICE_BODY = Wording(
    "practical.notice_body",
    _("实操考核通知（正文）"),
    _("%(when)s（北京时间）到%(room)s %(station)s 号工位。请提前 20 分钟到，带身份证和防护用品。"),
    example={"when": "6月20日 10:00", "room": "实训棚", "station": "3"},
    channel="inbox",
)
AGAIN = Wording(
    "practical.again",
    _("实操重考通知（标题）"),
    _("实操重考安排：%(title)s"),
    example={"title": SESSION},
    channel="inbox",
)
MARKS = Wording(
    "practical.marks",
    _("实操成绩公布"),
    _("实操成绩已公布：%(title)s"),
    example={"title": SESSION},
    channel="inbox",
)
CALLED_OFF = Wording(
    "practical.called_off",
    _("实操考核取消"),
    _("实操考核取消：%(title)s"),
    example={"title": SESSION},
    channel="inbox",
)
