"""Taking a complaint down: number, code, clocks, evidence. Nothing of it says from where it came.

A form that arrives twice over a bad line is one complaint: its key gives the same code again.
"""

import secrets
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.complaints import parameters as p
from zhupei.complaints import targets
from zhupei.complaints.access import may_take_down
from zhupei.complaints.actions import telling
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import (
    Attachment,
    Channel,
    Complainant,
    Complaint,
    KindChoices,
    Word,
)
from zhupei.complaints.models.complaint import owner_index
from zhupei.complaints.targets import Target
from zhupei.core import audit, context, numbers, workdays
from zhupei.core.crypto import blind_index
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import settings_of, value
from zhupei.core.pictures import kept
from zhupei.organizations.models import Division, Level, Organization
from zhupei.people.models import User

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none is taken for another
CODE_LENGTH = 10
SAME_FORM = timedelta(hours=1)  # after it, the code is not given again
Evidence = UUID | File[bytes]


@dataclass(frozen=True)
class Told:
    """What somebody tells us. ``account``: who wants to find it under 我的; None of a stranger."""

    kind: str
    text: str
    target: Target
    wish: str = ""
    happened_on: date | None = None
    about: str = ""
    named: bool = False
    name: str = ""
    phone: str = ""
    account: User | None = None
    channel: str = Channel.WEB
    form_key: str = ""
    pictures: Sequence[Evidence] = field(default_factory=tuple)
    film: Evidence | None = None


class Receipt(NamedTuple):
    """The complaint, and the code which is written down nowhere else."""

    complaint: Complaint
    code: str


def file(told: Told, *, by: User | None = None) -> Receipt:
    """Register a complaint; ``by`` is the officer who takes down what somebody else says.

    Raises NotAllowed; Refused "text_missing", "name_missing", "place_missing", "kind_unknown",
    "date_ahead", "too_many_pictures", "filed_already", and what keeping a file refuses.

    Source: Measures, art. 24; project register of facts, §9 (registered within the clocks).
    """
    if by is not None and not may_take_down(by):
        raise NotAllowed("not_allowed", _("只有主管部门的审核员能代为登记。"))
    _check(told)
    key = told.form_key or secrets.token_hex(16)
    code = code_of(key)
    index = blind_index(key, purpose="complaint_form")
    with context.unseen() if by is None else nullcontext():
        try:
            with transaction.atomic():
                return Receipt(_register(told, index, code, by=by), code)
        except IntegrityError:
            earlier = Complaint.objects.filter(form_index=index).first()
            if earlier is None:
                raise
            return Receipt(_again(earlier), code)


def code_of(key: str) -> str:
    """The code that belongs to a form: ten signs, fifty bits."""
    number = int(blind_index(key, purpose="complaint_code"), 16)
    signs = []
    for _n in range(CODE_LENGTH):
        number, place = divmod(number, len(SIGNS))
        signs.append(SIGNS[place])
    return "".join(signs)


def code_hash(number: str, code: str) -> str:
    return blind_index(f"{number}:{code}", purpose="complaint_code_check")


def _again(earlier: Complaint) -> Complaint:
    """The complaint this form made when it came before."""
    if earlier.filed_at < timezone.now() - SAME_FORM:
        raise Refused("filed_already", _("这份投诉已经提交过。请用编号和查询码查看进展。"))
    return earlier


def _check(told: Told) -> None:
    if told.kind not in KindChoices.values:
        raise Refused("kind_unknown", _("请选择投诉类别。"), field="kind")
    if not told.text.strip():
        raise Refused("text_missing", _("请写明发生了什么。"), field="text")
    if told.named and not (told.name.strip() and told.phone.strip()):
        raise Refused(
            "name_missing",
            _("实名投诉请写姓名和手机号；不想写的，请选匿名。"),
            field="phone" if told.name.strip() else "name",
        )
    if told.happened_on and told.happened_on > timezone.localdate():
        raise Refused("date_ahead", _("发生日期还没有到，请核对。"), field="happened_on")
    if len(told.pictures) > (most := value(p.PICTURES)):
        raise Refused(
            "too_many_pictures",
            _("一次最多附 %(most)d 个，其余的提交后可以在查询页补充。"),
            field="pictures",
            most=most,
        )


def _register(told: Told, index: str, code: str, *, by: User | None) -> Complaint:
    now, target = timezone.now(), told.target
    handler = targets.handler_of(target)
    number = numbers.take(f"TS-{timezone.localdate(now).year}", digits=6)
    made = Complaint.objects.create(
        number=number,
        code_hash=code_hash(number, code),
        form_index=index,
        owner_index=owner_index(told.account) if told.account else "",
        channel=Channel(told.channel).value,
        kind=told.kind,
        organization=target.organization or _institution_of(target),
        training_class=target.training_class,
        certificate=target.certificate,
        about="" if target.organization or target.certificate else told.about.strip(),
        prefecture=_place(target),
        handler=handler,
        text=told.text.strip(),
        wish=told.wish.strip(),
        rating_words="",
        happened_on=told.happened_on,
        named=told.named,
        filed_at=now,
        **clocks(now, handler.prefecture_id),
    )
    if told.named:
        account = str(told.account.pk) if told.account else ""
        Complainant.objects.create(
            complaint=made, name=told.name.strip(), phone=told.phone.strip(), account=account
        )
    keep_evidence(made, told.pictures, told.film)
    facts: dict[str, Any] = {"handler": handler.name, "kind": made.kind, "named": made.named}
    verb = ComplaintEvent.FILED
    if by is not None:
        verb, facts["channel"] = ComplaintEvent.TAKEN_DOWN, str(made.get_channel_display())
    audit.record(verb, made, by=by, **facts)
    telling.officers(made, _("新的投诉 %(number)s：%(kind)s"))
    return made


def _institution_of(target: Target) -> Organization | None:
    return target.certificate.institution if target.certificate else None


def _place(target: Target) -> Division:
    """Where it happened; what is about a body of the whole region lies in the region."""
    if target.prefecture is not None:
        return target.prefecture
    return Division.objects.get(level=Level.REGION)


def clocks(now: datetime, prefecture: str | None) -> dict[str, datetime]:
    """Until when each step is due for what came in at ``now``.

    Source: project register of facts, §9 (1, 5 and 15 working days; written notice in 15 days).
    """
    days = settings_of(
        p.ASSIGN_DAYS, p.REPLY_DAYS, p.CLOSE_DAYS, p.NOTICE_DAYS, prefecture=prefecture
    )

    def due(parameter: Any) -> datetime:
        return workdays.deadline(now, days[parameter.key].value)

    return {
        "assign_due": due(p.ASSIGN_DAYS),
        "reply_due": due(p.REPLY_DAYS),
        "close_due": due(p.CLOSE_DAYS),
        "notice_due": now + timedelta(days=days[p.NOTICE_DAYS.key].value),
    }


def keep_evidence(
    complaint: Complaint,
    pictures: Iterable[Evidence],
    film: Evidence | None,
    word: Word | None = None,
) -> None:
    """Keep what was handed in, without name, address or place. A refusal names its field."""
    handed_in = [("pictures", one) for one in pictures]
    if film:
        handed_in.append(("film", film))
    for name, one in handed_in:
        try:
            stored = kept(one, by=None).file
        except Refused as refusal:
            refusal.field = name
            raise
        Attachment.objects.create(
            complaint=complaint, word=word, file=stored, added_at=timezone.now()
        )
