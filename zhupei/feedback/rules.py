"""Feedback as plain functions of plain values."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal


def may_speak(today: date, last_day: date, *, open_days: int) -> bool:
    """May learners say what they think of the class today? From its last day on, for a while.

    Source: Measures, art. 14 (the quality and effect of training).
    """
    return last_day <= today <= last_day + timedelta(days=open_days)


def mean(total: int, answers: int, *, fewest: int) -> Decimal | None:
    """The mean score to one decimal; None when so few answered that somebody might be known.

    Source: PIPL, art. 51 (people are not to be told from the data).
    """
    if answers < fewest:
        return None
    return (Decimal(total) / answers).quantize(Decimal("0.1"), ROUND_HALF_UP)


def overall(figures: Mapping[str, tuple[int, int]], *, fewest: int) -> Decimal | None:
    """The mean of all questions: every answer weighs the same. ``figures``: (total, answers)."""
    if not figures or min(answers for _total, answers in figures.values()) < fewest:
        return None
    total = sum(total for total, _answers in figures.values())
    return mean(total, sum(answers for _total, answers in figures.values()), fewest=1)


def chosen(keys: Sequence[int], *, seed: str, share: int) -> list[int]:
    """Who is rung up: at least ``share`` per cent of a class, at least one, by the hash of seed
    and key, so that nobody picks the contented ones and anybody can check.

    Source: notice, part 3 (the effect of training is followed up).
    """
    many = -(-len(keys) * share // 100)

    def place(key: int) -> str:
        return hashlib.sha256(f"{seed} {key}".encode()).hexdigest()

    return sorted(keys, key=place)[:many]
