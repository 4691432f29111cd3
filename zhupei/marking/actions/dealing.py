"""Who marks, and what is dealt to whom."""

import secrets
from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.actions import marks
from zhupei.exams.models import Attempt, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.marking import rules
from zhupei.marking.access import may_deal
from zhupei.marking.events import MarkingEvent
from zhupei.marking.models import READINGS, Marker, Reading, Script, ScriptState
from zhupei.organizations.models import Membership, Role
from zhupei.people.models import User
from zhupei.teachers.models import Engagement

BLIND = 2  # readings of every answer, before anybody arbitrates
CODE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no sign is taken for another


# Who marks


def available(sitting: Sitting) -> QuerySet[Membership]:
    """The assessors of the body who may be named."""
    named = sitting.markers.values("user")
    return (
        Membership.objects.in_force(timezone.localdate())
        .filter(role=Role.ASSESSOR, organization=sitting.organization, user__is_active=True)
        .exclude(user__in=named)
        .select_related("user")
        .order_by("user__name", "pk")
    )


@transaction.atomic
def name_marker(sitting: Sitting, user: User, *, by: User) -> Marker:
    """Ask an assessor to mark the written answers of a sitting.

    Raises NotAllowed; Refused "not_an_assessor", "named_twice", "released".
    """
    sitting = _held(sitting, by)
    if sitting.markers.filter(user=user).exists():
        raise Refused("named_twice", _("%(name)s 已在阅卷名单里。"), field="user", name=user)
    if not available(sitting).filter(user=user).exists():
        raise Refused(
            "not_an_assessor",
            _("%(name)s 不是本机构的考评员。请先在“本单位人员”里登记。"),
            field="user",
            name=user,
        )
    marker = Marker.objects.create(sitting=sitting, user=user)
    audit.record(MarkingEvent.MARKER_NAMED, sitting, by=by, name=str(user), user=user.pk)
    for script in sitting.scripts.short_of_readers().order_by("pk"):
        ask_more(script, BLIND if script.state == ScriptState.OPEN else READINGS)
    return marker


@transaction.atomic
def remove_marker(marker: Marker, *, by: User) -> None:
    """Take an assessor off again; what they have not marked goes to others.

    Raises NotAllowed; Refused "too_few_markers" when nobody is left for it.
    """
    sitting = _held(marker.sitting, by)
    Marker.objects.filter(pk=marker.pk).delete()
    audit.record(
        MarkingEvent.MARKER_REMOVED, sitting, by=by, name=str(marker.user), user=marker.user_id
    )
    dealt = sitting.scripts.filter(readings__reader=marker.user_id)
    list(dealt.select_for_update(of=("self",)).order_by("pk"))  # who is giving points ends first
    pending = Reading.objects.filter(
        script__sitting=sitting, reader=marker.user_id, points__isnull=True
    )
    waiting = list(pending.select_related("script").order_by("pk"))
    if not waiting:
        return
    for reading in waiting:
        other = _another(reading.script)
        if other is None:
            raise _too_few()
        reading.reader_id = other
        reading.save(update_fields=["reader"])
    audit.record(
        MarkingEvent.DEALT_AGAIN, sitting, by=by, name=str(marker.user), count=len(waiting)
    )
    tell_readers({reading.reader_id for reading in waiting}, sitting)


def _held(sitting: Sitting, by: User) -> Sitting:
    """The locked sitting, for somebody who may deal and while its marks are not released."""
    row = Sitting.objects.select_for_update(of=("self",), no_key=True).get(pk=sitting.pk)
    if not may_deal(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能安排阅卷。"))
    if not left_to_mark(row):
        raise Refused(
            "released",
            _("“%(sitting)s”%(state)s，不能再安排阅卷。"),
            sitting=row,
            state=row.get_state_display(),
        )
    return row


def left_to_mark(sitting: Sitting) -> bool:
    """May there be something to mark? Once marks are known, where a late answer was let in."""
    if sitting.state == SittingState.RELEASED:
        return sitting.attempts.unmarked().exists()
    return sitting.state != SittingState.CANCELLED


# Dealing


@transaction.atomic
def deal(sitting: Sitting, *, by: User) -> int:
    """Give every written answer a code and two readers; returns how many there were to give.

    It may be done again: what came late is dealt then, nothing is dealt twice. Raises NotAllowed;
    Refused "not_closed", "nothing_written", "too_few_markers".
    """
    sitting = _held(sitting, by)
    if sitting.state not in {SittingState.CLOSED, SittingState.RELEASED}:
        raise Refused("not_closed", _("考试还没有结束。结束后再分卷。"))
    new = _new_scripts(sitting)
    if not new:
        raise Refused("nothing_written", _("没有要人工评阅的答案，或者都已分出去了。"))
    Script.objects.bulk_create(new)
    seed = secrets.token_hex(16)
    dealt = _dealt(sitting, new, seed)
    Reading.objects.bulk_create(
        Reading(script=script, reader_id=reader, turn=turn)
        for script in new
        for turn, reader in enumerate(dealt[script.pk], 1)
    )
    readers = {reader for pair in dealt.values() for reader in pair}
    audit.record(
        MarkingEvent.DEALT,
        sitting,
        by=by,
        count=len(new),
        markers=len(readers),
        seed=seed,
        scripts={script.code: list(dealt[script.pk]) for script in new},
    )
    tell_readers(readers, sitting)
    return len(new)


def _new_scripts(sitting: Sitting) -> list[Script]:
    """One for each answer people have to mark that has none yet."""
    known = set(sitting.scripts.values_list("attempt", "place"))
    codes = set(sitting.scripts.values_list("code", flat=True))
    papers = {paper.pk: paper for paper in sitting.papers.all()}
    new = []
    handed_in = sitting.attempts.filter(handed_in_at__isnull=False).order_by("pk")
    for attempt in handed_in.select_related("sitting"):
        attempt.paper = papers[attempt.paper_id]
        for place in marks.by_people(attempt):
            if (attempt.pk, place) in known:
                continue
            code = _code(codes)
            new.append(Script(sitting=sitting, attempt=attempt, place=place, code=code))
    return new


def _code(taken: set[str]) -> str:
    while True:
        code = "".join(secrets.choice(CODE) for _sign in range(6))
        if code not in taken:
            taken.add(code)
            return code


def _dealt(sitting: Sitting, scripts: Sequence[Script], seed: str) -> dict[int, tuple[int, ...]]:
    try:
        return rules.deal(
            [script.pk for script in scripts],
            _ties(sitting),
            _bound(scripts),
            each=BLIND,
            seed=seed,
        )
    except rules.Shortage as lack:
        raise _too_few() from lack


def _too_few() -> Refused:
    return Refused(
        "too_few_markers",
        _("阅卷的人不够：每份答案要两个考评员盲评，都不能是考生所在培训机构的人。请再加人。"),
        field="user",
    )


def _ties(sitting: Sitting) -> dict[int, frozenset[int]]:
    """Every marker, and the bodies they work or teach for today."""
    readers = list(sitting.markers.order_by("pk").values_list("user", "user__person"))
    today = timezone.localdate()
    bound: dict[int, set[int]] = defaultdict(set)
    members = Membership.objects.in_force(today).filter(
        user__in=[user for user, _person in readers]
    )
    for user, organization in members.values_list("user", "organization"):
        bound[user].add(organization)
    by_person = {person: user for user, person in readers if person}
    engaged = Engagement.objects.filter(teacher__person__in=by_person)
    for person, organization in engaged.values_list("teacher__person", "organization"):
        bound[by_person[person]].add(organization)
    return {user: frozenset(bound[user]) for user, _person in readers}


def _bound(scripts: Sequence[Script]) -> dict[int, int]:
    """The institution each script comes from."""
    attempts = {script.attempt_id for script in scripts}
    origin = dict(
        Attempt.objects.filter(pk__in=attempts).values_list(
            "pk", "candidate__enrolment__training_class__organization"
        )
    )
    return {script.pk: origin[script.attempt_id] for script in scripts}


def _another(script: Script) -> int | None:
    """A marker who has not read this script, is not bound to it, and has the least to do."""
    ties = _ties(script.sitting)
    origin = _bound([script])[script.pk]
    read = set(script.readings.values_list("reader", flat=True))
    free = [reader for reader in ties if reader not in read and origin not in ties[reader]]
    load = dict(
        Reading.objects.filter(script__sitting=script.sitting_id, reader__in=free)
        .order_by()
        .values_list("reader")
        .annotate(n=Count("pk"))
    )
    return min(free, key=lambda reader: (load.get(reader, 0), reader), default=None)


def tell_readers(readers: set[int], sitting: Sitting) -> None:
    """There is something to mark for them."""
    title = str(_("有主观题答案待您评阅：%(sitting)s")) % {"sitting": sitting.job}
    messages.tell(User.objects.filter(pk__in=readers), title, url=reverse("marking:queue"))


def ask_more(script: Script, readings: int) -> None:
    """Ask somebody for each of so many readings that has nobody: one of the two, or the third who
    arbitrates. Where nobody is left, the answer waits until another marker is named.
    """
    asked = set(script.readings.values_list("turn", flat=True))
    for turn in sorted(set(range(1, readings + 1)) - asked):
        reader = _another(script)
        if reader is None:
            return
        Reading.objects.create(script=script, reader_id=reader, turn=turn)
        tell_readers({reader}, script.sitting)
