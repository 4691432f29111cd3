"""What would happen to each institution if the region published or decided now: what the page
shows before anybody confirms, and what the action asks again.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core.models import Event
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, Objection, Scheme, State
from zhupei.organizations.models import Interest
from zhupei.people.models import User

Words = str | Promise


class Ready(NamedTuple):
    """One institution before a step; ``why_not`` is "" where nothing is in its way."""

    evaluation: Evaluation
    why_not: Words

    @property
    def is_read(self) -> bool:
        """Were its facts read since the period ended?"""
        row = self.evaluation
        return row.computed_at is not None and row.computed_at >= row.scheme.ends_at

    @property
    def shown(self) -> str:
        """The result as a page shows it: who confirms it confirms this one."""
        return f"{self.evaluation.score}/{self.evaluation.grade}"


def waiting(scheme: Scheme, name: str) -> QuerySet[Evaluation]:
    """Those the step is about: reviewed, or published for their whole term."""
    rows = Evaluation.objects.filter(scheme=scheme)
    if name == "publicise":
        return rows.filter(state=State.REVIEWED)
    return rows.filter(state=State.PUBLIC, public_until__lt=timezone.now())


def ready(rows: Iterable[Evaluation], *, by: User) -> list[Ready]:
    """Each with what is in its way. One of them never holds the others up."""
    found = list(rows)
    bodies = [row.organization_id for row in found]
    ties = Interest.objects.between([by.pk], bodies, timezone.localdate())
    close = {body for _user, body in ties}
    objections = Objection.objects.open().filter(evaluation__in=found)
    objected = set(objections.values_list("evaluation", flat=True))
    return [Ready(row, _why_not(row, close, objected)) for row in found]


def _why_not(row: Evaluation, close: set[int], objected: set[int]) -> Words:
    if row.organization_id in close:
        return _("您和它有利害关系，请同事办理")
    if not Ready(row, "").is_read:
        return _("数据期满后还没有取数")
    if not row.grade:
        said = {"assessed": row.assessed, "applicable": row.applicable}
        return str(_("只评了 %(assessed)s / %(applicable)s 分，不够定级，请退回补评")) % said
    if row.pk in objected:
        return _("有异议待答复")
    return ""


def sums(rows: Iterable[Ready]) -> dict[str, int]:
    """How many of each grade would go, and how many stay."""
    counts = dict.fromkeys([*"ABCD", "left"], 0)
    for one in rows:
        counts["left" if one.why_not else one.evaluation.grade] += 1
    return counts


def changed(rows: Iterable[Ready]) -> dict[int, str]:
    """What the last reading of the facts changed, in words, by evaluation."""
    label = Evaluation._meta.label_lower
    subjects = {f"{label}/{one.evaluation.pk}": one.evaluation.pk for one in rows}
    deeds = Event.objects.filter(subject__in=subjects, verb=EvaluationEvent.READ_LAST)
    told = str(_("期满取数前 %(before)s 分；变了的指标：%(codes)s"))
    return {
        subjects[subject]: told % {"before": facts["before"], "codes": facts["codes"]}
        for subject, facts in deeds.order_by("pk").values_list("subject", "facts")
    }
