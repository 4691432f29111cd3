"""What was found true becomes something to put right."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints.access import may_reply
from zhupei.complaints.actions import inquiries
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Complaint, Inquiry, Outcome
from zhupei.complaints.models.complaint import JUDGED
from zhupei.core import audit
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.corrections.access import may_find
from zhupei.corrections.actions import findings
from zhupei.corrections.models import Finding
from zhupei.people.models import User

TRUE = {Outcome.UPHELD, Outcome.PARTLY}


def may_make(user: Any, complaint: Complaint) -> bool:
    """Once it is judged true, whoever handles it, over a body of their place; of several complaints
    about one matter only with the leading one.
    """
    body = complaint.organization
    return bool(
        body
        and complaint.leading_id is None
        and complaint.state in JUDGED
        and complaint.outcome in TRUE
        and may_reply(user, complaint)
        and may_find(user, complaint.handler, body)
    )


def made_of(inquiries: Iterable[Inquiry]) -> QuerySet[Finding]:
    """The findings that came of a complaint: they come of what the body was asked, because it
    reads where a finding comes from.
    """
    return Finding.objects.filter(source__in=[subject_key(one) for one in inquiries])


@transaction.atomic
def make(
    complaint: Complaint, *, by: User, text: str, law: str, severity: str, kind: str
) -> Finding:
    """Note what was found true as a finding. Its source is what the body was asked.

    Raises NotAllowed; Refused "names_complainant", and what ``corrections`` refuses.

    Source: Measures, art. 23 (what is wrong has to be put right).
    """
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if not may_make(by, row) or row.organization is None:
        raise NotAllowed("not_allowed", _("认定属实后，由办理单位的经办人立为问题。"))
    told = inquiries.exposure(row, text)
    if told.forbidden:
        raise Refused(
            "names_complainant",
            gettext_lazy("写到了投诉人：“%(words)s”。机构会看到，请删去。"),
            field="text",
            words="”“".join(told.forbidden),
        )
    source = row.inquiries.filter(organization=row.organization_id).order_by("pk").last()
    made = findings.find(
        row.organization,
        row.handler,
        source=source,
        by=by,
        text=text,
        law=law,
        severity=severity,
        kind=kind,
    )
    audit.record(ComplaintEvent.FOUND, row, by=by)
    return made
