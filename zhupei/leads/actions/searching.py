"""Searching: by the clock each night, and when somebody asks. The same facts give one lead."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app as jobs

from zhupei.core import audit, longjobs
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import LongJob
from zhupei.core.parameters import value
from zhupei.leads.access import may_search
from zhupei.leads.definitions import DEFINITIONS
from zhupei.leads.events import LeadEvent
from zhupei.leads.finders import SEARCHES, Found, Window
from zhupei.leads.models import Lead, LeadPlace, Rule
from zhupei.leads.parameters import SWITCHES, WINDOW, Figures, figures
from zhupei.people.models import User

SEARCH = "zhupei.leads.jobs.search"  # named, because jobs import this module
LONGEST = 366  # days one search may cover
# Two searches at once would each find the other's leads missing.
ONE_SEARCH = "SELECT pg_advisory_xact_lock(hashtextextended('leads.search', 0))"


def search(window: Window, *, by: User | None = None, rules: Iterable[str] = SEARCHES) -> int:
    """Search the facts of a window by the rules in use; returns how many leads are new.

    Raises NotAllowed.

    Source: notice, part 2, section 2 (4: stand-ins were hired for classes).
    """
    if not may_search(by):
        raise NotAllowed("not_allowed", gettext_lazy("由住建部门按规则查找线索。"))
    known = figures()
    return sum(
        keep(rule, SEARCHES[rule](window, known), known)
        for rule in rules
        if rule in SEARCHES and known.on(rule)
    )


@transaction.atomic
def keep(rule: str, found: Sequence[Found], known: Figures) -> int:
    """Keep those of ``found`` that are not known yet, whatever became of them; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_SEARCH)
    keys = [one.key for one in found]
    old = set(Lead.objects.filter(rule=rule, key__in=keys).values_list("key", flat=True))
    new = {one.key: one for one in found if one.key not in old}
    now = timezone.now()
    made = Lead.objects.bulk_create(
        Lead(
            rule=rule,
            key=one.key,
            title=one.title,
            organization_id=one.places[0][0],
            happened_on=one.happened_on,
            evidence=[row.as_fact() for row in one.rows],
            figures=_used(rule, known),
            found_at=now,
        )
        for one in new.values()
    )
    LeadPlace.objects.bulk_create(
        LeadPlace(lead=lead, organization_id=organization, prefecture_id=prefecture)
        for lead in made
        for organization, prefecture in new[lead.key].places
    )
    audit.record_all(LeadEvent.FOUND, made, by=None, rule=str(Rule(rule).label))
    return len(made)


def _used(rule: str, known: Figures) -> dict[str, Any]:
    wanted = (*DEFINITIONS[rule].figures, SWITCHES[rule])
    return {one.key: known.settings[one.key].as_fact() for one in wanted}


def nightly() -> int:
    """By the clock: the days of the figure, up to now."""
    now = timezone.now()
    return search(Window(now - timedelta(days=value(WINDOW)), now))


def ask(*, by: User, first: date, last: date, rules: Sequence[str] = ()) -> LongJob:
    """Have some days searched; a job does it and says in the inbox what it found.

    Raises NotAllowed; Refused "days_wrong", "days_many".
    """
    if not may_search(by):
        raise NotAllowed("not_allowed", gettext_lazy("由住建部门按规则查找线索。"))
    if not first <= last <= timezone.localdate():
        raise Refused(
            "days_wrong", gettext_lazy("结束日期不能早于开始日期，也不能晚于今天。"), field="last"
        )
    if (last - first).days > LONGEST:
        raise Refused("days_many", gettext_lazy("一次最多查一年。请分几次。"), field="first")
    chosen = [rule for rule in SEARCHES if not rules or rule in rules]
    with transaction.atomic():
        title = _("查找线索：%(first)s 至 %(last)s") % {"first": first, "last": last}
        job = longjobs.ask(title, by=by, total=len(chosen))
        job.url = reverse("leads:searching", args=[job.pk])
        job.save(update_fields=["url"])
        jobs.configure_task(SEARCH).defer(
            progress=job.pk,
            membership=by.acting.pk,
            first=first.isoformat(),
            last=last.isoformat(),
            rules=[*chosen],
        )
    return job


def run(job: LongJob, *, by: User, first: date, last: date, rules: Sequence[str]) -> int:
    """What the job does, a rule after the other."""
    window, new = _days(first, last), 0
    for done, rule in enumerate(rules, 1):
        new += search(window, by=by, rules=[rule])
        longjobs.advance(job, done)
    with transaction.atomic():
        audit.record(
            LeadEvent.SEARCHED,
            job,
            by=by,
            rules=list(rules),
            new=new,
            first=first.isoformat(),
            last=last.isoformat(),
        )
        longjobs.finish(job, _("新线索 %(n)d 条。已经有过的不重复列出。") % {"n": new})
    return new


def _days(first: date, last: date) -> Window:
    """From the beginning of the first day to the end of the last, in Beijing time."""

    def midnight(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time()))

    return Window(midnight(first), midnight(last + timedelta(days=1)))
