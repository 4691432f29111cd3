"""The bad ones back, in the layout they came in where that is text, each under its reasons.

The readers pass over those reasons, so that a text put right can be sent again as it is.
"""

from collections.abc import Sequence
from typing import Final

from zhupei.questions.formats import aiken, gift
from zhupei.questions.formats.draft import Unread
from zhupei.questions.formats.text import reader as text
from zhupei.questions.formats.text.lines import REASON

TEXTS: Final = frozenset({text.NAME, gift.NAME, aiken.NAME})
_REMARK: Final = {gift.NAME: "// "}


def as_text(unread: Sequence[Unread], form: str) -> str:
    """All of them as one text."""
    remark = _REMARK.get(form, "")
    parts = []
    for one in unread:
        reasons = [
            f"{remark}{REASON}{one.position}：{fault.sentence}{fault.fix}".replace("\n", " ")
            for fault in one.faults
        ]
        parts.append("\n".join([*reasons, one.text]))
    return "\n\n".join(parts) + "\n"
