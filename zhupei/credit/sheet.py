"""Records and grades as spreadsheets: every value a text."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.credit.models import CreditRecord, Grade


def records(rows: Iterable[CreditRecord]) -> bytes:
    """An .xlsx of these records."""
    heads = [
        _("编号"),
        _("机构"),
        _("地州市"),
        _("记在谁名下"),
        _("当事人"),
        _("程度"),
        _("事由"),
        _("依据"),
        _("文书号"),
        _("认定单位"),
        _("认定日期"),
        _("最短期限到"),
        _("最长期限到"),
        _("公示"),
        _("状态"),
        _("停止日期"),
        _("来源"),
    ]
    return tables.workbook(Sheet(_("信用记录"), heads, map(_record, rows)))


def _record(row: CreditRecord) -> list[str]:
    place = row.organization.prefecture
    return [
        row.number,
        row.organization.name,
        place.name if place else "",
        str(row.get_about_display()),
        row.person_name,
        str(row.get_seriousness_display()),
        row.ground,
        row.law,
        row.paper,
        row.authority.name,
        row.decided_on.isoformat(),
        row.shortest_until.isoformat(),
        row.longest_until.isoformat(),
        _("公示") if row.shown else _("不公示"),
        row.get_state_display(),
        row.ended_on.isoformat() if row.ended_on else "",
        row.source_label,
    ]


def grades(rows: Iterable[Grade]) -> bytes:
    """An .xlsx of these grades."""
    heads = [_("年度"), _("机构"), _("地州市"), _("等级"), _("得分"), _("来源"), _("说明")]
    return tables.workbook(Sheet(_("年度等级"), heads, map(_grade, rows)))


def _grade(row: Grade) -> list[str]:
    place = row.organization.prefecture
    return [
        str(row.year),
        row.organization.name,
        place.name if place else "",
        str(row.get_grade_display()),
        "" if row.score is None else str(row.score),
        row.source_label,
        row.note,
    ]
