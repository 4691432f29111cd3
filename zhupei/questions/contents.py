"""What an item says, as its author writes it or a file brings it: before it is a version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhupei.core.models import StoredFile
from zhupei.questions import rules
from zhupei.questions.models import Case, Cognition, Item, ItemVersion, Picture
from zhupei.questions.rules import Kind

MEDIUM = 3
TRUE_FALSE = ("正确", "错误")


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture with the words for whoever cannot see it."""

    file: StoredFile
    alt: str


@dataclass(frozen=True, slots=True)
class Content:
    """One question in all its parts. ``options`` and ``key`` are as ``rules`` says."""

    kind: str
    stem: str
    key: Any
    options: Sequence[str] = ()
    point: str = ""
    difficulty: int = MEDIUM
    cognition: str = Cognition.RECALL
    source: str = ""
    analysis: str = ""
    case: Case | None = None
    position: int | None = None
    pictures: Sequence[Shown] = field(default=())

    @property
    def digest(self) -> str:
        return rules.fingerprint(self.stem, self.options)


def written(content: Content, item: Item, number: int, by: Any) -> ItemVersion:
    """The version of ``item`` that says ``content``; not stored, its pictures apart."""
    return ItemVersion(
        item=item,
        number=number,
        author=by,
        author_name=str(by),
        **said(content),
    )


def said(content: Content) -> dict[str, Any]:
    """The fields of a version that says ``content``."""
    compared = () if content.kind == Kind.JUDGE else content.options
    return {
        "kind": content.kind,
        "stem": content.stem,
        "options": list(content.options),
        "key": content.key,
        "point": content.point,
        "difficulty": content.difficulty,
        "cognition": content.cognition,
        "source": content.source,
        "analysis": content.analysis,
        "case": content.case,
        "position": content.position,
        "words": rules.likeness_words(content.stem, compared),
        "digest": content.digest,
    }


def shown(content: Content, version: ItemVersion) -> list[Picture]:
    """The pictures of a version; not stored."""
    return [
        Picture(version=version, file=one.file, alt=one.alt, position=place)
        for place, one in enumerate(content.pictures)
    ]
