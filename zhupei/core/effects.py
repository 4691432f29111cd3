"""What a deed would change, told before it is done.

For another value of a figure an app says it in its ``effects.py``: ``EFFECTS`` maps a parameter's
key to a function of a ``Change`` that gives sentences with counts. Other deeds are rehearsed.
Nothing here changes anything.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from zhupei.core.models import ParameterValue
from zhupei.core.parameters import Parameter, value
from zhupei.core.rooms import gathered

NAMED = 5  # names told in one sentence
Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Change:
    """A value somebody means to set; ``prefecture`` is a division code, or "" for the region."""

    parameter: Parameter
    value: Any
    valid_from: date
    prefecture: str = ""

    @property
    def before(self) -> Any:
        """What would hold there on that day otherwise."""
        return value(self.parameter, on=self.valid_from, prefecture=self.prefecture)

    def here(self, rows: QuerySet[Any], path: str = "prefecture") -> QuerySet[Any]:
        """Those of ``rows`` the change reaches: a prefecture with a value of its own keeps it."""
        if self.prefecture:
            return rows.filter(**{path: self.prefecture})
        own = ParameterValue.objects.filter(
            key=self.parameter.key, valid_from__lte=self.valid_from
        ).exclude(prefecture="")
        return rows.exclude(**{f"{path}__in": own.values("prefecture")})


Effect = Callable[[Change], list[str]]


def of(change: Change) -> list[str] | None:
    """What the change would do, a sentence each; None where nobody can tell beforehand."""
    if str(change.value) == str(change.before):
        return [_("和那一天的现行值相同，什么都不会变。")]
    effect = _effects().get(change.parameter.key)
    return effect(change) if effect else None


@cache
def _effects() -> dict[str, Effect]:
    """The effects of every app, by the key of the parameter."""
    return dict(chain.from_iterable(one.items() for one in gathered("effects", "EFFECTS")))


def rehearsed(act: Callable[[], Any], look: Callable[[Any], Seen]) -> Seen:
    """What ``look`` makes of the result of ``act`` and of a world in which it was done; nothing of
    it stays. Such a preview is the deed, so it cannot say anything else.

    Raises what ``act`` refuses.
    """
    with transaction.atomic():
        seen = look(act())
        transaction.set_rollback(True)
    return seen


def named(names: list[str]) -> str:
    """A few names, and how many more there are."""
    told = "、".join(names[:NAMED])
    rest = len(names) - NAMED
    return (
        told if rest <= 0 else _("%(names)s 等 %(count)s 个") % {"names": told, "count": len(names)}
    )
