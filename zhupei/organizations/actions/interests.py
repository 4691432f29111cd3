"""Declaring from whom one must stay away. Never taken back: a tie that ended keeps its dates."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.access import may_declare
from zhupei.organizations.events import OrganizationEvent
from zhupei.organizations.models import Interest, Membership, Organization
from zhupei.people.models import User


@transaction.atomic
def declare(
    membership: Membership, organization: Organization, *, kind: str, since: date, by: User
) -> Interest:
    """Write down a tie of whoever holds ``membership``.

    Raises NotAllowed; Refused "interest_in_own_body", "interest_in_future" or "interest_already".
    """
    _refuse_others(by, membership)
    if organization.pk == membership.organization_id:
        sentence = _("这是本人任职的单位，不用申报。请选择别的单位。")
        raise Refused("interest_in_own_body", sentence, field="organization")
    if since > timezone.localdate():
        raise Refused("interest_in_future", _("开始日期不能晚于今天。"), field="since")
    found, new = Interest.objects.get_or_create(
        user=membership.user, organization=organization, kind=kind, defaults={"since": since}
    )
    if not new:
        raise Refused("interest_already", _("这一条已经申报过。"), field="organization")
    _record(OrganizationEvent.INTEREST_DECLARED, membership, found, by)
    return found


@transaction.atomic
def end(interest: Interest, membership: Membership, *, until: date, by: User) -> None:
    """Say since when a tie is over; it goes on keeping them away for the years of the rule.

    Raises NotAllowed; Refused "interest_over" or "interest_ends_before_it_begins".
    """
    _refuse_others(by, membership)
    row = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk, user=membership.user)
    if row.until is not None:
        raise Refused("interest_over", _("这一条已经申报结束。"))
    if not row.since <= until <= timezone.localdate():
        raise Refused(
            "interest_ends_before_it_begins",
            _("结束日期不能早于开始日期（%(since)s），也不能晚于今天。"),
            field="until",
            since=row.since.isoformat(),
        )
    row.until = until
    row.save(update_fields=["until"])
    _record(OrganizationEvent.INTEREST_ENDED, membership, row, by)


def _refuse_others(by: User, membership: Membership) -> None:
    if not may_declare(by, membership):
        raise NotAllowed("not_allowed", _("回避情况由本人，或本单位管理人员的人申报。"))


def _record(verb: OrganizationEvent, membership: Membership, row: Interest, by: User) -> None:
    audit.record(
        verb,
        membership.organization,
        by=by,
        member=str(row.user),
        account=row.user_id,
        body=row.organization.name,
        kind=str(row.get_kind_display()),
        until=row.until.isoformat() if row.until else None,
    )
