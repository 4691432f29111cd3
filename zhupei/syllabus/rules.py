"""What a syllabus has to contain, as plain functions of plain values."""

from collections.abc import Sequence


def ethics_is_taught(units: Sequence[bool]) -> bool:
    """Is at least one unit professional ethics? ``units`` says it of each unit.

    Source: Measures, art. 8 (professional ethics are part of the content of training).
    """
    return any(units)
