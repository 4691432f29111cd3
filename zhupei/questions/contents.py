"""What an item says, as its author writes it or a file brings it: before it is a version."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from zhupei.core.models import StoredFile
from zhupei.questions import rules
from zhupei.questions.models import Case, Cognition, Item, ItemVersion, Picture
from zhupei.questions.rules import Fault, Kind
from zhupei.syllabus.models import Job, Syllabus, Unit

MEDIUM = 3


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


def of(version: ItemVersion) -> Content:
    """What a version says, its pictures with it."""
    return Content(
        kind=version.kind,
        stem=version.stem,
        key=version.key,
        options=tuple(version.options),
        point=version.point,
        difficulty=version.difficulty,
        cognition=version.cognition,
        source=version.source,
        analysis=version.analysis,
        case=version.case,
        position=version.position,
        pictures=tuple(
            Shown(picture.file, picture.alt) for picture in version.pictures.select_related("file")
        ),
    )


LONGEST = {"stem": 4_000, "point": 200, "source": 500, "analysis": 4_000}
LONGEST_OPTION = 1_000
LONGEST_CASE = 8_000


def faults(content: Content) -> list[Fault]:
    """What is wrong with ``content`` by itself, whatever stands beside it in the bank."""
    found = rules.faults(content.kind, content.stem, content.options, content.key)
    for part in ("point", "source", "analysis"):
        if rules.UNPRINTABLE.search(getattr(content, part)):
            found.append(Fault(part, "unprintable"))
    found += [
        Fault(part, "too_long")
        for part, longest in LONGEST.items()
        if len(getattr(content, part)) > longest
    ]
    if any(len(option) > LONGEST_OPTION for option in content.options):
        found.append(Fault("options", "too_long"))
    if any(not one.alt.strip() for one in content.pictures):
        found.append(Fault("pictures", "alt_missing"))
    if any(not one.file.media_type.startswith("image/") for one in content.pictures):
        found.append(Fault("pictures", "picture_kind"))
    return found


def unfinished(content: Content, job: Job) -> list[Fault]:
    """What a draft may lack, but not what experts read: blueprints draw by points of the syllabus.

    Source: Measures, art. 21 (a bank built on the syllabi).
    """
    lacks = not content.point and points_of(job)
    return [Fault("point", "point_missing")] if lacks else []


def points_of(job: Job) -> dict[str, list[str]]:
    """Units and the topics below them of the syllabi of ``job`` that are in force."""
    found: dict[str, list[str]] = {}
    units = Unit.objects.filter(syllabus__in=Syllabus.objects.in_force().filter(job=job))
    in_order = units.order_by("syllabus", "position", "pk", "topics__position", "topics__pk")
    rows: Any = in_order.values_list("title", "topics__title")  # no topic is None
    for unit, topic in rows:
        topics = found.setdefault(unit, [])
        if topic is not None and topic not in topics:
            topics.append(topic)
    return found


def file_of(key: str | None) -> StoredFile | None:
    """A stored picture by its key."""
    if key is None:
        return None
    return StoredFile.objects.filter(pk=key, media_type__startswith="image/").first()
