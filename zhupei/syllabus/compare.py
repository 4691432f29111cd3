"""Two versions of a syllabus side by side, in words for people."""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.syllabus.models import Requirement, Syllabus
from zhupei.syllabus.rules.content import Hours
from zhupei.syllabus.rules.difference import TopicChange, TopicText, UnitText, difference

WORDS: dict[str, tuple[str, str, str | Promise]] = {  # tone, icon, word
    "added": ("ok", "plus", _("新增")),
    "removed": ("bad", "minus", _("删除")),
    "changed": ("info", "edit", _("修改")),
    "same": ("empty", "check", _("不变")),
}


@dataclass(frozen=True)
class Badge:
    tone: str
    icon: str
    word: str | Promise


@dataclass(frozen=True)
class TopicLine:
    """One topic that came, went or changed."""

    badge: Badge
    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """One unit of either version."""

    badge: Badge
    kind: str
    before: UnitText | None
    after: UnitText | None
    topics: list[TopicLine] = field(default_factory=list)


def lines(before: Syllabus, after: Syllabus) -> list[Line]:
    """Every unit of both versions, with what happened to it."""
    return [
        Line(
            Badge(*WORDS[change.kind]),
            change.kind,
            change.before,
            change.after,
            [_topic(topic) for topic in change.topics],
        )
        for change in difference(_text(before), _text(after))
    ]


def _text(syllabus: Syllabus) -> list[UnitText]:
    return [
        UnitText(
            unit.position,
            unit.title,
            Hours(unit.theory_hours, unit.practice_hours, unit.online_hours),
            unit.is_ethics,
            tuple(TopicText(t.title, t.requirement, t.depth) for t in unit.topics.all()),
        )
        for unit in syllabus.units.prefetch_related("topics")
    ]


def _topic(change: TopicChange) -> TopicLine:
    kind = "added" if change.before is None else "removed" if change.after is None else "changed"
    one = change.after or change.before
    assert one
    return TopicLine(Badge(*WORDS[kind]), one.title, _said(change.before), _said(change.after))


def _said(topic: TopicText | None) -> str:
    return str(Requirement(topic.requirement).label) if topic else ""
