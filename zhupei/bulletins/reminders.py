"""Telling authorities that a bulletin is due. Called once a day."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.bulletins import rules
from zhupei.bulletins.access import AUTHORS, WRITERS
from zhupei.bulletins.models import Bulletin, BulletinKind, State
from zhupei.bulletins.parameters import DAYS_TO_ISSUE
from zhupei.bulletins.rules import Period
from zhupei.core import messages
from zhupei.core.parameters import value
from zhupei.organizations.models import Organization
from zhupei.organizations.offices import holders

BEFORE = 3  # days before the last one


def due(kind: str, today: date) -> tuple[Period, date]:
    """The last period that is over, and the day its bulletin should be out by."""
    period = rules.last_ended(kind, today)
    return period, period.until + timedelta(days=value(DAYS_TO_ISSUE))


def missing(kind: str, period: Period) -> Iterator[Organization]:
    """The authorities that have not issued it."""
    issued = Bulletin.objects.filter(kind=kind, since=period.since, state=State.ISSUED)
    yield from Organization.objects.filter(kind__in=AUTHORS).exclude(
        pk__in=issued.values("authority")
    )


def remind() -> int:
    """Tell the writers some days before the last day, and on it; returns how many bodies."""
    today = timezone.localdate()
    told = 0
    for kind in BulletinKind:
        period, last = due(kind, today)
        if today not in {last - timedelta(days=BEFORE), last}:
            continue
        for body in missing(kind, period):
            title = _("%(period)s的%(kind)s还没印发") % {
                "period": period.label,
                "kind": kind.label,
            }
            text = _("应在 %(day)s 前印发。数字由系统从记录里取。") % {"day": last.isoformat()}
            here = Organization.objects.filter(pk=body.pk)
            people = {user for role in WRITERS for user in holders(role, here)}
            url = reverse("bulletins:index")
            messages.tell(sorted(people, key=lambda u: u.pk), title, body=text, url=url)
            told += 1
    return told
