"""The licence to train: entered, corrected and ended by the bureau that saw it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.institutions.access import may_enter_licence
from zhupei.institutions.actions import shared
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Licence
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job


@transaction.atomic
def enter_licence(
    organization: Organization,
    *,
    by: User,
    number: str,
    jobs: Iterable[Job],
    paper: File[bytes] | None = None,
    **dates: Any,
) -> Licence:
    """The bureau enters a licence it has seen: its number, scope and days (``valid_from``,
    ``valid_until``), perhaps its ``issuer`` and a scan.

    Raises NotAllowed; Refused "licence_known", "licence_dates" or what a file is refused for.

    Source: Measures, art. 9.
    """
    _entering(organization, by)
    _check(number, **dates)
    stored = shared.paper(paper, by=by, field="paper")
    licence = Licence.objects.create(
        organization=organization, number=number, paper=stored, **dates
    )
    licence.jobs.set(jobs)
    audit.record(
        InstitutionEvent.LICENCE_ENTERED,
        organization,
        by=by,
        number=number,
        valid_until=licence.valid_until.isoformat(),
    )
    return licence


@transaction.atomic
def change(
    licence: Licence,
    *,
    by: User,
    jobs: Iterable[Job],
    paper: File[bytes] | None = None,
    **said: Any,
) -> Licence:
    """Put right what was entered wrongly, or enter a prolongation. Raises as ``enter_licence``."""
    row = shared.locked(licence)
    _entering(row.organization, by)
    _check(**said, than=row)
    stored = shared.paper(paper, by=by, field="paper")
    if stored:
        said["paper"] = stored
    changes = shared.change(row, said) + _scope(row, list(jobs))
    verb = InstitutionEvent.LICENCE_CHANGED
    shared.record_changes(verb, row.organization, changes, by=by, number=row.number)
    return row


@transaction.atomic
def end(licence: Licence, *, by: User, on: date, note: str) -> Licence:
    """The licence ends before its day: revoked, handed back, or replaced by another.

    Raises NotAllowed; Refused "licence_over" (it ended before that day) or "note_required".
    """
    row = shared.locked(licence)
    _entering(row.organization, by)
    if not note.strip():
        raise Refused("note_required", gettext_lazy("请写明终止的原因和文号。"), field="note")
    if not row.valid_from <= on < row.valid_until:
        raise Refused(
            "licence_over",
            gettext_lazy(
                "许可证的有效期是 %(first)s 至 %(last)s。请填写这之间、早于到期日的一天。"
            ),
            field="on",
            first=row.valid_from.isoformat(),
            last=row.valid_until.isoformat(),
        )
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    facts: dict[str, Any] = {"number": row.number, "day": on.isoformat(), "note": note.strip()}
    audit.record(InstitutionEvent.LICENCE_ENDED, row.organization, by=by, **facts)
    return row


def _entering(organization: Organization, by: User) -> None:
    if not may_enter_licence(by, organization):
        raise NotAllowed("not_allowed", gettext_lazy("办学许可证由属地住建局核对原件后登记。"))


def _check(
    number: str,
    valid_from: date,
    valid_until: date,
    issuer: str = "",  # noqa: ARG001 - anything may be said of who issued it
    *,
    than: Licence | None = None,
) -> None:
    others = shared.others(Licence.objects.all(), than)
    if others.filter(number=number).exists():
        raise Refused("licence_known", gettext_lazy("这个许可证号已经登记过。"), field="number")
    if valid_until < valid_from:
        raise Refused(
            "licence_dates", gettext_lazy("结束早于开始，请检查两个日期。"), field="valid_until"
        )


def _scope(row: Licence, jobs: list[Job]) -> list[shared.Change]:
    """Write the scope; what changed of it."""
    before = list(row.jobs.order_by("code"))
    after = sorted(jobs, key=lambda job: job.code)
    if before == after:
        return []
    row.jobs.set(after)
    words = ["、".join(map(str, some)) or _("无") for some in (before, after)]
    return [{"field": _("办学内容"), "before": words[0], "after": words[1]}]
