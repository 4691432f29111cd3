"""A paper for the plan of a class: its teaching plan as a spreadsheet."""

from io import BytesIO

import xlsxwriter
from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.classes.models import TrainingClass

HEAD = ("日期", "时间（北京时间）", "单元", "方式", "教师", "地点", "要点")


def lesson_plan(training_class: TrainingClass) -> ContentFile[bytes]:
    """One row for each lesson of the timetable."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("教案")
    sheet.write_row(0, 0, HEAD)
    lessons = training_class.lessons.select_related("unit", "teacher__person", "room")
    for row, lesson in enumerate(lessons, 1):
        starts_at = timezone.localtime(lesson.starts_at)
        ends_at = timezone.localtime(lesson.ends_at)
        sheet.write_row(
            row,
            0,
            (
                f"{starts_at:%Y-%m-%d}",
                f"{starts_at:%H:%M}–{ends_at:%H:%M}",
                lesson.unit.title,
                lesson.get_kind_display(),
                str(lesson.teacher),
                str(lesson.room),
                "讲解要点，结合事故案例讨论，课后小测",
            ),
        )
    sheet.set_column(0, len(HEAD) - 1, 20)
    book.close()
    return ContentFile(out.getvalue(), name="教案与教学计划.xlsx")
