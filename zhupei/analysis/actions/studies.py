"""Studying a released sitting: figures of forms and items, doubtful items to the experts, pairs of
answers too alike to the bureaus.

Source: project register of facts, §5 (quality of items and forms, equality of forms).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.analysis import rules, similarity
from zhupei.analysis.access import may_study
from zhupei.analysis.actions import experts
from zhupei.analysis.events import AnalysisEvent
from zhupei.analysis.models import FormFigures, ItemFigures, Lead, SittingFigures
from zhupei.analysis.parameters import LEAD_BOUND, NEAR, bounds
from zhupei.appeals.models import Misconduct
from zhupei.core import audit, parameters
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules as exam_rules
from zhupei.exams.models import Answer, Attempt, Candidate, Paper, Sitting, State
from zhupei.marking.models import Script
from zhupei.papers.actions import measures
from zhupei.papers.actions.measures import Measured
from zhupei.people.models import User
from zhupei.questions.rules import CHOICES, LETTERS

ROOMS_APART = 1000  # rows


@dataclass(frozen=True)
class Sheet:
    """The answers to one form: a line a person, a column a place whose shares are all known."""

    paper: Paper
    columns: list[int]  # places
    attempts: list[Attempt]
    answers: list[dict[int, str]]
    shares: list[list[float]]

    @property
    def points(self) -> list[float]:
        return [float(self.paper.in_force.points[place]) for place in self.columns]


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
    table = Table.of(row)
    if not table.attempts:
        raise Refused("nobody_sat", _("这场没有人参加，没有可以分析的答卷。"))
    barred = left_out(row)
    counted = table.sheets([one for one in table.attempts if one.pk not in barred])
    made = _begun(row, counted, left_out=len(barred))
    figures = [one for sheet in counted for one in _figures(made, sheet)]
    together = _together(ItemFigures.objects.bulk_create(figures))
    doubtful = _doubted(figures, together)
    measures.note({v: Measured(f.people, f.share, f.rest) for v, f in together.items()})
    leads = _leads(made, table.sheets(table.attempts))
    asked = experts.ask(made, doubtful, together)
    audit.record(
        AnalysisEvent.STUDIED,
        made,
        by=by,
        people=made.people,
        left_out=made.left_out,
        flagged=len(doubtful),
        asked=asked,
        leads=len(leads),
        pairs=made.pairs,
    )
    return made


def study_all() -> int:
    """Study every released sitting nobody has looked at, and again those where somebody has come
    to be left out, or is no longer, or an item was put right. Returns how many.
    """
    released = Sitting.objects.filter(state=State.RELEASED)
    waiting = released.filter(study=None, attempts__handed_in_at__isnull=False).distinct()
    barred = Count("attempts", filter=_barred("attempts__"), distinct=True)
    changed = released.filter(study__isnull=False).annotate(barred=barred)
    changed = changed.exclude(barred=F("study__left_out"))
    corrected = released.filter(corrections__decided_at__gt=F("study__made_at")).distinct()
    rows = sorted({*waiting, *changed, *corrected}, key=lambda sitting: sitting.pk)
    for sitting in rows:
        study(sitting)
    return len(rows)


def left_out(sitting: Sitting) -> set[int]:
    """The attempts that say nothing of items: void, or a case of misconduct stands.

    Source: project register of facts, §5 (figures of items rest on honest answers).
    """
    return set(sitting.attempts.filter(_barred()).values_list("pk", flat=True))


def _barred(path: str = "") -> Q:
    case = Misconduct.objects.standing().filter(candidate__isnull=False).values("candidate")
    out = Q(**{f"{path}void": True}) | Q(**{f"{path}candidate__in": case})
    return out & Q(**{f"{path}handed_in_at__isnull": False})


# ── The answers ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Table:
    """All that was handed in: what was answered, and what people gave for it, by attempt."""

    papers: list[Paper]
    attempts: list[Attempt]
    answers: Mapping[int, dict[int, str]]
    by_people: Mapping[int, dict[int, Fraction]]

    @classmethod
    def of(cls, sitting: Sitting) -> "Table":
        handed_in = sitting.attempts.filter(handed_in_at__isnull=False).order_by("pk")
        attempts = list(handed_in.select_related("candidate__place"))
        answers: dict[int, dict[int, str]] = defaultdict(dict)
        stored = Answer.objects.filter(attempt_id__in=[one.pk for one in attempts])
        for attempt_id, place, choice in stored.values_list("attempt_id", "item", "choice"):
            answers[attempt_id][place] = choice
        by_people = Script.objects.filter(sitting=sitting).shares()
        return cls(list(sitting.papers.order_by("number")), attempts, answers, by_people)

    def sheets(self, attempts: Sequence[Attempt]) -> list[Sheet]:
        """The forms these attempts wrote, in order."""
        by_paper: dict[int, list[Attempt]] = defaultdict(list)
        for attempt in attempts:
            by_paper[attempt.paper_id].append(attempt)
        return [
            self._sheet(paper, by_paper[paper.pk]) for paper in self.papers if by_paper[paper.pk]
        ]

    def _sheet(self, paper: Paper, attempts: list[Attempt]) -> Sheet:
        marking = paper.in_force
        answers = [self.answers.get(one.pk, {}) for one in attempts]
        earned: list[dict[int, Fraction]] = [
            self.by_people.get(one.pk, {})
            | {
                place: share
                for place, share in exam_rules.by_machine(marking, given).items()
                if share is not None
            }
            for one, given in zip(attempts, answers, strict=True)
        ]
        columns = [
            place
            for place in marking.counted
            if all(line.get(place) is not None for line in earned)
        ]
        shares = [[float(line.get(place) or 0) for place in columns] for line in earned]
        return Sheet(paper, columns, attempts, answers, shares)


# ── Forms and items ──────────────────────────────────────────────────────────────────────────


def _begun(sitting: Sitting, sheets: Sequence[Sheet], *, left_out: int) -> SittingFigures:
    marks = [float(a.mark) for sheet in sheets for a in sheet.attempts if a.mark is not None]
    made, _new = SittingFigures.objects.update_or_create(
        sitting=sitting,
        defaults={
            "people": sum(len(sheet.attempts) for sheet in sheets),
            "left_out": left_out,
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
    places, marking = sheet.paper.places, sheet.paper.in_force
    for column, place in enumerate(sheet.columns):
        if _for_all(marking, place):
            continue
        chosen = marking.kinds[place] in CHOICES
        found = rules.item_figures(
            sheet.shares,
            sheet.points,
            [one.get(place, "") for one in sheet.answers],
            column,
            LETTERS[: len(places[place]["options"])] if chosen else "",
            "".join(marking.right(place)) if chosen else "",
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
        )


def _for_all(marking: exam_rules.Marking, place: int) -> bool:
    """Everybody was given its points, so that they say nothing of it."""
    found = marking.corrections.get(place)
    return found is not None and found.ruling == exam_rules.Ruling.ALL


def _together(figures: Sequence[ItemFigures]) -> dict[int, rules.ItemFigures]:
    """All that was ever measured of these versions: parallel forms leave each form too few people
    to judge an item by.
    """
    parts: dict[int, list[rules.ItemFigures]] = defaultdict(list)
    known = ItemFigures.objects.filter(version__in={one.version_id for one in figures})
    for row in known.order_by("pk"):
        options = tuple(rules.OptionFigures(*option) for option in row.options)
        parts[row.version_id].append(
            rules.ItemFigures(row.people, row.share, row.rest, row.contrast, options)
        )
    return {version: rules.pooled_figures(found) for version, found in parts.items()}


def _doubted(
    figures: Sequence[ItemFigures], together: Mapping[int, rules.ItemFigures]
) -> list[ItemFigures]:
    """Write down what is doubtful of each item, judged by everybody who ever answered it."""
    bound = bounds()
    for one in figures:
        one.doubts = [doubt.value for doubt in rules.doubts(together[one.version_id], bound)]
    doubtful = [one for one in figures if one.doubts]
    ItemFigures.objects.bulk_update(doubtful, ["doubts"])
    return doubtful


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
    """Wrong answers of everybody, also of those the figures leave out: who copied from whom is
    asked of all. By version, so that forms which share items can be compared.
    """
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
