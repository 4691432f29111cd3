"""One line of a to-do list, and the kinds of lines there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, DateTimeField, Exists, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from zhupei.core import clock, workdays
from zhupei.core.parameters import Parameter, settings_of
from zhupei.core.templatetags.ui import beijing
from zhupei.feedback.parameters import SELF_WORKDAYS
from zhupei.organizations.models import Organization
from zhupei.teaching.parameters import LOG_HOURS

AT_MOST = 50  # lines of one kind; the list pages have them all
Words = str | Promise
Lines = QuerySet[Any, Any]  # kind, key, deadline, facts
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
        return settings_of(LOG_HOURS, SELF_WORKDAYS)

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

    def line(self, key: int, due: datetime | None, facts: dict[str, Any], now: Now) -> Todo:
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
        )


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
    *order: str,
    key: str = "pk",
    due: str | Combinable = NEVER,
    at_most: int = AT_MOST,
) -> Lines:
    """What the lines of a kind are made of, in one shape: so one question asks for all of them.

    ``found`` is asked again by key, without whatever it was joined and sorted with.
    """
    plain = found.model._base_manager.filter(pk__in=found.order_by().values("pk"))
    lines = plain.order_by(*order, "pk").annotate(
        line_kind=Value(kind) if isinstance(kind, str) else kind,
        line_facts=JSONObject(**facts),
        line_due=Cast(due, DateTimeField()) if isinstance(due, str) else due,
    )
    shaped: Lines = lines.values_list("line_kind", key, "line_due", "line_facts")[:at_most]
    return shaped


def by_state(kind: str) -> Concat:
    """One kind for each state: its name, and the word for the state."""
    return Concat(Value(f"{kind}_"), "state", output_field=TextField())


def or_empty(field: str) -> Coalesce:
    """A number that is given later, in words."""
    return Coalesce(field, Value(""), output_field=TextField())


def counted(kind: str, found: QuerySet[Any], user: Any) -> Lines:
    """One line for all of ``found``, with their number ``n``; none where there are none."""
    plain = found.model._base_manager.filter(pk__in=found.order_by().values("pk"))
    number = plain.values(all=Value(1)).annotate(n=Count("pk")).values("n")
    here = Organization.objects.filter(Exists(plain), pk=user.acting.organization_id)
    return rows(kind, here, {"n": Subquery(number)})
