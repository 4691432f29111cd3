"""The roster of a class: a spreadsheet rehearsed, imported, and its people invited.

Source: Measures, art. 11 (taking part is voluntary: a row is an invitation, not an enrolment) and
art. 12 (培训学员名册).
"""

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes import roster
from zhupei.classes.access import may_invite, may_see_identities
from zhupei.classes.actions.shared import locked
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import (
    Enrolment,
    Invitation,
    InvitationState,
    TrainingClass,
)
from zhupei.classes.roster import Entry
from zhupei.classes.workflow import INVITATION
from zhupei.core import audit, messages
from zhupei.core import waiting as waitingroom
from zhupei.core.crypto import blind_index
from zhupei.core.errors import NotAllowed
from zhupei.core.import_kinds import Reading, Row
from zhupei.core.models import TextMessage, WaitingFile
from zhupei.core.parameters import value
from zhupei.people.models import Person, User
from zhupei.people.parameters import MINIMUM_AGE


@transaction.atomic
def receive(training_class: TrainingClass, *, by: User, upload: File[bytes]) -> WaitingFile:
    """Keep a roster for its dry run, sealed. Raises what ``core.imports`` refuses of the file."""
    row = inviting(training_class, by)
    waiting = waitingroom.keep(upload, target=row, by=by)
    rehearse(waiting, row)  # one nobody can read is not kept
    return waiting


def rehearse(waiting: WaitingFile, training_class: TrainingClass) -> Reading[Entry]:
    """What the file says, row by row; nothing is stored."""
    return _read(waitingroom.content(waiting), training_class)


def _read(content: BinaryIO, training_class: TrainingClass) -> Reading[Entry]:
    years = value(MINIMUM_AGE, prefecture=training_class.prefecture_id)
    return roster.read(content, on=training_class.starts_on, minimum_age=years)


@transaction.atomic
def confirm_import(
    waiting: WaitingFile, training_class: TrainingClass, *, by: User
) -> list[Invitation]:
    """Invite the people of the good rows, and forget the file.

    Raises Refused "already_imported" when it is confirmed a second time.
    """
    reading = _read(waitingroom.take(waiting, target=training_class, by=by), training_class)
    return invite(training_class, by=by, rows=reading.good)


@transaction.atomic
def invite(
    training_class: TrainingClass, *, by: User, rows: Iterable[Row[Entry]]
) -> list[Invitation]:
    """Invite the people of good roster rows; who is invited or enrolled already is passed over.

    Short messages leave at once when the class is in effect, otherwise when it takes effect.
    """
    row = inviting(training_class, by)
    entries = {
        blind_index(one.value.id_number, purpose="id_number"): one.value
        for one in rows
        if one.value is not None
    }
    known = _known(row, entries)
    made = Invitation.objects.bulk_create(
        _invitation(row, index, entry) for index, entry in entries.items() if index not in known
    )
    if made:
        passed_over = len(entries) - len(made)
        audit.record(ClassEvent.INVITED, row, by=by, count=len(made), passed_over=passed_over)
    if row.in_effect:
        send_invitations(row, made)
    return made


def inviting(training_class: TrainingClass, by: User) -> TrainingClass:
    """The locked class, when ``by`` may put people on its roster. Raises NotAllowed."""
    row = locked(training_class)
    if not may_invite(by, row):
        raise NotAllowed(
            "not_allowed",
            _("您不能为“%(title)s”（%(state)s）导入名册。只有本机构教务员能导入，结班后不再导入。"),
            title=row.title,
            state=row.get_state_display(),
        )
    return row


def _known(row: TrainingClass, indexes: Iterable[str]) -> set[str]:
    """Who of these is invited or enrolled already."""
    wanted = list(indexes)
    invited = row.invitations.exclude(state=InvitationState.WITHDRAWN).filter(id_index__in=wanted)
    enrolled = Enrolment.objects.active().filter(training_class=row, person__id_index__in=wanted)
    return set(invited.values_list("id_index", flat=True)) | set(
        enrolled.values_list("person__id_index", flat=True)
    )


def _invitation(row: TrainingClass, index: str, entry: Entry) -> Invitation:
    return Invitation(
        training_class=row,
        name=entry.name,
        id_number=entry.id_number,
        id_index=index,
        id_last_four=entry.id_number[-4:],
        phone=entry.phone,
        employer=entry.employer,
        invited_at=timezone.now(),
    )


@transaction.atomic
def take_back(invitation: Invitation, *, by: User) -> Invitation:
    """Take one invitation back; its link leads nowhere from now on. Whoever confirmed stays."""
    row = locked(invitation.training_class)
    gone = INVITATION.move(invitation, "take_back", by=by, within=row)
    accounts = User.objects.filter(person__id_index=gone.id_index)
    title = str(_("机构撤回了“%(title)s”的邀请")) % {"title": row.title}
    messages.tell(accounts, title, body=str(_("没有任何影响。想参加可以看开班信息。")))
    return gone


def send_invitations(training_class: TrainingClass, invitations: Iterable[Invitation]) -> None:
    """A short message to everybody who has a telephone, with the address only they know; and a
    line in the inbox of those who have an account.
    """
    invited = {one.id_index: one for one in invitations}
    TextMessage.objects.bulk_create(
        TextMessage(phone=one.phone, text=_invitation_words(training_class, one))
        for one in invited.values()
        if one.phone
    )
    title = str(_("请您参加“%(title)s”")) % {"title": training_class.title}
    body = str(_("%(institution)s的邀请。参加与否由您自己决定。"))
    known = Person.objects.filter(id_index__in=invited, account__isnull=False)
    urls = {
        person.account: reverse("join:invitation", args=[invited[person.id_index].token])
        for person in known.select_related("account")
    }
    messages.tell_each(urls, title, body=body % {"institution": training_class.organization})


def _invitation_words(training_class: TrainingClass, invitation: Invitation) -> str:
    address = settings.PUBLIC_URL + reverse("join:invitation", args=[invitation.token])
    words = _(
        "【筑培】%(institution)s请您参加“%(title)s”，%(month)d月%(day)d日开课。"
        "参加与否由您自己决定，请本人打开 %(address)s 确认或谢绝。"
    )
    return str(words) % {
        "institution": training_class.organization,
        "title": training_class.title,
        "month": training_class.starts_on.month,
        "day": training_class.starts_on.day,
        "address": address,
    }


@transaction.atomic
def show_identities(training_class: TrainingClass, *, by: User, count: int) -> None:
    """Record that somebody reads the whole identity numbers of the list before them.

    Source: PIPL, art. 51 and 54 (who looked at personal data can be told afterwards).
    """
    if not may_see_identities(by, training_class):
        raise NotAllowed("not_allowed", _("您的身份不能查看完整证件号码。"))
    audit.record(ClassEvent.IDENTITIES_VIEWED, training_class, by=by, count=count)


def invited_already(training_class: TrainingClass, rows: Sequence[Row[Entry]]) -> int:
    """How many of the good rows name somebody who needs no invitation any more."""
    indexes = [blind_index(x.value.id_number, purpose="id_number") for x in rows if x.value]
    return len(_known(training_class, indexes))
