"""The pool: proposed or applying, reviewed, admitted, removed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import setting
from zhupei.organizations.models import Organization
from zhupei.people.actions import enter_person
from zhupei.people.models import Person, User
from zhupei.syllabus.models import Job
from zhupei.teachers import dossiers, offices, parameters, words
from zhupei.teachers.access import may_propose
from zhupei.teachers.actions.engagements import end_all
from zhupei.teachers.actions.shared import locked, open_to, tell
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import State, Teacher
from zhupei.teachers.workflow import POOL


@transaction.atomic
def propose(
    person: Person | Mapping[str, str],
    *,
    by: User,
    organization: Organization,
    trades: Iterable[Job] = (),
    **fields: str,
) -> Teacher:
    """An institution starts the application of somebody: a person, or the ``name``, ``id_number``
    and ``phone`` of one. ``fields`` are title, rank and education.

    Raises Refused "teacher_known", "teacher_in_hand", or what ``people.enter_person`` refuses.
    """
    if not may_propose(by, organization):
        raise NotAllowed("not_allowed", _("只有培训机构的教务员能报送教师。"))
    if not isinstance(person, Person):
        person = enter_person(**person, by=by)
    return _start(person, by=by, organization=organization, trades=trades, fields=fields)


@transaction.atomic
def apply(*, by: User, trades: Iterable[Job] = (), **fields: str) -> Teacher:
    """A person with an account starts their own application."""
    if by.person is None:
        raise NotAllowed("not_allowed", _("请用本人实名注册的账号申请入库。"))
    return _start(by.person, by=by, organization=None, trades=trades, fields=fields)


def _start(
    person: Person,
    *,
    by: User,
    organization: Organization | None,
    trades: Iterable[Job],
    fields: Mapping[str, str],
) -> Teacher:
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)  # two at once end as one
    before = Teacher.objects.filter(person=person).first()
    if before and before.state != State.REMOVED:
        raise _known(before)
    if before is None:
        teacher = Teacher.objects.create(person=person, proposed_by=organization, **fields)
        audit.record(TeacherEvent.PROPOSED, teacher, by=by, within=organization)
    else:
        Teacher.objects.filter(pk=before.pk).update(proposed_by=organization, **fields)
        teacher = POOL.move(before, "reopen", by=by, within=organization)
    teacher.trades.set(trades)
    return teacher


def _known(teacher: Teacher) -> Refused:
    if teacher.state == State.ADMITTED:
        return Refused(
            "teacher_known",
            _("“%(name)s”已在师资库，不用再报送。请在师资库里查到本人，直接聘用。"),
            field="id_number",
            name=teacher.person.name,
        )
    return Refused(
        "teacher_in_hand",
        _("“%(name)s”的入库资料已有单位或本人在填报（%(state)s），一个人只有一份。"),
        field="id_number",
        name=teacher.person.name,
        state=teacher.get_state_display(),
    )


@transaction.atomic
def change(
    teacher: Teacher, *, by: User, trades: Iterable[Job] | None = None, **fields: str
) -> Teacher:
    """Change what the file says: while it is filled in by those who submit it, of a teacher in
    the pool by those who admit. Records only what really changed.

    Raises Refused "evidence_missing" for a trade of a teacher in the pool that nothing proves.
    """
    row = open_to(by, teacher)
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    before = {name: getattr(row, name) for name in changed}
    now: dict[str, Any] = dict(changed)
    if trades is not None:
        _retrain(row, list(trades), before, now)
    if not now:
        return row
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*changed])
    labels = "、".join(str(words.FIELDS[name]) for name in now)
    audit.record(TeacherEvent.CHANGED, row, by=by, fields=labels, before=before, now=now)
    return row


def _retrain(row: Teacher, trades: list[Job], before: dict[str, Any], now: dict[str, Any]) -> None:
    """Set the trades, and note them where they are others than before."""
    had = sorted(str(trade) for trade in row.trades.all())
    has = sorted(str(trade) for trade in trades)
    if had == has:
        return
    before["trades"], now["trades"] = "、".join(had), "、".join(has)
    row.trades.set(trades)
    if row.state == State.ADMITTED:
        _check_evidence(row)


@transaction.atomic
def submit(teacher: Teacher, *, by: User, note: str = "") -> Teacher:
    """Hand the application in; the clock of the association starts.

    Raises Refused "trades_missing", or "evidence_missing" when a trade has no evidence in force.
    """
    now, figure = timezone.now(), setting(parameters.REVIEW_WORKDAYS)
    verbs = [TeacherEvent.APPLIED]
    before = audit.own_history(teacher).filter(verb__in=verbs).count()
    row = locked(teacher)
    facts = {"round": before + 1, "parameters": {parameters.REVIEW_WORKDAYS.key: figure.as_fact()}}
    row = POOL.move(row, "submit", by=by, note=note, within=row.proposed_by, **facts)
    _check_evidence(row)
    row.applied_at, row.due_at = now, workdays.deadline(now, figure.value)
    row.save(update_fields=["applied_at", "due_at"])
    tell(row, offices.officers(), _("待审核的入库教师：%(name)s"))
    return row


def _check_evidence(row: Teacher) -> None:
    """Every trade is proven; there is one at least."""
    if not row.trades.exists():
        raise Refused("trades_missing", _("请至少选择一个任教专业工种。"), field="trades")
    missing = dossiers.unproven(row)
    if missing:
        raise Refused(
            "evidence_missing",
            _("“%(trades)s”还没有在有效期内、带扫描件的资格证明。请先上传，或去掉这个工种。"),
            field="trades",
            trades="、".join(missing),
        )


@transaction.atomic
def withdraw(teacher: Teacher, *, by: User, note: str = "") -> Teacher:
    """Take an application back before it was decided on."""
    return _stopped(POOL.move(teacher, "withdraw", by=by, note=note))


@transaction.atomic
def admit(teacher: Teacher, *, by: User, note: str = "") -> Teacher:
    """Take somebody into the regional pool. Nobody is admitted by silence.

    Raises Refused "evidence_missing" when a paper lapsed since it was handed in.

    Source: notice, part 3 (one teacher pool for the region).
    """
    row = locked(teacher)
    POOL.check(row, "admit", by=by)
    _check_evidence(row)
    row.in_pool_since = timezone.localdate()
    row.save(update_fields=["in_pool_since"])
    row = _stopped(POOL.move(row, "admit", by=by, note=note, within=row.proposed_by))
    tell(row, offices.submitters(row), _("%(name)s 已入师资库"), note)
    return row


@transaction.atomic
def send_back(
    teacher: Teacher,
    *,
    by: User,
    note: str = "",
    reasons: Iterable[Mapping[str, str]] = (),
) -> Teacher:
    """Return an application to be corrected. Each reason names a ``field`` (words.FIELDS) and says
    in ``text`` what to correct; it is shown beside that field.

    Raises Refused "reason_field_unknown", or "note_required" when nothing was said at all.
    """
    told = [_reason(reason) for reason in reasons if reason["text"].strip()]
    note = note.strip() or "；".join(reason["text"] for reason in told)
    row = locked(teacher)
    row = POOL.move(row, "return", by=by, note=note, within=row.proposed_by, reasons=told)
    _stopped(row)
    tell(row, offices.submitters(row), _("入库资料退回补正：%(name)s"), note)
    return row


def _reason(reason: Mapping[str, str]) -> dict[str, str]:
    if reason["field"] not in words.FIELDS:
        raise Refused(
            "reason_field_unknown",
            _("理由要对准资料里的一项，“%(name)s”不是。请重新选择。"),
            field="reasons",
            name=reason["field"],
        )
    return {name: reason[name].strip() for name in ("field", "text")}


@transaction.atomic
def remove(teacher: Teacher, *, by: User, note: str) -> Teacher:
    """Take somebody out of the pool; every institution's engagement ends with it."""
    row = POOL.move(teacher, "remove", by=by, note=note)
    employers = end_all(row, by=by, note=note)
    title = _("%(name)s 已移出师资库，聘用随即结束")
    told = [*offices.registrars(employers), *offices.submitters(row)]
    tell(row, {user.pk: user for user in told}.values(), title, note)
    return row


@transaction.atomic
def reopen(teacher: Teacher, *, by: User, note: str = "") -> Teacher:
    """Begin anew with somebody who was removed."""
    return POOL.move(teacher, "reopen", by=by, note=note)


def _stopped(row: Teacher) -> Teacher:
    """The clock of the association stops."""
    row.due_at = None
    row.save(update_fields=["due_at"])
    return row
