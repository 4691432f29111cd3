"""Refusals: the ways a rule says no.

A refusal is not a bug. It reaches the person as one sentence that says what was refused, by
which rule, and what to do next; it reaches a program as a stable code.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import OperationalError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

COLLISIONS = {"40P01", "40001", "55P03"}  # PostgreSQL: deadlock, serialization, lock timeout

if TYPE_CHECKING:  # the hot process needs no forms
    from django.forms import BaseForm


class Refused(Exception):
    """A rule said no.

    ``code`` never changes once released: clients and tests compare it. ``sentence`` is a lazy
    translation with %-named placeholders filled from ``facts``. ``field`` names the form field
    the sentence belongs beside, if there is one.
    """

    status: ClassVar[int] = 409

    def __init__(
        self, code: str, sentence: str | Promise, *, field: str | None = None, **facts: Any
    ) -> None:
        self.code = code
        self.sentence = sentence
        self.field = field
        self.facts = facts
        super().__init__(code)

    def __str__(self) -> str:
        return str(self.sentence) % self.facts if self.facts else str(self.sentence)

    def beside(self, form: "BaseForm") -> None:
        """Say it beside its field, or above the form when the form has no such field."""
        form.add_error(self.field if self.field in form.fields else None, str(self))


class NotAllowed(Refused):
    """The person may see the thing but may not do this to it."""

    status = 403


def collision(error: Exception) -> Refused | None:
    """What the database said no to because two people were in each other's way; else None.

    A verb is one transaction: nothing of it was written, and doing it again is right.
    """
    if not isinstance(error, OperationalError):
        return None
    if getattr(error.__cause__, "sqlstate", "") not in COLLISIONS:
        return None
    return Refused("collision", _("有人在同一时刻办理同一件事，您这一次没有办成，请再按一次。"))


@contextmanager
def beside(form: "BaseForm", **fields: str) -> Iterator[None]:
    """What is refused inside is said beside its field of this form, or above the form, and what
    was typed stays. ``fields`` tell what a field of the verb is called in the form.

    That somebody may not do it at all has nothing to do with what they typed: NotAllowed goes on.
    """
    try:
        yield
    except NotAllowed:
        raise
    except OperationalError as error:
        collided = collision(error)
        if not collided:
            raise
        collided.beside(form)
    except Refused as refusal:
        refusal.field = fields.get(refusal.field or "", refusal.field or "")
        refusal.beside(form)
