"""Asking the body complained about, in words that do not tell who complained."""

from collections.abc import Iterable
from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints import parameters as p
from zhupei.complaints import rules
from zhupei.complaints.access import may_handle
from zhupei.complaints.actions import telling
from zhupei.complaints.events import ComplaintEvent, InquiryEvent
from zhupei.complaints.models import Complainant, Complaint, Inquiry, InquiryPaper, Side
from zhupei.complaints.rules import Exposure
from zhupei.complaints.workflow import INQUIRY
from zhupei.core import audit, messages, numbers, pictures, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User


def exposure(complaint: Complaint, statement: str) -> Exposure:
    """What a statement gives away of who complained, and of whoever was joined to it."""
    found = [_exposure_of(one, statement) for one in (complaint, *complaint.joined.all())]
    return Exposure(
        tuple(word for one in found for word in one.forbidden),
        tuple(word for one in found for word in one.doubtful),
    )


def _exposure_of(complaint: Complaint, statement: str) -> Exposure:
    who = Complainant.objects.filter(complaint=complaint).first()
    said = complaint.words.filter(side=Side.COMPLAINANT)
    told = "\n".join([complaint.text, complaint.wish, *(word.text for word in said)])
    name, phone = (who.name, who.phone) if who else ("", "")
    return rules.exposure(statement, name=name, phone=phone, told=told)


@transaction.atomic
def ask(
    complaint: Complaint,
    *,
    by: User,
    statement: str,
    name_class: bool = False,
    checked: bool = False,
) -> Inquiry:
    """Ask the body to explain itself. ``checked``: somebody has looked again at what may give the
    complainant away.

    Raises NotAllowed; Refused "not_accepted", "body_unknown", "statement_missing",
    "names_complainant", "may_name_complainant".

    Source: PIPL, art. 6 and 51; project register of facts, §9 (identity hidden from the body).
    """
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("只有这件投诉的经办人能向机构询问。"))
    body = _askable(row)
    _check_statement(row, statement, checked=checked)
    now = timezone.now()
    made = Inquiry.objects.create(
        number=numbers.take(f"XW-{timezone.localdate(now).year}", digits=6),
        complaint=row,
        organization=body,
        training_class=row.training_class if name_class else None,
        statement=statement.strip(),
        asked_by=by,
        asked_at=now,
        due_at=workdays.deadline(now, value(p.ANSWER_DAYS, prefecture=row.prefecture_id)),
    )
    audit.record(ComplaintEvent.ASKED, row, by=by, number=made.number)
    audit.record(InquiryEvent.ASKED, made, by=by, until=beijing(made.due_at))
    title = _("主管部门询问 %(number)s，请在 %(until)s（北京时间）前说明") % {
        "number": made.number,
        "until": beijing(made.due_at),
    }
    messages.tell(keepers(body), title, url=made.get_absolute_url())
    return made


def keepers(body: Organization) -> list[User]:
    """Who answers for a body."""
    role = Role.EXAMINER if body.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    return list(holders(role, Organization.objects.filter(pk=body.pk)))


def _askable(row: Complaint) -> Organization:
    if row.state != "accepted":
        raise Refused("not_accepted", gettext_lazy("受理后、认定前才能询问。"))
    if row.organization is None:
        raise Refused(
            "body_unknown", gettext_lazy("还不知道是哪个单位，不能询问。"), field="statement"
        )
    return row.organization


def _check_statement(row: Complaint, statement: str, *, checked: bool) -> None:
    if not statement.strip():
        raise Refused("statement_missing", gettext_lazy("请写明要它说明什么。"), field="statement")
    found = exposure(row, statement)
    if found.forbidden:
        raise Refused(
            "names_complainant",
            gettext_lazy("写到了投诉人：“%(words)s”。被投诉单位会看到，请删去后再发。"),
            field="statement",
            words="”“".join(found.forbidden),
        )
    if found.doubtful and not checked:
        raise Refused(
            "may_name_complainant",
            gettext_lazy(
                "“%(words)s”可能让人认出投诉人（姓名的一部分，或照抄了原话）。请改写；"
                "确认认不出的，勾选下面一项再发。"
            ),
            field="checked",
            words="”“".join(found.doubtful),
        )


@transaction.atomic
def answer(
    inquiry: Inquiry, *, by: User, text: str, uploads: Iterable[UUID | File[bytes]] = ()
) -> Inquiry:
    """The body explains itself. Raises NotAllowed; Refused "wrong_state", "text_missing", and what
    keeping a file refuses.
    """
    if not text.strip():
        raise Refused("text_missing", gettext_lazy("请写明情况。"), field="text")
    row = INQUIRY.move(inquiry, "answer", by=by)
    row.answer, row.answered_at, row.answered_by = text.strip(), timezone.now(), by
    row.save(update_fields=["answer", "answered_at", "answered_by"])
    for upload in uploads:
        InquiryPaper.objects.create(inquiry=row, file=pictures.kept(upload, by=by).file)
    telling.investigator(row.complaint, gettext_lazy("投诉 %(number)s：被询问的单位作了说明"))
    return row


@transaction.atomic
def look(paper: InquiryPaper, *, by: User) -> StoredFile:
    """Open a paper of an answer; the look is an event."""
    audit.record(InquiryEvent.PAPER_SEEN, paper.inquiry, by=by, file=paper.file.name)
    return paper.file
