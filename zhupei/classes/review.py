"""The desk of a reviewer: the checklist of a plan, what was opened of it, what was answered.

Four questions to the database, however many papers there are. What the items are is the business
of ``rules.review``; the words are in ``words_review``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from zhupei.classes.events import ClassEvent
from zhupei.classes.models import (
    ClassDocument,
    DocumentKind,
    Draw,
    Finding,
    Reading,
    TrainingClass,
    Verdict,
)
from zhupei.classes.precheck import Check
from zhupei.classes.rules import review as rules
from zhupei.classes.rules.review import Item, ReviewFacts
from zhupei.classes.words_review import PAPERS, QUESTIONS, spent
from zhupei.core import audit
from zhupei.core.models import Event
from zhupei.people.models import User
from zhupei.syllabus.models import Unit

SUBMISSIONS = (ClassEvent.SUBMITTED, ClassEvent.FILED)


@dataclass(frozen=True)
class Folder:
    """The papers of a plan in its present round."""

    training_class: TrainingClass
    round: int
    items: Sequence[Item]
    documents: Mapping[int, ClassDocument]

    def item(self, code: str) -> Item | None:
        return next((item for item in self.items if item.code == code), None)


@dataclass(frozen=True)
class PaperLine:
    """One paper of an item and what this reader has seen of it."""

    paper: str
    label: str | Promise
    url: str
    reading: Reading | None

    @property
    def seconds(self) -> int | None:
        """None when nobody knows: the page had no script, or was left at once."""
        return self.reading.seconds or None if self.reading else None

    @property
    def spent(self) -> str:
        return spent(self.seconds)


@dataclass(frozen=True)
class Line:
    """One item of the checklist as a page shows it."""

    item: Item
    title: str | Promise
    look: str | Promise
    unchecked: str | Promise
    checks: list[Check]
    papers: list[PaperLine]
    finding: Finding | None

    @property
    def url(self) -> str:
        """Where its next paper is read: the first one not opened yet."""
        unread = [paper for paper in self.papers if paper.reading is None]
        return (unread or self.papers)[0].url

    @property
    def opened(self) -> int:
        return sum(paper.reading is not None for paper in self.papers)

    @property
    def seconds(self) -> int | None:
        known = [paper.seconds for paper in self.papers if paper.seconds is not None]
        return sum(known) if known else None

    @property
    def spent(self) -> str:
        return spent(self.seconds)

    @property
    def tone(self) -> str:
        """What the mark in front says: a verdict, opened, or nothing yet."""
        if self.finding is not None:
            return str(self.finding.verdict)
        return "opened" if self.opened == len(self.papers) else ""


@dataclass(frozen=True)
class Desk:
    """The checklist of one reader in the present round."""

    folder: Folder
    lines: list[Line]

    def line(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.item.code == code), None)

    @property
    def unread(self) -> list[Line]:
        return [line for line in self.lines if line.opened < len(line.papers)]

    @property
    def unanswered(self) -> list[Line]:
        return [line for line in self.lines if line.finding is None]

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.tone == Verdict.BAD]

    @property
    def seconds(self) -> int:
        return sum(line.seconds or 0 for line in self.lines)

    @property
    def read(self) -> int:
        """How many items were read whole."""
        return len(self.lines) - len(self.unread)

    @property
    def spent(self) -> str:
        return spent(self.seconds or None)

    def papers(self) -> Iterator[PaperLine]:
        """Every required paper once."""
        for line in self.lines:
            yield from line.papers

    def as_facts(self) -> dict[str, Any]:
        """What the event of a decision keeps: papers opened, for how long, and every answer."""
        read = [(line.paper, line.reading) for line in self.papers() if line.reading]
        return {
            "evidence": [
                {
                    "paper": paper,
                    "label": self.label(paper),
                    "opened_at": reading.opened_at.isoformat(),
                    "seconds": reading.seconds,
                }
                for paper, reading in read
            ],
            "findings": [
                {"item": x.item, "verdict": x.verdict, "note": x.note}
                for line in self.lines
                if (x := line.finding)
            ],
        }

    def label(self, paper: str) -> str:
        """A paper in words that still read when its row is gone."""
        line = next(line for line in self.lines if paper in line.item.papers)
        name = next(str(one.label) for one in line.papers if one.paper == paper)
        return name or str(line.title)

    def reasons(self) -> list[dict[str, str]]:
        """What was found wrong, as reasons of a return beside their fields."""
        return [
            {"field": line.item.field, "text": line.finding.note, "law": line.item.law}
            for line in self.bad
            if line.finding
        ]


def folder(training_class: TrainingClass) -> Folder:
    """The papers and items of a plan as it is now."""
    about = _about(training_class)
    documents = _documents(training_class)
    kinds: dict[str, list[int]] = {kind: [] for kind in DocumentKind}
    for paper in documents:
        kinds[paper.kind].append(paper.pk)
    facts = ReviewFacts(
        has_practice=about["has_practice"],
        away_from_home=about["prefecture"] != about["organization__prefecture"],
        round=round_of(training_class),
        has_scheme=bool(about["practice_scheme"].strip()),
        roster=about["newest_of_roster"] or 0,
        lesson_plans=kinds[DocumentKind.LESSON_PLAN],
        schemes=kinds[DocumentKind.PRACTICE_SCHEME],
    )
    by_key = {paper.pk: paper for paper in documents}
    return Folder(training_class, facts.round, rules.checklist(facts), by_key)


def papers(training_class: TrainingClass) -> list[str]:
    """What must be opened before the plan can be approved."""
    return [paper for item in folder(training_class).items for paper in item.papers]


def round_of(training_class: TrainingClass) -> int:
    """How often the plan was submitted: each time a new round of review begins."""
    return audit.own_history(training_class).filter(verb__in=SUBMISSIONS).count()


def desk(training_class: TrainingClass, reader: User, checks: Iterable[Check] = ()) -> Desk:
    """The checklist as ``reader`` has worked on it; ``checks`` are the findings of the machine."""
    held = folder(training_class)
    own = {"training_class": training_class, "round": held.round, "reader": reader}
    readings = {x.paper: x for x in Reading.objects.filter(**own)}
    findings = {x.item: x for x in Finding.objects.filter(**own)}
    found: dict[str, list[Check]] = {item.code: [] for item in held.items}
    for check in checks:
        found.setdefault(rules.item_of(check.code, check.field), []).append(check)
    return Desk(
        held,
        [
            _line(held, item, found[item.code], readings, findings.get(item.code))
            for item in held.items
        ],
    )


@dataclass(frozen=True)
class Decision:
    """An approval as its event keeps it: who, when, what was read and found."""

    event: Event
    evidence: list[dict[str, Any]]
    findings: list[dict[str, Any]]

    @property
    def spent(self) -> str:
        return spent(sum(one["seconds"] for one in self.evidence) or None)


def decision_on(training_class: TrainingClass, day: date) -> Decision | None:
    """The last approval of the plan on a day or before it."""
    events = audit.own_history(training_class).filter(verb=ClassEvent.APPROVED)
    event = next((x for x in reversed(events) if timezone.localdate(x.at) <= day), None)
    if event is None:
        return None
    evidence = [x | {"spent": spent(x["seconds"] or None)} for x in event.facts.get("evidence", [])]
    findings = [
        x | {"title": QUESTIONS[x["item"]].title, "word": Verdict(x["verdict"]).label}
        for x in event.facts.get("findings", [])
    ]
    return Decision(event, evidence, findings)


def recompute(draw: Draw) -> list[str]:
    """Draw again from what was recorded: the numbers that are read a second time."""
    return [number for number in draw.candidates if rules.drawn(draw.seed, number, draw.share)]


def _line(
    held: Folder,
    item: Item,
    checks: list[Check],
    readings: Mapping[str, Reading],
    finding: Finding | None,
) -> Line:
    question = QUESTIONS[item.code]
    return Line(
        item,
        question.title,
        question.look,
        question.unchecked,
        checks,
        [_paper(held, item, paper, readings.get(paper)) for paper in item.papers],
        finding,
    )


def _paper(held: Folder, item: Item, paper: str, reading: Reading | None) -> PaperLine:
    key = held.training_class.pk
    if not paper.startswith("document/"):
        label = PAPERS.get(paper, "") if len(item.papers) > 1 else ""
        return PaperLine(paper, label, reverse("classes:evidence", args=[key, item.code]), reading)
    number = int(paper.partition("/")[2])
    url = reverse("classes:evidence_document", args=[key, item.code, number])
    return PaperLine(paper, held.documents[number].file.name, url, reading)


def _about(training_class: TrainingClass) -> dict[str, Any]:
    """What the checklist is made from, in one question."""
    practice = Unit.objects.filter(syllabus=OuterRef("syllabus"), practice_hours__gt=0)
    found = TrainingClass._base_manager.annotate(
        has_practice=Exists(practice), newest_of_roster=Max("invitations")
    )
    rows: Any = found.values(
        "has_practice",
        "newest_of_roster",
        "practice_scheme",
        "prefecture",
        "organization__prefecture",
    )
    return dict(rows.get(pk=training_class.pk))


def _documents(training_class: TrainingClass) -> list[ClassDocument]:
    return list(training_class.documents.select_related("file").order_by("pk"))
