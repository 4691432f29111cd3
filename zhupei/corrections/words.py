"""Words of the pages: where findings come from, how states look."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.corrections.models import (
    Dispute,
    DisputeState,
    ExtensionState,
    Finding,
    FindingState,
    Order,
    OrderState,
    Severity,
)

SOURCES: dict[str, str | Promise] = {  # by the app a source belongs to, which lies on a floor above
    "patrols": _("巡查督考"),
    "inspections": _("双随机检查"),
    "complaints": _("投诉"),
    "leads": _("线索"),
    "evaluation": _("年度评估"),
    "oversight": _("监管措施"),
    "": _("日常检查"),
}
FINDING_ICONS = {
    FindingState.OPEN: ("alert-triangle", "warn"),
    FindingState.ORDERED: ("hourglass", "info"),
    FindingState.CORRECTED: ("circle-check", "ok"),
    FindingState.WITHDRAWN: ("x", ""),
}
ORDER_ICONS = {
    OrderState.ISSUED: ("hourglass", "info"),
    OrderState.ANSWERED: ("eye", "warn"),
    OrderState.RETURNED: ("arrow-back-up", "bad"),
    OrderState.CLOSED: ("circle-check", "ok"),
    OrderState.WITHDRAWN: ("x", ""),
}
EXTENSION_ICONS = {
    ExtensionState.ASKED: ("clock", "warn"),
    ExtensionState.GRANTED: ("check", "ok"),
    ExtensionState.REFUSED: ("x", ""),
}
DISPUTE_ICONS = {
    DisputeState.RAISED: ("hand-stop", "warn"),
    DisputeState.UPHELD: ("scale", "info"),
    DisputeState.CHANGED: ("edit", "info"),
    DisputeState.CONCEDED: ("circle-check", "ok"),
}
SEVERITY_ICONS = {
    Severity.MINOR: ("info-circle", ""),
    Severity.ORDINARY: ("alert-triangle", "warn"),
    Severity.SERIOUS: ("alert-triangle", "bad"),
}


def source_kind(key: str) -> str:
    """What sort of row a finding came of: ``patrols.patrol/12`` is a patrol."""
    app = key.partition(".")[0]
    return str(SOURCES.get(app, _("其他")))


def finding_badge(state: str) -> dict[str, Any]:
    icon, tone = FINDING_ICONS[FindingState(state)]
    return {"icon": icon, "tone": tone, "word": FindingState(state).label}


def severity_badge(severity: str) -> dict[str, Any]:
    icon, tone = SEVERITY_ICONS[Severity(severity)]
    return {"icon": icon, "tone": tone, "word": Severity(severity).label}


def dispute_badge(dispute: Dispute) -> dict[str, Any]:
    icon, tone = DISPUTE_ICONS[DisputeState(dispute.state)]
    word = str(DisputeState(dispute.state).label)
    if dispute.state == DisputeState.RAISED:
        word = _now("机构有异议，待答复")
    return {"icon": icon, "tone": tone, "word": word}


def disputed(finding: Finding, raised: Dispute | None) -> dict[str, Any] | None:
    """What a page shows of a dispute: it, its badge, and what a changed finding said before."""
    if raised is None:
        return None
    was = raised.was or {}
    before = (
        "；".join([str(Severity(was["severity"]).label), was["text"].rstrip("。"), was["law"]])
        if was
        else ""
    )
    return {"dispute": raised, "badge": dispute_badge(raised), "was": before, "finding": finding}


def extension_badge(state: str) -> dict[str, Any]:
    icon, tone = EXTENSION_ICONS[ExtensionState(state)]
    return {"icon": icon, "tone": tone, "word": ExtensionState(state).label}


def order_badge(order: Order, *, overdue: bool) -> dict[str, Any]:
    """The state of an order; what is overdue says so instead of what it waits for."""
    if overdue:
        return {"icon": "alert-triangle", "tone": "bad", "word": _now("逾期未报")}
    icon, tone = ORDER_ICONS[OrderState(order.state)]
    return {"icon": icon, "tone": tone, "word": OrderState(order.state).label}
