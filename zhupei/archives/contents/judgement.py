"""What people said of the answers, and what followed: readings, late answers, reviews, misconduct.

Source: Measures, art. 20; project register of facts, §5 (marks and their review, decisions on
misconduct).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from zhupei.appeals.models import Misconduct, ReviewRequest
from zhupei.archives import recompute_marks
from zhupei.archives.contents import papers
from zhupei.archives.contents.evidence import Packed, Piece
from zhupei.archives.contents.papers import Files
from zhupei.core.parameters import settings_of
from zhupei.exams.models import Attempt, LateAnswer, Sitting
from zhupei.marking.models import Reading, Script
from zhupei.marking.parameters import FINAL, TOLERANCE
from zhupei.practical.models import Exam, Session
from zhupei.questions.models import ItemVersion

CASES = "违纪材料"
CORRECTIONS = "试题更正.json"


def gather(sitting: Sitting, attempts: Sequence[Attempt], packed: Packed) -> Files:
    """The records of judging."""
    return {
        recompute_marks.READINGS: papers.as_json_lines(_readings(sitting)),
        "评分规则.json": papers.as_json(_rule(sitting)),
        "迟到答案.csv": _late(attempts),
        CORRECTIONS: papers.as_json(list(_corrections(sitting))),
        **followed(sitting, packed),
        "试题来源.json": papers.as_json(_origins(sitting)),
    }


def followed(exam: Exam, packed: Packed) -> Files:
    """What followed the marks of a sitting or a practical session."""
    return {
        "复核和申诉.csv": _reviews(exam),
        "违纪处理.json": papers.as_json(list(_cases(exam, packed))),
    }


def things(sitting: Sitting) -> list[Any]:
    """What has events of its own beside the sitting and its attempts."""
    scripts, corrections = sitting.scripts.order_by("pk"), sitting.corrections.order_by("pk")
    return [*scripts, *corrections, *doubts(sitting)]


def doubts(exam: Exam) -> list[Any]:
    """The reviews, appeals and cases, which have events of their own."""
    reviews = list(_asked(exam).order_by("pk"))
    appeals = [one.appeal for one in reviews if hasattr(one, "appeal")]
    return [*reviews, *appeals, *_of(exam)]


def pieces(exam: Exam) -> Iterator[Piece]:
    """The papers of cases."""
    for case in _of(exam).prefetch_related("evidence__file"):
        page = reverse("appeals:case", args=[case.pk])
        yield from (Piece(CASES, one.file, page) for one in case.evidence.all())


def _of(exam: Exam) -> QuerySet[Misconduct]:
    mine = {"turn__session": exam} if isinstance(exam, Session) else {"candidate__sitting": exam}
    return Misconduct.objects.filter(**mine).with_exam().order_by("opened_at", "pk")


def _asked(exam: Exam) -> QuerySet[ReviewRequest]:
    mine = {"turn__session": exam} if isinstance(exam, Session) else {"attempt__sitting": exam}
    return ReviewRequest.objects.filter(**mine).with_exam().select_related("appeal")


def _readings(sitting: Sitting) -> Iterator[dict[str, Any]]:
    """Every written answer with who gave what, and the share it came to."""
    readings = Prefetch("readings", Reading.objects.select_related("reader").order_by("turn"))
    for one in Script.objects.filter(sitting=sitting).prefetch_related(readings).order_by("pk"):
        yield {
            "attempt": one.attempt_id,
            "place": one.place,
            "code": one.code,
            "state": one.state,
            "share": f"{one.share_over}/{one.share_under}" if one.share_under else None,
            "readings": [
                {
                    "turn": reading.turn,
                    "reader": str(reading.reader),
                    "lines": reading.lines,
                    "points": None if reading.points is None else str(reading.points),
                    "note": reading.note,
                    "given_at": reading.given_at,
                }
                for reading in one.readings.all()
            ],
        }


def _rule(sitting: Sitting) -> dict[str, Any]:
    day = sitting.starts_at.date()
    return {
        key: setting.as_fact() for key, setting in settings_of(TOLERANCE, FINAL, on=day).items()
    }


def _corrections(sitting: Sitting) -> Iterator[dict[str, Any]]:
    """Items put right after they were answered: who asked, who decided, what became of marks."""
    for one in sitting.corrections.select_related("proposed_by", "decided_by").order_by("pk"):
        yield {
            "题": one.label,
            "试题版本": one.version_id,
            "更正": one.get_ruling_display(),
            "算对的答案": one.keys,
            "理由": one.reason,
            "提请": [one.proposed_at, str(one.proposed_by)],
            "按专家意见": one.by_experts,
            "决定": [one.decided_at, str(one.decided_by or "")],
            "决定的理由": one.answer,
            "结果": one.outcome,
            "状态": one.get_state_display(),
        }


def _late(attempts: Sequence[Attempt]) -> bytes:
    said = {True: "计入", False: "不计入", None: "未决定"}
    rows = [
        (one.attempt_id, one.item + 1, one.choice, one.turn, one.arrived_at, said[one.counts])
        for one in LateAnswer.objects.of(attempts).order_by("attempt_id", "item")
    ]
    heads = ("答卷", "题号", "答案", "作答时刻（考生设备，毫秒）", "到达时间", "是否计入")
    return papers.as_csv(heads, rows)


def _reviews(exam: Exam) -> bytes:
    rows = []
    for one in _asked(exam).order_by("filed_at", "pk"):
        appeal = getattr(one, "appeal", None)
        rows.append(
            (
                one.about.pk,
                *papers.who(one.person),
                one.filed_at,
                one.grounds,
                one.mark,
                one.get_state_display(),
                one.answer,
                one.answered_at,
                appeal.grounds if appeal else "",
                appeal.get_state_display() if appeal else "",
                appeal.answer if appeal else "",
            )
        )
    heads = (
        "轮次" if isinstance(exam, Session) else "答卷",
        *papers.PEOPLE,
        "申请时间",
        "理由",
        "申请时成绩",
        "结果",
        "复核意见",
        "答复时间",
    )
    return papers.as_csv((*heads, "答复时间", "申诉理由", "申诉结果", "住建局意见"), rows)


def _cases(exam: Exam, packed: Packed) -> Iterator[dict[str, Any]]:
    found = _of(exam).select_related("opened_by", "decided_by")
    for one in found.prefetch_related("evidence__file"):
        yield {
            "当事人": papers.who(one.person),
            **({"座位": one.candidate.seat} if one.candidate else {"轮次": one.turn_id}),
            "类别": one.get_breach_display(),
            "事实": one.facts,
            "立案": [one.opened_at, str(one.opened_by)],
            "告知时间": one.noticed_at,
            "陈述申辩期限": one.statement_until,
            "陈述申辩": one.statement,
            "陈述时间": one.stated_at,
            "决定": one.decision,
            "决定人": [one.decided_at, str(one.decided_by or "")],
            "记录": one.kept,
            "记录到": one.kept_until,
            "状态": one.get_state_display(),
            "材料": [packed.where(paper.file) for paper in one.evidence.all()],
        }


def _origins(sitting: Sitting) -> list[dict[str, Any]]:
    """Of every item on a form: who wrote it, which experts read it, when it was published."""
    used = {place["item"] for paper in sitting.papers.all() for place in paper.places}
    versions = ItemVersion.objects.filter(pk__in=used).traced().order_by("pk")
    return [{"version": one.pk, **one.trace()} for one in versions]
