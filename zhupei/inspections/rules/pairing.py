"""Who inspects what was drawn: by the same seed, never fewer than two, nobody with an interest.

An inspector has another alias at every owner, made from a secret of the draw: whoever reads the
frames sees how many may go to an owner, not who stays away from whom.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Mapping, Sequence

from zhupei.inspections.rules.sampling import digest
from zhupei.inspections.rules.texts import Candidate, Person

Recusals = Mapping[str, frozenset[str]]  # by owner, who stays away
Lineups = Mapping[tuple[str, str], Sequence[str]]  # by owner and team, the aliases of who may go
NOBODY: frozenset[str] = frozenset()
ALIAS = 32  # hexadecimal digits


class TooFew(Exception):
    """Recusal leaves too few for an object."""

    def __init__(self, candidate: Candidate, team: str, left: int, wanted: int) -> None:
        self.candidate, self.team, self.left, self.wanted = candidate, team, left, wanted
        super().__init__(f"{candidate.key}: {left} of {wanted} {team}")


def crew(housing: int, hr: int) -> dict[str, int]:
    """How many of each team go to one object.

    Raises ValueError below two: nobody inspects alone.

    Source: Measures, art. 14 (with the HR department); project register of facts, section 9.1.
    """
    if housing < 0 or hr < 0 or housing + hr < 2:  # noqa: PLR2004 - two pairs of eyes
        raise ValueError("at least two inspectors go to an object")
    return {team: count for team, count in (("housing", housing), ("hr", hr)) if count}


def salt(secret: str, owner: str, key: str) -> str:
    """What hides an inspector at an owner; given out, it proves one alias and no other."""
    return hmac.digest(secret.encode(), f"{owner}\n{key}".encode(), hashlib.sha256).hex()


def alias(salt: str, owner: str, name: str) -> str:
    """How an inspector is called in the lists of an owner."""
    return digest(f"{salt}\n{owner}\n{name}")[:ALIAS]


def pair(
    seed: str, drawn: Sequence[Candidate], lineups: Lineups, wanted: Mapping[str, int]
) -> list[tuple[str, ...]]:
    """The aliases of those who inspect each object, in the order drawn.

    Of each team those go whose ticket for this object, SHA-256 of seed, object and alias on three
    lines, is the smallest. Raises TooFew.

    Source: Measures, art. 14 (双随机、一公开: inspectors are drawn by chance).
    """
    crews = []
    for candidate in drawn:
        chosen: list[str] = []
        for team, count in wanted.items():
            free = lineups.get((candidate.owner, team), ())
            if len(free) < count:
                raise TooFew(candidate, team, len(free), count)
            chosen += _in_line(seed, candidate, free)[:count]
        crews.append(tuple(chosen))
    return crews


def successor(seed: str, candidate: Candidate, free: Collection[str]) -> str | None:
    """Who steps in for one that cannot go: the smallest ticket for this object among the aliases
    of the same team that are not there, were not there, and need not stay away. None when nobody
    is left.
    """
    return next(iter(_in_line(seed, candidate, free)), None)


def _in_line(seed: str, candidate: Candidate, free: Iterable[str]) -> list[str]:
    return sorted(free, key=lambda who: digest(f"{seed}\n{candidate.key}\n{who}"))


def short_of_people(
    candidates: Iterable[Candidate],
    people: Sequence[Person],
    recusals: Recusals,
    wanted: Mapping[str, int],
) -> list[TooFew]:
    """The objects nobody could inspect lawfully, each once; asked before anything is frozen."""
    found = []
    judged: dict[frozenset[str], tuple[str, int, int] | None] = {}
    for candidate in candidates:
        away = recusals.get(candidate.owner, NOBODY)
        if away not in judged:
            judged[away] = _shortage(people, away, wanted)
        if short := judged[away]:
            found.append(TooFew(candidate, *short))
    return found


def _shortage(
    people: Sequence[Person], away: frozenset[str], wanted: Mapping[str, int]
) -> tuple[str, int, int] | None:
    for team, count in wanted.items():
        left = sum(one.team == team and one.key not in away for one in people)
        if left < count:
            return team, left, count
    return None


def _free(
    candidate: Candidate, people: Sequence[Person], recusals: Recusals, team: str
) -> list[str]:
    away = recusals.get(candidate.owner, NOBODY)
    return [one.key for one in people if one.team == team and one.key not in away]
