"""Writing, reading and proving the record of deeds.

The chain itself is made by the database (migration 0002): this module never computes a hash, so
nobody can write around it by calling something else.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection, models, transaction
from django.db.models import Q
from django.utils.functional import Promise

from zhupei.core import context
from zhupei.core.actors import Actor
from zhupei.core.models import Event
from zhupei.core.rooms import gathered

# Every event whose hash, link or place in its chain is wrong; then every chain whose end is not
# where its head says (an event cut off at the end leaves no gap behind).
BROKEN_LINKS = """
    SELECT id, subject, seq, verb,
           CASE WHEN hash <> core_event_hash(previous, core_event_canonical(link)) THEN 'altered'
                ELSE 'unlinked' END
      FROM (SELECT e.*, e AS link,
                   lag(hash) OVER chain AS hash_before, lag(seq) OVER chain AS seq_before
              FROM core_event e
            WINDOW chain AS (PARTITION BY subject ORDER BY seq)) AS links
     WHERE hash <> core_event_hash(previous, core_event_canonical(link))
        OR previous <> coalesce(hash_before, repeat('0', 64))
        OR seq <> coalesce(seq_before, 0) + 1
     UNION ALL
    SELECT NULL, h.subject, h.seq, '', 'cut_off'
      FROM core_eventhead h
      LEFT JOIN core_event e ON e.subject = h.subject AND e.seq = h.seq
     WHERE e.hash IS DISTINCT FROM h.hash
     UNION ALL
    SELECT min(e.id), e.subject, min(e.seq), '', 'headless'
      FROM core_event e
     WHERE NOT EXISTS (SELECT FROM core_eventhead h WHERE h.subject = e.subject)
     GROUP BY e.subject
     ORDER BY 2, 3
"""

# One figure for the whole record: whoever noted it yesterday can tell today that nothing before
# it was replaced, not even by somebody who owns the database.
SEAL = """
    SELECT count(*), coalesce(sum(seq), 0)::bigint,
           encode(sha256(convert_to(
               coalesce(string_agg(subject || ' ' || seq || ' ' || hash, E'\\n' ORDER BY subject
                        COLLATE "C"), ''), 'UTF8')), 'hex')
      FROM core_eventhead
"""


class BrokenLink(NamedTuple):
    """One event that is not what was written; ``fault`` altered, unlinked, cut_off or headless."""

    id: int | None
    subject: str
    seq: int
    verb: str
    fault: str


class Seal(NamedTuple):
    """The whole record in one figure."""

    subjects: int
    events: int
    digest: str


class Line(NamedTuple):
    """One event as a timeline shows it."""

    event: Event
    sentence: str
    note: str


def subject_key(thing: models.Model) -> str:
    """How the record names a thing: ``classes.trainingclass/12``."""
    return f"{thing._meta.label_lower}/{thing.pk}"


def record(
    verb: str,
    subject: models.Model,
    *,
    by: Actor | None,
    within: models.Model | None = None,
    **facts: Any,
) -> Event:
    """Write one event about ``subject``, in the caller's transaction.

    ``facts`` holds only JSON values: what changed, from what, to what, and why. ``within`` is the
    larger thing whose timeline shows the event too, to everybody who sees that thing: what is not
    for all of them has none. ``by`` is None for deeds of the clock.
    Raises RuntimeError outside a transaction, because an event that survives the failure of its
    own cause is a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"record({verb!r}) needs a transaction")
    return Event.objects.create(**_values(verb, subject, by=by, within=within, facts=facts))


def record_all(
    verb: str,
    subjects: Sequence[models.Model],
    *,
    by: Actor | None,
    within: models.Model | None = None,
    **facts: Any,
) -> None:
    """Write the same event about many subjects in one statement."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"record_all({verb!r}) needs a transaction")
    Event.objects.bulk_create(
        Event(**_values(verb, subject, by=by, within=within, facts=facts)) for subject in subjects
    )


def _values(
    verb: str,
    subject: models.Model,
    *,
    by: Actor | None,
    within: models.Model | None,
    facts: dict[str, Any],
) -> dict[str, Any]:
    here = context.current.get()
    organization = by.acting.organization if by and by.acting else None
    return {
        "verb": verb,
        "subject": subject_key(subject),
        "within": subject_key(within) if within else "",
        "subject_label": str(subject),
        "actor_id": by.pk if by else None,
        "actor_name": str(by) if by else "",
        "organization_id": organization.pk if organization else None,
        "organization_name": str(organization) if organization else "",
        "facts": facts,
        "request_id": here.request_id,
        "address": here.address,
    }


def history(thing: models.Model) -> models.QuerySet[Event]:
    """Everything that happened to ``thing`` or within it, oldest first."""
    key = subject_key(thing)
    return Event.objects.filter(Q(subject=key) | Q(within=key)).order_by("id")


def own_history(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to ``thing`` itself, oldest first."""
    return Event.objects.filter(subject=subject_key(thing)).order_by("seq")


def timeline(thing: models.Model, *, newest: int = 50, **only: Any) -> list[Line]:
    """The newest events of ``thing`` as sentences, newest first; ``only`` narrows the events."""
    events = history(thing).filter(**only).order_by("-id")[:newest]
    return [Line(event, sentence(event), str(event.facts.get("note", ""))) for event in events]


def sentence(event: Event) -> str:
    """What happened, in the reader's language."""
    words: dict[str, Any] = {
        "actor": event.actor_name or "系统",
        "thing": event.subject_label,
        "note": "",
    }
    said: str = str(_sentences().get(event.verb, event.verb)) % (words | event.facts)
    return said


@cache
def _sentences() -> dict[str, str | Promise]:
    """The sentences of every app, by verb."""
    return dict(chain.from_iterable(one.items() for one in gathered("sentences", "SENTENCES")))


def broken_links() -> Iterator[BrokenLink]:
    """Every place where the record is not what was written, in order of subject."""
    with connection.cursor() as cursor:
        cursor.execute(BROKEN_LINKS)
        yield from (BrokenLink(*row) for row in cursor.fetchall())


def seal() -> Seal:
    """The figure that stands for the whole record as it is now."""
    with connection.cursor() as cursor:
        cursor.execute(SEAL)
        return Seal(*cursor.fetchone())


def canonical_lines(things: Sequence[models.Model]) -> list[dict[str, Any]]:
    """The chains of ``things`` and of all within them, as an archive package carries them.

    Each line holds the exact text that was hashed, so that anybody can recompute the chain.
    """
    keys = [subject_key(thing) for thing in things]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT subject, seq, core_event_canonical(e), previous, hash FROM core_event e"
            " WHERE subject IN (SELECT subject FROM core_event"
            "                    WHERE subject = ANY(%(keys)s) OR within = ANY(%(keys)s))"
            " ORDER BY subject, seq",
            {"keys": keys},
        )
        names = ("subject", "seq", "canonical", "previous", "hash")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
