"""The facts behind the score: for all bureaus at once, and the very cases of one of them.

The parts that are rows of tables are counted and listed from the same questions (``CASES``); those
that are deeds of the record come from ``classes.review_figures``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes import review_figures
from zhupei.classes.models import SecondState, TrainingClass
from zhupei.complaints.models import Complaint
from zhupei.complaints.models import State as ComplaintState
from zhupei.core.parameters import settings_of
from zhupei.core.templatetags.ui import beijing_day
from zhupei.corrections.models import Finding, FindingState, Order, OrderState
from zhupei.duty.parameters import WEIGHTS
from zhupei.duty.rules import Counted, Part, Score, score
from zhupei.organizations.models import Organization
from zhupei.patrols.models import Duty
from zhupei.patrols.models.duties import State as DutyState

NONE = Counted(0, 0)
LISTED = 500  # cases of one figure on its page


@dataclass(frozen=True)
class Row:
    """One bureau, its parts and its score."""

    bureau: Organization
    parts: dict[Part, Counted]
    weights: dict[Part, int]

    @property
    def score(self) -> Score:
        return score(self.parts, self.weights)


class Instance(NamedTuple):
    """One case behind a figure; ``notes`` tell it from others of the same name."""

    label: str
    url: str
    good: bool
    notes: tuple[str, ...]


def weights(day: date) -> dict[Part, int]:
    """The weights in force on a day."""
    found = settings_of(*WEIGHTS.values(), on=day)
    return {part: int(found[parameter.key].value) for part, parameter in WEIGHTS.items()}


def gather(user: Any, since: date, until: date) -> list[Row]:
    """The bureaus ``user`` may see, by code, with what they did from one day to another."""
    bureaus = Organization.objects.visible_to(user).bureaus().order_by("prefecture_id")
    read = {row.key: row for row in review_figures.gather(user, since, until).bureaus}
    found = {part: _counts(part, since, until) for part in CASES}
    found[Part.REVIEW] = {
        key: Counted(len(row.decisions) - len(row.late), len(row.decisions))
        for key, row in read.items()
    }
    found[Part.AGREEMENT] = {
        key: Counted(len(agreed), len(agreed) + len(objected))
        for key, (agreed, objected) in ((key, _second(row)) for key, row in read.items())
    }
    weigh = weights(until)
    return [
        Row(body, {part: found[part].get(body.pk, NONE) for part in Part}, weigh)
        for body in bureaus
    ]


def instances(
    user: Any, bureau: Organization, part: Part, since: date, until: date
) -> list[Instance]:
    """The cases one figure counts, those that were not as they should be first."""
    if part in CASES:
        rows, owner = CASES[part](since, until), OWNERS[part]
        listed = rows.filter(**{owner: bureau}).select_related("organization")
        return [
            Instance(
                str(one),
                one.get_absolute_url(),
                one.good,
                (str(one.organization or ""), beijing_day(getattr(one, DATED[part]))),
            )
            for one in listed.order_by("good", "-pk")[:LISTED]
        ]
    figures = review_figures.gather(user, since, until)
    row = figures.row(reader=None, bureau=bureau.pk)
    if row is None:
        return []
    if part == Part.AGREEMENT:
        agreed, objected = _second(row)
        told = [(plan, False, "") for plan in objected] + [(plan, True, "") for plan in agreed]
    else:
        words = {True: _("通过"), False: _("退回补正")}
        decided = ((one.plan, not one.late, words[one.approved]) for one in row.decisions)
        told = sorted(decided, key=lambda one: one[1])
    seen = TrainingClass.objects.visible_to(user).select_related("organization")
    plans = seen.in_bulk([plan for plan, *_rest in told])
    return [
        Instance(
            str(plans[plan]),
            reverse("classes:detail", args=[plan]),
            good,
            (str(plans[plan].organization), plans[plan].number or "", word),
        )
        for plan, good, word in told[:LISTED]
        if plan in plans
    ]


def _second(row: review_figures.Row) -> tuple[list[int], list[int]]:
    """Plans whose second reading agreed, and those it objected to."""
    return row.again(SecondState.AGREED), row.again(SecondState.OBJECTED)


def _counts(part: Part, since: date, until: date) -> dict[int, Counted]:
    rows = CASES[part](since, until).order_by().values_list(OWNERS[part])
    counted = rows.annotate(fine=Count("pk", filter=Q(good=True)), all=Count("pk"))
    return {owner: Counted(fine, every) for owner, fine, every in counted}


def _good(when: Q) -> Case:
    return Case(When(when, then=Value(value=True)), default=Value(value=False))


def _looks(since: date, until: date) -> QuerySet[Any]:
    """Classes and sittings whose time for a look is over: was one taken?"""
    ended = Duty.objects.due_between(since, until)
    settled = ended.filter(state__in=[DutyState.DONE, DutyState.MISSED])
    return settled.annotate(good=_good(Q(state=DutyState.DONE)))


def _findings(since: date, until: date) -> QuerySet[Any]:
    """Findings acted on or late: ordered to be put right, or put right on the spot, in time?"""
    found = Finding.objects.found_in(since, until).exclude(state=FindingState.WITHDRAWN)
    acted = Coalesce("order__issued_at", "resolved_at")
    rows = found.filter(act_due_at__isnull=False).annotate(acted_at=acted)
    late = Q(pk__in=Finding.objects.act_overdue().values("pk"))
    judged = rows.filter(late | Q(acted_at__isnull=False))
    return judged.annotate(good=_good(Q(acted_at__lte=F("act_due_at"))))


def _orders(since: date, until: date) -> QuerySet[Any]:
    """Orders that are closed or late: were they closed in time?"""
    rows = Order.objects.standing().issued_in(since, until).with_lateness()
    late = Q(pk__in=Order.objects.overdue().values("pk"))
    closed = Q(state=OrderState.CLOSED)
    return rows.filter(closed | late).annotate(good=_good(closed & Q(was_late=False)))


def _complaints(since: date, until: date) -> QuerySet[Any]:
    """Complaints that are over or late: did the first answer and the result both come in time?
    Taken up in time and still being looked into, they are not judged yet.
    """
    rows = Complaint.objects.filed(since, until)
    late = Q(pk__in=Complaint.objects.overdue(timezone.now()).values("pk"))
    referred = Q(state=ComplaintState.REFERRED)
    over = Q(replied_at__isnull=False) | referred
    first = Q(first_reply_at__lte=F("reply_due")) | Q(
        first_reply_at=None, replied_at__lte=F("reply_due")
    )
    result = Q(replied_at__lte=F("close_due")) | referred
    return rows.filter(over | late).annotate(good=_good(first & result))


CASES: dict[Part, Callable[[date, date], QuerySet[Any]]] = {
    Part.COVERAGE: _looks,
    Part.FINDINGS: _findings,
    Part.CLOSURE: _orders,
    Part.COMPLAINTS: _complaints,
}
DATED = {
    Part.COVERAGE: "closes_at",
    Part.FINDINGS: "found_at",
    Part.CLOSURE: "issued_at",
    Part.COMPLAINTS: "filed_at",
}
OWNERS = dict.fromkeys(CASES, "authority") | {Part.COMPLAINTS: "handler"}
