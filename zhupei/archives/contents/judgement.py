"""What people said of the answers, and what followed: readings, late answers, reviews, misconduct.

Source: Measures, art. 20; project register of facts, §5 (marks and their review, decisions on
misconduct).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Prefetch
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
from zhupei.questions.models import ItemVersion

CASES = "违纪材料"


def gather(sitting: Sitting, attempts: Sequence[Attempt], packed: Packed) -> Files:
    """The records of judging."""
    return {
        recompute_marks.READINGS: papers.as_json_lines(_readings(sitting)),
        "评分规则.json": papers.as_json(_rule(sitting)),
        "迟到答案.csv": _late(attempts),
        "复核和申诉.csv": _reviews(sitting),
        "违纪处理.json": papers.as_json(list(_cases(sitting, packed))),
        "试题来源.json": papers.as_json(_origins(sitting)),
    }


def things(sitting: Sitting) -> list[Any]:
    """What has events of its own beside the sitting and its attempts."""
    scripts = sitting.scripts.order_by("pk")
    reviews = ReviewRequest.objects.filter(attempt__sitting=sitting).order_by("pk")
    cases = _of(sitting)
    appeals = [one.appeal for one in reviews.select_related("appeal") if hasattr(one, "appeal")]
    return [*scripts, *reviews, *appeals, *cases]


def pieces(sitting: Sitting) -> Iterator[Piece]:
    """The papers of cases."""
    for case in _of(sitting).prefetch_related("evidence__file"):
        page = reverse("appeals:case", args=[case.pk])
        yield from (Piece(CASES, one.file, page) for one in case.evidence.all())


def _of(sitting: Sitting) -> Any:
    return Misconduct.objects.filter(candidate__sitting=sitting).order_by("opened_at", "pk")


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


def _late(attempts: Sequence[Attempt]) -> bytes:
    said = {True: "计入", False: "不计入", None: "未决定"}
    rows = [
        (one.attempt_id, one.item + 1, one.choice, one.turn, one.arrived_at, said[one.counts])
        for one in LateAnswer.objects.of(attempts).order_by("attempt_id", "item")
    ]
    heads = ("答卷", "题号", "答案", "作答时刻（考生设备，毫秒）", "到达时间", "是否计入")
    return papers.as_csv(heads, rows)


def _reviews(sitting: Sitting) -> bytes:
    found = ReviewRequest.objects.filter(attempt__sitting=sitting).select_related(
        "attempt__candidate__person", "appeal"
    )
    rows = []
    for one in found.order_by("filed_at", "pk"):
        appeal = getattr(one, "appeal", None)
        rows.append(
            (
                one.attempt_id,
                *papers.who(one.attempt.candidate.person),
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
        "答卷",
        *papers.PEOPLE,
        "申请时间",
        "理由",
        "申请时成绩",
        "结果",
        "复核意见",
        "答复时间",
    )
    return papers.as_csv((*heads, "答复时间", "申诉理由", "申诉结果", "住建局意见"), rows)


def _cases(sitting: Sitting, packed: Packed) -> Iterator[dict[str, Any]]:
    found = _of(sitting).select_related("candidate__person", "opened_by", "decided_by")
    for one in found.prefetch_related("evidence__file"):
        yield {
            "当事人": papers.who(one.candidate.person),
            "座位": one.candidate.seat,
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
