"""The shares of a syllabus against the figures of the day, for ``core/_precheck.html``."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Setting, settings_of
from zhupei.syllabus.models import Syllabus, Unit
from zhupei.syllabus.parameters import ONLINE_SHARE, PRACTICE_SHARE
from zhupei.syllabus.rules import content


@dataclass(frozen=True)
class Check:
    """One row: what was looked at, the facts behind it, and where the figure comes from."""

    tone: str
    title: str | Promise
    facts: str
    law: str


def hours_of(units: Iterable[Unit]) -> content.Hours:
    """All hours of a syllabus together."""
    return content.together(
        [content.Hours(u.theory_hours, u.practice_hours, u.online_hours) for u in units]
    )


def checks(syllabus: Syllabus, units: list[Unit]) -> list[Check]:
    """Ethics, practice and online learning of a syllabus, as it is now."""
    hours = hours_of(units)
    figures = settings_of(PRACTICE_SHARE, ONLINE_SHARE)
    found = [_ethics(units)]
    if syllabus.job.has_levels:
        found.append(_practice(hours, figures[PRACTICE_SHARE.key]))
    return [*found, _online(syllabus, hours, figures[ONLINE_SHARE.key])]


def _ethics(units: list[Unit]) -> Check:
    taught = [unit for unit in units if unit.is_ethics]
    good = content.ethics_is_taught([unit.is_ethics for unit in units])
    facts = _t("%(units)s，共 %(hours)s 学时") % {
        "units": "、".join(unit.title for unit in taught),
        "hours": sum(unit.hours for unit in taught),
    }
    missing = _t("没有勾选“职业道德”的单元，不能发布")
    return Check("ok" if good else "bad", _("职业道德必修"), facts if good else missing, "第八条")


def _practice(hours: content.Hours, least: Setting) -> Check:
    good = content.reaches(hours.practice, hours.all, least=least.value)
    facts = _t(
        "实操 %(part)s / 总 %(all)s 学时，占 %(share)s%%，应不低于 %(least)s%%（%(source)s）"
    ) % {
        "source": least.source,
        "part": hours.practice,
        "all": hours.all,
        "share": content.share(hours.practice, hours.all),
        "least": least.value,
    }
    return Check("ok" if good else "warn", _("实操比例"), facts, "")


def _online(syllabus: Syllabus, hours: content.Hours, most: Setting) -> Check:
    online = syllabus.online_hours_limit
    good = content.stays_within(online, hours.all, most=most.value) and online <= hours.online
    facts = _t(
        "全部至多 %(limit)s 学时（各单元合计 %(placed)s），占 %(share)s%%，"
        "应不高于 %(most)s%%（%(source)s）"
    ) % {
        "source": most.source,
        "limit": online,
        "placed": hours.online,
        "share": content.share(online, hours.all),
        "most": most.value,
    }
    return Check("ok" if good else "warn", _("线上比例"), facts, "")
