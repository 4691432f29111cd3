"""What filings say about people: whom to call at the place, and who read the copies."""

from django.utils.translation import gettext_lazy as _

from zhupei.core.privacy import Personal

_CONTACT = Personal(
    _("办学地主管部门联系现场负责人（办法第十条）"),
    _("备案到期后 3 年"),
    what=_("现场负责人姓名、电话"),
)
_READER = Personal(
    _("说明抄送件由谁、何时看过（办法第十条）"),
    _("备案到期后 3 年"),
    what=_("打开抄送件的工作人员和时间"),
)

FIELDS: dict[str, Personal | None] = {
    **dict.fromkeys(
        [
            "filing.id",
            "filing.number",
            "filing.organization",
            "filing.prefecture",
            "filing.division",
            "filing.jobs",
            "filing.address",
            "filing.valid_from",
            "filing.valid_until",
            "filing.learners",
            "filing.state",
            "filing.submitted_at",
            "filing.due_at",
            "filing.decided_at",
            "filingdocument.id",
            "filingdocument.filing",
            "filingdocument.kind",
            "filingdocument.file",
            "copy.id",
            "copy.filing",
            "copy.organization",
            "copy.sent_at",
            "reading.id",
            "reading.copy",
        ]
    ),
    "filing.contact": _CONTACT,
    "filing.contact_phone": _CONTACT,
    "reading.reader": _READER,
    "reading.read_at": _READER,
}
