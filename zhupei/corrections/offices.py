"""The people to tell at either end of an order."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from zhupei.core import messages
from zhupei.corrections.access import ANSWERING, DECIDING
from zhupei.corrections.models import Finding, Order
from zhupei.organizations.models import Organization
from zhupei.organizations.offices import holders
from zhupei.people.models import User


def answering(order: Order | Finding) -> QuerySet[User]:
    """Those who answer for the institution."""
    return _holders(ANSWERING, order.organization_id)


def deciding(order: Order | Finding) -> QuerySet[User]:
    """Those who decide for the authority that issued it or found it."""
    return _holders(DECIDING, order.authority_id)


def _holders(roles: Iterable[Any], body: int) -> QuerySet[User]:
    own = Organization.objects.filter(pk=body)
    first, second = roles
    return (holders(first, own) | holders(second, own)).distinct()


def tell(users: Iterable[User], title: Any, order: Order, note: str = "") -> None:
    """A line about an order in each inbox; ``title`` may name %(number)s and %(organization)s."""
    facts = {"number": order.number, "organization": order.organization}
    url = reverse("corrections:order", args=[order.pk])
    messages.tell(users, str(title) % facts, body=note, url=url)


def about(users: Iterable[User], title: Any, finding: Finding, note: str = "") -> None:
    """A line about a finding in each inbox; it leads to the order the finding is in."""
    where = finding.order or finding
    facts = {"organization": finding.organization}
    messages.tell(users, str(title) % facts, body=note, url=where.get_absolute_url())
