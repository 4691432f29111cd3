"""If judged today: reckoned from the facts of a day, graded by nobody."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import NotAllowed, Refused
from zhupei.evaluation import scoring
from zhupei.evaluation.access import may_reckon
from zhupei.evaluation.facts import Reading, in_parts
from zhupei.evaluation.models import (
    Answer,
    Evaluation,
    Indicator,
    Outlook,
    Scheme,
    SchemeState,
    Veto,
)
from zhupei.evaluation.models.evaluation import SEEN_BY_ALL
from zhupei.evaluation.parameters import scale
from zhupei.evaluation.rules import totals
from zhupei.institutions.models import Admission
from zhupei.institutions.models.standing import ON_THE_LIST
from zhupei.organizations.models import Organization
from zhupei.people.models import User

Read = tuple[Sequence[Indicator], Mapping[str, Any], Mapping[int, Answer]]  # lines, facts, judged
COLUMNS = ["scheme", "day", "reckoned_at", "lines", "sums"]


def newest() -> QuerySet[Scheme]:
    """The scheme institutions are reckoned by, or none: the newest that was published."""
    return Scheme.objects.exclude(state=SchemeState.DRAFT).order_by("-year")[:1]


def current() -> Scheme | None:
    """The same as a row."""
    return next(iter(newest()), None)


def reckon_one(organization: Organization, *, by: User) -> Outlook:
    """What one institution would get today. Raises NotAllowed; Refused "no_scheme"."""
    if not may_reckon(by, organization):
        raise NotAllowed("not_allowed", _("只有本机构和它的主管部门能看。"))
    scheme = current()
    if scheme is None:
        raise Refused("no_scheme", _("还没有发布过评估方案，没有计分的依据。"))
    reckon([organization], scheme)
    return Outlook.objects.get(organization=organization)


def reckon_all() -> int:
    """The same for everybody on the list, by the clock. How many it were."""
    scheme = current()
    if scheme is None:
        return 0
    rows = Admission.objects.filter(state__in=ON_THE_LIST).select_related("organization")
    return reckon([one.organization for one in rows.order_by("organization")], scheme)


def reckon(organizations: Sequence[Organization], scheme: Scheme) -> int:
    """Read the facts of the year that ends today, and put the new reckoning over the old one."""
    today = timezone.localdate()
    indicators = list(scheme.indicators.all())
    reading = Reading(organizations, year_before(today), today, today)
    for part, found in in_parts(reading):
        judged, vetoes = _judged(scheme, part), standing_vetoes(part, today)
        with transaction.atomic():
            Outlook.objects.bulk_create(
                (
                    _outlook(
                        one,
                        scheme,
                        (indicators, found[one.pk], judged.get(one.pk, {})),
                        vetoes.get(one.pk, []),
                    )
                    for one in part
                ),
                update_conflicts=True,
                unique_fields=["organization"],
                update_fields=COLUMNS,
            )
    return len(organizations)


def year_before(day: date) -> date:
    """The first day of the year of which ``day`` is the last."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _judged(scheme: Scheme, part: Iterable[Organization]) -> dict[int, dict[int, Answer]]:
    """What people said of these last, where their scores are no secret any more."""
    rows = Answer.objects.filter(
        evaluation__scheme=scheme,
        evaluation__organization__in=part,
        evaluation__decided_at__isnull=False,
        indicator__source="human",
    )
    found: dict[int, dict[int, Answer]] = {}
    for answer in rows.select_related("evaluation"):
        found.setdefault(answer.evaluation.organization_id, {})[answer.indicator_id] = answer
    return found


def standing_vetoes(organizations: Iterable[Organization], day: date) -> dict[int, list[str]]:
    """The vetoes found within the year that ends on ``day`` and not lifted, where the institution
    may know of them already: its result was published.
    """
    rows = Veto.objects.standing().filter(
        evaluation__organization__in=list(organizations),
        evaluation__state__in=SEEN_BY_ALL,
        found_at__date__range=(year_before(day), day),
    )
    found: dict[int, list[str]] = {}
    for one in rows.select_related("evaluation").order_by("pk"):
        kinds = found.setdefault(one.evaluation.organization_id, [])
        if one.kind not in kinds:
            kinds.append(one.kind)
    return found


def _outlook(
    organization: Organization, scheme: Scheme, read: Read, vetoes: Sequence[str]
) -> Outlook:
    indicators, found, judged = read
    evaluation = Evaluation(scheme=scheme, organization=organization)
    answers = []
    for indicator in indicators:
        answer = Answer(evaluation=evaluation, indicator=indicator)
        scoring.compute(answer, found.get(indicator.rule, {}))
        scoring.settle(answer, [], allowed=100)
        if indicator.pk in judged:
            answer.status, answer.value = judged[indicator.pk].status, judged[indicator.pk].value
        answers.append(answer)
    total = scoring.total(answers, scheme.figures)
    sums = scoring.as_json(total)
    sums["score"] = None if total.score is None else str(total.score)
    sums["grade"] = totals.grade(total, scale(scheme.figures), vetoed=bool(vetoes))
    sums["vetoes"] = list(vetoes)
    return Outlook(
        organization=organization,
        scheme=scheme,
        day=timezone.localdate(),
        reckoned_at=timezone.now(),
        lines=[_line(answer, total.whole.assessed) for answer in answers],
        sums=sums,
    )


def _line(answer: Answer, assessed: Decimal) -> dict[str, Any]:
    """One indicator as the page reads it; ``gain`` is what all its points would add."""
    indicator = answer.indicator
    gain = Decimal(0)
    if answer.value is not None:
        missing = indicator.points - answer.value
        of_hundred = indicator.block != totals.BONUS and assessed
        gain = missing * 100 / assessed if of_hundred else missing
    return {
        "code": indicator.code,
        "block": indicator.block,
        "title": indicator.title,
        "rule": indicator.rule,
        "of": str(indicator.points),
        "status": answer.status,
        "value": None if answer.value is None else str(answer.value),
        "because": answer.because,
        "said": dict(answer.said),
        "cases": answer.facts.get("cases", []),
        "gain": f"{gain:.2f}",
    }
