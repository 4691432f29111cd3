"""The sections of a bulletin, in order; each is written from the facts by one function."""

from collections.abc import Callable, Iterable
from typing import Any

from zhupei.bulletins.sections import duty, exams, oversight, teaching
from zhupei.bulletins.sections.shape import Scope, Section

SECTIONS: tuple[Callable[[Scope], Section], ...] = (
    teaching.classes,
    exams.sittings,
    exams.certificates,
    oversight.patrols,
    oversight.findings,
    oversight.measures,
    oversight.complaints,
    oversight.credit,
    oversight.assistance,
    duty.duty,
)


def gather(scope: Scope) -> list[dict[str, Any]]:
    """Every section of the period, as it is kept in ``Bulletin.facts``."""
    return [section(scope).as_facts() for section in SECTIONS]


def keys(facts: Iterable[dict[str, Any]]) -> set[str]:
    return {section["key"] for section in facts}
