"""The letter of an order, 限期整改通知书, as PDF: printed when issued and kept as it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from zhupei.core import files
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import dated
from zhupei.core.typeset import BOXED, press
from zhupei.corrections.models import Finding, Order
from zhupei.people.models import User

TEMPLATE: Final = Path(__file__).with_name("template") / "order.typ"
NOT_REAL: Final = "演示数据：机构、人员均为虚构。"


def kept(order: Order, findings: Sequence[Finding], *, by: User) -> StoredFile:
    """Print the letter and keep it."""
    content = printed(order, findings)
    name = f"限期整改通知书-{order.number}.pdf"
    return files.keep(content, name=name, media_type="application/pdf", by=by)


def printed(order: Order, findings: Sequence[Finding]) -> bytes:
    """The letter as PDF. A character no font has is a box, and the foot says so: what somebody
    typed on site must not stand in the way of the order.
    """
    printer = press(settings.FONTS_DIR)
    values, boxed = printer.drawable(_values(order, findings))
    if boxed:
        values["note"] = f"{BOXED}{values['note']}"
    return printer.compile(TEMPLATE.read_bytes(), values, {}, timezone.localdate(order.issued_at))


def _values(order: Order, findings: Sequence[Finding]) -> dict[str, Any]:
    return {
        "number": order.number,
        "institution": str(order.organization),
        "authority": str(order.authority),
        "day": dated(timezone.localdate(order.issued_at)),
        "due": dated(order.first_due_at),
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
