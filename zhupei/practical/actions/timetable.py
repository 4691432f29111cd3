"""The turns of a session: laid out by rule, two assessors dealt to each, laid out anew when who
takes part changes. Nothing of it is told to anybody before it is fixed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Enrolment
from zhupei.core import audit, parameters
from zhupei.core.constraints import told
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.actions.invigilators import is_independent
from zhupei.organizations.models import Membership, Role
from zhupei.people.models import Person, User
from zhupei.practical.access import may_run
from zhupei.practical.actions.candidates import verdicts
from zhupei.practical.events import SessionEvent
from zhupei.practical.models import CHANGEABLE, Session, Sheet, Turn
from zhupei.practical.parameters import STATIONS_AT_ONCE
from zhupei.practical.rules import marks, turns
from zhupei.practical.sentences import why_not


def assessors_of(session: Session) -> Any:
    """Whom the body may call: those who are its assessors on that day."""
    return (
        Membership.objects.in_force(timezone.localdate(session.opens_at))
        .filter(role=Role.ASSESSOR, organization=session.organization_id, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )


def slots(session: Session) -> list[turns.Slot]:
    """Every turn the day has room for."""
    return turns.slots(
        stations=session.stations,
        opens=session.opens_at,
        closes=session.closes_at,
        minutes=session.rubric.values.minutes,
        change=session.change_minutes,
        pause=session.pause,
    )


@transaction.atomic
def choose(
    session: Session, *, by: User, enrolments: Iterable[Enrolment], panel: Iterable[User]
) -> list[Turn]:
    """Say who takes part and who judges, and lay the turns out.

    Raises NotAllowed; Refused "fixed", "not_eligible", "day_too_short", "no_assessor",
    "assessor_busy", "candidate_busy".

    Source: Measures, art. 18 (assessment of those trained) and art. 20 (the plan names people).
    """
    row = changeable(session, by=by)
    chosen = {one.person_id: one for one in enrolments}
    judges = list(dict.fromkeys(panel))
    known = set(assessors_of(row).values_list("user_id", flat=True))
    for one in judges:
        if one.pk not in known:
            raise Refused(
                "no_assessor", _("%(person)s 当天不是本机构的考评员。"), field="panel", person=one
            )
    check_everybody_entitled(row, [one.pk for one in chosen.values()])
    row.panel.set(judges)
    laid = lay_out(row, list(chosen.values()), judges)
    audit.record(
        SessionEvent.LAID_OUT,
        row,
        by=by,
        count=len(laid),
        assessors=len(judges),
        seed=row.seed,
        turns={str(turn.pk): turn.enrolment_id for turn in laid},
    )
    return laid


def changeable(session: Session, *, by: User) -> Session:
    """The locked row of a session that ``by`` may still change."""
    row = (
        Session.objects.select_for_update(of=("self",))
        .select_related("room", "rubric__job", "organization")
        .get(pk=session.pk)
    )
    if not may_run(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能改这场考核。"))
    if row.state not in CHANGEABLE:
        raise Refused(
            "fixed",
            _("“%(session)s”已是“%(state)s”，轮次不能再改。"),
            session=row,
            state=row.get_state_display(),
        )
    return row


def lay_out(session: Session, enrolments: Sequence[Enrolment], panel: Sequence[User]) -> list[Turn]:
    """Put everybody into a slot in the drawn order, and deal assessors to each turn."""
    room = slots(session)
    if len(room) < len(enrolments):
        raise Refused(
            "day_too_short",
            _("这一天最多排 %(room)d 个轮次，选了 %(chosen)d 人。请减少人数、增加工位或延长时间。"),
            room=len(room),
            chosen=len(enrolments),
        )
    Turn.objects.filter(session=session).delete()
    by_person = {one.person_id: one for one in enrolments}
    order = turns.drawn(by_person, session.seed)
    with told({"turn_person_in_one_place": _candidate_busy()}):
        made = Turn.objects.bulk_create(
            Turn(
                session=session,
                person_id=person,
                enrolment=by_person[person],
                station=slot.station,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
            )
            for person, slot in zip(order, room, strict=False)
        )
    deal(made, panel)
    return made


def deal(made: Sequence[Turn], panel: Sequence[User]) -> None:
    """Two assessors for every turn, as far as there are any that may judge it."""
    barred = barred_from({turn.enrolment.training_class.organization_id for turn in made}, panel)
    wanted = [
        turns.Wanted(
            turn.pk,
            turn.starts_at,
            turn.ends_at,
            barred[turn.enrolment.training_class.organization_id],
        )
        for turn in made
    ]
    at_once = parameters.value(STATIONS_AT_ONCE)
    found = turns.deal(wanted, [one.pk for one in panel], at_once=at_once, each=marks.PAIR)
    with told({"sheet_assessor_in_one_workshop": _assessor_busy()}):
        Sheet.objects.bulk_create(
            _sheet(turn, assessor, place)
            for turn in made
            for place, assessor in enumerate(found[turn.pk], start=1)
        )


def _sheet(turn: Turn, assessor: int, place: int) -> Sheet:
    return Sheet(
        turn=turn,
        session_id=turn.session_id,
        assessor_id=assessor,
        place=place,
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
    )


def barred_from(institutions: set[int], panel: Iterable[User]) -> dict[int, frozenset[int]]:
    """Of each institution, who of the panel works or teaches there.

    Source: Measures, art. 17 (the assessment is fair: nobody judges those they trained).
    """
    judges = list(panel)
    return {
        one: frozenset(judge.pk for judge in judges if not is_independent(judge, {one}))
        for one in institutions
    }


def check_everybody_entitled(session: Session, enrolments: Sequence[int]) -> None:
    """Asked when people are chosen and again when the turns are fixed.

    The people are locked, so that two sessions cannot take one person at the same time.
    Raises Refused "not_eligible", which names the first of them and every reason.
    """
    rows = list(
        Enrolment.objects.filter(pk__in=enrolments)
        .select_related("person", "training_class__syllabus", "training_class__organization")
        .order_by("pk")
    )
    people = sorted({row.person_id for row in rows})
    list(Person.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk"))
    found = verdicts(session, rows)
    barred = [row for row in rows if not found[row.pk].eligible]
    if barred:
        raise Refused(
            "not_eligible",
            _("%(person)s 不能参加这场实操：%(why)s。不符合条件的共 %(count)d 人。"),
            person=barred[0].person,
            why="；".join(why_not(found[barred[0].pk])),
            count=len(barred),
        )


def _candidate_busy() -> Refused:
    return Refused(
        "candidate_busy", _("有考生同一时间在另一场实操里有轮次。请刷新名单，再排一次。")
    )


def _assessor_busy() -> Refused:
    return Refused(
        "assessor_busy",
        _("有考评员同一时间在另一场实操评分。请换人，或改时间。"),
        field="panel",
    )
