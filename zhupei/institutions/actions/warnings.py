"""Licences that run out: those who have to act are told, once at each of the days set for it.

Source: Measures, art. 9 (training only after the licence was obtained).
"""

from datetime import date, timedelta
from itertools import chain
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, messages
from zhupei.core.models import Event
from zhupei.core.templatetags.ui import dated
from zhupei.institutions import offices, parameters
from zhupei.institutions.events import InstitutionEvent
from zhupei.institutions.models import Licence, Standing
from zhupei.institutions.rules.licences import LicenceFacts, due, succeeded

STILL_NEWS = timedelta(days=30)  # what ran out before is no news, only a state of the page
EXPIRED = 0  # the stage after the last warning


class _Warning(NamedTuple):
    """One thing to say about one licence; ``stage`` is how many days ahead it is said."""

    licence: Licence
    stage: int

    @property
    def key(self) -> tuple[str, str, str, str]:
        licence = self.licence
        subject = audit.subject_key(licence.organization)
        return subject, licence.number, licence.valid_until.isoformat(), str(self.stage)


@transaction.atomic
def warn() -> int:
    """Tell registrars and bureau of every licence that runs out or ran out; return how many."""
    today = timezone.localdate()
    due_now = _due(today, parameters.warn_at(today))
    told = _told(due_now)
    fresh = [warning for warning in due_now if warning.key not in told]
    for warning in fresh:
        _tell(warning, today)
    return len(fresh)


def _due(today: date, warn_at: list[int]) -> list[_Warning]:
    ahead = today + timedelta(days=max(warn_at))
    rows = Licence._base_manager.select_for_update(skip_locked=True, of=("self",)).filter(
        valid_until__range=(today - STILL_NEWS, ahead), valid_from__lte=today
    )
    there = rows.exclude(organization__admission__state=Standing.LEFT)
    related = there.select_related("organization").prefetch_related("jobs")
    licences = list(related.order_by("valid_until", "pk"))
    others = _others(licences)
    return [
        _Warning(licence, stage)
        for licence in licences
        if not succeeded(_facts(licence), others[licence.organization_id])
        for stage in [_stage(licence, today, warn_at)]
        if stage is not None
    ]


def _stage(licence: Licence, today: date, warn_at: list[int]) -> int | None:
    left = (licence.valid_until - today).days
    return EXPIRED if left < 0 else due(left, warn_at)


def _others(licences: list[Licence]) -> dict[int, list[LicenceFacts]]:
    owners = {licence.organization_id for licence in licences}
    found: dict[int, list[LicenceFacts]] = {owner: [] for owner in owners}
    for licence in Licence.objects.filter(organization__in=owners).prefetch_related("jobs"):
        found[licence.organization_id].append(_facts(licence))
    return found


def _facts(licence: Licence) -> LicenceFacts:
    jobs = frozenset(str(job.pk) for job in licence.jobs.all())
    return LicenceFacts(licence.number, licence.valid_from, licence.valid_until, jobs)


def _told(warnings: list[_Warning]) -> set[tuple[str, str, str, str]]:
    """What was said before, of these licences as they are now."""
    subjects = {warning.key[0] for warning in warnings}
    verbs = Q(verb=InstitutionEvent.LICENCE_RUNS_OUT) | Q(verb=InstitutionEvent.LICENCE_EXPIRED)
    events = Event.objects.filter(verbs, subject__in=subjects)
    return {
        (event.subject, event.facts["number"], event.facts["last"], str(event.facts["stage"]))
        for event in events
    }


def _tell(warning: _Warning, today: date) -> None:
    licence, organization = warning.licence, warning.licence.organization
    over = licence.valid_until < today
    facts: dict[str, Any] = {
        "number": licence.number,
        "valid_until": dated(licence.valid_until),
        "last": licence.valid_until.isoformat(),
        "stage": warning.stage,
    }
    verb = InstitutionEvent.LICENCE_EXPIRED if over else InstitutionEvent.LICENCE_RUNS_OUT
    audit.record(verb, organization, by=None, **facts)
    title = (
        _("%(name)s的办学许可证已到期，不能再提交新的开班计划")
        if over
        else _("%(name)s的办学许可证还有 %(left)s 天到期")
    )
    words = {"name": organization.name, "left": (licence.valid_until - today).days}
    messages.tell(
        list(chain(offices.registrars(organization), offices.reviewers(organization))),
        str(title) % words,
        body=str(_("许可证号 %(number)s，有效期至 %(valid_until)s。")) % facts,
        url=reverse("institutions:people", args=[organization.pk]),
    )
