"""What officers do: dispatch, take up, look into, decide, answer, hand on."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints import wordings
from zhupei.complaints.access import HANDLING, may_reply, may_urge
from zhupei.complaints.actions import filing, joining, saying, telling
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import (
    Complaint,
    Ground,
    Outcome,
    Side,
    State,
    Transfer,
    Word,
)
from zhupei.complaints.workflow import COMPLAINT
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.wordings import say
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.organizations.offices import holders
from zhupei.people.models import User

ASSIGNING = {State.ASSIGNED: "reassign", State.ACCEPTED: "reassign_accepted"}
INVESTIGATORS = (Role.REVIEWER, Role.REGULATOR, Role.INSPECTOR)


def possible_investigators(complaint: Complaint) -> QuerySet[User]:
    """The people of the body that handles it, without those who have a tie to whom it is about."""
    here = Organization.objects.filter(pk=complaint.handler_id)
    people = {user for role in INVESTIGATORS for user in holders(role, here)}
    keys = [user.pk for user in telling.untied(people, complaint)]
    return User.objects.filter(pk__in=keys).order_by("name", "pk")


@transaction.atomic
def assign(complaint: Complaint, *, by: User, investigator: User) -> Complaint:
    """Give it to one person. Raises NotAllowed; Refused "wrong_state", "investigator_tied".

    Source: project register of facts, §9 (1 working day to dispatch).
    """
    name = ASSIGNING.get(State(complaint.state), "assign")
    row = COMPLAINT.move(complaint, name, by=by, investigator=str(investigator))
    if not possible_investigators(row).filter(pk=investigator.pk).exists():
        raise Refused(
            "investigator_tied",
            gettext_lazy("%(name)s 不能办理：不在本单位，或与被投诉单位有利害关系，应当回避。"),
            field="investigator",
            name=investigator,
        )
    row.investigator, row.assigned_at = investigator, timezone.now()
    row.save(update_fields=["investigator", "assigned_at"])
    for one in saying.joined_to(row):
        one.investigator, one.assigned_at = investigator, row.assigned_at
        one.save(update_fields=["investigator", "assigned_at"])
    if investigator.pk != by.pk:
        telling.investigator(row, gettext_lazy("投诉 %(number)s 分派给您：%(kind)s"))
    return row


@transaction.atomic
def accept(complaint: Complaint, *, by: User, text: str) -> Complaint:
    """Take it up, and tell so. Raises NotAllowed; Refused "wrong_state", "text_missing"."""
    row = COMPLAINT.move(complaint, "accept", by=by)
    row.accepted_at = timezone.now()
    row.save(update_fields=["accepted_at"])
    for one in saying.joined_to(row):
        one.accepted_at = one.accepted_at or row.accepted_at
        one.save(update_fields=["accepted_at"])
    saying.say(row, text, by=by)
    return row


@transaction.atomic
def refuse(complaint: Complaint, *, by: User, ground: str, text: str) -> Complaint:
    """Not take it up, on a ground that is told.

    Raises NotAllowed; Refused "wrong_state", "ground_missing", "text_missing".
    """
    if ground not in Ground.values:
        raise Refused("ground_missing", gettext_lazy("请选择不予受理的理由。"), field="ground")
    row = COMPLAINT.move(complaint, "refuse", by=by, ground=str(Ground(ground).label))
    row.refused_for, row.replied_at = ground, timezone.now()
    row.save(update_fields=["refused_for", "replied_at"])
    saying.say(row, text, by=by)
    facts = {"ground": str(Ground(ground).label)}
    joining.follow(row, "refuse", by=by, fields=("refused_for", "replied_at"), **facts)
    return row


@transaction.atomic
def answer(complaint: Complaint, *, by: User, text: str) -> Word:
    """Say something to the complainant on the way. Raises NotAllowed; Refused "text_missing",
    "complaint_over".
    """
    row = _locked(complaint)
    if not may_reply(by, row):
        raise NotAllowed("not_allowed", _("只有办理单位的经办人能答复投诉人。"))
    _check_open(row)
    word = saying.say(row, text, by=by)
    audit.record(ComplaintEvent.ANSWERED, row, by=by)
    return word


@transaction.atomic
def note(complaint: Complaint, *, by: User, text: str) -> Word:
    """Write down a step of the investigation. Raises NotAllowed; Refused "text_missing",
    "complaint_over".
    """
    row = _locked(complaint)
    if not may_reply(by, row):
        raise NotAllowed("not_allowed", _("只有办理单位的经办人能写调查记录。"))
    _check_open(row)
    word = saying.write(row, Side.INTERNAL, text, by=by)
    audit.record(ComplaintEvent.NOTED, row, by=by)
    return word


@transaction.atomic
def decide(complaint: Complaint, *, by: User, outcome: str, finding: str) -> Complaint:
    """Say what was found. Whoever is found at fault has been asked first.

    Raises NotAllowed; Refused "wrong_state", "outcome_missing", "finding_missing", "not_heard".
    """
    row = _locked(complaint)
    COMPLAINT.check(row, "decide", by=by)
    if outcome not in Outcome.values:
        raise Refused("outcome_missing", gettext_lazy("请选择认定结果。"), field="outcome")
    if not finding.strip():
        raise Refused("finding_missing", gettext_lazy("请写明查明的情况。"), field="finding")
    now = timezone.now()
    if outcome != Outcome.NOT_UPHELD and row.organization_id:
        _check_heard(row, now)
    row.outcome, row.finding = outcome, finding.strip()
    row.decided_at, row.decided_by = now, by
    row.save(update_fields=["outcome", "finding", "decided_at", "decided_by"])
    return COMPLAINT.move(row, "decide", by=by, outcome=str(Outcome(outcome).label))


def _check_heard(complaint: Complaint, now: datetime) -> None:
    inquiries = complaint.inquiries.filter(organization=complaint.organization_id)
    if not any(inquiry.heard(now) for inquiry in inquiries):
        raise Refused(
            "not_heard",
            gettext_lazy(
                "认定“%(body)s”有问题之前，要先询问，等它说明或说明期限已过。请先发出询问。"
            ),
            field="outcome",
            body=complaint.body,
        )


@transaction.atomic
def reply(complaint: Complaint, *, by: User, text: str) -> Complaint:
    """Tell the result. Raises NotAllowed; Refused "wrong_state", "text_missing"."""
    row = COMPLAINT.move(complaint, "reply", by=by)
    row.replied_at = timezone.now()
    row.save(update_fields=["replied_at"])
    saying.say(row, text, by=by)
    fields = ("outcome", "finding", "decided_at", "decided_by", "replied_at")
    joining.follow(row, "reply", by=by, fields=fields)
    return row


@dataclass(frozen=True)
class Elsewhere:
    """Where a complaint goes: to an authority of the system, or to one outside of it, in words."""

    organization: Organization | None = None
    outside: str = ""

    def __str__(self) -> str:
        return self.organization.name if self.organization else self.outside


def receivers(complaint: Complaint) -> QuerySet[Organization]:
    """The authorities a complaint can be handed to: first the region's and the prefectures'."""
    rows = Organization.objects.filter(kind__in=HANDLING).exclude(pk=complaint.handler_id)
    if complaint.organization_id:
        rows = rows.exclude(pk=complaint.organization_id)
    order = Case(
        When(kind=Kind.REGION_AUTHORITY, then=0),
        When(kind=Kind.PREFECTURE_AUTHORITY, then=1),
        When(kind=Kind.HR, then=2),
        default=3,
    )
    return rows.order_by(order, "division", "pk")


@transaction.atomic
def transfer(complaint: Complaint, *, by: User, to: Elsewhere, reason: str) -> Complaint:
    """Hand it to another authority 转办, inside the system or outside; the complainant is told.

    Raises NotAllowed; Refused "wrong_state", "receiver_missing", "receiver_same",
    "receiver_concerned", "note_required".

    Source: project register of facts, §9 (转送 within the term; fees and advertising to 市场监管).
    """
    if not reason.strip():
        raise Refused("note_required", gettext_lazy("请写明转办理由。"), field="reason")
    if not str(to).strip():
        raise Refused("receiver_missing", gettext_lazy("请选择转给谁。"), field="organization")
    if to.organization:
        _check_receiver(complaint, to.organization)
    name = "transfer" if to.organization else "refer"
    now, note = timezone.now(), reason.strip()
    row = COMPLAINT.move(complaint, name, by=by, note=note, to=str(to))
    told = say(wordings.TRANSFERRED, number=row.number, to=str(to), reason=note.rstrip("。"))
    saying.say(row, told, by=by)
    joined = saying.joined_to(row)
    for one in (row, *joined):
        Transfer.objects.create(
            complaint=one,
            from_organization_id=one.handler_id,
            to_organization=to.organization,
            outside="" if to.organization else to.outside.strip(),
            reason=note,
            by_name=str(by),
            at=now,
        )
    if to.organization is None:
        joining.follow(row, "refer", by=by, fields=(), note=note, to=str(to))
        return row
    for one in joined:
        audit.record(ComplaintEvent.TRANSFERRED, one, by=by, note=note, to=str(to))
        _hand_over(one, to.organization, now)
    _hand_over(row, to.organization, now)
    telling.officers(row, gettext_lazy("转来一件投诉 %(number)s：%(kind)s"))
    return row


def _check_receiver(complaint: Complaint, receiver: Organization) -> None:
    if receiver.pk == complaint.handler_id:
        raise Refused("receiver_same", gettext_lazy("已经由这个单位办理。"), field="organization")
    if receiver.kind not in HANDLING or receiver.pk == complaint.organization_id:
        raise Refused(
            "receiver_concerned",
            gettext_lazy("不能转给被投诉的单位，也不能转给不办理投诉的单位。"),
            field="organization",
        )


def _hand_over(row: Complaint, receiver: Organization, now: datetime) -> None:
    """Whoever takes over gets the time the first one had; what was late there is in the record."""
    row.handler, row.investigator, row.assigned_at = receiver, None, None
    row.first_reply_at, row.warned_at, row.escalated_at, row.escalated_for = None, None, None, ""
    for name, moment in filing.clocks(now, receiver.prefecture_id).items():
        setattr(row, name, moment)
    row.first_close_due, row.times_extended = None, 0
    row.save()


@transaction.atomic
def urge(complaint: Complaint, *, by: User, text: str) -> Complaint:
    """The region reminds whoever handles it. Raises NotAllowed; Refused "complaint_over",
    "text_missing".
    """
    row = _locked(complaint)
    if not may_urge(by, row):
        raise NotAllowed("not_allowed", _("督办由自治区住建厅对其他单位办理的投诉发出。"))
    _check_open(row)
    saying.check_text(text)
    audit.record(ComplaintEvent.URGED, row, by=by, note=text.strip())
    telling.officers(row, gettext_lazy("督办：投诉 %(number)s"), body=text.strip())
    return row


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def _check_open(row: Complaint) -> None:
    if not row.is_open:
        raise Refused("complaint_over", gettext_lazy("这件投诉已经答复，不在办理中。"))


def suggested(complaint: Complaint, step: str) -> str:
    """The words an officer begins with at a step, as the region worded them."""
    facts = {
        "number": complaint.number,
        "handler": complaint.handler.name,
        "body": f"“{complaint.body}”",
        "finding": complaint.finding,
        "until": saying.on_day(complaint),
        "ground": _("（请写明）"),
    }
    if step == "reply":
        step = complaint.outcome
    return say(ANSWERS[step], **facts)


ANSWERS = {
    "accept": wordings.ACCEPTED,
    "refuse": wordings.REFUSED,
    "answer": wordings.PROGRESS,
    Outcome.UPHELD.value: wordings.UPHELD,
    Outcome.PARTLY.value: wordings.PARTLY,
    Outcome.NOT_UPHELD.value: wordings.NOT_UPHELD,
}
