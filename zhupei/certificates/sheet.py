"""The list of certificates as a spreadsheet: every value a text, so that no number is rounded."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from zhupei.certificates.models import Certificate
from zhupei.core import tables
from zhupei.core.tables import Sheet


def workbook(certificates: Iterable[Certificate]) -> bytes:
    """An .xlsx of these rows. The identity number is masked, as it is on the page."""
    return tables.workbook(Sheet(_("证书"), _heads(), map(_row, certificates)))


def _heads() -> list[str]:
    return [
        _("证书编号"),
        _("国家编号"),
        _("姓名"),
        _("身份证号码（遮盖）"),
        _("岗位或工种"),
        _("学时"),
        _("培训机构"),
        _("发证单位"),
        _("发证日期"),
        _("状态"),
        _("撤销原因"),
        _("复核中，原因"),
    ]


def _row(one: Certificate) -> list[str]:
    return [
        one.number,
        one.national_number or "",
        one.name,
        one.person.masked_id_number,
        one.job.name,
        str(one.hours),
        one.institution.name,
        one.organization.name,
        one.issued_on.isoformat(),
        str(one.get_state_display()),
        str(one.get_revoked_for_display()) if one.revoked_for else "",
        one.review_reason or "" if one.is_under_review else "",
    ]
