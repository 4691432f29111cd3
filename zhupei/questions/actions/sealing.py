"""Sealed sets: shut by one person, opened again by two; keys are given by two and taken by one.

Source: project register of facts, §5 (items are known to nobody who has not been named).
"""

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations import offices
from zhupei.people.models import User
from zhupei.questions.access import may_keep
from zhupei.questions.actions.turns import experts_of_all
from zhupei.questions.events import SealEvent
from zhupei.questions.models import Keyholder, QuestionSet


def _kept(question_set: QuestionSet, by: User) -> QuestionSet:
    row = QuestionSet.objects.select_for_update(of=("self",)).get(pk=question_set.pk)
    if not may_keep(by, row):
        raise NotAllowed("not_allowed", _("封存和启封由自治区住建厅办理（依据：第二十一条）。"))
    return row


def _sealed(question_set: QuestionSet, by: User) -> QuestionSet:
    row = _kept(question_set, by)
    if not row.is_sealed:
        raise Refused("not_sealed", _("这个题库没有封存。请刷新页面。"))
    return row


@transaction.atomic
def seal(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Shut a set away: from now on only people named on it may open it, and nothing is drawn.

    Raises NotAllowed; Refused "sealed_already".
    """
    row = _kept(question_set, by)
    if row.is_sealed:
        raise Refused("sealed_already", _("这个题库已经封存。"))
    row.sealed_at, row.sealed_by = timezone.now(), by
    row.save(update_fields=["sealed_at", "sealed_by"])
    audit.record(SealEvent.SEALED, row, by=by, note=note.strip())
    return row


@transaction.atomic
def ask_unseal(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Propose to open a set to all who keep the bank; a second person has to agree.

    Raises NotAllowed; Refused "not_sealed", "asked_already", "note_required".
    """
    row = _sealed(question_set, by)
    if row.unseal_asked_at is not None:
        raise Refused("asked_already", _("已有人申请启封，等另一位管理员确认。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么启封。"), field="note")
    row.unseal_asked_at, row.unseal_asked_by = timezone.now(), by
    row.save(update_fields=["unseal_asked_at", "unseal_asked_by"])
    audit.record(SealEvent.UNSEAL_ASKED, row, by=by, note=note.strip())
    return row


@transaction.atomic
def unseal(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Agree to open it. Raises NotAllowed; Refused "not_sealed", "not_asked", "second_person"."""
    row = _asked(question_set, by)
    if row.unseal_asked_by_id == by.pk:
        raise Refused("second_person", _("启封要两个人：请另一位管理员确认。"))
    row.sealed_at = row.sealed_by = row.unseal_asked_at = row.unseal_asked_by = None
    row.save(update_fields=["sealed_at", "sealed_by", "unseal_asked_at", "unseal_asked_by"])
    row.keyholders.open().update(ended_at=timezone.now(), ended_by=by)
    audit.record(SealEvent.UNSEALED, row, by=by, note=note.strip())
    return row


@transaction.atomic
def keep_sealed(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Turn the proposal down, or take it back. Raises what ``unseal`` does."""
    row = _asked(question_set, by)
    row.unseal_asked_at = row.unseal_asked_by = None
    row.save(update_fields=["unseal_asked_at", "unseal_asked_by"])
    audit.record(SealEvent.KEPT_SEALED, row, by=by, note=note.strip())
    return row


def _asked(question_set: QuestionSet, by: User) -> QuestionSet:
    row = _sealed(question_set, by)
    if row.unseal_asked_at is None:
        raise Refused("not_asked", _("没有人申请启封。请刷新页面。"))
    return row


@transaction.atomic
def name(question_set: QuestionSet, user: User, *, by: User, reason: str) -> Keyholder:
    """Propose somebody who may open a sealed set; a second person has to agree.

    Raises NotAllowed; Refused "not_sealed", "reason_missing", "not_of_the_bank", "named_already".
    """
    row = _sealed(question_set, by)
    if not reason.strip():
        raise Refused("reason_missing", _("请写明为什么要看。"), field="reason")
    if not may_be_named().filter(pk=user.pk).exists():
        raise Refused("not_of_the_bank", _("只能指定题库管理员或题库专家。"), field="user")
    if row.keyholders.open().filter(user=user).exists():
        raise Refused("named_already", _("“%(user)s”已在名单上。"), field="user", user=user)
    holder = Keyholder.objects.create(
        question_set=row, user=user, reason=reason.strip(), named_by=by
    )
    audit.record(SealEvent.NAMED, row, by=by, person=str(user), note=holder.reason)
    return holder


def may_be_named() -> QuerySet[User]:
    """Those who keep the bank, and its experts."""
    return User.objects.filter(
        Q(pk__in=offices.regulators().values("pk")) | Q(pk__in=experts_of_all().values("pk"))
    )


def _named(holder: Keyholder, by: User) -> Keyholder:
    row = (
        Keyholder.objects.select_for_update(of=("self",))
        .select_related("question_set", "user")
        .get(pk=holder.pk)
    )
    if not may_keep(by, row.question_set):
        raise NotAllowed("not_allowed", _("具名查看由自治区住建厅办理（依据：第二十一条）。"))
    if row.ended_at is not None:
        raise Refused("ended_already", _("“%(user)s”已不在名单上。"), user=row.user)
    return row


@transaction.atomic
def confirm(holder: Keyholder, *, by: User, note: str = "") -> Keyholder:
    """Agree that somebody may open it. Neither who proposed it nor who is named agrees.

    Raises NotAllowed; Refused "ended_already", "confirmed_already", "second_person".
    """
    row = _named(holder, by)
    if row.confirmed_at is not None:
        raise Refused("confirmed_already", _("已经确认过。"))
    if by.pk in {row.named_by_id, row.user_id}:
        raise Refused(
            "second_person", _("具名要两个人办：请另一位管理员确认，本人也不能确认自己。")
        )
    row.confirmed_at, row.confirmed_by = timezone.now(), by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    audit.record(
        SealEvent.KEY_GIVEN, row.question_set, by=by, person=str(row.user), note=note.strip()
    )
    return row


@transaction.atomic
def end(holder: Keyholder, *, by: User, note: str = "") -> Keyholder:
    """Take somebody off the list at once. Raises NotAllowed; Refused "ended_already"."""
    row = _named(holder, by)
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    audit.record(
        SealEvent.KEY_TAKEN, row.question_set, by=by, person=str(row.user), note=note.strip()
    )
    return row
