"""一班一档: the plan, its review, the people, the lessons, the hours, the record, the events."""

from typing import Any, Final

from django.db.models import Sum

from zhupei.archives.contents import oversight, papers, record
from zhupei.archives.contents.papers import PEOPLE, Files
from zhupei.attendance.models import Attendance, PaperSheet
from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core import bag, files
from zhupei.core.templatetags.ui import hours_number
from zhupei.people.rules import mask_id_number
from zhupei.syllabus.models import Unit

HOUR: Final = 45 * 60  # seconds of one 学时


def gather(training_class: TrainingClass) -> Files:
    """Every file of the package, the register of files last."""
    units = list(training_class.syllabus.units.all())
    plan = _plan(training_class)
    enrolments = list(
        training_class.enrolments.select_related("person", "invitation").order_by("pk")
    )
    return papers.with_register(
        {
            "开班计划.json": papers.as_json(dict(plan)),
            "开班计划.txt": papers.as_text(plan),
            "审核经过.csv": papers.sentences(training_class),
            "培训大纲.json": papers.as_json(_syllabus(training_class, units)),
            "课程表.csv": _timetable(training_class),
            "名册.csv": _roster(training_class),
            "报名.csv": _enrolments(enrolments),
            "考勤.csv": _attendance(training_class),
            "学时.csv": _hours(enrolments, units),
            **record.gather(training_class),
            **oversight.gather(training_class),
            bag.EVENTS: papers.events([training_class, *enrolments]),
            **_documents(training_class),
        }
    )


def _plan(one: TrainingClass) -> list[tuple[str, Any]]:
    return [
        ("编号", one.number or ""),
        ("班级名称", one.title),
        ("培训机构", one.organization.name),
        ("办学地州市", one.prefecture.name),
        ("办学县市", one.division.name),
        ("异地备案编号", oversight.filing_number(one)),
        ("岗位或工种", one.syllabus.job.name),
        ("培训大纲", str(one.syllabus)),
        ("开课日期", one.starts_on),
        ("结课日期", one.ends_on),
        ("计划人数", one.seats),
        ("主要教室", one.room.name),
        ("咨询电话", one.contact_phone),
        ("实训实习方案", one.practice_scheme),
        ("受理方式", one.get_mode_display() if one.mode else ""),
        ("状态", one.get_state_display()),
        ("提交时间", one.submitted_at or ""),
        ("审核时限", one.due_at or ""),
    ]


def _syllabus(one: TrainingClass, units: list[Unit]) -> dict[str, Any]:
    syllabus = one.syllabus
    names = ("position", "title", "theory_hours", "practice_hours", "is_ethics")
    return {
        "job": {"code": syllabus.job.code, "name": syllabus.job.name},
        "version": syllabus.version,
        "effective_from": syllabus.effective_from,
        "basis": syllabus.basis,
        "online_hours_limit": syllabus.online_hours_limit,
        "units": [{name: getattr(unit, name) for name in names} for unit in units],
    }


def _timetable(one: TrainingClass) -> bytes:
    lessons = one.lessons.select_related("unit", "teacher__person", "room")
    heads = ("开始", "结束", "单元", "方式", "教师", "地点", "学时")
    return papers.as_csv(heads, [_lesson(lesson) for lesson in lessons])


def _lesson(lesson: Lesson) -> tuple[Any, ...]:
    return (
        lesson.starts_at,
        lesson.ends_at,
        str(lesson.unit),
        lesson.get_kind_display(),
        str(lesson.teacher),
        lesson.room.name,
        hours_number(lesson.seconds),
    )


def _roster(one: TrainingClass) -> bytes:
    """The invitations. An invited person need not have an account, so their number is read here."""
    rows = [
        (
            invitation.name,
            mask_id_number(invitation.id_number),
            invitation.id_index,
            invitation.employer,
            invitation.get_state_display(),
            invitation.invited_at,
        )
        for invitation in one.invitations.order_by("pk")
    ]
    return papers.as_csv((*PEOPLE, "单位", "答复", "邀请时间"), rows)


def _enrolments(enrolments: list[Any]) -> bytes:
    rows = [
        (
            *papers.who(one.person),
            one.get_state_display(),
            one.enrolled_at,
            "名册邀请" if one.invitation_id else "本人报名",
        )
        for one in enrolments
    ]
    return papers.as_csv((*PEOPLE, "状态", "报名时间", "途径"), rows)


def _attendance(one: TrainingClass) -> bytes:
    rows = (
        Attendance.objects.filter(lesson__training_class=one)
        .select_related("enrolment__person", "lesson__unit")
        .order_by("lesson__starts_at", "enrolment")
    )
    heads = (*PEOPLE, "上课时间", "单元", "方式", "签到", "离开", "记秒", "学时", "更正过")
    return papers.as_csv(heads, [_presence(row) for row in rows])


def _presence(row: Attendance) -> tuple[Any, ...]:
    return (
        *papers.who(row.enrolment.person),
        row.lesson.starts_at,
        str(row.lesson.unit),
        row.get_method_display(),
        row.arrived_at,
        row.left_at,
        row.credited_seconds,
        hours_number(row.credited_seconds),
        "是" if row.corrected else "",
    )


def _hours(enrolments: list[Any], units: list[Unit]) -> bytes:
    """Seconds credited beside seconds asked for, by unit: anybody can add them up again."""
    credited = Attendance.objects.credited_by_enrolment(enrolments)
    rows = [
        (
            *papers.who(one.person),
            str(unit),
            unit.hours * HOUR,
            credited[one.pk].get(unit.pk, 0),
            hours_number(credited[one.pk].get(unit.pk, 0)),
        )
        for one in enrolments
        for unit in units
    ]
    return papers.as_csv((*PEOPLE, "单元", "应学秒", "记秒", "学时"), rows)


def _documents(one: TrainingClass) -> Files:
    documents = one.documents.select_related("file").order_by("pk")
    return {
        papers.attachment_name("附件", number, paper.file.name): files.read(paper.file)
        for number, paper in enumerate(documents, start=1)
    }


def size_of_files(one: TrainingClass) -> int:
    """The bytes of everything that was handed in about the class."""
    return sum(
        rows.aggregate(sum=Sum(f"{field}__size"))["sum"] or 0
        for rows, field in (
            (one.documents, "file"),
            (one.evidence, "file"),
            (PaperSheet.objects.filter(lesson__training_class=one), "photo"),
        )
    )
