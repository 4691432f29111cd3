"""The people of a body: who acts for it in which role, from when to when, and how they get in."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations import rules
from zhupei.organizations.access import may_appoint, may_keep_identities
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.models import OFFICERS, Kind, Membership, Organization, Role
from zhupei.people import accounts
from zhupei.people.models import User


@transaction.atomic
def appoint(
    organization: Organization, user: User, role: Role, *, by: User | None, since: date
) -> Membership:
    """Let ``user`` act for ``organization`` in ``role`` from a day on; also again, after an end.

    Raises NotAllowed; Refused "role_not_offered" or "member_already".
    """
    row = _open_to(by, organization)
    if role not in rules.roles_of(row.kind):
        raise Refused(
            "role_not_offered",
            _("“%(kind)s”没有“%(role)s”这个角色。请选择所列的角色。"),
            field="role",
            kind=Kind(row.kind).label,
            role=Role(role).label,
        )
    membership = Membership.objects.filter(user=user, organization=row, role=role).first()
    before = _dates(membership) if membership else None
    if membership is None:
        membership = Membership(organization=row, user=user, role=role)
    elif membership.until is None or membership.until >= since:
        raise Refused(
            "member_already",
            _("“%(name)s”已经是%(role)s。"),
            field="role",
            name=user,
            role=Role(role).label,
        )
    membership.since, membership.until = since, None
    membership.save()
    _record(OrganizationEvent.MEMBER_JOINED, membership, by, before=before)
    return membership


@transaction.atomic
def add(
    organization: Organization, *, by: User | None, name: str, phone: str, role: Role
) -> Membership:
    """Let a colleague act for ``organization`` from today. Who has no account gets one, and a link
    to choose the password; who has one is told. Teachers are those the pool knows by their phone.

    Raises what ``appoint`` and ``people.accounts.open_account`` raise; Refused "teacher_unknown".
    """
    _open_to(by, organization)
    name, phone = accounts.checked(name, phone)
    user, new = _teacher(name, phone, by) if role == Role.TEACHER else _officer(name, phone, by)
    membership = appoint(organization, user, role, by=by, since=timezone.localdate())
    if not new:
        words = _("您现在是“%(organization)s”的%(role)s")
        facts = {"organization": organization, "role": Role(role).label}
        messages.tell([user], str(words) % facts)
    return membership


@transaction.atomic
def end(
    membership: Membership, *, by: User | None, last_day: date | None = None
) -> Membership | None:
    """Let somebody act for the body no longer than ``last_day``; without one, from this moment.

    A role given today and taken back at once leaves no row, only its two events.
    Raises NotAllowed; Refused "membership_over", "last_day_before_first", "own_last_role" or
    "last_officer".
    """
    organization = _open_to(by, membership.organization)
    row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    today = timezone.localdate()
    last = last_day or today - timedelta(days=1)
    if row.until and row.until < today:
        raise Refused("membership_over", _("这个任职已经结束。"))
    if last_day and last_day < max(row.since, today):
        raise Refused(
            "last_day_before_first",
            _("最后一天不能早于今天，也不能早于开始任职那天。要立即停止，这一项不填。"),
            field="last_day",
        )
    _keep_an_officer(organization, row, last, by)
    before = _dates(row)
    if last < row.since:
        after = {"since": row.since.isoformat(), "until": last.isoformat()}
        _record(OrganizationEvent.MEMBER_LEFT, row, by, before=before, after=after)
        row.delete()
        return None
    row.until = last
    row.save(update_fields=["until"])
    _record(OrganizationEvent.MEMBER_LEFT, row, by, before=before)
    return row


@transaction.atomic
def reset(membership: Membership, *, by: User | None, phone: str = "") -> None:
    """Send a member a link to choose a new password. ``phone`` is only for accounts without one.

    Raises NotAllowed; Refused "membership_over" or what ``people.accounts.send_link`` and
    ``enter_phone`` raise.
    """
    organization = _open_to(by, membership.organization)
    if membership.until and membership.until < timezone.localdate():
        raise Refused("membership_over", _("这个任职已经结束，不能再发链接。"))
    user = membership.user
    if phone:
        user = accounts.enter_phone(user, phone, by=by)
    accounts.send_link(user, by=by)
    facts: dict[str, Any] = {"member": str(user), "account": user.pk}
    audit.record(OrganizationEvent.LINK_SENT, organization, by=by, **facts)


@transaction.atomic
def change_phone(membership: Membership, *, by: User, phone: str, reason: str) -> None:
    """Another phone for the account of a member.

    Raises NotAllowed, or what ``people.accounts.change_phone`` raises.
    """
    organization = _open_to(by, membership.organization)
    if not may_keep_identities(by):
        raise NotAllowed("not_allowed", _("登记过的手机号只有自治区住建厅能改。"))
    user = accounts.change_phone(membership.user, phone, by=by, reason=reason)
    facts: dict[str, Any] = {"member": str(user), "account": user.pk, "note": reason.strip()}
    audit.record(OrganizationEvent.PHONE_CHANGED, organization, by=by, **facts)


def _open_to(by: User | None, organization: Organization) -> Organization:
    """The locked body, when ``by`` may decide on its people. Two who end each other wait."""
    row = Organization.objects.select_for_update(no_key=True, of=("self",)).get(pk=organization.pk)
    if not may_appoint(by, row):
        raise NotAllowed(
            "not_allowed", _("只有本单位或自治区住建厅能安排“%(name)s”的人员。"), name=row
        )
    return row


def _officer(name: str, phone: str, by: User | None) -> tuple[User, bool]:
    known = accounts.owner_of(name, phone)
    return (known, False) if known else (accounts.open_account(name, phone, by=by), True)


def _teacher(name: str, phone: str, by: User | None) -> tuple[User, bool]:
    person = accounts.person_of(name, phone)
    if person is None:
        raise Refused(
            "teacher_unknown",
            _("没有用这个手机号登记过的教师。请先把教师报进师资库，再为他开账号。"),
            field="phone",
        )
    known = User.objects.filter(person=person).first()
    if known:
        return known, False
    return accounts.open_account(name, phone, by=by, person=person), True


def _keep_an_officer(
    organization: Organization, row: Membership, last: date, by: User | None
) -> None:
    """Nobody locks themself out, and no body is left without anybody to do its work."""
    staying = Membership.objects.filter(
        Q(until__isnull=True) | Q(until__gt=last), organization=organization
    ).exclude(pk=row.pk)
    if by and row.user_id == by.pk and not staying.filter(user=by).exists():
        raise Refused(
            "own_last_role", _("这是您自己在本单位的最后一个角色，请同事或自治区住建厅来结束。")
        )
    if row.role in OFFICERS and not staying.filter(role__in=OFFICERS).exists():
        raise Refused(
            "last_officer",
            _("“%(name)s”至少要有一名办事人员。请先安排接替的人，再结束这个任职。"),
            name=organization,
        )


def _dates(membership: Membership) -> dict[str, str]:
    until = membership.until.isoformat() if membership.until else ""
    return {"since": membership.since.isoformat(), "until": until}


def _record(verb: OrganizationEvent, membership: Membership, by: User | None, **facts: Any) -> None:
    audit.record(
        verb,
        membership.organization,
        by=by,
        member=str(membership.user),
        account=membership.user_id,
        role=str(Role(membership.role).label),
        **({"after": _dates(membership)} | facts),
    )
