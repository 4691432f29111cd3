"""What the record of an institution means for the next draw by chance."""

from collections import Counter

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.credit.consequences import Bearing, CreditFile
from zhupei.inspections.rules import Record
from zhupei.inspections.weighing import spelled, weight


def tickets(file: CreditFile) -> Bearing:
    """The tickets it would have today for its grade and its published records."""
    today = timezone.localdate()
    published = [one for one in file.records if one.shown and one.is_in_use(today)]
    credit = Counter(one.seriousness for one in published)
    grade = file.grade.grade if file.grade else ""
    found = weight(Record(grade=grade, credit=credit), today)
    _base, *reasons = found.reasons.split(",")
    extra = sum(int(one.rpartition("=")[2]) for one in reasons)
    return Bearing(
        _("双随机抽查"),
        "warn" if extra > 0 else "info",
        _worded(extra),
        "、".join(spelled(reasons)) or _("没有公示中的记录，等级也不加签。"),
        _("下一次抽取冻结名单时按当天的公示记录和最近等级计签；记录停止后不再计。"),
    )


def _worded(extra: int) -> str:
    if not extra:
        return _("不加签")
    return (_("加签 %(n)d") if extra > 0 else _("减签 %(n)d")) % {"n": abs(extra)}


OF_CREDIT = tickets
