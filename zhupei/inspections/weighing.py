"""What is known of institutions on the day a draw is frozen, as tickets with their reasons."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from zhupei.complaints.models import Complaint
from zhupei.core.parameters import settings_of
from zhupei.credit.models import CreditRecord, Grade, Letter, Seriousness
from zhupei.inspections import parameters, rules
from zhupei.organizations.models import Organization

DAYS_A_MONTH = 30


def weights(organizations: Collection[int], day: date) -> dict[int, rules.Weight]:
    """The tickets of each of these bodies."""
    said = settings_of(*parameters.WEIGHTS, parameters.LOOK_BACK, on=day)
    figures = _figures({key: int(one.value) for key, one in said.items()})
    since = day - timedelta(days=DAYS_A_MONTH * int(said[parameters.LOOK_BACK.key].value))
    found = records(organizations, day, since)
    return {pk: rules.weigh(found.get(pk, rules.Record()), figures) for pk in sorted(organizations)}


def weight(record: rules.Record, day: date) -> rules.Weight:
    """The tickets of one body for what is said of it here and nothing else."""
    said = settings_of(*parameters.WEIGHTS, on=day)
    return rules.weigh(record, _figures({key: int(one.value) for key, one in said.items()}))


def _figures(worth: Mapping[str, int]) -> rules.Figures:
    """What each fact is worth."""
    return rules.Figures(
        base=worth[parameters.BASE.key],
        grades={grade: worth[one.key] for grade, one in parameters.GRADES.items()},
        credit={kind: worth[one.key] for kind, one in parameters.CREDIT.items()},
        complaints=worth[parameters.COMPLAINTS.key],
        many=worth[parameters.MANY.key],
        most=worth[parameters.MOST.key],
    )


def records(organizations: Collection[int], day: date, since: date) -> dict[int, rules.Record]:
    """Grade, published credit records, complaints found true since a day, each in one question."""
    bodies = Organization.objects.filter(pk__in=organizations)
    known = _public(organizations, day)
    upheld = Complaint.objects.matters().upheld()
    upheld = upheld.filter(organization__in=bodies, decided_at__date__gte=since)
    complaints = Counter(upheld.values_list("organization", flat=True))
    return {
        pk: known.get(pk, rules.Record())._replace(complaints=complaints[pk])
        for pk in {*known, *complaints}.intersection(organizations)
    }


def _public(organizations: Collection[int], day: date) -> dict[int, rules.Record]:
    """Grade and published credit records."""
    bodies = Organization.objects.filter(pk__in=organizations)
    grades = {pk: row.grade for pk, row in Grade.objects.latest_of(bodies).items()}
    credit: dict[int, Counter[str]] = {}
    published = CreditRecord.objects.published(day).filter(organization__in=bodies)
    for body, seriousness in published.values_list("organization", "seriousness"):
        credit.setdefault(body, Counter())[seriousness] += 1
    return {
        pk: rules.Record(grade=grades.get(pk, ""), credit=credit.get(pk, {}))
        for pk in {*grades, *credit}
    }


def spelled(reasons: Iterable[str]) -> list[str]:
    """The reasons of a weight in words."""
    words = {
        "base": _("基本"),
        "complaints": _("查实投诉较多"),
        **{f"grade-{one.value}": _("评估等级 %(x)s") % {"x": one.label} for one in Letter},
        **{f"credit-{one.value}": _("失信记录（%(x)s）") % {"x": one.label} for one in Seriousness},
    }
    said = []
    for one in reasons:
        what, _sign, worth = one.partition("=")
        kind, _times, count = what.partition("*")
        said.append(f"{words.get(kind, kind)}{count and f'×{count}'} {int(worth):+d}")
    return said
