"""Complaints counted: by kind, by who handles them, upheld, in time, satisfaction."""

from datetime import date
from typing import Any

from django.db.models import Avg, Count, F, Q, QuerySet
from django.utils import timezone

from zhupei.complaints.models import Complaint, KindChoices, Outcome, State
from zhupei.complaints.models.complaint import OPEN
from zhupei.complaints.rules import share, shown
from zhupei.organizations.models import Division

TOLD = (State.REPLIED, State.CLOSED)
GOOD = 4  # points from which somebody is satisfied

COUNTS = {
    "total": Count("pk"),
    "matters": Count("pk", filter=Q(leading=None)),
    "extended": Count("pk", filter=Q(first_close_due__isnull=False)),
    "open": Count("pk", filter=Q(state__in=OPEN)),
    "told": Count("pk", filter=Q(state__in=TOLD)),
    "upheld": Count("pk", filter=Q(state__in=TOLD, outcome__in=[Outcome.UPHELD, Outcome.PARTLY])),
    "replied": Count("pk", filter=Q(first_reply_at__isnull=False)),
    "replied_in_time": Count("pk", filter=Q(first_reply_at__lte=F("reply_due"))),
    "told_in_time": Count("pk", filter=Q(state__in=TOLD, replied_at__lte=F("close_due"))),
    "rated": Count("pk", filter=Q(rating__isnull=False)),
    "satisfied": Count("pk", filter=Q(rating__gte=GOOD)),
    "rating": Avg("rating"),
}


def period(first: date | None, last: date | None) -> tuple[date, date]:
    """The days that are counted: this year unless somebody said otherwise."""
    today = timezone.localdate()
    return first or today.replace(month=1, day=1), last or today


def summed(rows: QuerySet[Complaint]) -> dict[str, Any]:
    """All of them in one line."""
    late = {"late": Count("pk", filter=_late())}
    return _with_shares(rows.aggregate(**COUNTS, **late))


def by(rows: QuerySet[Complaint], *names: str) -> list[dict[str, Any]]:
    """A line for each value of the first name, the others beside it, the largest first."""
    late = {"late": Count("pk", filter=_late())}
    lines = rows.order_by().values(*names).annotate(**COUNTS, **late).order_by("-total", names[0])
    return [_with_shares(line) for line in lines]


def _late() -> Q:
    now = timezone.now()
    return Q(state__in=OPEN) & (Q(close_due__lt=now) | Q(first_reply_at=None, reply_due__lt=now))


def _with_shares(line: dict[str, Any]) -> dict[str, Any]:
    rating = line["rating"]
    return line | {
        "upheld_share": share(line["upheld"], line["told"]),
        "replied_share": share(line["replied_in_time"], line["replied"]),
        "told_share": share(line["told_in_time"], line["told"]),
        "satisfied_share": share(line["satisfied"], line["rated"]),
        "rating": None if rating is None else f"{rating:.1f}",
    }


def kinds(rows: QuerySet[Complaint]) -> list[dict[str, Any]]:
    """By kind, each with its words."""
    labels = dict(KindChoices.choices)
    return [line | {"label": labels[line["kind"]]} for line in by(rows, "kind")]


def for_everybody(first: date, last: date, fewest: int) -> dict[str, Any]:
    """What anybody may know: how many of each kind and each place, small numbers hidden, and how
    they were dealt with where there are enough of them.

    Source: Measures, art. 24; PIPL, art. 51 (de-identification).
    """
    rows = Complaint.objects.filed(first, last)
    all_of_them = summed(rows)
    enough = {
        name: all_of_them[f"{name}_share"] if all_of_them[base] >= fewest else None
        for name, base in (
            ("upheld", "told"), ("replied", "replied"), ("told", "told"), ("satisfied", "rated"),
        )
    }  # fmt: skip
    places = dict(Division.objects.prefectures().values_list("code", "name"))
    return {
        "total": shown({"": all_of_them["total"]}, fewest)[""],
        "matters": shown({"": all_of_them["matters"]}, fewest)[""],
        "extended": shown({"": all_of_them["extended"]}, fewest)[""],
        "shares": enough,
        "kinds": _table(rows, "kind", dict(KindChoices.choices), fewest),
        "places": _table(rows, "prefecture", places, fewest),
    }


def _table(
    rows: QuerySet[Complaint], name: str, labels: dict[str, Any], fewest: int
) -> list[dict[str, Any]]:
    found = rows.order_by().values_list(name).annotate(n=Count("pk"))
    counts = dict(found)
    visible = shown({key: counts.get(key, 0) for key in labels}, fewest)
    lines = [{"label": labels[key], "count": count} for key, count in visible.items()]
    return sorted(lines, key=lambda line: -(line["count"] or 0))
