"""The items of a sitting that is over: where each stands, how it was answered, who looked."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams import rules
from zhupei.exams.access import may_propose
from zhupei.exams.events import CorrectionEvent
from zhupei.exams.models import (
    Answer,
    Attempt,
    CorrectionState,
    ItemCorrection,
    Paper,
    Sitting,
    State,
)
from zhupei.people.models import User
from zhupei.questions.models import ItemKind, ItemVersion
from zhupei.questions.rules import BY_PEOPLE

OVER = (State.CLOSED, State.RELEASED)


def places_of(sitting: Sitting, version: ItemVersion) -> dict[int, tuple[Paper, int]]:
    """Where an item stands: the form and the place on it, by the key of the form."""
    return {
        paper.pk: (paper, place)
        for paper in sitting.papers.order_by("number")
        for place, shown in enumerate(paper.places)
        if shown["item"] == version.pk
    }


def label_of(places: Iterable[tuple[Paper, int]]) -> str:
    """How people call it."""
    said = [_("%(form)s 卷第 %(n)s 题") % {"form": p.label, "n": n + 1} for p, n in places]
    return "、".join(said)


def check_where(sitting: Sitting, places: dict[int, tuple[Paper, int]]) -> None:
    if sitting.state not in OVER:
        raise Refused("not_over", _("考试结束以后才能更正试题。"))
    if not places:
        raise Refused("not_in_sitting", _("这场考试的卷里没有这道题。"))


def answers_of(attempts: Sequence[Attempt]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    rows = Answer.objects.filter(attempt_id__in=[one.pk for one in attempts]).exclude(choice="")
    for attempt, place, choice in rows.values_list("attempt_id", "item", "choice"):
        found.setdefault(attempt, {})[place] = choice
    return found


@dataclass(frozen=True)
class Line:
    """One item of a sitting: where it stands, and how many of those who had it got it right."""

    version: int
    label: str
    kind: str
    people: int
    right: int | None  # None where people judge
    correction: ItemCorrection | None

    @property
    def share(self) -> float:
        return self.right / self.people if self.people and self.right is not None else 1.0


def lines(sitting: Sitting) -> list[Line]:
    """Every item of a sitting, those few got right first: a wrong key looks like that."""
    papers = list(sitting.papers.order_by("number"))
    attempts = list(sitting.attempts.filter(handed_in_at__isnull=False))
    answers = answers_of(attempts)
    on: dict[int, list[tuple[Paper, int]]] = {}
    people: Counter[int] = Counter()
    right: Counter[int] = Counter()
    for paper in papers:
        for place, shown in enumerate(paper.places):
            on.setdefault(shown["item"], []).append((paper, place))
        for one in (a for a in attempts if a.paper_id == paper.pk):
            shares = rules.by_machine(paper.in_force, answers.get(one.pk, {}))
            for place, share in shares.items():
                version = paper.places[place]["item"]
                people[version] += 1
                right[version] += share == 1
    known: dict[int, ItemCorrection] = {}
    for row in sitting.corrections.order_by("pk"):
        if row.state in {CorrectionState.PROPOSED, CorrectionState.IN_FORCE}:
            known[row.version_id] = row
    found = [_line(version, where, people, right, known) for version, where in on.items()]
    return sorted(found, key=lambda line: (line.share, line.label))


def _line(
    version: int,
    where: list[tuple[Paper, int]],
    people: Counter[int],
    right: Counter[int],
    known: dict[int, ItemCorrection],
) -> Line:
    paper, place = where[0]
    kind = paper.marking.kinds[place]
    judged = kind in BY_PEOPLE
    had = people[version]
    return Line(
        version,
        label_of(where),
        str(ItemKind(kind).label),
        had,
        None if judged else right[version],
        known.get(version),
    )


def version_of(sitting: Sitting, version: int) -> ItemVersion | None:
    """An item by its key, where a form of the sitting has it."""
    on = {shown["item"] for paper in sitting.papers.all() for shown in paper.places}
    return ItemVersion.objects.filter(pk__in=on & {version}).select_related("case").first()


@transaction.atomic
def look(sitting: Sitting, version: ItemVersion, *, by: User) -> str:
    """Open an item with its key after the end; the look is an event. Returns what it is called.

    Raises NotAllowed; Refused "not_over", "not_in_sitting".
    """
    if not may_propose(by, sitting):
        raise NotAllowed("not_allowed", _("试题和答案只给考核机构的考务员和住建厅看。"))
    places = places_of(sitting, version) if sitting.state in OVER else {}
    check_where(sitting, places)
    label = label_of(places.values())
    audit.record(CorrectionEvent.ITEM_READ, sitting, by=by, item=label, version=version.pk)
    return label


def given(sitting: Sitting, version: ItemVersion) -> list[tuple[str, int]]:
    """What was answered to an item and by how many, the most frequent first; "" is no answer."""
    counts: Counter[str] = Counter()
    for paper, place in places_of(sitting, version).values():
        attempts = sitting.attempts.filter(handed_in_at__isnull=False, paper=paper)
        answered = Answer.objects.filter(attempt_id__in=attempts.values("pk"), item=place)
        told = dict(answered.exclude(choice="").values_list("attempt_id", "choice"))
        counts.update(told.values())
        counts[""] += attempts.count() - len(told)
    return [(answer, n) for answer, n in counts.most_common() if n]
