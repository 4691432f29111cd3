"""What can be done to organizations, their people and the figures of the rules."""

from zhupei.organizations.actions.members import add, appoint, change_phone, end, reset
from zhupei.organizations.actions.parameters import (
    refuse_impossible,
    set_parameter,
    withdraw_value,
)
from zhupei.organizations.actions.register import register

__all__ = [
    "add",
    "appoint",
    "change_phone",
    "end",
    "refuse_impossible",
    "register",
    "reset",
    "set_parameter",
    "withdraw_value",
]
