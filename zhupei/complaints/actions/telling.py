"""Telling officers and complainants. What is sent names neither the complainant nor the body."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.complaints import wordings
from zhupei.complaints.access import CLERKS
from zhupei.complaints.models import Complainant, Complaint
from zhupei.core import messages
from zhupei.core.wordings import say
from zhupei.organizations.models import Interest, Organization
from zhupei.organizations.offices import holders, regulators
from zhupei.people.models import User


def officers(complaint: Complaint, title: Any, body: str = "") -> None:
    """The officers of the body that handles it, except who has a tie to whom it is about."""
    found = officers_of(complaint.handler_id, complaint)
    _tell(found, complaint, title, body)


def officers_of(organization: int, complaint: Complaint) -> list[User]:
    """Who of a body may have to do with a complaint as an officer."""
    here = Organization.objects.filter(pk=organization)
    found = {user for role in CLERKS for user in holders(role, here)}
    return untied(found, complaint)


def untied(people: set[User], complaint: Complaint) -> list[User]:
    """Those nothing binds to the body complained about, in the order of their names."""
    rows = sorted(people, key=lambda user: (user.name, user.pk))
    if complaint.organization_id is None:
        return rows
    keys = [user.pk for user in rows]
    pairs = Interest.objects.between(keys, [complaint.organization_id], timezone.localdate())
    tied = {user for user, _body in pairs}
    return [user for user in rows if user.pk not in tied]


def investigator(complaint: Complaint, title: Any, body: str = "") -> None:
    """Who investigates; the officers while nobody does."""
    if complaint.investigator is None:
        officers(complaint, title, body)
    else:
        _tell([complaint.investigator], complaint, title, body)


def above(complaint: Complaint, title: Any, body: str = "") -> None:
    """The officers beside who investigates; the region where there is nobody else."""
    found = officers_of(complaint.handler_id, complaint)
    others = [user for user in found if user.pk != complaint.investigator_id]
    if others:
        _tell(others, complaint, title, body)
    else:
        region(complaint, title, body)


def region(complaint: Complaint, title: Any, body: str = "") -> None:
    """The region's regulators."""
    _tell(untied(set(regulators()), complaint), complaint, title, body)


def _tell(people: list[User], complaint: Complaint, title: Any, body: str) -> None:
    facts = {"number": complaint.number, "kind": complaint.get_kind_display()}
    messages.tell(people, str(title) % facts, body=body, url=complaint.get_absolute_url())


def complainant(complaint: Complaint) -> None:
    """A short message that there is something new, and a line in the inbox of an account. Nobody
    looks at an identity here: the program does, and sends.
    """
    who = Complainant.objects.filter(complaint=complaint).first()
    if who is None:
        return
    number = complaint.number
    where = f"{settings.PUBLIC_URL}{reverse('complain:follow')}"
    if who.phone:
        messages.text(who.phone, say(wordings.NEWS, number=number, url=where))
    if who.account:
        account = User.objects.filter(pk=int(who.account), is_active=True)
        url = reverse("complain:own", args=[complaint.pk])
        messages.tell(account, _("您的投诉 %(number)s 有新进展") % {"number": number}, url=url)
