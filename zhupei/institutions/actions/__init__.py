"""What can be done to an institution's file, a module a noun; the commonest verbs also here."""

from zhupei.institutions.actions.licences import enter_licence
from zhupei.institutions.actions.rooms import add_room

__all__ = ["add_room", "enter_licence"]
