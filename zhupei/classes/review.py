"""The desk of a reviewer: the checklist of a plan, what was opened of it, what was answered.

One question to the database, however many papers there are. What the items are is the business
of ``rules.review``; the words are in ``words_review``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
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
from zhupei.core.models import Event, StoredFile
from zhupei.people.models import User
from zhupei.syllabus.models import Unit

SUBMISSIONS = (ClassEvent.SUBMITTED, ClassEvent.FILED)
DOCUMENT = {
    "pk": "pk", "kind": "kind", "file": "file_id", "name": "file__name",
    "media_type": "file__media_type", "size": "file__size",
}  # fmt: skip
READING = {name: name for name in ("round", "paper", "opened_at", "seconds")}
FINDING = {name: name for name in ("round", "item", "verdict", "note")}


@dataclass(frozen=True)
class Folder:
    """The papers of a plan in its present round."""

    training_class: TrainingClass
    round: int
    items: Sequence[Item]
    documents: Mapping[int, ClassDocument]
    readings: Mapping[str, Reading]
    findings: Mapping[str, Finding]

    def with_reading(self, reading: Reading) -> "Folder":
        """The folder after one more paper was opened."""
        return replace(self, readings={**self.readings, reading.paper: reading})


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


def folder(training_class: TrainingClass, reader: User | None = None) -> Folder:
    """The papers and items of a plan as it is now, and what ``reader`` did with them."""
    about = _about(training_class, reader)
    documents = {row["pk"]: _document(row) for row in about["papers"]}
    kinds: dict[str, list[int]] = {kind: [] for kind in DocumentKind}
    for key, paper in documents.items():
        kinds[paper.kind].append(key)
    facts = ReviewFacts(
        has_practice=about["has_practice"],
        away_from_home=about["prefecture"] != about["organization__prefecture"],
        round=about["submissions"],
        has_scheme=bool(about["practice_scheme"].strip()),
        lesson_plans=kinds[DocumentKind.LESSON_PLAN],
        schemes=kinds[DocumentKind.PRACTICE_SCHEME],
        roster=about["newest_of_roster"] or 0,
    )
    return Folder(
        training_class,
        facts.round,
        rules.checklist(facts),
        documents,
        {row["paper"]: _reading(row) for row in about["read"] if row["round"] == facts.round},
        {row["item"]: Finding(**row) for row in about["found"] if row["round"] == facts.round},
    )


def papers(training_class: TrainingClass) -> list[str]:
    """What must be opened before the plan can be approved."""
    return [paper for item in folder(training_class).items for paper in item.papers]


def round_of(training_class: TrainingClass) -> int:
    """How often the plan was submitted: each time a new round of review begins."""
    return audit.own_history(training_class).filter(verb__in=SUBMISSIONS).count()


def desk(training_class: TrainingClass, reader: User, checks: Iterable[Check] = ()) -> Desk:
    """The checklist as ``reader`` has worked on it; ``checks`` are the findings of the machine."""
    return lay_out(folder(training_class, reader), checks)


def lay_out(held: Folder, checks: Iterable[Check] = ()) -> Desk:
    """A folder as a checklist, each finding of the machine beside the item it is about."""
    found: dict[str, list[Check]] = {item.code: [] for item in held.items}
    for check in checks:
        found.setdefault(rules.item_of(check.code, check.field), []).append(check)
    return Desk(held, [_line(held, item, found[item.code]) for item in held.items])


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


def _line(held: Folder, item: Item, checks: list[Check]) -> Line:
    question = QUESTIONS[item.code]
    return Line(
        item,
        question.title,
        question.look,
        question.unchecked,
        checks,
        [_paper(held, item, paper) for paper in item.papers],
        held.findings.get(item.code),
    )


def _paper(held: Folder, item: Item, paper: str) -> PaperLine:
    key, reading = held.training_class.pk, held.readings.get(paper)
    if not paper.startswith("document/"):
        label = PAPERS.get(paper, "") if len(item.papers) > 1 else ""
        return PaperLine(paper, label, reverse("classes:evidence", args=[key, item.code]), reading)
    number = int(paper.partition("/")[2])
    url = reverse("classes:evidence_document", args=[key, item.code, number])
    return PaperLine(paper, held.documents[number].file.name, url, reading)


def _about(training_class: TrainingClass, reader: User | None) -> dict[str, Any]:
    """Everything a desk is laid from, in one question."""
    practice = Unit.objects.filter(syllabus=OuterRef("syllabus"), practice_hours__gt=0)
    submitted = Event.objects.filter(
        subject=audit.subject_key(training_class), verb__in=SUBMISSIONS
    )
    papers = ClassDocument.objects.filter(training_class=OuterRef("pk")).order_by("pk")
    own = {"training_class": OuterRef("pk"), "reader": reader.pk if reader else None}
    rows: Any = TrainingClass._base_manager.annotate(
        has_practice=Exists(practice),
        newest_of_roster=Max("invitations"),
        submissions=Coalesce(
            Subquery(submitted.order_by().values("subject").annotate(n=Count("*")).values("n")), 0
        ),
        papers=ArraySubquery(papers.values(row=JSONObject(**DOCUMENT))),
        read=ArraySubquery(Reading.objects.filter(**own).values(row=JSONObject(**READING))),
        found=ArraySubquery(Finding.objects.filter(**own).values(row=JSONObject(**FINDING))),
    )
    wanted = ("has_practice", "newest_of_roster", "submissions", "papers", "read", "found")
    place = ("practice_scheme", "prefecture", "organization__prefecture")
    return dict(rows.values(*wanted, *place).get(pk=training_class.pk))


def _document(row: dict[str, Any]) -> ClassDocument:
    names = ("name", "media_type", "size")
    file = StoredFile(pk=row["file"], **{name: row[name] for name in names})
    return ClassDocument(pk=row["pk"], kind=row["kind"], file=file)


def _reading(row: dict[str, Any]) -> Reading:
    return Reading(**row | {"opened_at": parse_datetime(row["opened_at"])})
