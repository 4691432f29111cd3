"""What others did about a class: who read the plan and how, and how the class turned out.

Of opinions there are counts only, and none while so few have spoken that somebody might be known.

Source: notice, part 2, section 1 (approved without reading); Measures, art. 10, 13 and 14.
"""

from typing import Any

from zhupei.archives.contents import papers
from zhupei.archives.contents.papers import Files
from zhupei.classes.models import Finding, Reading, SecondReading, TrainingClass
from zhupei.classes.words_review import QUESTIONS
from zhupei.feedback import figures
from zhupei.feedback.actions import PARTS, part_label
from zhupei.feedback.figures import Opinion
from zhupei.feedback.models import CallState, FollowUp, Remark, SelfEvaluation, SelfState
from zhupei.filings.models import Filing


def gather(one: TrainingClass) -> Files:
    """Every file about the review of the class and about what came after it."""
    said = figures.opinion(one)
    return {
        "审核阅卷.csv": _readings(one),
        "审核清单.csv": _findings(one),
        "复读.csv": _second_readings(one),
        "质量自评.json": papers.as_json(_self_evaluation(one)),
        "学员评价.csv": _opinion(said),
        "学员意见.txt": _remarks(one, said),
        "回访统计.csv": _calls(one, said.fewest),
    }


def filing_number(one: TrainingClass) -> str:
    """The number of the filing with the HR department, of a class away from home."""
    if one.prefecture_id == one.organization.prefecture_id:
        return ""
    found = Filing.objects.covering(
        one.organization, one.prefecture_id, one.syllabus.job, one.starts_on, one.ends_on
    )
    return found.values_list("number", flat=True).first() or ""


def _readings(one: TrainingClass) -> bytes:
    """Each piece of evidence a reviewer opened, in each round, and for how long."""
    names = {f"document/{paper.pk}": str(paper) for paper in one.documents.select_related("file")}
    rows = [
        (
            row.round,
            row.reader.name,
            row.paper,
            names.get(row.paper, ""),
            row.opened_at,
            row.seconds,
        )
        for row in Reading.objects.filter(training_class=one)
        .select_related("reader")
        .order_by("round", "opened_at", "pk")
    ]
    heads = ("轮次", "审核人", "材料", "文件名", "打开时间", "停留秒数")
    return papers.as_csv(heads, rows)


def _findings(one: TrainingClass) -> bytes:
    """Each answer to the checklist, in each round."""
    rows = [
        (
            row.round,
            row.reader.name,
            str(QUESTIONS[row.item].title) if row.item in QUESTIONS else row.item,
            row.get_verdict_display(),
            row.note,
            row.found_at,
        )
        for row in Finding.objects.filter(training_class=one)
        .select_related("reader")
        .order_by("round", "found_at", "pk")
    ]
    return papers.as_csv(("轮次", "审核人", "事项", "结论", "说明", "时间"), rows)


def _second_readings(one: TrainingClass) -> bytes:
    """The draws that chose the plan, with what is needed to draw again, and what was found."""
    rows = [
        (
            row.draw.day,
            row.draw.seed,
            row.draw.share,
            " ".join(row.draw.candidates),
            row.get_state_display(),
            row.read_by.name if row.read_by else "",
            row.read_at,
        )
        for row in SecondReading.objects.filter(training_class=one)
        .select_related("draw", "read_by")
        .order_by("draw__day")
    ]
    heads = ("抽取日期", "种子", "比例（%）", "当日通过的计划", "结果", "复读人", "复读时间")
    return papers.as_csv(heads, rows)


def _self_evaluation(one: TrainingClass) -> dict[str, Any]:
    """What the institution said of its class, with the figures of that moment."""
    row = SelfEvaluation.objects.filter(training_class=one, state=SelfState.HANDED_IN).first()
    if row is None:
        return {"state": "尚未提交"}
    parts = {part_label(name): getattr(row, name) for name in (*PARTS, "improve")}
    state = row.get_state_display()
    return {"state": state, "handed_in_at": row.handed_in_at, "facts": row.facts, **parts}


def _opinion(said: Opinion) -> bytes:
    """Scores as counted; the file says why there are none."""
    heads = ("题目", "平均分", "1 分", "2 分", "3 分", "4 分", "5 分")
    if said.mean is None:
        return papers.as_csv(heads, [(_too_few(said), *[""] * 6)])
    rows: list[tuple[Any, ...]] = [(line.label, line.mean, *line.counts) for line in said.lines]
    rows.append(("合计", said.mean, f"{said.answers} 份，应评 {said.asked} 人"))
    return papers.as_csv(heads, rows)


def _too_few(said: Opinion) -> str:
    return f"评价 {said.answers} 份，不足 {said.fewest} 份，不显示"


def _remarks(one: TrainingClass, said: Opinion) -> bytes:
    """What learners wrote, sorted by its words: neither time nor order tell who it was."""
    if said.mean is None:
        return f"{_too_few(said)}\n".encode()
    texts = Remark.objects.filter(training_class=one).values_list("text", flat=True)
    return "".join(f"{text}\n\n" for text in sorted(texts)).encode()


def _calls(one: TrainingClass, fewest: int) -> bytes:
    """How the calls went, counted; what those reached said only when they are enough."""
    calls = list(FollowUp.objects.filter(enrolment__training_class=one))
    states = [call.state for call in calls]
    reached = [call for call in calls if call.state == CallState.REACHED]
    rows: list[tuple[Any, ...]] = [("应回访", len(calls))]
    rows += [(state.label, states.count(state)) for state in CallState]
    if len(reached) >= fewest:
        rows.append(("接通者从事本岗位工种", sum(call.work == "trade" for call in reached)))
        rows.append(("接通者说教材被收回", sum(bool(call.book_taken_back) for call in reached)))
    return papers.as_csv(("事项", "人数"), rows)
