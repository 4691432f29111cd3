"""What a rubric 评分表 is, in plain values, and what it may not be when it is published.

A rubric is a document of JSON, written, compared, copied and frozen as a whole::

    {"tasks": [{"key": "t1", "title": "…", "minutes": 90, "brief": "…",
                "criteria": [{"key": "c1", "text": "…", "weight": 20, "guide": "…",
                              "steps": [{"word": "符合", "share": 100}, …], "step": ""}]}],
     "fatal": [{"key": "f1", "text": "…"}]}

A criterion with ``steps`` is judged by choosing one of them; ``share`` is the percentage of its
weight it earns. Without them points are given, from 0 to the weight, a ``step`` apart. The weights
of a rubric are points of 100. Keys never change once given, so that versions can be compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

FULL = 100  # points of a whole rubric, and percent of a criterion
LONGEST_TASK = 480  # minutes
STEPS = ("0.5", "1", "5")  # how far apart points may lie


class Step(NamedTuple):
    """One step of a scale: how it is called, and the percentage of the weight it earns."""

    word: str
    share: int


class Criterion(NamedTuple):
    key: str
    text: str
    weight: int
    steps: tuple[Step, ...]
    step: str
    guide: str


class Task(NamedTuple):
    key: str
    title: str
    minutes: int
    brief: str
    criteria: tuple[Criterion, ...]

    @property
    def weight(self) -> int:
        return sum(one.weight for one in self.criteria)


class Fatal(NamedTuple):
    key: str
    text: str


class Rubric(NamedTuple):
    tasks: tuple[Task, ...]
    fatal: tuple[Fatal, ...]

    @property
    def minutes(self) -> int:
        return sum(task.minutes for task in self.tasks)

    @property
    def weight(self) -> int:
        return sum(task.weight for task in self.tasks)

    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its key, in the order of the rubric."""
        return {one.key: one for task in self.tasks for one in task.criteria}


def read(content: Mapping[str, Any]) -> Rubric:
    """The document as values."""
    return Rubric(
        tuple(_task(task) for task in content.get("tasks", ())),
        tuple(Fatal(one["key"], one["text"]) for one in content.get("fatal", ())),
    )


def _task(said: Mapping[str, Any]) -> Task:
    return Task(
        said["key"],
        said["title"],
        int(said["minutes"]),
        said.get("brief", ""),
        tuple(_criterion(one) for one in said["criteria"]),
    )


def _criterion(said: Mapping[str, Any]) -> Criterion:
    return Criterion(
        said["key"],
        said["text"],
        int(said["weight"]),
        tuple(Step(one["word"], int(one["share"])) for one in said.get("steps", ())),
        said.get("step", ""),
        said.get("guide", ""),
    )


def write(rubric: Rubric) -> dict[str, Any]:
    """The values as the document that is stored."""
    return {
        "tasks": [
            task._asdict()
            | {
                "criteria": [
                    one._asdict() | {"steps": [step._asdict() for step in one.steps]}
                    for one in task.criteria
                ]
            }
            for task in rubric.tasks
        ],
        "fatal": [one._asdict() for one in rubric.fatal],
    }


def fresh_key(letter: str, taken: Sequence[str]) -> str:
    """The first key of its kind that nobody has: ``t3``, ``c12``, ``f1``."""
    return next(key for n in count(1) if (key := f"{letter}{n}") not in taken)


def worth(criterion: Criterion, step: Step) -> Decimal:
    """The points a step of a scale earns, exactly: weights are whole, shares whole percent."""
    return (Decimal(criterion.weight) * step.share / FULL).quantize(Decimal("0.01"))


def allowed(criterion: Criterion) -> tuple[Decimal, ...]:
    """Every number of points an assessor may give, the highest first.

    Source: Measures, art. 17 (practical skills are examined by a standard).
    """
    if criterion.steps:
        return tuple(sorted({worth(criterion, step) for step in criterion.steps}, reverse=True))
    step = Decimal(criterion.step)
    points = (Decimal(criterion.weight) - step * n for n in count())
    found = [point.quantize(Decimal("0.01")) for point in _until_nothing(points)]
    return tuple(found)


def _until_nothing(points: Iterator[Decimal]) -> Iterator[Decimal]:
    for point in points:
        if point <= 0:
            break
        yield point
    yield Decimal(0)


def with_task(rubric: Rubric, task: Task, place: int) -> Rubric:
    """The rubric with this task, in place of its own former self, as the ``place``-th (from 1)."""
    others = [one for one in rubric.tasks if one.key != task.key]
    others.insert(max(place - 1, 0), task)
    return rubric._replace(tasks=tuple(others))


def without_task(rubric: Rubric, key: str) -> Rubric:
    return rubric._replace(tasks=tuple(one for one in rubric.tasks if one.key != key))


def with_fatal(rubric: Rubric, texts: Sequence[str]) -> Rubric:
    """The rubric with these fatal errors; what is worded as before keeps its key."""
    known = {one.text: one.key for one in rubric.fatal}
    keys = list(known.values())
    found = []
    for text in texts:
        key = known.get(text) or fresh_key("f", keys)
        keys.append(key)
        found.append(Fatal(key, text))
    return rubric._replace(fatal=tuple(found))


class Flaw(NamedTuple):
    """Why a rubric cannot be published; ``place`` names the task or criterion."""

    code: str
    place: str = ""
    found: int = 0


def flaws(rubric: Rubric) -> list[Flaw]:
    """Everything that keeps a rubric from being published, in the order it is read.

    Source: Measures, art. 17 (practical skills are examined by a standard); project register of
    facts, §5 (marks out of 100).
    """
    found: list[Flaw] = []
    if not rubric.tasks:
        found.append(Flaw("no_tasks"))
    for task in rubric.tasks:
        found += _flaws_of_task(task)
    if rubric.tasks and rubric.weight != FULL:
        found.append(Flaw("not_hundred", found=rubric.weight))
    texts = [one.text for one in rubric.fatal]
    found += [Flaw("fatal_twice", one) for one in sorted(set(texts)) if texts.count(one) > 1]
    return found


def _flaws_of_task(task: Task) -> Iterator[Flaw]:
    if not task.criteria:
        yield Flaw("task_empty", task.title)
    if not 0 < task.minutes <= LONGEST_TASK:
        yield Flaw("minutes", task.title, task.minutes)
    for one in task.criteria:
        yield from _flaws_of_criterion(one)


def _flaws_of_criterion(one: Criterion) -> Iterator[Flaw]:
    if not 0 < one.weight <= FULL:
        yield Flaw("weight", one.text, one.weight)
    yield from flaws_of_scale(one)


def flaws_of_scale(one: Criterion) -> Iterator[Flaw]:
    """What is wrong with the way one criterion is judged."""
    if not one.steps:
        if one.step not in STEPS:
            yield Flaw("step", one.text)
        return
    shares = [step.share for step in one.steps]
    if len(shares) < 2 or len(set(shares)) < len(shares):  # noqa: PLR2004 - a choice needs two
        yield Flaw("steps_too_few", one.text)
    if max(shares) != FULL or min(shares) < 0:
        yield Flaw("steps_without_full", one.text)


class Change(NamedTuple):
    """One difference between two versions: what, where, as it was and as it is."""

    what: str  # task, criterion, fatal
    name: str
    field: str  # "" when the whole thing came or went
    before: str
    after: str


def difference(old: Rubric, new: Rubric) -> list[Change]:
    """What changed from one version to another, by key, in the order of the new one."""
    return [
        *_between("task", _flat_tasks(old), _flat_tasks(new)),
        *_between("criterion", _flat_criteria(old), _flat_criteria(new)),
        *_between("fatal", _flat_fatal(old), _flat_fatal(new)),
    ]


Flat = dict[str, dict[str, str]]


def _between(what: str, old: Flat, new: Flat) -> Iterator[Change]:
    for key, after in new.items():
        before = old.get(key)
        if before is None:
            yield Change(what, after["name"], "", "", after["name"])
            continue
        for field, value in after.items():
            if before[field] != value:
                yield Change(what, after["name"], field, before[field], value)
    for key, before in old.items():
        if key not in new:
            yield Change(what, before["name"], "", before["name"], "")


def _flat_tasks(rubric: Rubric) -> Flat:
    return {
        task.key: {"name": task.title, "minutes": str(task.minutes), "brief": task.brief}
        for task in rubric.tasks
    }


def _flat_criteria(rubric: Rubric) -> Flat:
    return {
        one.key: {
            "name": one.text,
            "task": task.title,
            "weight": str(one.weight),
            "scale": scale_words(one),
            "guide": one.guide,
        }
        for task in rubric.tasks
        for one in task.criteria
    }


def _flat_fatal(rubric: Rubric) -> Flat:
    return {one.key: {"name": one.text} for one in rubric.fatal}


def scale_words(one: Criterion) -> str:
    """A scale as people write it: ``符合=100；不符合=0``, or ``每 0.5 分``."""
    if one.steps:
        return "；".join(f"{step.word}={step.share}" for step in one.steps)
    return f"每 {one.step} 分"


def read_steps(text: str) -> tuple[Step, ...]:
    """The steps of a scale as people write them. Raises ValueError for what is no scale."""
    parts = [part.strip() for part in text.replace(";", "；").split("；") if part.strip()]
    found = []
    for part in parts:
        word, equals, share = part.replace("＝", "=").replace("%", "").rpartition("=")
        if not equals or not word.strip() or not share.strip().isascii():
            raise ValueError(part)
        found.append(Step(word.strip(), int(share)))
    return tuple(found)
