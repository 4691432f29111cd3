"""The verbs of oversight, one module a noun; those of a suspension are asked for from here."""

from zhupei.oversight.actions.suspensions import leave, reinstate, suspend

__all__ = ["leave", "reinstate", "suspend"]
