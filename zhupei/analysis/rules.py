"""What answers tell of items and of forms: classical figures, in plain values.

Shares are the part of an item's points somebody earned, 0 to 1. A form's answers are a table: a
line a person, a column an item. Formulas in words: docs/mechanisms/psychometrics.md.
"""

import math
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

GROUP = 0.27  # the upper and the lower part of the people (Kelley 1939)


def mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def variance(values: Sequence[float]) -> float:
    """Of a sample: divided by one less than there are; 0 for fewer than two."""
    if len(values) < 2:  # noqa: PLR2004 - one value does not vary
        return 0.0
    middle = mean(values)
    return math.fsum((value - middle) ** 2 for value in values) / (len(values) - 1)


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Pearson's r; None where one of them does not vary."""
    a, b = mean(first), mean(second)
    top = math.fsum((x - a) * (y - b) for x, y in zip(first, second, strict=True))
    below = math.fsum((x - a) ** 2 for x in first) * math.fsum((y - b) ** 2 for y in second)
    return max(-1.0, min(1.0, top / math.sqrt(below))) if below > 0 else None


class FormFigures(NamedTuple):
    """Of one form. ``alpha`` and ``sem`` are None where people do not differ; ``kr20`` also where
    an item can be half right, or items weigh differently. Marks are out of 100.
    """

    people: int
    items: int
    mean: float
    deviation: float
    alpha: float | None
    kr20: float | None
    sem: float | None


def form_figures(shares: Sequence[Sequence[float]], points: Sequence[float]) -> FormFigures:
    """Cronbach's α, KR-20 and the standard error of measurement of one form.

    Source: project register of facts, §5 (what is measured of forms is a proposal).
    """
    scores = [[s * p for s, p in zip(line, points, strict=True)] for line in shares]
    totals = [math.fsum(line) for line in scores]
    worth = math.fsum(points)
    columns = list(zip(*scores, strict=True))
    alpha = _alpha([variance(column) for column in columns], variance(totals))
    deviation = 100 * math.sqrt(variance(totals)) / worth
    return FormFigures(
        people=len(shares),
        items=len(points),
        mean=100 * mean(totals) / worth,
        deviation=deviation,
        alpha=alpha,
        kr20=_kr20(shares, points),
        sem=None if alpha is None else deviation * math.sqrt(max(0.0, 1 - alpha)),
    )


def _alpha(parts: Sequence[float], whole: float) -> float | None:
    """k/(k-1) · (1 - Σ variances of items / variance of totals)."""
    if len(parts) < 2 or whole <= 0:  # noqa: PLR2004 - one item has no consistency
        return None
    return len(parts) / (len(parts) - 1) * (1 - math.fsum(parts) / whole)


def _kr20(shares: Sequence[Sequence[float]], points: Sequence[float]) -> float | None:
    """k/(k-1) · (1 - Σ p(1-p) / variance of the number right), over all people (divided by n)."""
    halves = any(value not in {0.0, 1.0} for line in shares for value in line)
    if halves or len(set(points)) > 1:
        return None
    totals = [math.fsum(line) for line in shares]
    n = len(totals)
    whole = variance(totals) * (n - 1) / n
    parts = [p * (1 - p) for p in (mean(column) for column in zip(*shares, strict=True))]
    return _alpha(parts, whole)


class OptionFigures(NamedTuple):
    """How often one answer was given, of all people and of the upper and lower group."""

    answer: str
    right: bool
    people: int
    share: float
    upper: float
    lower: float


class ItemFigures(NamedTuple):
    """Of one item on one form. ``rest`` is its correlation with the points of all other items;
    ``contrast`` the share of the upper group less that of the lower one.
    """

    people: int
    share: float
    rest: float | None
    contrast: float
    options: tuple[OptionFigures, ...]


def item_figures(
    shares: Sequence[Sequence[float]],
    points: Sequence[float],
    answers: Sequence[str],
    item: int,
    letters: str,
    right: str,
) -> ItemFigures:
    """Of the item in column ``item``. ``answers``: what each person answered there; ``letters``:
    its options, "" where it has none; ``right``: those that are right.

    Source: project register of facts, §5 (what is measured of items is a proposal).
    """
    own = [line[item] for line in shares]
    rest = [
        math.fsum(s * p for n, (s, p) in enumerate(zip(line, points, strict=True)) if n != item)
        for line in shares
    ]
    totals = [r + o * points[item] for r, o in zip(rest, own, strict=True)]
    upper, lower = groups(totals)
    return ItemFigures(
        people=len(own),
        share=mean(own),
        rest=correlation(own, rest),
        contrast=mean([own[n] for n in upper]) - mean([own[n] for n in lower]),
        options=_options(answers, letters, right, (upper, lower)),
    )


def groups(totals: Sequence[float]) -> tuple[list[int], list[int]]:
    """The upper and the lower 27 % of the people, by place; who is equal stays in order."""
    size = max(1, round(GROUP * len(totals)))
    order = sorted(range(len(totals)), key=lambda n: -totals[n])
    return order[:size], order[-size:]


def _options(
    answers: Sequence[str],
    letters: str,
    right: str,
    parts: tuple[Sequence[int], Sequence[int]],
) -> tuple[OptionFigures, ...]:
    """For each option, those who chose it (alone or with others); then who left it empty."""
    return tuple(
        OptionFigures(
            answer=option,
            right=bool(option) and option in right,
            people=sum(_chose(given, option) for given in answers),
            share=mean([float(_chose(given, option)) for given in answers]),
            upper=mean([float(_chose(answers[n], option)) for n in parts[0]]),
            lower=mean([float(_chose(answers[n], option)) for n in parts[1]]),
        )
        for option in (*letters, "")
        if letters
    )


def _chose(given: str, option: str) -> bool:
    return option in given if option else not given


# ── What experts should look at ──────────────────────────────────────────────────────────────


class Doubt(StrEnum):
    """Why an item is put before experts. The sentence of each is in sentences.py."""

    EASY = "easy"
    HARD = "hard"
    FLAT = "flat"
    NEGATIVE = "negative"
    LURE = "lure"
    IDLE = "idle"


class Bounds(NamedTuple):
    """The figures of the rules, as shares: what is too easy, too hard, too flat, hardly chosen."""

    easy: float
    hard: float
    flat: float
    idle: float
    least: int  # people


def doubts(figures: ItemFigures, bounds: Bounds) -> list[Doubt]:
    """Everything doubtful of an item; nothing where too few people answered to tell.

    Source: project register of facts, §5 (the bounds are parameters).
    """
    if figures.people < bounds.least:
        return []
    wrong = [o for o in figures.options if o.answer and not o.right]
    found = {
        Doubt.EASY: figures.share > bounds.easy,
        Doubt.HARD: figures.share < bounds.hard,
        Doubt.NEGATIVE: figures.rest is not None and figures.rest < 0,
        Doubt.FLAT: figures.rest is not None and 0 <= figures.rest < bounds.flat,
        Doubt.LURE: any(o.upper > o.lower and o.share >= bounds.idle for o in wrong),
        Doubt.IDLE: len(figures.options) > 3 and any(o.share < bounds.idle for o in wrong),  # noqa: PLR2004 - right, wrong, empty
    }
    return [doubt for doubt, holds in found.items() if holds]


# ── Several sittings together ────────────────────────────────────────────────────────────────


class Pooled(NamedTuple):
    """What several sittings tell of one item."""

    people: int
    share: float
    rest: float | None


def pooled(parts: Sequence[tuple[int, float, float | None]]) -> Pooled:
    """Shares and correlations (people, share, rest) of several sittings, weighted by people;
    where one has no correlation the others speak.
    """
    people = sum(n for n, _share, _rest in parts)
    known = [(n, rest) for n, _share, rest in parts if rest is not None]
    weight = sum(n for n, _rest in known)
    return Pooled(
        people,
        math.fsum(n * share for n, share, _rest in parts) / people,
        math.fsum(n * rest for n, rest in known) / weight if weight else None,
    )


def pooled_figures(parts: Sequence[ItemFigures]) -> ItemFigures:
    """One item over all forms and sittings it was on, weighted by people; options by their answer.

    Source: project register of facts, §5 (an item is judged by all who answered it).
    """
    base = pooled([(one.people, one.share, one.rest) for one in parts])
    options: dict[str, list[tuple[int, OptionFigures]]] = {}
    for one in parts:
        for option in one.options:
            options.setdefault(option.answer, []).append((one.people, option))
    return ItemFigures(
        people=base.people,
        share=base.share,
        rest=base.rest,
        contrast=math.fsum(one.people * one.contrast for one in parts) / base.people,
        options=tuple(_pooled_option(found) for found in options.values()),
    )


def _pooled_option(parts: Sequence[tuple[int, OptionFigures]]) -> OptionFigures:
    weight = sum(n for n, _option in parts)

    def over(values: Sequence[float]) -> float:
        return math.fsum(n * v for (n, _option), v in zip(parts, values, strict=True)) / weight

    last = parts[-1][1]
    return OptionFigures(
        last.answer,
        last.right,
        sum(option.people for _n, option in parts),
        over([option.share for _n, option in parts]),
        over([option.upper for _n, option in parts]),
        over([option.lower for _n, option in parts]),
    )


def spread(marks: Sequence[float], steps: int = 10) -> list[int]:
    """How many marks lie in each of ``steps`` equal parts of 0 to 100; 100 counts to the last."""
    counts = [0] * steps
    for mark in marks:
        counts[min(steps - 1, int(mark * steps / 100))] += 1
    return counts
