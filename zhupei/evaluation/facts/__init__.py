"""What the system knows of institutions in a year, as the rules want it: plain JSON, by rule.

Each reader asks for many institutions with the same few questions. ``in_parts`` goes through them
some at a time, so that a thousand fit into memory.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from zhupei.evaluation.facts import oversight, places, staff, teaching
from zhupei.evaluation.facts.reading import Found, Reading
from zhupei.organizations.models import Organization

A_PART = 200  # institutions asked about at once
READERS: tuple[Callable[[Reading], Found], ...] = (
    staff.read,
    places.read,
    teaching.read,
    oversight.read,
)

__all__ = ["Reading", "canonical", "digest", "in_parts", "read"]


def read(reading: Reading) -> Found:
    """The facts of these institutions: key of the institution → rule → facts."""
    found: Found = {organization.pk: {} for organization in reading.organizations}
    for reader in READERS:
        for organization, by_rule in reader(reading).items():
            for rule, facts in by_rule.items():
                found[organization].setdefault(rule, {}).update(facts)
    return found


def in_parts(reading: Reading) -> Iterator[tuple[Sequence[Organization], Found]]:
    """The same, some at a time: the institutions of a part, and their facts."""
    everyone = reading.organizations
    for first in range(0, len(everyone), A_PART):
        part = reading.of(everyone[first : first + A_PART])
        yield part.organizations, read(part)


def canonical(facts: Mapping[str, Any]) -> str:
    """Facts as one text that is the same whoever writes it."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(facts: Mapping[str, Any]) -> str:
    """What stands for these facts; "" for none."""
    return hashlib.sha256(canonical(facts).encode()).hexdigest() if facts else ""
