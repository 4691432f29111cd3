"""What the letters of oversight say, typeset by ``core.typeset`` from ``template/letter.typ``."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from zhupei.core.templatetags.ui import beijing, dated
from zhupei.core.typeset import BOXED, press
from zhupei.oversight.models import Handover, HandoverPaper, Measure, MeasureKind

TEMPLATE: Final = Path(__file__).with_name("template") / "letter.typ"
NOT_REAL: Final = "演示数据：单位、姓名均为虚构。"
HEADS: Final = ("序号", "证据名称", "证明什么", "文件指纹（前 16 位）")
REMEDY: Final = (
    "不服本决定的，可以自收到之日起六十日内申请行政复议，或者六个月内向人民法院提起行政诉讼。"
)


def notice(measure: Measure) -> bytes:
    """What the institution is told before anything is decided."""
    return _printed(
        number=measure.number,
        title=f"{measure.get_kind_display()}事先告知书",
        sender=str(measure.authority),
        to=measure.organization.name,
        paragraphs=[
            f"经查：{measure.facts}",
            f"依据{measure.basis}，本机关拟对你单位采取“{measure.get_kind_display()}”的行业管理措施。",
            (
                f"你单位可以在 {beijing(measure.statement_until)}（北京时间）以前提出陈述和申辩，"
                f"可以多次提出；可以在 {dated(measure.hearing_until)}（含当日）以前要求听证。"
                "期满以前本机关不作决定，你单位明确放弃听证的除外。陈述申辩不会加重处理。"
            ),
        ],
        day=timezone.localdate(measure.noticed_at) if measure.noticed_at else timezone.localdate(),
        foot="行业管理措施不是行政处罚。陈述申辩和听证要求可以在平台上提交，也可以书面提交。",
    )


def decision(measure: Measure) -> bytes:
    """What was decided, why, and what can be done against it."""
    said = [f"经查：{measure.facts}", f"决定：{measure.decision}", f"依据：{measure.basis}。"]
    if measure.weighed:
        said.insert(1, f"对你单位的陈述申辩：{measure.weighed}")
    if measure.kind == MeasureKind.CORRECT and measure.due_on:
        said.append(f"请在 {dated(measure.due_on)} 前改正，并提交证明。")
    if measure.kind == MeasureKind.TALK and measure.due_on:
        said.append(f"请负责人于 {dated(measure.due_on)} 到{measure.place}接受约谈。")
    return _printed(
        number=measure.number,
        title=f"{measure.get_kind_display()}决定书",
        sender=str(measure.authority),
        to=measure.organization.name,
        paragraphs=[*said, REMEDY],
        day=timezone.localdate(measure.decided_at) if measure.decided_at else timezone.localdate(),
        foot="行业管理措施不是行政处罚。",
    )


def handing_over(handover: Handover, papers: Sequence[HandoverPaper], day: date) -> bytes:
    """The letter to whoever may punish, with the list of evidence."""
    basis = handover.basis
    return _printed(
        number=handover.number,
        title="涉嫌违法线索移送函",
        sender=str(handover.authority),
        to=handover.receives,
        paragraphs=[
            (
                f"本机关在职业培训监督管理中发现，{handover.organization.name}涉嫌存在下列行为："
                f"{handover.facts}"
            ),
            (
                f"该行为于 {dated(handover.happened_until)} 终了。{basis}规定：{basis.matter}"
                f"罚则：{basis.penalty}"
            ),
            (
                "依照行政处罚法第十六条，本机关所依据的规范性文件不得设定行政处罚。"
                "现将上述线索及证据移送贵机关依法处理，请回执，并将处理结果反馈本机关。"
            ),
        ],
        rows=[
            [str(n), paper.title, paper.proves, paper.file.sha256[:16]]
            for n, paper in enumerate(papers, 1)
        ],
        day=day,
        foot="证据文件随函在平台移送；文件指纹（SHA-256）用于核对文件没有改动。",
    )


def _printed(  # noqa: PLR0913 - the lines of a letter
    *,
    number: str,
    title: str,
    sender: str,
    to: str,
    paragraphs: list[str],
    day: date,
    foot: str,
    rows: Sequence[Sequence[str]] = (),
) -> bytes:
    values: dict[str, Any] = {
        "number": number,
        "title": title,
        "from": sender,
        "to": to,
        "paragraphs": paragraphs,
        "list_title": "证据清单",
        "list_heads": list(HEADS),
        "list": [list(row) for row in rows],
        "day": dated(day),
        "foot": foot,
        "note": "" if settings.PRODUCTION else NOT_REAL,
    }
    printer = press(settings.FONTS_DIR)
    drawn, boxed = printer.drawable(values)
    if boxed:
        drawn["foot"] = f"{foot}{BOXED}"
    return printer.compile(TEMPLATE.read_bytes(), drawn, {}, day)
