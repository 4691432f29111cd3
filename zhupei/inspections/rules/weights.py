"""Risk as tickets: what an institution did decides how many tickets its objects have.

Only what everybody may know weighs, since the frame is read by everybody: a grade, published
credit records, complaints once they are many. The figures are dated parameters; the reasons are
frozen with the weight, in a form a script can add up again: ``base=4,grade-C=4,complaints=3``.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

Reason = tuple[str, int]  # what for, how many tickets


class Record(NamedTuple):
    """What is known of an institution on the day of freezing."""

    grade: str = ""
    credit: Mapping[str, int] = {}  # published credit records by seriousness
    complaints: int = 0  # upheld


class Figures(NamedTuple):
    """How many tickets each fact is worth; ``most`` is the cap."""

    base: int
    grades: Mapping[str, int]
    credit: Mapping[str, int]
    complaints: int
    many: int  # complaints, from which on they weigh; fewer are nobody's business
    most: int


class Weight(NamedTuple):
    """So many tickets, and why."""

    tickets: int
    reasons: str


def weigh(record: Record, figures: Figures) -> Weight:
    """The tickets of one institution: never none, never more than the cap.

    Source: project register of facts, section 9.1 (complaints and anomalies raise the rate);
    Measures, art. 14 (results flow into credit).
    """
    reasons = list(_reasons(record, figures))
    tickets = max(1, min(figures.most, sum(count for _why, count in reasons)))
    return Weight(tickets, ",".join(f"{why}={count}" for why, count in reasons))


def _reasons(record: Record, figures: Figures) -> Iterator[Reason]:
    yield "base", figures.base
    if extra := figures.grades.get(record.grade, 0):
        yield f"grade-{record.grade}", extra
    for seriousness, count in sorted(record.credit.items()):
        if count and (extra := figures.credit.get(seriousness, 0)):
            yield f"credit-{seriousness}*{count}", extra * count
    if record.complaints >= figures.many and figures.complaints:
        yield "complaints", figures.complaints
