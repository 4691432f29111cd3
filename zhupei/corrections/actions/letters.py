"""Making the letter of an order anew when its findings changed after it was issued."""

from django.db import transaction
from django.utils import timezone

from zhupei.core import audit
from zhupei.corrections import letter
from zhupei.corrections.events import OrderEvent
from zhupei.corrections.models import CorrectedLetter, Order
from zhupei.people.models import User


@transaction.atomic
def correct(order: Order, *, by: User, reason: str) -> CorrectedLetter:
    """Print the letter of a locked order as it stands now, as its next correction.

    Source: Administrative Penalty Law, art. 45 (reasons that hold are accepted; borrowed).
    """
    now = timezone.now()
    made = CorrectedLetter(
        order=order,
        number=order.corrected_letters.count() + 1,
        reason=reason.strip(),
        made_at=now,
        made_by=by,
    )
    made.file = letter.kept(order, list(order.findings.standing()), by=by, correction=made)
    made.save()
    sha256 = made.file.sha256
    audit.record(OrderEvent.LETTER_CORRECTED, order, by=by, count=made.number, letter=sha256)
    return made
