"""The verbs of attendance: signing in and out, looking at it, correcting it, bringing it in."""

from zhupei.attendance.actions.corrections import (
    confirm_correction,
    correct,
    reject_correction,
    take_back_correction,
)
from zhupei.attendance.actions.offline import Sent, sync
from zhupei.attendance.actions.presence import confirm_presence, confirm_stay, deny_presence
from zhupei.attendance.actions.sheets import (
    Line,
    confirm_sheet,
    enter_sheet,
    reject_sheet,
    take_back_sheet,
)
from zhupei.attendance.actions.signing import code_now, sign_in, sign_out
from zhupei.attendance.actions.tries import check_tries, note_try

__all__ = [
    "Line",
    "Sent",
    "check_tries",
    "code_now",
    "confirm_correction",
    "confirm_presence",
    "confirm_sheet",
    "confirm_stay",
    "correct",
    "deny_presence",
    "enter_sheet",
    "note_try",
    "reject_correction",
    "reject_sheet",
    "sign_in",
    "sign_out",
    "sync",
    "take_back_correction",
    "take_back_sheet",
]
