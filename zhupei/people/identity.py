"""Is this name the one that belongs to this identity number? Asked of whoever is connected.

``settings.REAL_NAME_CHECKER`` names a function ``(name, id_number) -> Answer``. The one that comes
with the product asks nobody and says so; a region connects the public security bureau's here.

Source: Measures, art. 15 (real-name verification).
"""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Answer:
    """``agrees`` is None when nobody was asked. ``checker`` is the name people read."""

    agrees: bool | None
    checker: str


def offline(name: str, id_number: str) -> Answer:  # noqa: ARG001 - the signature of a checker
    """Ask nobody: for the demo and for machines without a line to the bureau."""
    return Answer(agrees=None, checker="未接入实名核验服务")


def check(name: str, id_number: str) -> Answer:
    """What the connected checker says."""
    checker = import_string(settings.REAL_NAME_CHECKER)
    return cast("Answer", checker(name, id_number))
