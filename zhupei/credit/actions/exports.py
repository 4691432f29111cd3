"""Lists that leave the house as a spreadsheet: that they did is an event.

Source: PIPL, art. 51 and 54.
"""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.credit import sheet
from zhupei.credit.access import may_export
from zhupei.credit.events import GradeEvent, RecordEvent
from zhupei.credit.models import CreditRecord, Grade
from zhupei.people.models import User

LARGEST = 5000


@transaction.atomic
def records(rows: QuerySet[CreditRecord], *, by: User) -> bytes:
    """The records as a spreadsheet. Raises NotAllowed; Refused "too_many"."""
    _allowed(by)
    found = list(rows[: LARGEST + 1])
    if len(found) > LARGEST:
        raise Refused(
            "too_many",
            gettext_lazy("一次最多导出 %(limit)d 条。请先筛选，再导出。"),
            limit=LARGEST,
        )
    audit.record(RecordEvent.EXPORTED, by.acting.organization, by=by, count=len(found))
    return sheet.records(found)


@transaction.atomic
def grades(rows: QuerySet[Grade], *, by: User, year: int) -> bytes:
    """The grades of one year as a spreadsheet. Raises NotAllowed."""
    _allowed(by)
    found = list(rows[:LARGEST])
    audit.record(GradeEvent.EXPORTED, by.acting.organization, by=by, year=year, count=len(found))
    return sheet.grades(found)


def _allowed(by: User) -> None:
    if not may_export(by):
        raise NotAllowed("not_allowed", _("您的身份不能导出信用清单。"))
