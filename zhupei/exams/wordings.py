"""What candidates are told about a sitting."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.wordings import Wording

SITTING = "土建施工员 2026 年第 3 场"

NOTICE = Wording(
    "exams.notice",
    _("考试通知（标题）"),
    _("考试通知：%(title)s"),
    example={"title": SITTING},
    channel="inbox",
)
NOTICE_BODY = Wording(
    "exams.notice_body",
    _("考试通知（正文）"),
    _("%(when)s（北京时间）在%(room)s考试，时长 %(minutes)s 分钟。请带身份证。"),
    example={"when": "6月20日 10:00", "room": "机房 3", "minutes": "90"},
    channel="inbox",
)
MARKS = Wording(
    "exams.marks",
    _("成绩公布"),
    _("成绩已公布：%(title)s"),
    example={"title": SITTING},
    channel="inbox",
)
CALLED_OFF = Wording(
    "exams.called_off",
    _("考核取消"),
    _("考核取消：%(title)s"),
    example={"title": SITTING},
    channel="inbox",
)
