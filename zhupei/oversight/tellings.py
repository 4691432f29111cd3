"""Whom a measure and a matter handed over are told to."""

from django.db.models import QuerySet

from zhupei.core import messages
from zhupei.institutions.actions.admission import registrars_of
from zhupei.organizations.models import Organization, Role
from zhupei.organizations.offices import holders, regulators
from zhupei.oversight.models import Handover, Measure
from zhupei.people.models import User


def tell_institution(measure: Measure, title: str, body: str = "") -> None:
    """Those who keep its file; ``title`` has a blank for the number."""
    words = title % {"number": measure.number}
    theirs = registrars_of(measure.organization)
    messages.tell(theirs, words, body=body, url=measure.get_absolute_url())


def tell_authority(measure: Measure, title: str, body: str = "") -> None:
    """Those who decide for the authority that drafted it."""
    words = title % {"number": measure.number}
    theirs = deciders(measure.authority)
    messages.tell(theirs, words, body=body, url=measure.get_absolute_url())


def tell_receiver(handover: Handover, title: str, body: str = "") -> None:
    """Those of the department it goes to, when it works here."""
    if handover.receiver is None:
        return
    words = title % {"number": handover.number}
    own = Organization.objects.filter(pk=handover.receiver.pk)
    theirs = holders(Role.REVIEWER, own)
    messages.tell(theirs, words, body=body, url=handover.get_absolute_url())


def tell_sender(handover: Handover, title: str, body: str = "") -> None:
    """Those of the authority it came from, and the region when that is another."""
    words = title % {"number": handover.number}
    theirs = deciders(handover.authority) | regulators()
    messages.tell(theirs.distinct(), words, body=body, url=handover.get_absolute_url())


def deciders(authority: Organization) -> QuerySet[User]:
    """Those who decide for an authority."""
    own = Organization.objects.filter(pk=authority.pk)
    return holders(Role.REVIEWER, own) | holders(Role.REGULATOR, own)
