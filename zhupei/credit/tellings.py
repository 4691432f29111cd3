"""Whom a credit record is told to."""

from zhupei.core import messages
from zhupei.credit.models import CreditRecord
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders, regulators


def tell_institution(record: CreditRecord, title: str, body: str) -> None:
    """Those who keep the institution's file; ``title`` has a blank for the number."""
    role = Role.EXAMINER if record.organization.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    theirs = holders(role, Organization.objects.filter(pk=record.organization_id))
    messages.tell(
        theirs, title % {"number": record.number}, body=body, url=record.get_absolute_url()
    )


def tell_authority(record: CreditRecord, title: str, body: str) -> None:
    """Those who decide for the body that decided the record."""
    own = Organization.objects.filter(pk=record.authority_id)
    theirs = holders(Role.REVIEWER, own) | holders(Role.REGULATOR, own)
    messages.tell(
        theirs, title % {"number": record.number}, body=body, url=record.get_absolute_url()
    )


def tell_region(record: CreditRecord, title: str, body: str) -> None:
    """The region, when somebody below is late."""
    words = title % {"number": record.number}
    messages.tell(regulators(), words, body=body, url=record.get_absolute_url())
