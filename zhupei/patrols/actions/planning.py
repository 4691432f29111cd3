"""Sending people: who looks at what on which day, and calling it off again."""

import secrets
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing_day, dated
from zhupei.patrols import checklist, tellings
from zhupei.patrols.access import may_plan
from zhupei.patrols.crew import Situation, situations
from zhupei.patrols.events import PatrolEvent
from zhupei.patrols.models import OPEN, Duty, Patrol, State, Way
from zhupei.patrols.workflow import DUTY, PATROL
from zhupei.people.models import User


class Wish(NamedTuple):
    """What somebody asks for. ``key`` is theirs: the same asked twice is asked once. ``seen`` is
    the newest plan for the duty they knew of (0 for none); None where nobody looked.
    """

    key: UUID
    way: str
    day: date
    people: Collection[User]
    seen: int | None = None


class SomeRefused(Refused):
    """Several were asked for and some cannot be: ``rows`` says why, by duty. None was planned."""

    def __init__(self, rows: Mapping[int, Refused]) -> None:
        self.rows = rows
        words = _("有 %(count)d 项不能这样安排，原因写在旁边；其余的也还没有安排。")
        super().__init__("some_refused", words, count=len(rows))


@transaction.atomic
def plan(duty: Duty, wish: Wish, *, by: User) -> Patrol:
    """Send people to look at something on a day.

    What was looked at already may be looked at again while it lasts: the look is counted, the duty
    stays done.

    Raises NotAllowed; Refused "key_used", "day_outside", "planned_meanwhile", "too_few_people",
    "not_ours", "recused", "planned_already", and what ``check_duty`` says.

    Source: Measures, art. 6 (逢培必巡、逢考必督); 优化营商环境条例第54条 (利害关系回避).
    """
    try:
        return plan_all({duty.pk: wish}, by=by)[0]
    except SomeRefused as refused:
        raise refused.rows[duty.pk] from None


@transaction.atomic
def plan_all(wishes: Mapping[int, Wish], *, by: User) -> list[Patrol]:
    """Send people to look at several duties (by key): all of them or none.

    Raises NotAllowed; SomeRefused, whose rows say what ``plan`` says of one.

    Source: Measures, art. 6 (逢培必巡、逢考必督).
    """
    duties = _locked(list(wishes))
    if not all(may_plan(by, duty) for duty in duties):
        raise NotAllowed("not_allowed", _("由办学地住建局或自治区住建厅安排巡查。"))
    before = Patrol.objects.in_bulk([wish.key for wish in wishes.values()], field_name="key")
    new = {duty: wishes[duty.pk] for duty in duties if wishes[duty.pk].key not in before}
    known: dict[int, Situation] = {}
    for day in {wish.day for wish in new.values()}:
        known |= situations([duty for duty in new if new[duty].day == day], by=by, day=day)
    refused = refusals(new, known)
    for duty in duties:
        done = before.get(wishes[duty.pk].key)
        if done is not None and done.duty_id != duty.pk:
            refused[duty.pk] = Refused("key_used", _("这个页面已经用过了。请刷新后再安排。"))
    if refused:
        raise SomeRefused(refused)
    sent = {duty.pk: _send(duty, wish, by=by) for duty, wish in new.items()}
    return [sent.get(pk) or before[wish.key] for pk, wish in wishes.items()]


def refusals(wishes: Mapping[Duty, Wish], known: Mapping[int, Situation]) -> dict[int, Refused]:
    """What cannot be planned as it is wished, and why, by duty."""
    refused: dict[int, Refused] = {}
    for duty, wish in wishes.items():
        try:
            _check(duty, wish, known[duty.pk])
        except Refused as refusal:
            refused[duty.pk] = refusal
    return refused


def _send(duty: Duty, wish: Wish, *, by: User) -> Patrol:
    patrol = Patrol.objects.create(
        key=wish.key,
        duty=duty,
        way=wish.way,
        planned_for=wish.day,
        planned_at=timezone.now(),
        planned_by=by,
        seed=secrets.token_hex(16),
        form=checklist.VERSION,
    )
    patrol.members.set(wish.people)
    first = duty.state == State.OWED
    people, way = "、".join(str(one) for one in wish.people), str(Way(wish.way).label)
    audit.record(
        PatrolEvent.PLANNED,
        patrol,
        by=by,
        within=None if first else duty,  # the timeline of the duty says each act once
        people=people,
        day=dated(wish.day),
        way=way,
    )
    if first:
        note = _("%(day)s %(people)s（%(way)s）")
        said = {"day": beijing_day(wish.day), "people": people, "way": way}
        DUTY.move(duty, "plan", by=by, note=str(note) % said)
    tellings.sent(patrol, wish.people, by=by)
    return patrol


@transaction.atomic
def call_off(patrol: Patrol, *, by: User, note: str) -> Patrol:
    """They need not go. Where nothing else is planned the duty waits again.

    Raises NotAllowed; Refused "wrong_state" or "note_required".
    """
    duty = locked(patrol.duty)
    row = _called_off(patrol, duty, by=by, note=note)
    if duty.state == State.PLANNED and not duty.patrols.planned().exists():
        DUTY.move(duty, "release", by=by)
    return row


def call_off_all(duty: Duty, *, note: str) -> int:
    """The same by the clock, for whatever is planned; in the caller's transaction."""
    rows = list(duty.patrols.planned())
    for patrol in rows:
        _called_off(patrol, duty, by=None, note=note)
    return len(rows)


def _called_off(patrol: Patrol, duty: Duty, *, by: User | None, note: str) -> Patrol:
    row = PATROL.move(patrol, "call_off", by=by, note=note, within=duty)
    tellings.called_off(row, note)
    return row


def locked(duty: Duty) -> Duty:
    """The duty, locked before any of its patrols, as every verb does."""
    return _locked([duty.pk])[0]


def _locked(keys: Collection[int]) -> list[Duty]:
    """Several, in the order of their keys: two who plan the same wait for each other."""
    related = ("training_class", "sitting", "session", "organization", "authority")
    rows = Duty.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related(*related))


def _check(duty: Duty, wish: Wish, known: Situation) -> None:
    check_duty(duty)
    _check_day(duty, wish)
    _check_meanwhile(duty, wish, known)
    _check_people(wish, known)


def check_duty(duty: Duty) -> None:
    """Is there anything to see, today or later?

    Raises Refused "duty_settled", "duty_paused" or "duty_over".
    """
    if duty.state not in {*OPEN, State.DONE}:
        raise Refused(
            "duty_settled",
            _("“%(title)s”%(state)s，不能再安排。"),
            title=duty.title,
            state=duty.get_state_display(),
        )
    if duty.paused_since is not None:
        raise Refused("duty_paused", _("机构暂停业务，恢复以后再安排。"))
    if not days(duty):
        raise Refused("duty_over", _("“%(title)s”已经结束，没有课或考试可看。"), title=duty.title)


def _check_day(duty: Duty, wish: Wish) -> None:
    first = max(timezone.localdate(duty.opens_at), timezone.localdate())
    last = timezone.localdate(duty.closes_at)
    if not first <= wish.day <= last:
        raise Refused(
            "day_outside",
            _("日期应在 %(first)s 到 %(last)s 之间，其他时候没有课或考试可看。"),
            field="day",
            first=first.isoformat(),
            last=last.isoformat(),
        )


def _check_meanwhile(duty: Duty, wish: Wish, known: Situation) -> None:
    """Somebody else planned it after the page was opened: whoever comes second decides anew."""
    if wish.seen is None or known.newest <= wish.seen:
        return
    other = max(known.planned, key=lambda patrol: patrol.pk)
    raise Refused(
        "planned_meanwhile",
        _(
            "“%(title)s”在您打开这一页以后，%(who)s已经安排了 %(day)s %(people)s去。"
            "还要再派人的，请再确认一次。"
        ),
        title=duty.title,
        who=other.planned_by,
        day=beijing_day(other.planned_for),
        people="、".join(one.name for one in other.members.all()),
    )


def _check_people(wish: Wish, known: Situation) -> None:
    if len(wish.people) < known.least:
        raise Refused(
            "too_few_people", _("至少派 %(least)d 人。"), field="people", least=known.least
        )
    candidates = {one.user.pk: one for one in known.people}
    for person in wish.people:
        found = candidates.get(person.pk)
        if found is None:
            raise Refused(
                "not_ours", _("%(person)s 不是本单位的检查人员。"), field="people", person=person
            )
        if found.away:
            raise Refused("recused", found.away, field="people")
    going = {one.pk for one in wish.people}
    for patrol in known.planned:
        same = patrol.planned_for == wish.day and patrol.way == wish.way
        if same and going & {one.pk for one in patrol.members.all()}:
            raise Refused("planned_already", _("这一天已经安排了同样的人去。"), field="day")


def plannable(duty: Duty, *, by: User) -> bool:
    """Could somebody be sent today or later?"""
    try:
        check_duty(duty)
    except Refused:
        return False
    return may_plan(by, duty)


def owing(duty: Duty, *, by: User) -> bool:
    """The same of what still has to be looked at."""
    return duty.state in OPEN and plannable(duty, by=by)


def day_to_offer(duty: Duty) -> date:
    """The day the form proposes: today while it goes on, else the first one."""
    return max(timezone.localdate(duty.opens_at), timezone.localdate())


def days(duty: Duty) -> list[date]:
    """The days somebody may be sent on."""
    first, last = day_to_offer(duty), timezone.localdate(duty.closes_at)
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
