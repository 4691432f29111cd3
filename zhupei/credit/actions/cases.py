"""What becomes of a repair and of an objection alike: filed once at a time, answered, late."""

from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, workdays
from zhupei.core.errors import Refused
from zhupei.core.parameters import Parameter, value
from zhupei.core.workflow import Workflow
from zhupei.credit.models import Objection, Repair
from zhupei.credit.tellings import tell_authority, tell_region
from zhupei.oversight.recusal import check_untied
from zhupei.people.models import User

Case = TypeVar("Case", Repair, Objection)
LATE: tuple[tuple[Any, Any], ...] = (
    (Repair, gettext_lazy("信用修复逾期未办：%(number)s")),
    (Objection, gettext_lazy("信用异议逾期未办：%(number)s")),
)


def file(case: Case, event: str, *, by: User, days: Parameter, words: str, twice: Refused) -> Case:
    """Put it before the authority that decided. Raises ``twice`` while another one is open."""
    case.filed_at, case.filed_by = timezone.now(), by
    case.due_at = workdays.deadline(case.filed_at, value(days))
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError as unique:
        raise twice from unique
    audit.record(event, case, by=by, within=case.record)
    tell_authority(case.record, words, str(case.record.organization))
    return case


def answer(flow: Workflow[Case], case: Case, move: str, *, by: User, note: str) -> Case:
    """One of the moves that decide it, by somebody with no tie to the institution."""
    row = flow.move(case, move, by=by, note=note, within=case.record)
    check_untied(by, row.record.organization)
    row.answer, row.answered_at, row.answered_by = note.strip(), timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    return row


def escalate() -> int:
    """Tell the region, once, of what is past its time; return how many."""
    return sum(_escalate(kind, words) for kind, words in LATE)


@transaction.atomic
def _escalate(kind: Any, words: Any) -> int:
    now = timezone.now()
    late = kind.objects.open().filter(due_at__lt=now, late_told_at__isnull=True)
    rows = list(late.select_for_update(of=("self",)).select_related("record__authority"))
    for row in rows:
        body = _("%(authority)s 还没有办理。") % {"authority": row.record.authority}
        tell_region(row.record, str(words), body)
    kind.objects.filter(pk__in=[row.pk for row in rows]).update(late_told_at=now)
    return len(rows)
