"""The roster of an institution as a spreadsheet: every value a text, nobody's numbers in it."""

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from django.utils.translation import gettext as _

from zhupei.teachers.dossiers import gaps
from zhupei.teachers.models import Engagement


def workbook(engagements: Iterable[Engagement]) -> bytes:
    """An .xlsx of these rows, with what is missing of each."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True} | safe) as book:
        paper = book.add_worksheet(_("教师花名册"))
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        paper.set_column(0, len(_heads()) - 1, 20, text)
        paper.write_row(0, 0, _heads(), head)
        for place, engagement in enumerate(engagements, start=1):
            for column, value in enumerate(_row(engagement)):
                paper.write_string(place, column, value, text)
        paper.freeze_panes(1, 0)
    return out.getvalue()


def _heads() -> list[str]:
    return [
        _("姓名"),
        _("任教专业工种"),
        _("职称"),
        _("职称级别"),
        _("学历"),
        _("专兼职"),
        _("聘用日期"),
        _("合同或聘书期限"),
        _("社保缴至"),
        _("缺少的材料"),
    ]


def _row(one: Engagement) -> list[str]:
    teacher = one.teacher
    return [
        teacher.person.name,
        "、".join(str(trade) for trade in teacher.trades.all()),
        teacher.title,
        str(teacher.get_rank_display()),
        teacher.education,
        _("专职") if one.full_time else _("兼职"),
        one.since.isoformat(),
        _day(one.contract_until),
        _day(one.insured_until),
        "；".join(gaps(teacher, one)),
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
