"""The record of teaching in a package: logs, pictures, checks, books, corrections of the roll.

Source: Measures, art. 13; notice, part 2, section 2 (what logs, rolls and textbooks lack).
"""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from zhupei.archives.contents import evidence, papers, patrols
from zhupei.archives.contents.evidence import Packed, Piece
from zhupei.archives.contents.papers import PEOPLE, Files
from zhupei.attendance.models import Correction, PaperSheet
from zhupei.classes.models import TrainingClass
from zhupei.core.templatetags.ui import hours_number
from zhupei.teaching import record
from zhupei.teaching.models import Evidence, HandOut, LessonLog, TeachingCheck


def gather(one: TrainingClass) -> Files:
    """Every file about how the class was held."""
    pieces = list(
        Evidence.objects.filter(training_class=one)
        .select_related("file", "lesson__unit", "added_by")
        .order_by("added_at", "pk")
    )
    sheets = list(
        PaperSheet.objects.filter(lesson__training_class=one)
        .select_related("photo", "lesson__unit", "entered_by")
        .order_by("entered_at", "pk")
    )
    packed = evidence.pack([*map(_sheet_piece, sheets), *_standing(pieces), *patrols.pieces(one)])
    return {
        "教学日志.csv": _logs(one),
        "教学检查.csv": _checks(one),
        "过程资料.csv": _evidence(pieces, packed),
        "教材.csv": _books(one),
        "教材确认.csv": _confirmations(one),
        "考勤更正.csv": _corrections(one),
        "纸质签到表.csv": _sheets(sheets, packed),
        **patrols.gather(one, packed),
        "记录完整度.json": papers.as_json(_completeness(one)),
        **packed.files,
    }


def _sheet_piece(sheet: PaperSheet) -> Piece:
    return Piece("纸质签到表", sheet.photo, reverse("attendance:photo", args=[sheet.pk]))


def _standing(pieces: Iterable[Evidence]) -> list[Piece]:
    """What was taken back is named in the list, its file stays out."""
    return [
        Piece("过程资料", piece.file, reverse("teaching:piece", args=[piece.pk]))
        for piece in pieces
        if piece.withdrawn_at is None
    ]


def _logs(one: TrainingClass) -> bytes:
    """What was said of each lesson; a practice lesson also how it was practised."""
    heads = (
        *("上课时间", "单元", "方式", "学时", "上课情况", "讲了什么、练了什么", "实际授课教师"),
        *("变动或没有上的原因", "分几批", "用了几个工位", "操作前讲过安全", "设备和耗材"),
        *("填写人", "填写时间"),
    )
    logs = LessonLog.objects.filter(training_class=one).select_related(
        "lesson__unit", "taught_by__person", "written_by"
    )
    return papers.as_csv(heads, [_log(log) for log in logs.order_by("lesson__starts_at")])


def _log(log: LessonLog) -> tuple[Any, ...]:
    return (
        log.lesson.starts_at,
        str(log.lesson.unit),
        log.lesson.get_kind_display(),
        hours_number(log.lesson.seconds),
        log.get_held_display(),
        log.content,
        str(log.taught_by),
        log.note,
        log.batches,
        log.stations_used,
        _yes(log.briefed),
        log.materials,
        log.written_by.name,
        log.written_at,
    )


def _yes(said: bool | None) -> str:  # noqa: FBT001 - an answer, not a switch
    return {True: "是", False: "否", None: ""}[said]


def _checks(one: TrainingClass) -> bytes:
    checks = TeachingCheck.objects.filter(training_class=one).select_related("lesson", "checker")
    rows = [
        (
            check.checked_on,
            check.lesson.starts_at if check.lesson else "",
            check.get_verdict_display(),
            check.found,
            check.checker.name,
            check.corrected_at,
            check.corrected,
        )
        for check in checks.order_by("checked_on", "pk")
    ]
    heads = ("检查日期", "课", "结论", "看到了什么", "检查人", "整改时间", "怎样改的")
    return papers.as_csv(heads, rows)


def _evidence(pieces: Iterable[Evidence], packed: Packed) -> bytes:
    rows = [
        (
            piece.file.name,
            piece.get_kind_display(),
            piece.lesson.starts_at if piece.lesson else "",
            str(piece.lesson.unit) if piece.lesson else "",
            piece.caption,
            piece.added_by.name,
            piece.added_at,
            piece.file.size,
            piece.file.sha256,
            packed.where(piece.file) if piece.withdrawn_at is None else "已撤回，不归入",
            piece.withdrawn_note,
        )
        for piece in pieces
    ]
    heads = (
        *("文件", "类别", "上课时间", "单元", "说明", "上传人", "上传时间", "字节数", "SHA-256"),
        *("存放", "撤回原因"),
    )
    return papers.as_csv(heads, rows)


def _books(one: TrainingClass) -> bytes:
    """What the class was taught from; how many got it, how many say so themselves."""
    rows = []
    for book in one.books.select_related("textbook").prefetch_related("hand_outs").order_by("pk"):
        given = list(book.hand_outs.all())
        how = [row.confirmed_how for row in given]
        text = book.textbook
        facts = (text.title, text.isbn_parted, text.publisher, text.edition, text.year)
        rows.append((*facts, len(given), how.count("account"), how.count("code"), how.count(None)))
    heads = (
        *("书名", "ISBN", "出版社", "版次", "年份", "发放人数"),
        *("本人登录确认", "本人验证码确认", "尚未确认"),
    )
    return papers.as_csv(heads, rows)


def _confirmations(one: TrainingClass) -> bytes:
    """Who confirmed, by their mark alone: the list of enrolments says who that is."""
    rows = [
        (
            row.enrolment.person.id_index,
            row.book.textbook.isbn,
            row.given_at,
            row.confirmed_at,
            row.get_confirmed_how_display() if row.confirmed_how else "",
        )
        for row in HandOut.objects.filter(book__training_class=one)
        .select_related("enrolment__person", "book__textbook")
        .order_by("given_at", "pk")
    ]
    return papers.as_csv(("标识", "ISBN", "发放时间", "本人确认时间", "确认方式"), rows)


def _corrections(one: TrainingClass) -> bytes:
    """What the roll said, what was proposed and why, and what the second person decided."""
    found = Correction.objects.filter(lesson__training_class=one).select_related(
        "enrolment__person", "lesson__unit", "proposed_by", "decided_by", "sheet"
    )
    heads = (
        *(*PEOPLE, "上课时间", "单元", "原到达", "原离开", "更正到达", "更正离开", "理由"),
        *("提出人", "提出时间", "结果", "第二人", "决定时间", "纸质签到表"),
    )
    return papers.as_csv(heads, [_correction(row) for row in found.order_by("proposed_at", "pk")])


def _correction(row: Correction) -> tuple[Any, ...]:
    return (
        *papers.who(row.enrolment.person),
        row.lesson.starts_at,
        str(row.lesson.unit),
        row.was_arrived_at,
        row.was_left_at,
        row.arrived_at or "缺勤",
        row.left_at,
        row.note,
        row.proposed_by.name,
        row.proposed_at,
        row.get_state_display(),
        row.decided_by.name if row.decided_by else "",
        row.decided_at,
        str(row.sheet) if row.sheet else "",
    )


def _sheets(sheets: Iterable[PaperSheet], packed: Packed) -> bytes:
    rows = [
        (
            str(sheet),
            sheet.lesson.starts_at,
            str(sheet.lesson.unit),
            sheet.entered_by.name,
            sheet.entered_at,
            packed.where(sheet.photo),
            sheet.photo.sha256,
        )
        for sheet in sheets
    ]
    heads = ("编号", "上课时间", "单元", "录入人", "录入时间", "照片", "照片 SHA-256")
    return papers.as_csv(heads, rows)


def _completeness(one: TrainingClass) -> dict[str, Any]:
    """How complete the record was when the package was made, and what was missing."""
    shown = record.of(one)
    gaps = [{"missing": gap.words, "owed_by": gap.owner, "late": gap.late} for gap in shown.gaps]
    return {"percent": shown.share, "owed": shown.owed, "there": shown.there, "missing": gaps}
