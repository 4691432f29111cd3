"""When a form is whole, and what of it is a fault."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Protocol, TypeVar


class Answer(StrEnum):
    GOOD = "good"
    BAD = "bad"
    NONE = "none"  # does not apply


class Keyed(Protocol):
    """A line of a form, named in its answers by its key."""

    @property
    def key(self) -> str: ...


Line = TypeVar("Line", bound=Keyed)


def missing(form: Sequence[Line], answers: Mapping[str, str]) -> list[Line]:
    """The items nobody has answered: a form is whole before it is handed in.

    Source: Measures, art. 6; notice, part 2, section 1 (passed without looking).
    """
    return [item for item in form if answers.get(item.key) not in set(Answer)]


def faults(form: Sequence[Line], answers: Mapping[str, str]) -> list[Line]:
    """The items where something was not as it has to be: each becomes a finding.

    Source: Measures, art. 6 and 23.
    """
    return [item for item in form if answers.get(item.key) == Answer.BAD]
