"""The ledger as a spreadsheet."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core import tables
from zhupei.core.tables import Sheet
from zhupei.patrols.models import Duty


def workbook(duties: Iterable[Duty]) -> bytes:
    """An .xlsx of these rows."""
    return tables.workbook(Sheet(_("巡查督考台账"), _heads(), map(_row, duties)))


def _heads() -> list[str]:
    return [
        _("编号"),
        _("名称"),
        _("类别"),
        _("机构"),
        _("地州市"),
        _("应当巡查的单位"),
        _("开始（北京时间）"),
        _("结束（北京时间）"),
        _("应巡次数"),
        _("已巡次数"),
        _("状态"),
        _("漏巡原因"),
        _("说明"),
    ]


def _row(duty: Duty) -> list[str | int]:
    return [
        duty.number,
        duty.title,
        str(duty.get_kind_display()),
        duty.organization.name,
        duty.prefecture.name,
        duty.authority.name if duty.authority else "",
        f"{timezone.localtime(duty.opens_at):%Y-%m-%d %H:%M}",
        f"{timezone.localtime(duty.closes_at):%Y-%m-%d %H:%M}",
        duty.wanted,
        duty.looks,
        str(duty.get_state_display()),
        str(duty.get_ground_display()) if duty.ground else "",
        duty.explanation,
    ]
