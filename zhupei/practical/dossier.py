"""Everything on record about one session, as values and files, for the package of its archive.

``archives.contents`` makes files of it: ``tables`` are heads and rows, ``documents`` are JSON,
``pieces`` are folder, file and the page it is fetched from, ``subjects`` are what the record of
deeds is asked about. People stand in it as they are; how they are named is the archive's decision.

Source: Measures, art. 20 (time, place, content, people, results).
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from zhupei.core.models import StoredFile
from zhupei.practical.actions import results
from zhupei.practical.models import Picture, Session, Sheet, Tap, Turn
from zhupei.practical.sentences import how_they_differ

CANDIDATE = "考生"  # the head of the column that holds a person
PICTURES = "取证.csv"
YES = {True: "是", False: ""}
VERDICTS = {True: "合格", False: "不合格", None: ""}

Table = tuple[tuple[str, ...], list[tuple[Any, ...]]]


class Dossier(NamedTuple):
    """The facts and the files of one session."""

    plan: list[tuple[str, Any]]
    documents: dict[str, Any]
    tables: dict[str, Table]
    pieces: list[tuple[str, StoredFile, str]]
    subjects: list[Model]


def of(session: Session) -> Dossier:
    """Gather it all, in a handful of questions."""
    turns = list(
        session.turns.select_related("person", "enrolment__training_class").order_by(
            "starts_at", "station", "pk"
        )
    )
    sheets = list(
        session.sheets.select_related("assessor", "turn__person")
        .prefetch_related("taps")
        .order_by("turn__starts_at", "turn", "place")
    )
    pictures = list(
        Picture.objects.filter(sheet__session=session).select_related("file", "sheet__assessor")
    )
    return Dossier(
        _plan(session),
        {"评分表.json": session.rubric.content, "评分规则.json": _figures(session)},
        {
            "轮次.csv": _turns(turns),
            "评分.csv": _points(session, sheets),
            "评分汇总.csv": _sheets(sheets),
            "点按.csv": _taps([tap for sheet in sheets for tap in sheet.taps.all()]),
            PICTURES: _pictures(pictures),
        },
        [("取证", one.file, reverse("practical:evidence", args=[one.pk])) for one in pictures],
        [session, session.rubric, *turns],
    )


def _plan(one: Session) -> list[tuple[str, Any]]:
    return [
        ("编号", one.number or ""),
        ("场次名称", one.title),
        ("考核机构", one.organization.name),
        ("地州市", one.prefecture.name),
        ("工种和等级", one.rubric.subject),
        ("评分表", str(one.rubric)),
        ("评分表指纹", one.rubric.sha256),
        ("实训场地", one.room.name),
        ("场地地址", one.room.address),
        ("工位", one.stations),
        ("第一轮开始", one.opens_at),
        ("最迟结束", one.closes_at),
        ("抽签种子", one.seed),
        ("合格线", "" if one.pass_mark is None else str(one.pass_mark)),
        ("偏差上限", "" if one.deviation is None else str(one.deviation)),
        ("有第三人时", one.get_method_display()),
        ("状态", one.get_state_display()),
    ]


def _turns(turns: list[Turn]) -> Table:
    heads = (
        *("轮次", CANDIDATE, "培训班", "工位", "开始", "结束", "签到", "缺考", "作废", "作废原因"),
        *("替代的轮次", "不一致", "成绩", "结论", "否决", "定成绩时间", "成绩无效"),
    )
    return heads, [
        (
            *(one.pk, one.person, one.enrolment.training_class.number, one.station),
            *(one.starts_at, one.ends_at, one.arrived_at, YES[one.absent], YES[one.void]),
            one.get_trouble_display() if one.trouble else "",
            *(one.instead_of_id, how_they_differ(one.differences), one.mark),
            *(VERDICTS[one.passed], YES[one.fatal], one.settled_at, YES[one.annulled]),
        )
        for one in turns
    ]


def _figures(session: Session) -> dict[str, Any]:
    """What a mark is computed with: the figures in force when the turns were fixed."""
    return {
        "rubric_sha256": session.rubric.sha256,
        "pass_mark": None if session.pass_mark is None else str(session.pass_mark),
        "deviation": None if session.deviation is None else str(session.deviation),
        "method": session.method,
    }


def _sheets(sheets: list[Sheet]) -> Table:
    """What each sheet came to."""
    heads = ("评分表", "轮次", "考评员", "第几人", "有效", "提交时间", "总分", "否决")
    return heads, [
        (
            *(one.pk, one.turn_id, one.assessor.name, one.place, YES[one.live]),
            *(one.handed_in_at, one.total, YES[one.fatal]),
        )
        for one in sheets
    ]


def _points(session: Session, sheets: list[Sheet]) -> Table:
    """A row for every criterion of every sheet, so that totals can be counted again."""
    heads = ("轮次", "考评员", "第几人", "评分点", "内容", "分值", "得分", "备注", "提交时间")
    rows: list[tuple[Any, ...]] = []
    for sheet in sheets:
        found = results.reading(sheet.taps.all())
        first = (sheet.turn_id, sheet.assessor.name, sheet.place)
        for key, one in session.rubric.values.criteria().items():
            given = (found.points.get(key, ""), found.notes.get(key, ""), sheet.handed_in_at)
            rows.append((*first, key, one.text, one.weight, *given))
        rows += [
            (*first, fatal.key, fatal.text, "否决项", "出现", "", sheet.handed_in_at)
            for fatal in session.rubric.values.fatal
            if fatal.key in found.fatal
        ]
    return heads, rows


def _taps(taps: list[Tap]) -> Table:
    heads = (
        *("编号", "评分表", "类别", "哪一项", "内容", "手机", "手机时间", "校正后的时间"),
        *("手机快几秒", "收到时间"),
    )
    return heads, [
        (
            *(str(one.pk), one.sheet_id, one.get_kind_display(), one.about, one.value),
            *(one.phone, one.phone_at, _exact(one.at), one.clock_error, one.received_at),
        )
        for one in taps
    ]


def _exact(moment: datetime) -> str:
    """To the microsecond: which of two taps was the later decides what counts."""
    return timezone.localtime(moment).isoformat(timespec="microseconds")


def _pictures(pictures: list[Picture]) -> Table:
    heads = ("文件", "轮次", "考评员", "拍摄时间", "字节数", "SHA-256", "上传时间")
    return heads, [
        (
            *(one.file.name, one.sheet.turn_id, one.sheet.assessor.name, one.taken_at),
            *(one.file.size, one.file.sha256, one.file.stored_at),
        )
        for one in pictures
    ]
