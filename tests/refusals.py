"""Expecting a rule to say no."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import OperationalError, transaction

from zhupei.core.errors import Refused


@contextmanager
def refused(code: str) -> Iterator["pytest.ExceptionInfo[Refused]"]:
    """The block is refused with this very code; what it wrote before is rolled back.

    >>> with refused("note_required") as refusal:
    ...     actions.correct(...)
    >>> assert refusal.value.field == "note"
    """
    with pytest.raises(Refused) as refusal, transaction.atomic():
        yield refusal
    assert refusal.value.code == code
    assert str(refusal.value)  # every placeholder of the sentence is filled


def collision(state: str = "40P01") -> OperationalError:
    """What the database raises when two are in each other's way, a deadlock unless told."""
    fault = OperationalError()
    fault.__cause__ = psycopg.errors.lookup(state)()
    return fault
