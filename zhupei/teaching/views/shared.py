"""What the pages of a class's record share."""

from typing import Any

from django.http import HttpRequest

from zhupei.classes.models import TrainingClass
from zhupei.classes.views.frame import frame
from zhupei.core.errors import NotAllowed, Refused

UNPROCESSABLE = 422


def part(request: HttpRequest, found: TrainingClass, name: str) -> dict[str, Any]:
    """The frame of a class with the record's tab marked, and the record's own small tabs."""
    return frame(request, found, "teaching:class") | {"part": name}


def beside(form: Any, refusal: Refused) -> None:
    """Put a refusal beside the field it is about, or above the form."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    refusal.beside(form)
