"""Who may be seated in a sitting and who may not, as a spreadsheet: every value a text."""

import io
from collections.abc import Iterable, Mapping

import xlsxwriter
from django.utils.translation import gettext as _

from zhupei.classes.models import Enrolment
from zhupei.core.templatetags.ui import hours_number
from zhupei.exams.rules import Verdict
from zhupei.exams.sentences import why_not


def workbook(rows: Iterable[Enrolment], verdicts: Mapping[int, Verdict]) -> bytes:
    """An .xlsx of these people; the identity number is masked."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    heads = [
        _("姓名"),
        _("身份证号码（遮盖）"),
        _("培训班编号"),
        _("培训班"),
        _("培训机构"),
        _("已计学时"),
        _("需学时"),
        _("能否参加"),
        _("原因"),
    ]
    with xlsxwriter.Workbook(out, {"in_memory": True} | safe) as book:
        sheet = book.add_worksheet(_("考生资格"))
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet.set_column(0, len(heads) - 1, 20, text)
        sheet.write_row(0, 0, heads, head)
        for place, one in enumerate(rows, start=1):
            for column, value in enumerate(_row(one, verdicts[one.pk])):
                sheet.write_string(place, column, value, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _row(one: Enrolment, verdict: Verdict) -> list[str]:
    return [
        one.person.name,
        one.person.masked_id_number,
        one.training_class.number or "",
        one.training_class.title,
        str(one.training_class.organization),
        hours_number(verdict.counted),
        hours_number(verdict.needed),
        _("能") if verdict.eligible else _("不能"),
        "；".join(why_not(verdict)),
    ]
