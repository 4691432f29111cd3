"""The verbs of the teacher pool, a module a noun."""

from zhupei.teachers.actions.engagements import end_engagement, engage, renew
from zhupei.teachers.actions.evidence import (
    add_qualification,
    attach_scan,
    remove_qualification,
)
from zhupei.teachers.actions.pool import (
    admit,
    apply,
    change,
    propose,
    remove,
    reopen,
    send_back,
    submit,
    withdraw,
)
from zhupei.teachers.actions.studies import add_study, confirm_study, remove_study

__all__ = [
    "add_qualification",
    "add_study",
    "admit",
    "apply",
    "attach_scan",
    "change",
    "confirm_study",
    "end_engagement",
    "engage",
    "propose",
    "remove",
    "remove_qualification",
    "remove_study",
    "renew",
    "reopen",
    "send_back",
    "submit",
    "withdraw",
]
