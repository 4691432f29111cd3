"""One line of a to-do list, and the kinds of lines there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    Min,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject, RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core import clock, workdays
from zhupei.core.parameters import Parameter, settings_of
from zhupei.core.queries import number_of
from zhupei.core.templatetags.ui import beijing
from zhupei.feedback.parameters import SELF_WORKDAYS
from zhupei.leads.parameters import JUDGE_DAYS
from zhupei.organizations.models import Organization
from zhupei.patrols.parameters import EXPLAIN_WORKDAYS
from zhupei.teaching.parameters import LOG_HOURS

AT_MOST = 10  # lines of one source; the list pages have them all
Words = str | Promise
Lines = QuerySet[Any, Any]  # kind, key, deadline, facts, place among all of its source, all
NEVER = Cast(Value(None), DateTimeField())


class Now:
    """The moment a list is made at; the calendar is asked once, and only when it is needed."""

    def __init__(self) -> None:
        self.moment = timezone.now()
        self.today = timezone.localdate(self.moment)

    @cached_property
    def calendar(self) -> dict[Any, bool]:
        return clock.calendar(self.moment)

    @cached_property
    def _figures(self) -> dict[str, Any]:
        return settings_of(LOG_HOURS, SELF_WORKDAYS, JUDGE_DAYS, EXPLAIN_WORKDAYS)

    def figure(self, parameter: Parameter) -> Any:
        """One of the figures deadlines are made of, asked for together."""
        return self._figures[parameter.key].value

    def workdays_left(self, due: datetime | None) -> str:
        """How long, where working days count and not hours."""
        left = clock.left(due, self.moment, self.calendar)
        return left.words if left else ""


@dataclass(frozen=True)
class Todo:
    """One line: what, for whom, until when, and the one step to take next."""

    icon: str
    kind: Words
    title: str
    note: str
    who: str
    url: str
    step_label: Words
    due: datetime | None = None
    left: str = ""
    more: int = 0  # of the same source that are not shown, behind the last that is

    @property
    def step(self) -> dict[str, Any]:
        return {"label": self.step_label, "url": self.url}


@dataclass(frozen=True)
class Kind:
    """What all lines of a kind have in common. ``title``, ``note`` and ``who`` are filled in with
    the facts of the row; ``page`` takes its key, or ``args`` where it is a list of several.
    """

    icon: str
    label: Words
    title: Words
    note: Words
    who: Words
    page: str
    step: Words
    workdays: bool = False  # its deadline is said in working days
    args: tuple[str, ...] | None = None

    def line(
        self, key: int, due: datetime | None, facts: dict[str, Any], now: Now, *, more: int
    ) -> Todo:
        shown = {name: _shown(name, value) for name, value in facts.items()}
        due = due or _later(facts, now)
        args = [key] if self.args is None else self.args
        return Todo(
            self.icon,
            self.label,
            str(self.title) % shown,
            str(self.note) % shown,
            str(self.who) % shown,
            reverse(self.page, args=args),
            self.step,
            due,
            now.workdays_left(due) if self.workdays else "",
            more,
        )


OFFICE_ENDS = timedelta(hours=10)  # 18:00 in Beijing, from midnight UTC
DAY_ENDS = timedelta(hours=15, minutes=59)  # 23:59 in Beijing


def _shown(name: str, value: Any) -> Any:
    """Moments come out of the database as text."""
    return beijing(datetime.fromisoformat(value)) if name.endswith("_at") else value


def _later(facts: dict[str, Any], now: Now) -> datetime | None:
    """A deadline of so many ``workdays`` after ``last_day``, at the end of office hours."""
    if "workdays" not in facts:
        return None
    last_day = date.fromisoformat(facts["last_day"])
    day = workdays.add_workdays(last_day, facts["workdays"], now.calendar)
    return timezone.make_aware(datetime.combine(day, workdays.END_OF_DAY))


def rows(
    kind: str | Combinable,
    found: QuerySet[Any],
    facts: Mapping[str, Any],
    *order: str | Case,
    key: str = "pk",
    due: str | Combinable = NEVER,
) -> Lines:
    """What the lines of a kind are made of, in one shape: so one question asks for all of them.

    ``found`` is asked again by key, without whatever it was joined and sorted with.
    """
    plain = found.model._base_manager.filter(pk__in=found.order_by().values("pk"))
    lines = plain.order_by(*order, "pk").annotate(
        line_kind=Value(kind) if isinstance(kind, str) else kind,
        line_facts=JSONObject(**facts),
        line_due=Cast(due, DateTimeField()) if isinstance(due, str) else due,
        line_place=Window(RowNumber(), order_by=[*order, "pk"]),
        line_all=Window(Count("*")),
    )
    shape = ("line_kind", key, "line_due", "line_facts", "line_place", "line_all")
    shaped: Lines = lines.values_list(*shape)[:AT_MOST]
    return shaped


def by_state(kind: str) -> Concat:
    """One kind for each state: its name, and the word for the state."""
    return Concat(Value(f"{kind}_"), "state", output_field=TextField())


def or_empty(field: str) -> Coalesce:
    """A number that is given later, in words."""
    return Coalesce(field, Value(""), output_field=TextField())


def counted(kind: str, found: QuerySet[Any], user: Any, *, due: str = "") -> Lines:
    """One line for all of ``found``, with their number ``n``; none where there are none. ``due``
    is a field of theirs: the line has the earliest.
    """
    plain = found.model._base_manager.filter(pk__in=found.order_by().values("pk"))
    here = Organization.objects.filter(Exists(plain), pk=user.acting.organization_id)
    if not due:
        return rows(kind, here, {"n": number_of(plain)})
    earliest = plain.order_by().values(one=Value(1)).annotate(first=Min(due)).values("first")
    first = Subquery(earliest, output_field=DateTimeField())
    return rows(kind, here, {"n": number_of(plain)}, due=first)


def day_end(field: str, at: timedelta = OFFICE_ENDS) -> Combinable:
    """The end of office hours of a day, as a deadline, or another time of it."""
    ends = Cast(F(field), DateTimeField()) + at
    return ExpressionWrapper(ends, output_field=DateTimeField())
