"""Work of the clock: reviews past their time, papers about to lapse. Nothing is decided."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.models import Event
from zhupei.core.parameters import value
from zhupei.teachers import offices
from zhupei.teachers.actions.shared import tell
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Engagement, Qualification, State, Teacher
from zhupei.teachers.parameters import WARNING_DAYS


@transaction.atomic
def remind_overdue() -> int:
    """Tell the association and the region of every application past its time, once a submission;
    return how many. Nobody is admitted by silence.
    """
    late = Teacher.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=State.APPLIED, due_at__lt=timezone.now()
    )
    rows = list(late.select_related("person").order_by("due_at", "pk"))
    told = _told(TeacherEvent.OVERDUE, "due_at")
    fresh = [row for row in rows if (audit.subject_key(row), str(row.due_at)) not in told(rows)]
    for row in fresh:
        audit.record(TeacherEvent.OVERDUE, row, by=None, due_at=str(row.due_at))
        tell(row, offices.officers(), _("入库审核已超过时限，请尽快办理：%(name)s"))
        tell(row, offices.regulators(), _("协会入库审核超过时限：%(name)s"))
    return len(fresh)


def _told(verb: TeacherEvent, fact: str) -> Any:
    """Which of some teachers was told of already: the row, and the fact that tells them apart."""

    def of(rows: list[Teacher]) -> set[tuple[str, str]]:
        keys = [audit.subject_key(row) for row in rows]
        events = Event.objects.filter(verb=verb, subject__in=keys)
        return set(events.values_list("subject", f"facts__{fact}"))

    return of


class _Paper(NamedTuple):
    """One paper about to lapse: whose, which, until when, and which institutions rest on it."""

    teacher: Teacher
    key: str
    what: str
    until: date
    employers: list[int]


@transaction.atomic
def warn_expiring() -> int:
    """Tell institutions and teachers of contracts, insurance and certificates that end within the
    days of the parameter, each once; return how many.
    """
    today = timezone.localdate()
    last = today + timedelta(days=value(WARNING_DAYS))
    papers = list(_papers(today, last))
    keys = {audit.subject_key(paper.teacher) for paper in papers}
    events = Event.objects.filter(verb=TeacherEvent.EXPIRING, subject__in=keys)
    told = set(events.values_list("subject", "facts__paper"))
    fresh = [x for x in papers if (audit.subject_key(x.teacher), x.key) not in told]
    for paper in fresh:
        day = paper.until.isoformat()
        said: dict[str, Any] = {"paper": paper.key, "what": paper.what, "until": day}
        audit.record(TeacherEvent.EXPIRING, paper.teacher, by=None, **said)
        users = [*offices.registrars(paper.employers), *offices.themself(paper.teacher)]
        tell(paper.teacher, users, _("教师 %(name)s 的材料快到期"), f"{paper.what}，{day}")
    return len(fresh)


def _papers(today: date, last: date) -> Iterator[_Paper]:
    soon = (today, last)
    current = Engagement.objects.current().select_related("teacher__person", "organization")
    for name, word in (("contract_until", _t("合同或聘书")), ("insured_until", _t("社保缴费"))):
        for one in current.filter(**{f"{name}__range": soon}).order_by("pk"):
            until = getattr(one, name)
            what = f"{one.organization.name} {word}"
            key = f"{name}/{one.pk}/{until}"
            yield _Paper(one.teacher, key, what, until, [one.organization_id])
    proofs = Qualification.objects.filter(
        valid_until__range=soon, teacher__state=State.ADMITTED
    ).select_related("teacher__person")
    for proof in proofs.order_by("pk"):
        until = proof.valid_until
        assert until
        places = proof.teacher.engagements.filter(until__isnull=True)
        employers = list(places.values_list("organization", flat=True))
        yield _Paper(proof.teacher, f"proof/{proof.pk}/{until}", proof.name, until, employers)
