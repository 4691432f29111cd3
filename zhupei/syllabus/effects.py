"""What other figures would mean for the syllabi in force."""

from django.db.models import F, QuerySet, Sum
from django.utils.translation import gettext as _

from zhupei.core.effects import Change, named
from zhupei.syllabus import parameters
from zhupei.syllabus.models import Category, Syllabus


def _in_force(change: Change) -> QuerySet[Syllabus]:
    """With ``practice`` and ``hours``."""
    rows = Syllabus.objects.in_force(change.valid_from).with_hours().select_related("job")
    return rows.annotate(practice=Sum("units__practice_hours")).order_by("job__code", "level")


def practice_share(change: Change) -> list[str]:
    """Trades with less practice than would be asked for."""
    trades = _in_force(change).filter(job__category__in=[Category.TRADE, Category.MUNICIPAL])
    below = trades.annotate(part=F("practice") * 100).filter(part__lt=F("hours") * change.value)
    words = _("%(count)s 份施行中的工种大纲实操低于 %(value)s%%：%(names)s。只提示，不停用。")
    return [_said(below, change, words)]


def online_share(change: Change) -> list[str]:
    """Syllabi with more online hours than would be allowed."""
    rows = _in_force(change).annotate(part=F("online_hours_limit") * 100)
    above = rows.filter(part__gt=F("hours") * change.value)
    words = _("%(count)s 份施行中的大纲线上高于 %(value)s%%：%(names)s。只提示，不停用。")
    return [_said(above, change, words)]


def _said(rows: QuerySet[Syllabus], change: Change, words: str) -> str:
    names = [str(row) for row in rows]
    if not names:
        return _("施行中的大纲都符合新的值。")
    return words % {"count": len(names), "value": change.value, "names": named(names)}


EFFECTS = {
    parameters.PRACTICE_SHARE.key: practice_share,
    parameters.ONLINE_SHARE.key: online_share,
}
