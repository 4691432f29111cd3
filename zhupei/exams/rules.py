"""How answers are taken."""

from typing import Protocol, TypeVar


class HasTurn(Protocol):
    """Anything a candidate did at a numbered turn."""

    @property
    def turn(self) -> int: ...


Turned = TypeVar("Turned", bound=HasTurn)


def newest_turn_wins(stored: Turned | None, offered: Turned) -> Turned:
    """The answer that counts: the one of the higher turn; at equal turns the one already stored.

    So the order in which requests arrive, and how often they are repeated, does not matter.
    """
    return offered if stored is None or stored.turn < offered.turn else stored
