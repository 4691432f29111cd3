"""What a reader hands over: questions that may be taken in, and what is wrong with the others.

A ``Draft`` is a question as ``questions.rules`` describes it, whatever file it came from. It keeps
what ``judge.judge`` demands: a stem, options that differ, a key that fits its kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from zhupei.questions.rules import Kind

TRUE_FALSE: Final = ("正确", "错误")
MEDIUM: Final = 3  # of a difficulty from 1 (easy) to 5 (hard)

Key = str | Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that belongs to a question; ``alt`` says it to who cannot see it."""

    name: str
    content: bytes
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What the questions of a group share. Two groups with the same text are one."""

    text: str
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """One question. ``key`` is written as ``questions.rules`` says.

    ``place`` counts the questions of a case from 1, and is 0 without one. ``level`` is a word of
    ``words.LEVELS`` or empty. ``position`` says where it stood in the file.
    """

    kind: Kind
    stem: str
    key: Key
    options: tuple[str, ...] = ()
    point: str = ""  # the knowledge point, as it was written: a code or a title of the syllabus
    difficulty: int = MEDIUM
    level: str = ""
    source: str = ""
    analysis: str = ""
    points: Decimal = Decimal(1)
    pictures: tuple[Picture, ...] = ()
    case: Case | None = None
    place: int = 0
    position: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one place, and what to do. An empty position means the whole file."""

    position: str
    field: str
    code: str
    sentence: str
    fix: str


@dataclass(frozen=True, slots=True)
class Unread:
    """A question that was refused: what was understood of it, to be put right and sent again.

    ``text`` is how it stood in the file, empty where the file is no text for people.
    """

    position: str
    cells: Mapping[str, str]
    faults: tuple[Fault, ...]
    text: str = ""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a file says. ``notes`` name what was left out or changed in the good ones."""

    drafts: Sequence[Draft] = ()
    faults: Sequence[Fault] = ()
    notes: Sequence[Fault] = ()
    unread: Sequence[Unread] = ()
    format: str = ""

    @property
    def count(self) -> int:
        """How many questions the file holds, good or refused."""
        return len(self.drafts) + len(self.unread)
