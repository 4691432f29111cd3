"""The one way a thing changes state: declared as a table, performed by one function."""

from collections.abc import Callable, Collection, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.actors import Actor
from zhupei.core.errors import NotAllowed, Refused


class Stateful(models.Model):
    """A model with a ``state`` column which only a Workflow may change.

    Subclasses declare ``state`` again with their own choices and default.
    """

    state = models.TextField(editable=False)

    class Meta:
        abstract = True

    if TYPE_CHECKING:  # Django writes this method for every field with choices

        def get_state_display(self) -> str: ...


Thing = TypeVar("Thing", bound=Stateful)


@dataclass(frozen=True)
class Move:
    """One row of a workflow's table: who may take a thing from where to where.

    ``who`` is asked twice: to decide whether to draw the button, and again, on the locked row,
    when the button is pressed. ``by`` is None when the clock makes the move; such moves have
    ``who=the_clock``. ``consequence`` tells the person what pressing will cause. ``tone`` is
    "primary", "plain" or "danger".
    """

    name: str
    sources: AbstractSet[str]
    target: str
    event: str
    who: Callable[[Any, Any], bool]
    label: str | Promise
    consequence: str | Promise = ""
    tone: str = "plain"
    needs_note: bool = False


def the_clock(user: Any, thing: Any) -> bool:  # noqa: ARG001 - the signature of a predicate
    """A move nobody presses: only the system makes it, when its time has come."""
    return user is None


class Workflow(Generic[Thing]):
    """The table of moves of one kind of thing. Declare it once, beside the model."""

    def __init__(self, moves: Iterable[Move]) -> None:
        self.moves = {move.name: move for move in moves}

    def available(
        self, thing: Thing, user: Any, *, among: Collection[str] | None = None
    ) -> list[Move]:
        """The moves ``user`` may make on ``thing`` now, in the order declared; of those named in
        ``among`` alone, where a page has no button for the others.
        """
        return [
            move
            for name, move in self.moves.items()
            if (among is None or name in among)
            and thing.state in move.sources
            and move.who(user, thing)
        ]

    def check(self, row: Thing, name: str, *, by: Actor | None) -> None:
        """Would this move be made on this row as it stands? An action asks on a row it locked,
        when it has work to do before the move.

        Raises NotAllowed, or Refused with code "wrong_state".
        """
        move = self.moves[name]
        if not move.who(by, row):
            raise NotAllowed("not_allowed", _("您不能做这一步：%(label)s。"), label=move.label)
        if row.state not in move.sources:
            raise Refused(
                "wrong_state",
                _("“%(thing)s”已是“%(state)s”。请刷新页面，看看现在可以做什么。"),
                thing=row,
                state=row.get_state_display(),
            )

    def move(
        self,
        thing: Thing,
        name: str,
        *,
        by: Actor | None,
        note: str = "",
        within: models.Model | None = None,
        **facts: Any,
    ) -> Thing:
        """Perform one move and record it; return the fresh, locked row.

        The caller holds the transaction and adds the consequences after this line.
        Raises NotAllowed, or Refused with code "wrong_state" or "note_required".
        """
        move = self.moves[name]
        row = type(thing)._base_manager.select_for_update().get(pk=thing.pk)
        self.check(row, name, by=by)
        note = note.strip()
        if move.needs_note and not note:
            raise Refused("note_required", _("请写明理由，对方会看到。"), field="note")
        before, row.state = row.state, move.target
        row.save(update_fields=["state"])
        facts |= {"before": before, "after": move.target, "note": note}
        audit.record(move.event, row, by=by, within=within, **facts)
        return row
