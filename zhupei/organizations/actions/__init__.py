"""What can be done to organizations, their people and the figures of the rules."""

from zhupei.organizations.actions.members import add, appoint, end, reset
from zhupei.organizations.actions.parameters import set_parameter
from zhupei.organizations.actions.register import register

__all__ = ["add", "appoint", "end", "register", "reset", "set_parameter"]
