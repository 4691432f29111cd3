"""Who may be seated in a sitting and who may not, as a spreadsheet: every value a text."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from zhupei.classes.models import Enrolment
from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.core.templatetags.ui import hours_number
from zhupei.exams.rules import Verdict
from zhupei.exams.sentences import why_not


def workbook(rows: Iterable[Enrolment], verdicts: Mapping[int, Verdict]) -> bytes:
    """An .xlsx of these people; the identity number is masked."""
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
    told = (_row(one, verdicts[one.pk]) for one in rows)
    return tables.workbook(Sheet(_("考生资格"), heads, told))


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
