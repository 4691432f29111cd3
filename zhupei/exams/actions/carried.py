"""An answer file carried by hand from a machine without network, and handed in for its candidate.

What the file is: docs/mechanisms/exam-page.md. Nobody but this system reads it, so whoever carries
it learns nothing; the ticket inside says whose it is.
"""

import hashlib
import json
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, tickets
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules, sealing
from zhupei.exams.access import may_invigilate
from zhupei.exams.actions import attempts as verbs
from zhupei.exams.events import AttemptEvent
from zhupei.exams.models import Attempt, LateAnswer, Sitting
from zhupei.people.models import User

FORMAT = "zhupei-answers-1"
LARGEST = 4 * 1024 * 1024  # bytes: two hundred answers of the longest kind
LARGEST_TURN = 2**63 - 1


class Taken(NamedTuple):
    """What became of a file, by places of the form."""

    attempt: Attempt
    counted: list[int]  # newer than what was stored, and in time
    late: list[int]  # kept as evidence
    known: list[int]  # the server had them, or newer ones


class _Offered(NamedTuple):
    text: str
    turn: int


@transaction.atomic
def take(sitting: Sitting, file: bytes, *, by: User) -> Taken:
    """Take in one file. Turns decide, as everywhere; after the end answers are kept as late ones.

    The same file again changes nothing. Raises NotAllowed; Refused "file_unreadable",
    "other_sitting", "bad_ticket", "not_started".
    """
    if not may_invigilate(by, sitting):
        raise NotAllowed("not_allowed", _("只有这场考试的监考员和考务员能交答卷文件。"))
    said = _opened(sitting, file)
    attempt = _attempt_of(sitting, said)
    offered = _offered(said, attempt.paper.place_count)
    stored = {row.item: row for row in attempt.answers()}
    newer = {
        place: one
        for place, one in offered.items()
        if place not in stored or stored[place].turn < one.turn
    }
    counted, late = _kept(attempt, newer)
    taken = Taken(attempt, counted, late, sorted(set(offered) - set(counted) - set(late)))
    if counted or late:
        audit.record(
            AttemptEvent.CARRIED,
            attempt,
            by=by,
            within=sitting,
            counted=len(counted),
            late=len(late),
            file=hashlib.sha256(file).hexdigest(),
        )
    return taken


def _kept(attempt: Attempt, newer: dict[int, _Offered]) -> tuple[list[int], list[int]]:
    """Store them where they belong: places that count now, places kept as evidence."""
    now = timezone.now()
    if attempt.handed_in_at is None and (attempt.paused_at or now < attempt.closes_at):
        verbs.store(attempt, {place: (one.text, one.turn) for place, one in newer.items()}, now)
        return sorted(newer), []
    held = {row.item: row for row in LateAnswer.objects.filter(attempt_id=attempt.pk)}
    fresh = {
        place: one
        for place, one in newer.items()
        if place not in held or (held[place].counts is None and held[place].turn < one.turn)
    }
    LateAnswer.objects.bulk_create(
        [
            LateAnswer(
                attempt_id=attempt.pk,
                item=place,
                choice=one.text,
                turn=one.turn,
                arrived_at=now,
            )
            for place, one in fresh.items()
        ],
        update_conflicts=True,
        update_fields=["choice", "turn", "arrived_at"],
        unique_fields=["attempt_id", "item"],
    )
    return [], sorted(fresh)


def write(sitting: Sitting, inside: dict[str, Any]) -> bytes:
    """A file as a page writes it (frontend/exam); for the demo region and the tests."""
    point = ec.EllipticCurvePublicKey.from_encoded_point(
        ec.SECP256R1(), sealing.public_half(sitting.pk)
    )
    own = ec.generate_private_key(ec.SECP256R1())
    sealed = sealing.seal(sealing.shared_key(own.exchange(ec.ECDH(), point)), inside)
    return sealing.canonical(
        {
            "format": FORMAT,
            "sitting": sitting.pk,
            "public": sealing.text(sealing.point_of(own.public_key())),
            "nonce": sealing.text(sealed[: sealing.NONCE]),
            "sealed": sealing.text(sealed[sealing.NONCE :]),
        }
    )


# ── Reading the file ─────────────────────────────────────────────────────────────────────────


def _opened(sitting: Sitting, file: bytes) -> dict[str, Any]:
    unreadable = Refused(
        "file_unreadable",
        _("这个文件不是答卷文件，或者已经损坏。请在考生的电脑上重新保存一份。"),
        field="file",
    )
    if len(file) > LARGEST:
        raise unreadable
    try:
        said = json.loads(file)
        if said["format"] != FORMAT:
            raise unreadable
        named = said["sitting"]
        point, nonce, sealed = (sealing.raw(said[name]) for name in ("public", "nonce", "sealed"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise unreadable from None
    if named != sitting.pk:
        raise Refused(
            "other_sitting", _("这个答卷文件是另一场考试的，请到那一场去交。"), field="file"
        )
    try:
        public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
        shared = sealing.carrying_key(sitting.pk).exchange(ec.ECDH(), public)
        inside = sealing.opened(sealing.shared_key(shared), nonce + sealed)
    except (ValueError, InvalidTag, RecursionError):
        raise unreadable from None
    if not isinstance(inside, dict):
        raise unreadable
    return inside


def _attempt_of(sitting: Sitting, said: dict[str, Any]) -> Attempt:
    """The locked attempt the ticket names; an expired ticket still says whose it is."""
    stranger = Refused("bad_ticket", _("答卷文件里的作答凭证不是这场考试的。"), field="file")
    ticket = said.get("ticket")
    try:
        subject = tickets.read(verbs.TICKET, ticket if isinstance(ticket, str) else "", late=True)
    except tickets.BadTicket:
        raise stranger from None
    rows = verbs.locked(Attempt.objects.filter(pk=subject, sitting=sitting))
    if not rows:
        raise stranger
    if rows[0].started_at is None:
        raise Refused("not_started", _("%(person)s 还没有开始作答。"), field="file", person=rows[0])
    return rows[0]


def _offered(said: dict[str, Any], places: int) -> dict[int, _Offered]:
    """What can be an answer, the newest of each place; anything else in the file is left out."""
    offered: dict[int, _Offered] = {}
    answers = said.get("answers")
    for one in answers if isinstance(answers, list) else []:
        read = _answer(one, places)
        if read is None:
            continue
        place, answer = read
        offered[place] = rules.newest_turn_wins(offered.get(place), answer)
    return offered


def _answer(one: Any, places: int) -> tuple[int, _Offered] | None:
    match one:
        case {"item": int(place), "choice": str(text), "turn": int(turn)}:
            fits = type(place) is int and 0 <= place < places and 0 <= turn <= LARGEST_TURN
            clean = len(text) <= rules.LONGEST_ANSWER and "\0" not in text and _is_text(text)
            return (place, _Offered(text, turn)) if fits and clean else None
    return None


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
