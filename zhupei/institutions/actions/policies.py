"""The management policies of an institution, each in the version in force and those before it.

Source: notice, part 1, section 1 (policies for teaching, learners, practice rooms, safety, …).
"""

from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Policy, PolicyKind
from zhupei.organizations.models import Organization
from zhupei.people.models import User


@transaction.atomic
def adopt(
    organization: Organization,
    *,
    by: User,
    kind: str,
    title: str,
    adopted_on: date,
    file: File[bytes] | None,
) -> Policy:
    """A policy in a new version; the one in force before is replaced on the same day.

    Raises NotAllowed; Refused "policy_without_text", "adopted_before" (the version in force is
    younger) or what a file is refused for.
    """
    organization = shared.keeper(organization, by)
    before = organization.policies.filter(kind=kind, replaced_on__isnull=True).first()
    if before and adopted_on <= before.adopted_on:
        raise Refused(
            "adopted_before",
            _("现行版本自 %(day)s 施行。新版本的施行日期要晚于它。"),
            field="adopted_on",
            day=dated(before.adopted_on),
        )
    stored = shared.paper(file, by=by, field="file")
    if stored is None:
        raise Refused("policy_without_text", _("请上传制度文本。"), field="file")
    if before:
        before.replaced_on = adopted_on
        before.save(update_fields=["replaced_on"])
    policy = Policy.objects.create(
        organization=organization, kind=kind, title=title, adopted_on=adopted_on, file=stored
    )
    facts: dict[str, Any] = {**_named(policy), "day": dated(adopted_on), "sha256": stored.sha256}
    audit.record(InstitutionEvent.POLICY_ADOPTED, organization, by=by, **facts)
    return policy


@transaction.atomic
def withdraw(policy: Policy, *, by: User, on: date) -> Policy:
    """A policy ends and nothing replaces it.

    Raises NotAllowed; Refused "policy_replaced" (it is not in force) or "withdrawn_before".
    """
    row = shared.held(policy, by)
    if row.replaced_on:
        raise Refused(
            "policy_replaced",
            _("《%(title)s》已于 %(day)s 被取代或废止。"),
            title=row.title,
            day=dated(row.replaced_on),
        )
    if on < row.adopted_on:
        raise Refused("withdrawn_before", _("废止不会早于施行，请检查日期。"), field="on")
    row.replaced_on = on
    row.save(update_fields=["replaced_on"])
    facts: dict[str, Any] = {**_named(row), "day": dated(on)}
    audit.record(InstitutionEvent.POLICY_WITHDRAWN, row.organization, by=by, **facts)
    return row


def _named(policy: Policy) -> dict[str, Any]:
    return {"kind": str(PolicyKind(policy.kind).label), "title": policy.title}
