"""The comparison of two answer sheets as a paper, to be laid beside a case of misconduct.

It names seats and no people: the person a case is about may read it, and learns nothing of the
other one.
"""

from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from zhupei.analysis.models import Lead
from zhupei.core.templatetags.ui import beijing
from zhupei.core.typeset import press

TEMPLATE: Final = Path(__file__).with_name("template") / "comparison.typ"
NAME: Final = "答案雷同比对表.pdf"


def comparison(lead: Lead) -> bytes:
    """The paper, as PDF."""
    sitting = lead.study.sitting
    printer = press(settings.FONTS_DIR)
    title, body = str(sitting), str(sitting.organization)
    for unknown in printer.missing([title, body]):
        title, body = title.replace(unknown, "□"), body.replace(unknown, "□")
    values = {
        "title": title,
        "body": body,
        "when": beijing(sitting.starts_at),
        "first": f"{lead.first.seat} 号座位",
        "second": f"{lead.second.seat} 号座位",
        "lines": list(lines(lead)),
        "rows": [_row(*one) for one in lead.evidence],
    }
    return printer.compile(TEMPLATE.read_bytes(), values, {}, timezone.localdate())


def lines(lead: Lead) -> tuple[str, str]:
    """What the figures say, in two sentences."""
    near = f"相邻，隔 {lead.distance}" if lead.near else "不相邻"
    alike = (
        f"{lead.first.seat} 号座位和 {lead.second.seat} 号座位（{near}）有 {lead.both} 题都答错，"
        f"其中 {lead.same} 题错得一样；按同场其他答错的人的选择，预计约 {lead.expected:.1f} 题。"
    )
    return alike, f"全场比对 {lead.study.pairs} 对，计入这一点后误报的可能为 {lead.adjusted:.6f}。"


def _row(version: int, one: str, other: str, alike: int, others: int) -> dict[str, Any]:
    same = one == other
    return {
        "version": str(version),
        "one": one,
        "other": other,
        "same": same,
        "others": f"{alike} / {others}" if same and others else "没有其他人答错" if same else "—",
    }
