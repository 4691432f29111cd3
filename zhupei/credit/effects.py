"""What becomes of credit records when something below is undone."""

from django.db import models

from zhupei.core.audit import subject_key
from zhupei.credit.models import CreditRecord


def falling(decision: models.Model) -> list[str]:
    """The records that fall within minutes once the decision is taken back, by number."""
    rows = CreditRecord.objects.resting_on([subject_key(decision)])
    return list(rows.values_list("number", flat=True))


FALLS_WITH = falling
