"""Trial runs from a page: the small ones at once, the large ones by the worker, with progress."""

import secrets

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.core import longjobs
from zhupei.core.errors import Refused
from zhupei.core.models import LongJob
from zhupei.papers.actions import assembling
from zhupei.papers.bank import rows_of
from zhupei.papers.models import Assembly, Blueprint
from zhupei.people.models import User

TRY = "zhupei.papers.jobs.try_out"  # named, because jobs import this module
MANY = 100  # more items on all forms together are more than a page should wait for


def ask(blueprint: Blueprint, *, forms: int, seed: str, by: User) -> Assembly | LongJob:
    """The forms themselves where that is quick, else a job that makes them.

    Raises as ``assembling.rehearse``.
    """
    size = sum(row.count for row in rows_of(blueprint))
    if forms * size <= MANY:
        return assembling.rehearse(blueprint, forms=forms, by=by, seed=seed or None)
    assembling.check(blueprint, forms=forms, by=by)
    return _later(blueprint, forms, seed or secrets.token_hex(16), by)


@transaction.atomic
def _later(blueprint: Blueprint, forms: int, seed: str, by: User) -> LongJob:
    job = longjobs.ask(str(_("试组卷：%(thing)s")) % {"thing": blueprint}, by=by, total=forms)
    job.url = reverse("papers:making", args=[job.pk])
    job.save(update_fields=["url"])
    jobs.configure_task(TRY).defer(
        blueprint=blueprint.pk,
        forms=forms,
        seed=seed,
        membership=by.acting.pk,
        progress=job.pk,
    )
    return job


def run(blueprint: Blueprint, *, forms: int, seed: str, by: User, progress: LongJob) -> None:
    """Make what was asked for; say how far it is after each form, and how it ended."""
    try:
        made = assembling.rehearse_with(
            blueprint,
            forms=forms,
            by=by,
            seed=seed,
            told=lambda done: longjobs.advance(progress, done),
        )
    except Refused as refusal:
        with transaction.atomic():
            longjobs.fail(progress, str(refusal))
        return
    with transaction.atomic():
        progress.url = reverse("papers:assembly", args=[made.pk])
        progress.save(update_fields=["url"])
        longjobs.finish(progress, str(_("%(count)d 套卷已组好。")) % {"count": forms})
