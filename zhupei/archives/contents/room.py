"""What happened in the exam room: who watched, who was let in on what, what went wrong, the log.

Source: Measures, art. 20; project register of facts, §5 (一场一档: invigilators, identity checks,
incidents, the invigilators' log, recordings).
"""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from zhupei.archives.contents import papers
from zhupei.archives.contents.evidence import Packed, Piece
from zhupei.archives.contents.papers import Files
from zhupei.exams.models import Sitting

INCIDENTS = "异常照片"
RECORDINGS = "考场录像"


def gather(sitting: Sitting, packed: Packed) -> Files:
    """The records of the room, and where each picture and recording lies."""
    return {
        "监考安排.csv": _invigilators(sitting),
        "入场核验.csv": _check_ins(sitting),
        "异常情况.csv": _incidents(sitting, packed),
        "求助和通知.csv": _calls(sitting),
        "监考日志.json": papers.as_json(_log(sitting)),
        "音视频登记.csv": _recordings(sitting, packed),
    }


def pieces(sitting: Sitting) -> Iterator[Piece]:
    """The pictures of incidents, then the recordings of the hall."""
    incidents = sitting.incidents.exclude(photo=None).select_related("photo").order_by("at", "pk")
    for incident in incidents:
        if incident.photo:
            yield Piece(INCIDENTS, incident.photo, reverse("exams:detail", args=[sitting.pk]))
    recordings = sitting.recordings.standing().select_related("file").order_by("begins_at", "pk")
    page = reverse("archives:recordings", args=[sitting.pk])
    yield from (Piece(RECORDINGS, recording.file, page) for recording in recordings)


def _invigilators(sitting: Sitting) -> bytes:
    rows = [
        (
            one.user,
            one.organization,
            "主监考" if one.chief else "监考",
            "是" if one.independent else "否",
            one.room or sitting.room,
            one.get_state_display(),
        )
        for one in sitting.invigilators.select_related("user", "organization", "room")
    ]
    heads = ("姓名", "派出单位", "职责", "与培训机构无关", "考场", "答复")
    return papers.as_csv(heads, rows)


def _check_ins(sitting: Sitting) -> bytes:
    found = sitting.check_ins.select_related("candidate__person", "by", "undone_by")
    rows = [
        (
            one.at,
            one.candidate.seat,
            *papers.who(one.candidate.person),
            one.get_method_display(),
            one.get_verdict_display(),
            one.get_reason_display() if one.reason else "",
            one.note,
            "是" if one.late else "",
            one.by,
            *(one.undone_at, one.undone_by, one.undone_why),
        )
        for one in found.order_by("at", "pk")
    ]
    heads = (
        *("时间", "座位", *papers.PEOPLE, "核验方式", "结论", "原因", "说明", "迟到", "核验人"),
        *("撤销时间", "撤销人", "撤销原因"),
    )
    return papers.as_csv(heads, rows)


def _incidents(sitting: Sitting, packed: Packed) -> bytes:
    found = sitting.incidents.select_related("candidate__person", "by", "settled_by", "photo")
    rows = [
        (
            one.at,
            one.candidate.seat if one.candidate else "",
            *(papers.who(one.candidate.person) if one.candidate else ("", "", "")),
            one.get_kind_display(),
            one.get_severity_display(),
            one.note,
            one.by or "系统",
            packed.where(one.photo) if one.photo else "",
            one.settled_at,
            one.settled_by or "",
            one.outcome,
        )
        for one in found.order_by("at", "pk")
    ]
    heads = ("时间", "座位", *papers.PEOPLE, "情况", "程度", "经过", "记录人", "照片")
    return papers.as_csv((*heads, "处理时间", "处理人", "处理结果"), rows)


def _calls(sitting: Sitting) -> bytes:
    calls = [
        (one.at, "求助", one.candidate.seat, str(one), one.answered_at, one.answered_by or "")
        for one in sitting.help_calls.select_related("candidate", "answered_by")
    ]
    notices = [
        (one.at, "通知", one.candidate.seat if one.candidate else "全场", one.text, "", one.by)
        for one in sitting.notices.select_related("candidate", "by")
    ]
    rows = sorted([*calls, *notices], key=lambda row: row[0])
    return papers.as_csv(("时间", "种类", "座位", "内容", "答复时间", "人员"), rows)


def _log(sitting: Sitting) -> dict[str, Any]:
    log = getattr(sitting, "room_log", None)
    if log is None:
        return {}
    return {
        "考场已清场": log.room_ready,
        "设备已检查": log.devices_ready,
        "试卷在封存状态": log.forms_sealed,
        "开场说明": log.opening_note,
        "开场时间": log.opened_at,
        "开场检查人": str(log.opened_by),
        "小结": log.closing_note,
        "结束时间": log.closed_at,
        "结束人": str(log.closed_by or ""),
        "签名": [
            {"姓名": str(one.user), "时间": one.at}
            for one in log.signatures.select_related("user").order_by("at")
        ],
    }


def _recordings(sitting: Sitting, packed: Packed) -> bytes:
    rows = [
        (
            one.label,
            one.begins_at,
            one.ends_at,
            one.file.name,
            one.file.size,
            one.file.sha256,
            packed.where(one.file) if one.withdrawn_at is None else "已撤回",
            one.added_by_name,
            one.added_at,
            one.withdrawn_why,
        )
        for one in sitting.recordings.select_related("file").order_by("begins_at", "pk")
    ]
    heads = ("机位", "开始", "结束", "文件", "字节数", "SHA-256", "所在位置", "登记人", "登记时间")
    return papers.as_csv((*heads, "撤回原因"), rows)
