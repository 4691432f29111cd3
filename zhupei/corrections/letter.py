"""The letter of an order, 限期整改通知书, as PDF: printed when issued and kept as it was.

When what it says no longer holds, it is printed again as a correction (更正) of the same order.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from zhupei.core import files
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import dated
from zhupei.core.typeset import BOXED, press
from zhupei.corrections.models import CorrectedLetter, Finding, Order
from zhupei.people.models import User

TEMPLATE: Final = Path(__file__).with_name("template") / "order.typ"
NOT_REAL: Final = "演示数据：机构、人员均为虚构。"


def kept(
    order: Order,
    findings: Sequence[Finding],
    *,
    by: User,
    correction: CorrectedLetter | None = None,
) -> StoredFile:
    """Print the letter, or a correction of it, and keep it."""
    content = printed(order, findings, correction)
    again = f"-更正{correction.number}" if correction else ""
    name = f"限期整改通知书-{order.number}{again}.pdf"
    return files.keep(content, name=name, media_type="application/pdf", by=by)


def printed(
    order: Order, findings: Sequence[Finding], correction: CorrectedLetter | None = None
) -> bytes:
    """The letter as PDF. A character no font has is a box, and the foot says so: what somebody
    typed on site must not stand in the way of the order.
    """
    printer = press(settings.FONTS_DIR)
    day = timezone.localdate(correction.made_at if correction else order.issued_at)
    values, boxed = printer.drawable(_values(order, findings, correction) | {"day": dated(day)})
    if boxed:
        values["note"] = f"{BOXED}{values['note']}"
    return printer.compile(TEMPLATE.read_bytes(), values, {}, day)


def _values(
    order: Order, findings: Sequence[Finding], correction: CorrectedLetter | None
) -> dict[str, Any]:
    return {
        "number": order.number,
        "institution": str(order.organization),
        "authority": str(order.authority),
        "correction": _corrects(order, correction),
        "due": dated(order.due_at if correction else order.first_due_at),
        "asked": order.note,
        "findings": [
            {
                "text": finding.text,
                "kind": str(finding.get_kind_display()),
                "severity": str(finding.get_severity_display()),
                "law": finding.law,
                "repeated": finding.is_repeated,
            }
            for finding in findings
        ],
        "note": "" if settings.PRODUCTION else NOT_REAL,
    }


def _corrects(order: Order, correction: CorrectedLetter | None) -> dict[str, str] | None:
    """Which letter it stands in for, and why; None for the first one."""
    if correction is None:
        return None
    return {
        "number": str(correction.number),
        "first_day": dated(timezone.localdate(order.issued_at)),
        "reason": correction.reason,
    }
