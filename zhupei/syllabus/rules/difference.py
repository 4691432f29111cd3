"""What is different between two versions of a syllabus."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from zhupei.syllabus.rules.content import Hours

ALIKE = 0.6  # two titles that share this much are one unit under another name


class TopicText(NamedTuple):
    """A topic as it is compared; ``depth`` 1 is the outermost."""

    title: str
    requirement: str
    depth: int


class UnitText(NamedTuple):
    """A unit as it is compared."""

    position: int
    title: str
    hours: Hours
    is_ethics: bool
    topics: tuple[TopicText, ...]


class TopicChange(NamedTuple):
    """One topic that came, went, or has to be known to another degree."""

    before: TopicText | None
    after: TopicText | None


class UnitChange(NamedTuple):
    """One unit of either version: added without ``before``, removed without ``after``."""

    before: UnitText | None
    after: UnitText | None
    topics: list[TopicChange]

    @property
    def kind(self) -> str:
        """added, removed, changed or same."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        same = self.before[1:4] == self.after[1:4] and not self.topics
        return "same" if same else "changed"


def difference(before: Sequence[UnitText], after: Sequence[UnitText]) -> list[UnitChange]:
    """Every unit of both versions in the order of the later; what was removed stands last."""
    pairs = _pairs(before, after)
    changes = [_change(pairs.get(unit.position), unit) for unit in after]
    kept = {unit.position for unit in pairs.values()}
    return changes + [_change(unit, None) for unit in before if unit.position not in kept]


def _pairs(before: Sequence[UnitText], after: Sequence[UnitText]) -> dict[int, UnitText]:
    """The earlier unit of each later one, by position: the same title first, then the likest."""
    titles = {unit.title: unit for unit in before}
    pairs = {unit.position: titles.pop(unit.title) for unit in after if unit.title in titles}
    rest = list(titles.values())
    for unit in after:
        likest = max(rest, key=lambda old: _likeness(old.title, unit.title), default=None)
        if unit.position in pairs or likest is None:
            continue
        if _likeness(likest.title, unit.title) >= ALIKE:
            pairs[unit.position] = likest
            rest.remove(likest)
    return pairs


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _change(before: UnitText | None, after: UnitText | None) -> UnitChange:
    old = before.topics if before else ()
    new = after.topics if after else ()
    was = {topic.title: topic for topic in old}
    now = {topic.title: topic for topic in new}
    topics = [
        TopicChange(was.get(topic.title), topic) for topic in new if was.get(topic.title) != topic
    ]
    topics += [TopicChange(topic, None) for topic in old if topic.title not in now]
    return UnitChange(before, after, topics)
