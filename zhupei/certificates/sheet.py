"""The list of certificates as a spreadsheet: every value a text, so that no number is rounded."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import gettext as _

from zhupei.certificates.models import Certificate


def workbook(certificates: Iterable[Certificate]) -> bytes:
    """An .xlsx of these rows. The identity number is masked, as it is on the page."""
    out = io.BytesIO()
    safe = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True} | safe) as book:
        sheet = book.add_worksheet(_("证书"))
        text, head = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
        sheet.set_column(0, len(_heads()) - 1, 22, text)
        sheet.write_row(0, 0, _heads(), head)
        for place, certificate in enumerate(certificates, start=1):
            for column, value in enumerate(_row(certificate)):
                sheet.write_string(place, column, value, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


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
