"""The sampler: SHA-256 of a public seed puts every object in its place.

In the manner of R. Rivest, "Consistent Sampling with Replacement" (2018), as election audits use
it: each ticket of an object has a number nobody can choose, the object stands where its smallest
one stands, and the first in line are drawn. An object with twice the tickets is twice as likely to
be the next one. Only whole numbers are compared, so every machine draws the same.
"""

import hashlib
from collections.abc import Iterable, Sequence
from heapq import nsmallest

from zhupei.inspections.rules.texts import Candidate

FORMAT = "zhupei-draw-2"


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def seed_of(terms: str, values: Sequence[str]) -> str:
    """The seed: the hash of what was frozen, and every value that came afterwards, in order.

    ``terms`` is the hash of the terms in hexadecimal. Raises ValueError for a value of two lines.

    Source: project register of facts, section 9.1 (a public seed of several inputs).
    """
    if any("\n" in said or "\r" in said for said in values):
        raise ValueError("a value is one line")
    return digest("".join(f"{line}\n" for line in (FORMAT, terms, *values)))


def opens(commitment: str, said: str) -> bool:
    """Is this what was committed to?"""
    return digest(said) == commitment


def best_ticket(seed: str, key: str, tickets: int) -> bytes:
    """The smallest ticket number of an object: SHA-256 of seed, key and 1, 2, … on three lines."""
    before = f"{seed}\n{key}\n".encode()
    return min(hashlib.sha256(before + b"%d" % n).digest() for n in range(1, tickets + 1))


def sample(seed: str, candidates: Iterable[Candidate], size: int) -> list[tuple[Candidate, str]]:
    """The ``size`` objects whose best tickets are the smallest, each with that ticket.

    Source: Measures, art. 14 (双随机、一公开: objects are drawn by chance).
    """
    line = ((best_ticket(seed, one.key, one.tickets), one.key, one) for one in candidates)
    return [(one, ticket.hex()) for ticket, _key, one in nsmallest(size, line)]
