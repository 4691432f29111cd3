"""What is done to single turns on the day: signing in, absence, another assessor, a third one,
taking a turn again.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.constraints import told
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.practical.access import may_run
from zhupei.practical.actions import tellings, timetable
from zhupei.practical.events import TurnEvent
from zhupei.practical.models import Session, Sheet, State, Trouble, Turn
from zhupei.practical.rules import marks
from zhupei.venues.actions import bookings

THIRD = marks.PAIR + 1


def running(turn: Turn, *, by: User) -> Turn:
    """The locked turn of a fixed session that ``by`` runs.

    Raises NotAllowed; Refused "not_fixed", "turn_void".
    """
    session = (
        Session.objects.select_for_update(of=("self",))
        .select_related("organization", "rubric__job", "room")
        .get(pk=turn.session_id)
    )
    if not may_run(by, session):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能做这一步。"))
    row = (
        Turn.objects.select_for_update(of=("self",))
        .select_related("person", "enrolment__training_class")
        .get(pk=turn.pk)
    )
    row.session = session
    if session.state != State.FIXED:
        raise Refused(
            "not_fixed",
            _("“%(session)s”现在是“%(state)s”，不能再改轮次。"),
            session=session,
            state=session.get_state_display(),
        )
    if row.void:
        raise Refused("turn_void", _("这个轮次已经作废，请看重考的轮次。"))
    return row


@transaction.atomic
def arrive(turn: Turn, *, by: User) -> Turn:
    """The candidate is here, with their identity looked at; twice is once."""
    row = running(turn, by=by)
    return signed_in(row, timezone.now(), by=by)


def signed_in(row: Turn, at: datetime, *, by: User) -> Turn:
    """Note the arrival on a row that is locked already. Somebody entered as absent was late."""
    if row.arrived_at is not None or row.settled_at is not None:
        return row
    row.arrived_at, row.absent = at, False
    row.save(update_fields=["arrived_at", "absent"])
    audit.record(TurnEvent.ARRIVED, row, by=by, within=row.session)
    return row


@transaction.atomic
def miss(turn: Turn, *, by: User) -> Turn:
    """The candidate did not come. Raises Refused "has_come", "too_early"."""
    row = running(turn, by=by)
    if row.arrived_at is not None or row.settled_at is not None:
        raise Refused("has_come", _("这名考生已经签到，不能登记缺考。"))
    if timezone.now() < row.starts_at:
        raise Refused("too_early", _("还没有到这一轮的开始时间，不能登记缺考。"))
    if not row.absent:
        row.absent = True
        row.save(update_fields=["absent"])
        audit.record(TurnEvent.ABSENT, row, by=by, within=row.session)
    return row


@transaction.atomic
def replace(sheet: Sheet, assessor: User, *, by: User, note: str) -> Sheet:
    """Another assessor judges instead, before the first one has said anything.

    Raises NotAllowed; Refused "note_required", "already_scoring", and as ``check_may_judge``.
    """
    turn = running(sheet.turn, by=by)
    row = Sheet.objects.select_for_update().get(pk=sheet.pk)
    if not note.strip():
        raise Refused("note_required", _("请写明换人的原因。"), field="note")
    if row.taps.exists():
        raise Refused(
            "already_scoring",
            _("%(person)s 已经开始评分，不能换人。设备或秩序出问题时请安排重考。"),
            person=row.assessor,
        )
    check_may_judge(turn, assessor)
    before = str(row.assessor)
    row.assessor = assessor
    with told({"sheet_assessor_in_one_workshop": _busy(assessor)}):
        row.save(update_fields=["assessor"])
    audit.record(
        TurnEvent.REPLACED,
        turn,
        by=by,
        within=turn.session,
        before=before,
        after=str(assessor),
        why=note.strip(),
    )
    tellings.called(row)
    return row


@transaction.atomic
def call_third(turn: Turn, assessor: User, *, by: User) -> Sheet:
    """Ask a third assessor where two differ; they see nothing of what the two gave.

    Raises NotAllowed; Refused "no_third_needed", and as ``check_may_judge``.

    Source: Measures, art. 17 (the assessment is fair).
    """
    row = running(turn, by=by)
    if not row.differences or row.settled_at is not None:
        raise Refused("no_third_needed", _("这个轮次不需要第三人评分。"))
    if row.sheets.filter(place=THIRD).exists():
        raise Refused("third_called", _("已经指定了第三人。要换人时请用“换人”。"))
    check_may_judge(row, assessor)
    made = Sheet.objects.create(
        turn=row,
        session=row.session,
        assessor=assessor,
        place=THIRD,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
    )
    audit.record(TurnEvent.THIRD_CALLED, row, by=by, within=row.session, assessor=str(assessor))
    tellings.called(made)
    return made


def check_may_judge(turn: Turn, assessor: User) -> None:
    """Raises Refused "no_assessor", "already_judges" or "not_independent".

    Source: Measures, art. 17 (nobody judges those they trained).
    """
    if not timetable.assessors_of(turn.session).filter(user=assessor).exists():
        raise Refused(
            "no_assessor",
            _("%(person)s 当天不是本机构的考评员。"),
            field="assessor",
            person=assessor,
        )
    if turn.sheets.filter(assessor=assessor).exists():
        raise Refused(
            "already_judges",
            _("%(person)s 已经在评这一轮，请换一位。"),
            field="assessor",
            person=assessor,
        )
    school = turn.enrolment.training_class.organization_id
    if assessor.pk in timetable.barred_from({school}, [assessor])[school]:
        raise Refused(
            "not_independent",
            _("%(person)s 与考生的培训机构有关，不能评这一轮。请换一位。"),
            field="assessor",
            person=assessor,
        )


def _busy(assessor: User) -> Refused:
    return Refused(
        "assessor_busy",
        _("%(person)s 同一时间在另一场实操评分。请换一位。"),
        field="assessor",
        person=assessor,
    )


@transaction.atomic
def take_again(
    turn: Turn, *, by: User, station: int, starts_at: datetime, trouble: str, note: str
) -> Turn:
    """A turn that broke down does not count; the candidate has another one, with the same two.

    What was scored before stays on record with the turn that is void.
    Raises NotAllowed; Refused "note_required", "already_settled", "starts_in_past",
    "station_unknown", "station_taken", "room_taken", "candidate_busy" or "assessor_busy".

    Source: Measures, art. 17 (the assessment is fair: what was not the candidate's doing).
    """
    row = running(turn, by=by)
    _check_again(row, station, starts_at, note)
    kind = Trouble(trouble)
    row.void, row.trouble = True, kind
    row.save(update_fields=["void", "trouble"])
    row.sheets.update(live=False)
    length = timedelta(minutes=row.session.rubric.values.minutes)
    clashes = {
        "turn_station_for_one": Refused(
            "station_taken", _("这个工位这段时间已有轮次，请换工位或时间。"), field="station"
        ),
        "turn_person_in_one_place": Refused(
            "candidate_busy", _("考生这段时间另有轮次，请换时间。"), field="starts_at"
        ),
        "sheet_assessor_in_one_workshop": Refused(
            "assessor_busy", _("考评员这段时间在另一场评分，请换时间。"), field="starts_at"
        ),
    }
    with told(clashes):
        made = Turn.objects.create(
            session=row.session,
            person=row.person,
            enrolment=row.enrolment,
            station=station,
            starts_at=starts_at,
            ends_at=starts_at + length,
            instead_of=row,
        )
        Sheet.objects.bulk_create(
            Sheet(
                turn=made,
                session=row.session,
                assessor=one.assessor,
                place=one.place,
                starts_at=made.starts_at,
                ends_at=made.ends_at,
            )
            for one in row.sheets.filter(place__lte=marks.PAIR).select_related("assessor")
        )
    _book(made)
    audit.record(
        TurnEvent.TAKEN_AGAIN,
        row,
        by=by,
        within=row.session,
        trouble=str(kind.label),
        why=note.strip(),
        again=made.pk,
    )
    tellings.turn_again(made)
    return made


def _book(made: Turn) -> None:
    """A turn outside the time of its session needs the workshop as well."""
    session = made.session
    if made.starts_at < session.opens_at or made.ends_at > session.closes_at:
        try:
            bookings.book_more(session, session.room, made.starts_at, made.ends_at)
        except Refused as taken:
            taken.field = "starts_at"
            raise


def _check_again(row: Turn, station: int, starts_at: datetime, note: str) -> None:
    if not note.strip():
        raise Refused("note_required", _("请写明发生了什么。"), field="note")
    if row.settled_at is not None:
        raise Refused("already_settled", _("这个轮次的成绩已定，不能再安排重考。"))
    if starts_at <= timezone.now():
        raise Refused("starts_in_past", _("重考时间已经过去，请选以后的时间。"), field="starts_at")
    if not 1 <= station <= row.session.stations:
        raise Refused(
            "station_unknown",
            _("工位应在 1 到 %(stations)d 之间。"),
            field="station",
            stations=row.session.stations,
        )
