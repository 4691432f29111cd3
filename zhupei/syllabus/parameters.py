"""The figures syllabi are looked at with. They warn; they refuse nothing."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter

PRACTICE_SHARE = Parameter(
    "syllabus.practice_share_least",
    _("工种大纲的实操学时至少占"),
    default=60,
    unit="%",
    source="各地补贴培训目录的做法（实操不低于 60%），自治区没有规定",
    confidence="practice",
    minimum=0,
    maximum=100,
)
ONLINE_SHARE = Parameter(
    "syllabus.online_share_most",
    _("大纲的线上学时至多占"),
    default=50,
    unit="%",
    source="第十五条（未定比例，建议值）",
    minimum=0,
    maximum=100,
)
