"""What a syllabus has to contain, as plain functions of plain values. Hours are 学时."""

from collections.abc import Sequence
from typing import NamedTuple


def ethics_is_taught(units: Sequence[bool]) -> bool:
    """Is at least one unit professional ethics? ``units`` says it of each unit.

    Source: Measures, art. 8 (professional ethics are part of the content of training).
    """
    return any(units)


class Hours(NamedTuple):
    """The hours of a unit, or of several together; those online are some of the theory."""

    theory: int
    practice: int
    online: int

    @property
    def all(self) -> int:
        return self.theory + self.practice


def together(units: Sequence[Hours]) -> Hours:
    """The hours of a whole syllabus."""
    return Hours(
        sum(unit.theory for unit in units),
        sum(unit.practice for unit in units),
        sum(unit.online for unit in units),
    )


def share(part: int, whole: int) -> int:
    """``part`` of ``whole`` in per cent, rounded down; 0 of nothing."""
    return part * 100 // whole if whole else 0


def reaches(part: int, whole: int, *, least: int) -> bool:
    """Is ``part`` at least ``least`` per cent of ``whole``?"""
    return part * 100 >= least * whole


def stays_within(part: int, whole: int, *, most: int) -> bool:
    """Is ``part`` at most ``most`` per cent of ``whole``?"""
    return part * 100 <= most * whole
