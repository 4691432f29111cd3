"""The roster of an institution as a spreadsheet: every value a text, nobody's numbers in it."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.teachers.dossiers import gaps
from zhupei.teachers.models import Engagement


def workbook(engagements: Iterable[Engagement]) -> bytes:
    """An .xlsx of these rows, with what is missing of each."""
    return tables.workbook(Sheet(_("教师花名册"), _heads(), map(_row, engagements)))


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
