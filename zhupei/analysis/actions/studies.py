"""Studying a released sitting: figures of forms and items, doubtful items to the experts, pairs of
answers too alike to the bureaus.

Source: project register of facts, §5 (quality of items and forms, equality of forms).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.analysis import rules, similarity
from zhupei.analysis.access import may_study
from zhupei.analysis.actions import experts
from zhupei.analysis.events import AnalysisEvent
from zhupei.analysis.models import FormFigures, ItemFigures, Lead, SittingFigures
from zhupei.analysis.parameters import LEAD_BOUND, NEAR, bounds
from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules as exam_rules
from zhupei.exams.models import Answer, Attempt, Candidate, Paper, Sitting, State
from zhupei.papers.actions import measures
from zhupei.papers.actions.measures import Measured
from zhupei.people.models import User
from zhupei.questions.rules import CHOICES, LETTERS

ROOMS_APART = 1000  # rows


@dataclass(frozen=True)
class Sheet:
    """The answers to one form: a line a person, a column a place the machine marks."""

    paper: Paper
    columns: list[int]  # places
    attempts: list[Attempt]
    answers: list[dict[int, str]]
    shares: list[list[float]]

    @property
    def points(self) -> list[float]:
        return [float(self.paper.marking.points[place]) for place in self.columns]


@transaction.atomic
def study(sitting: Sitting, *, by: User | None = None) -> SittingFigures:
    """Look at a released sitting; what was found before is replaced, judged leads stay.

    ``by`` is None when the clock does it. Raises NotAllowed; Refused "not_released", "nobody_sat".
    """
    row = Sitting.objects.select_for_update().get(pk=sitting.pk)
    if not may_study(by, row):
        raise NotAllowed("not_allowed", _("考试分析由自治区住建厅和系统进行。"))
    if row.state != State.RELEASED:
        raise Refused("not_released", _("成绩公布以后才能分析。"))
    sheets = _sheets(row)
    if not sheets:
        raise Refused("nobody_sat", _("这场没有人参加，没有可以分析的答卷。"))
    made = _begun(row, sheets)
    figures = [one for sheet in sheets for one in _figures(made, sheet)]
    doubtful = [one for one in ItemFigures.objects.bulk_create(figures) if one.doubts]
    measures.note(_pooled(one.version_id for one in figures))
    leads = _leads(made, sheets)
    asked = experts.ask(made, doubtful)
    audit.record(
        AnalysisEvent.STUDIED,
        made,
        by=by,
        people=made.people,
        flagged=len(doubtful),
        asked=asked,
        leads=len(leads),
        pairs=made.pairs,
    )
    return made


def study_all() -> int:
    """Study every released sitting nobody has looked at. Returns how many."""
    waiting = Sitting.objects.filter(
        state=State.RELEASED, study=None, attempts__handed_in_at__isnull=False
    )
    done = 0
    for sitting in waiting.distinct().order_by("pk"):
        study(sitting)
        done += 1
    return done


# ── The answers ──────────────────────────────────────────────────────────────────────────────


def _sheets(sitting: Sitting) -> list[Sheet]:
    """The forms somebody handed in, in order."""
    attempts = sitting.attempts.filter(handed_in_at__isnull=False).order_by("pk")
    by_paper: dict[int, list[Attempt]] = defaultdict(list)
    for attempt in attempts.select_related("candidate__place"):
        by_paper[attempt.paper_id].append(attempt)
    given: dict[int, dict[int, str]] = defaultdict(dict)
    stored = Answer.objects.filter(attempt_id__in=[one.pk for one in attempts])
    for attempt_id, place, choice in stored.values_list("attempt_id", "item", "choice"):
        given[attempt_id][place] = choice
    return [
        _sheet(paper, by_paper[paper.pk], given)
        for paper in sitting.papers.order_by("number")
        if by_paper[paper.pk]
    ]


def _sheet(paper: Paper, attempts: list[Attempt], given: Mapping[int, dict[int, str]]) -> Sheet:
    marking = paper.marking
    answers = [given[attempt.pk] for attempt in attempts]
    earned = [exam_rules.by_machine(marking, one) for one in answers]
    columns = [
        place
        for place in range(len(marking.kinds))
        if all(line[place] is not None for line in earned)
    ]
    shares = [[float(line[place] or 0) for place in columns] for line in earned]
    return Sheet(paper, columns, attempts, answers, shares)


# ── Forms and items ──────────────────────────────────────────────────────────────────────────


def _begun(sitting: Sitting, sheets: Sequence[Sheet]) -> SittingFigures:
    marks = [float(a.mark) for sheet in sheets for a in sheet.attempts if a.mark is not None]
    made, _new = SittingFigures.objects.update_or_create(
        sitting=sitting,
        defaults={
            "people": sum(len(sheet.attempts) for sheet in sheets),
            "marks": rules.spread(marks),
            "made_at": timezone.now(),
        },
    )
    made.forms.all().delete()
    made.items.all().delete()
    FormFigures.objects.bulk_create(
        FormFigures(
            study=made,
            paper=sheet.paper,
            **rules.form_figures(sheet.shares, sheet.points)._asdict(),
        )
        for sheet in sheets
        if sheet.columns
    )
    return made


def _figures(made: SittingFigures, sheet: Sheet) -> Iterable[ItemFigures]:
    bound, places, marking = bounds(), sheet.paper.places, sheet.paper.marking
    for column, place in enumerate(sheet.columns):
        chosen = marking.kinds[place] in CHOICES
        found = rules.item_figures(
            sheet.shares,
            sheet.points,
            [one.get(place, "") for one in sheet.answers],
            column,
            LETTERS[: len(places[place]["options"])] if chosen else "",
            marking.keys[place] if chosen else "",
        )
        yield ItemFigures(
            study=made,
            paper=sheet.paper,
            version_id=places[place]["item"],
            place=place,
            people=found.people,
            share=found.share,
            rest=found.rest,
            contrast=found.contrast,
            options=[list(option) for option in found.options],
            doubts=[doubt.value for doubt in rules.doubts(found, bound)],
        )


def _pooled(versions: Iterable[int]) -> dict[int, Measured]:
    """All that was ever measured of these versions, together."""
    parts: dict[int, list[tuple[int, float, float | None]]] = defaultdict(list)
    known = ItemFigures.objects.filter(version__in=set(versions))
    for version, people, share, rest in known.values_list("version", "people", "share", "rest"):
        parts[version].append((people, share, rest))
    return {version: Measured(*rules.pooled(found)) for version, found in parts.items()}


# ── Answers too alike ────────────────────────────────────────────────────────────────────────


def _leads(made: SittingFigures, sheets: Sequence[Sheet]) -> list[Lead]:
    people = _people(sheets)
    near = parameters.value(NEAR, prefecture=made.sitting.prefecture_id)
    pairs = similarity.pairs(people, near=near)
    made.pairs = len(pairs)
    made.save(update_fields=["pairs"])
    made.leads.open().delete()
    judged = set(made.leads.values_list("first", "second"))
    bound = parameters.value(LEAD_BOUND, prefecture=made.sitting.prefecture_id) / 1000
    wrong = {one.key: one.wrong for one in people}
    return Lead.objects.bulk_create(
        Lead(
            study=made,
            first_id=pair.first,
            second_id=pair.second,
            evidence=_evidence(wrong, pair),
            **{name: getattr(pair, name) for name in FACTS},
        )
        for pair in pairs
        if pair.adjusted <= bound and (pair.first, pair.second) not in judged
    )


FACTS = ("both", "same", "expected", "chance", "adjusted", "distance", "near")


def _people(sheets: Sequence[Sheet]) -> list[similarity.Sat]:
    """Wrong answers of everybody, by version, so that forms which share items can be compared."""
    return [
        similarity.Sat(attempt.candidate_id, _wrong(sheet, line), _at(attempt.candidate))
        for sheet in sheets
        for line, attempt in enumerate(sheet.attempts)
    ]


def _at(candidate: Candidate) -> tuple[int, int]:
    """Where somebody sat; rooms are far apart. Without a seat map, along one row."""
    if candidate.place is None:
        return (0, candidate.seat)
    return (ROOMS_APART * candidate.place.room_id + candidate.place.row, candidate.place.column)


def _wrong(sheet: Sheet, line: int) -> dict[int, str]:
    """Answers by letters that earned nothing, by version. What was left empty says nothing."""
    places, kinds = sheet.paper.places, sheet.paper.marking.kinds
    return {
        places[place]["item"]: answer
        for column, place in enumerate(sheet.columns)
        if (answer := sheet.answers[line].get(place, ""))
        and kinds[place] in CHOICES
        and sheet.shares[line][column] == 0
    }


def _evidence(wrong: Mapping[Any, Mapping[int, str]], pair: similarity.Pair) -> list[list[Any]]:
    one, other = wrong[pair.first], wrong[pair.second]
    rows = []
    for version in sorted(one.keys() & other.keys()):
        others = Counter(
            line[version]
            for key, line in wrong.items()
            if version in line and key not in {pair.first, pair.second}
        )
        alike = others[one[version]] if one[version] == other[version] else 0
        rows.append([version, one[version], other[version], alike, others.total()])
    return rows
