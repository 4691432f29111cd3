"""The lines of the tree editor: what stands in each, or what somebody typed there in vain."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhupei.syllabus.models import Requirement, Topic, Unit
from zhupei.syllabus.rules.outline import DEEPEST

UNIT_FIELDS = ("title", "theory_hours", "practice_hours", "online_hours", "is_ethics")
EMPTY_UNIT = {"title": "", "theory_hours": 0, "practice_hours": 0, "online_hours": 0}
EMPTY_TOPIC = {"title": "", "requirement": Requirement.MASTER.value}


@dataclass
class Kept:
    """What somebody typed and could not be saved: in which line, and why not."""

    line: str
    form: Any
    message: str = ""

    @property
    def typed(self) -> dict[str, Any]:
        return dict(self.form.data.items()) if self.form else {}

    @property
    def errors(self) -> list[str]:
        found = [self.message] if self.message else []
        if self.form:
            for name, errors in self.form.errors.items():
                label = f"{self.form.fields[name].label}：" if name in self.form.fields else ""
                found += [f"{label}{error}" for error in errors]
        return found


@dataclass
class Line:
    """One line to be written in: of a thing, or of one to come. ``new`` is the line below it."""

    name: str
    typed: Mapping[str, Any]
    thing: Any = None
    errors: list[str] = field(default_factory=list)
    children: list["Line"] = field(default_factory=list)
    new: "Line | None" = None

    @property
    def open(self) -> bool:
        return bool(self.errors)


def lines(units: Iterable[Unit], kept: Kept | None) -> tuple[list[Line], Line]:
    """The lines of every unit with its topics, and the one for a unit to come."""
    return [_unit(unit, kept) for unit in units], _line("new-unit", EMPTY_UNIT, kept)


def _unit(unit: Unit, kept: Kept | None) -> Line:
    here = {name: getattr(unit, name) for name in UNIT_FIELDS}
    line = _line(f"unit-{unit.pk}", here, kept, unit)
    line.children = [_topic(topic, kept) for topic in unit.topics.all()]
    line.new = _line(f"new-{unit.pk}", EMPTY_TOPIC, kept)
    return line


def _topic(topic: Topic, kept: Kept | None) -> Line:
    here = {"title": topic.title, "requirement": topic.requirement}
    line = _line(f"topic-{topic.pk}", here, kept, topic)
    if topic.depth < DEEPEST:
        line.new = _line(f"below-{topic.pk}", EMPTY_TOPIC, kept)
    return line


def _line(name: str, here: dict[str, Any], kept: Kept | None, thing: Any = None) -> Line:
    if kept and kept.line == name:
        return Line(name, kept.typed or here, thing, kept.errors)
    return Line(name, here, thing)
