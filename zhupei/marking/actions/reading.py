"""Giving points to a written answer, and what the readings of it come to."""

import hashlib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.access import may_run
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.actions import marks, tellings
from zhupei.exams.models import Attempt, State
from zhupei.marking import rules
from zhupei.marking.access import may_read
from zhupei.marking.actions.dealing import BLIND, ask_more, tell_readers
from zhupei.marking.events import ScriptEvent
from zhupei.marking.models import READINGS, Reading, Script, ScriptState
from zhupei.marking.parameters import FINAL, TOLERANCE
from zhupei.marking.workflow import SCRIPT
from zhupei.people.models import User


@transaction.atomic
def give(
    reading: Reading,
    lines: Mapping[int, Decimal],
    *,
    by: User,
    note: str = "",
    read: str | None = None,
) -> Reading:
    """Give the points of one answer, line by line of its rubric. It may be put right until the
    answer is settled or another person was asked because of it. ``read`` is the figure of the
    text that was judged, where somebody read it on a page.

    Raises NotAllowed; Refused "points_missing", "points_range", "points_step" (``field`` names the
    line), "settled", "rewritten" (a late answer was let in meanwhile).
    """
    verbs.locked([reading.script.attempt])  # who lets a late answer in waits, and is waited for
    script = Script.objects.select_for_update().get(pk=reading.script_id)
    reading = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
    if not may_read(by, reading):
        raise NotAllowed("not_allowed", _("这份答案没有分给您。"))
    _check_open(script, reading)
    if read is not None and read != figure_of(text_of(script)):
        raise Refused(
            "rewritten",
            _("刚刚计入了这份答案迟到的内容。这一页是现在的全文，请看过再评分。"),
        )
    _check_lines(lines, rubric_of(script))
    reading.lines = [str(lines[line]) for line in sorted(lines)]
    reading.points = sum(lines.values(), Decimal(0))
    reading.note, reading.given_at = note.strip(), timezone.now()
    reading.save(update_fields=["lines", "points", "note", "given_at"])
    audit.record(
        ScriptEvent.READ,
        script,
        by=by,
        within=script.sitting,
        turn=reading.turn,
        points=str(reading.points),
    )
    _go_on(script)
    return reading


def is_final(script: Script, reading: Reading) -> bool:
    """Settled, or another person was asked because of it: what was given stays."""
    disputed = script.state == ScriptState.DISPUTED and reading.turn <= BLIND
    return script.state == ScriptState.SETTLED or disputed


def _check_open(script: Script, reading: Reading) -> None:
    if is_final(script, reading):
        raise Refused(
            "settled",
            _("“%(script)s”%(state)s，不能再改分。"),
            script=script,
            state=_("已进入下一步"),
        )


def _check_lines(lines: Mapping[int, Decimal], rubric: Sequence[Mapping[str, str]]) -> None:
    faults = rules.possible(lines, [Decimal(line["points"]) for line in rubric])
    sentences = {
        "points_missing": _("请给“%(line)s”打分，没有得分写 0。"),
        "points_range": _("“%(line)s”应在 0 到 %(most)s 分之间。"),
        "points_step": _("“%(line)s”按 0.5 分一档打分。"),
    }
    for line, fault in faults.items():
        facts = {"line": rubric[line]["what"], "most": rubric[line]["points"]}
        raise Refused(fault, sentences[fault], field=f"line-{line}", **facts)


def text_of(script: Script) -> str:
    """What was written, as it counts now."""
    return script.attempt.choices().get(script.place, "")


def figure_of(text: str) -> str:
    """By what a page says which text somebody has read."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def rubric_of(script: Script) -> Sequence[Mapping[str, str]]:
    """The lines an answer is marked by, each with the points it can earn."""
    rubric: Sequence[Mapping[str, str]] = script.attempt.paper.keys[script.place]["rubric"]
    return rubric


def worth_of(script: Script) -> Decimal:
    """What the rubric of an answer adds up to."""
    return sum((Decimal(line["points"]) for line in rubric_of(script)), Decimal(0))


def _go_on(script: Script) -> None:
    """Settle the answer, or ask a third person, once its readings say so."""
    given = [
        reading.points for reading in script.readings.order_by("turn") if reading.points is not None
    ]
    if len(given) < script.readings.count():
        return
    worth = worth_of(script)
    found = rules.outcome(
        given,
        worth=worth,
        tolerance=parameters.value(TOLERANCE),
        final=parameters.value(FINAL),
    )
    if found.points is not None:
        _settle(script, found.points, worth)
    elif found.disputed:
        SCRIPT.move(script, "dispute", by=None, within=script.sitting)
        ask_more(script, READINGS)


def _settle(script: Script, points: Fraction, worth: Decimal) -> None:
    share = points / Fraction(worth)
    script.share_over, script.share_under = share.numerator, share.denominator
    script.save(update_fields=["share_over", "share_under"])
    facts = {"points": shown(points), "worth": str(worth)}
    SCRIPT.move(script, "settle", by=None, within=script.sitting, **facts)
    _mark_when_whole(script)


def shown(points: Fraction) -> str:
    """Points as people write them, at most two decimals."""
    return f"{float(points):.2f}".rstrip("0").rstrip(".")


def _mark_when_whole(script: Script) -> None:
    """The mark is written by whoever settles the last answer of an attempt, unless it is void. An
    answer to an item that was put right for all changes no mark.
    """
    attempt = Attempt.objects.select_for_update(of=("self",)).get(pk=script.attempt_id)
    needed = marks.by_people(attempt)
    if attempt.void or script.place not in needed:
        return
    shares = shares_of(attempt)
    if set(needed) == set(shares):
        attempt = marks.settle(attempt, shares)
        if attempt.sitting.state == State.RELEASED:  # a late answer was let in by a review
            tellings.mark_given(attempt)


@transaction.atomic
def set_aside(attempt: Attempt, places: Sequence[int]) -> None:
    """The text at these places is another one: what was given to the old one and is not settled
    does not count, both read anew, and an arbitration that was asked for falls away. Who marks no
    more is not asked again, another one is. Points, lines and comments stay in the record. The
    caller locked the attempt.

    Source: Measures, art. 20 (results are true: two judge the same answer).
    """
    rows = attempt.scripts.select_for_update().filter(place__in=places)
    for script in rows.exclude(state=ScriptState.SETTLED).order_by("place"):
        given = list(script.readings.filter(points__isnull=False))
        if not given:
            continue
        audit.record(
            ScriptEvent.SET_ASIDE,
            script,
            by=None,
            within=script.sitting,
            count=len(given),
            points={str(reading.turn): str(reading.points) for reading in given},
            lines={str(reading.turn): reading.lines for reading in given},
            notes={str(reading.turn): reading.note for reading in given},
        )
        if script.state == ScriptState.DISPUTED:
            SCRIPT.move(script, "reopen", by=None, within=script.sitting)
        markers = script.sitting.markers.values("user")
        script.readings.exclude(turn__lte=BLIND, reader__in=markers).delete()
        script.readings.update(points=None, lines=[], note="", given_at=None)
        again = script.readings.filter(turn__in=[reading.turn for reading in given])
        tell_readers(set(again.values_list("reader", flat=True)), script.sitting)
        ask_more(script, BLIND)


def shares_of(attempt: Attempt) -> dict[int, Fraction]:
    """What people gave so far, by place of the form, where their word counts: not of an item that
    was put right for all.
    """
    given = Script.objects.filter(attempt=attempt).shares().get(attempt.pk, {})
    return {place: given[place] for place in marks.by_people(attempt) if place in given}


@transaction.atomic
def correct(attempt: Attempt, points: Mapping[int, Decimal], *, by: User, note: str) -> Attempt:
    """Put settled answers right after a review, and write the mark anew. ``points`` by place.

    The readings stay as they were; the event says what was changed and why. Raises NotAllowed;
    Refused "points_range", and what ``marks.settle`` refuses.
    """
    if not may_run(by, attempt.sitting):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能更正成绩。"))
    verbs.locked([attempt])
    settled = attempt.scripts.select_for_update().filter(state=ScriptState.SETTLED)
    for script in settled.filter(place__in=points).order_by("place"):
        worth, given = worth_of(script), points[script.place]
        if not 0 <= given <= worth:
            raise Refused(
                "points_range",
                _("第 %(number)d 题应在 0 到 %(worth)s 分之间。"),
                field=f"place-{script.place}",
                number=script.place + 1,
                worth=worth,
            )
        share = Fraction(given) / Fraction(worth)
        before = Fraction(script.share_over or 0, script.share_under or 1) * Fraction(worth)
        script.share_over, script.share_under = share.numerator, share.denominator
        script.save(update_fields=["share_over", "share_under"])
        audit.record(
            ScriptEvent.CORRECTED,
            script,
            by=by,
            within=attempt.sitting,
            before=shown(before),
            points=shown(Fraction(given)),
            note=note,
        )
    return marks.settle(attempt, shares_of(attempt), by=by, note=note)
