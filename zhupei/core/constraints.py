"""Constraints every app writes the same way."""

from typing import Any

from django.db.models import CheckConstraint, Choices, F, Q
from django.utils.translation import gettext_lazy as _


def known(field: str, choices: type[Choices], *, name: str) -> CheckConstraint:
    """``field`` holds one of ``choices`` and nothing else."""
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def both_or_neither(first: str, second: str, *, name: str) -> CheckConstraint:
    """Two facts that are known together or not at all, such as who and when."""
    neither = Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
    both = Q(**{f"{first}__isnull": False, f"{second}__isnull": False})
    return CheckConstraint(condition=neither | both, name=name)


def in_order(first: str, second: str, *, name: str, sentence: Any = "") -> CheckConstraint:
    """``second`` is not before ``first``."""
    return CheckConstraint(
        condition=Q(**{f"{second}__gte": F(first)}),
        name=name,
        violation_error_message=sentence or _("结束早于开始，请检查两个日期。"),
    )
