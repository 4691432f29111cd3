"""Refusals: the ways a rule says no.

A refusal is not a bug. It reaches the person as one sentence that says what was refused, by
which rule, and what to do next; it reaches a program as a stable code.
"""

from typing import Any, ClassVar

from django.utils.functional import Promise


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


class NotAllowed(Refused):
    """The person may see the thing but may not do this to it."""

    status = 403
