"""What cases of misconduct say on pages of lower floors."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.appeals.models import CaseState, Misconduct
from zhupei.core.panels import Line, Panel
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.actions import eligibility
from zhupei.exams.models import Sitting
from zhupei.practical.actions import candidates
from zhupei.practical.models import Session

UNDECIDED = (CaseState.OPENED, CaseState.NOTICED, CaseState.STATED)


def before_release(user: Any, sitting: Sitting) -> Panel | None:
    """Cases of this sitting nobody has decided: their marks are made known like all others."""
    mine = Misconduct.objects.visible_to(user).filter(candidate__sitting=sitting)
    open_ones = mine.filter(state__in=UNDECIDED).select_related("candidate__person")
    found = list(open_ones.order_by("opened_at", "pk"))
    if not found:
        return None
    words = _("%(count)d 件违纪还在办：他们的成绩一起公布，决定以后才无效。") % {
        "count": len(found)
    }
    return Panel(
        _("违纪在办"),
        tuple(
            Line(
                one.person.name,
                url=reverse("appeals:case", args=[one.pk]),
                note=one.get_state_display(),
            )
            for one in found
        ),
        alert=words,
    )


def records_in_reach(user: Any, exam: Sitting | Session) -> Panel | None:
    """Records that stand against those who can be given a seat or a turn, from whichever body: they
    bar nobody by themselves. The case is opened by who may see it.
    """
    found = candidates if isinstance(exam, Session) else eligibility
    people = found.within_reach(exam).order_by().values("person")
    rows = Misconduct.objects.on_record(timezone.localdate()).of_people(people).with_exam()
    mine = set(Misconduct.objects.visible_to(user).filter(pk__in=rows).values_list("pk", flat=True))
    records = list(rows.order_by("decided_at", "pk"))
    if not records:
        return None
    lines = tuple(_record(one, seen=one.pk in mine) for one in records)
    words = _("名单里有 %(count)d 人有未到期的违纪记录，见下面；记录本身不禁止参加考核。")
    people_count = {"count": len({one.person.pk for one in records})}
    return Panel(_("违纪记录"), lines, alert=words % people_count)


def _record(one: Misconduct, *, seen: bool) -> Line:
    until = beijing(one.kept_until) if one.kept_until else _("长期")
    note = _("%(breach)s；%(body)s决定；记录到 %(until)s") % {
        "breach": one.get_breach_display(),
        "body": one.exam.organization,
        "until": until,
    }
    url = reverse("appeals:case", args=[one.pk]) if seen else ""
    return Line(one.person.name, url=url, note=note)


PANELS = {
    "exams:step-release": before_release,
    "exams:seating": records_in_reach,
    "practical:people": records_in_reach,
}
