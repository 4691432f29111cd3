"""Constraints every app writes the same way, and what they say to people."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary
from django.db import IntegrityError, transaction
from django.db.models import CheckConstraint, Choices, F, Func, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused


def known(field: str, choices: type[Choices], *, name: str) -> CheckConstraint:
    """``field`` holds one of ``choices`` and nothing else."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two facts that are known together or not at all, such as who and when."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=name)


def one_of(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two ways of saying one thing, such as which of two rows it is about: one of them is used."""
    said = Q(**{f"{first}__isnull": False, f"{second}__isnull": True})
    other = Q(**{f"{first}__isnull": True, f"{second}__isnull": False})
    return CheckConstraint(condition=said | other, name=name)


def in_order(first: str, second: str, *, name: str, sentence: Any = "") -> CheckConstraint:
    """``second`` is not before ``first``."""
    return CheckConstraint(
        condition=Q(**{f"{second}__gte": F(first)}),
        name=name,
        violation_error_message=sentence or _("结束早于开始，请检查两个日期。"),
    )


def span(first: str, last: str) -> Func:
    """Two columns as a stretch of time; touching ends do not meet."""
    return Func(
        first, last, RangeBoundary(), function="TSTZRANGE", output_field=DateTimeRangeField()
    )


@contextmanager
def told(clashes: Mapping[str, Refused | Callable[[], Refused]]) -> Iterator[None]:
    """What the database says of a clash, in words for people: by the name of the constraint.

    A function is asked for the words only when there is a clash.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as fault:
        for name, refusal in clashes.items():
            if name in str(fault):
                raise (refusal if isinstance(refusal, Refused) else refusal()) from fault
        raise
