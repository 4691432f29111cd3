"""Who does things: the shape of a person as the floors below ``people`` may know it."""

from typing import Any, Protocol


class Actor(Protocol):
    """Someone signed in. ``acting`` is the membership they wear now, None for a learner."""

    pk: Any

    @property
    def acting(self) -> Any: ...

    def __str__(self) -> str: ...
