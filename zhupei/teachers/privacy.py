"""What the teacher pool says about people."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_POOL = Personal(
    _("建立全区统一师资库，核对任课资格"),
    _("离库后 10 年"),
    what=_("姓名、职称、入库日期、任职单位、专职或兼职"),
)

FIELDS: dict[str, Personal | None] = {
    "teacher.id": None,
    "teacher.person": _POOL,
    "teacher.title": _POOL,
    "teacher.in_pool_since": _POOL,
    "engagement.id": None,
    "engagement.teacher": _POOL,
    "engagement.organization": _POOL,
    "engagement.full_time": _POOL,
    "engagement.since": _POOL,
    "engagement.until": _POOL,
}
