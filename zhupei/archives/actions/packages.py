"""What can be done with archives: make a package, fetch it, check it.

Small packages are made in place; for a large one a job does it, with its progress on a page.
"""

import tempfile
from functools import partial
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.archives.access import may_open
from zhupei.archives.events import ArchiveEvent
from zhupei.archives.models import Package
from zhupei.archives.subjects import KINDS, Kind, Thing, kind_of
from zhupei.core import audit, bag, files, longjobs
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import LongJob, StoredFile
from zhupei.organizations.models import Membership
from zhupei.people.models import User

MAKE = "zhupei.archives.jobs.make_package"  # named, because jobs import this module


@transaction.atomic
def make(thing: Thing, *, by: User) -> Package:
    """一班一档, 一场一档: everything on record about a thing that is over, sealed.

    Raises NotAllowed; Refused "class_not_over", "sitting_not_over", "session_not_over".

    Source: Measures, art. 13 and 20; Archives Law, art. 39.
    """
    kind = kind_of(thing)
    rows = kind.model.objects.select_for_update(of=("self",)).select_related(*kind.beside)
    row = rows.get(pk=thing.pk)
    _check(kind, row, by)
    return _seal(kind, row, by=by)


def _check(kind: Kind, row: Thing, by: User) -> None:
    if not kind.may_make(by, row):
        raise NotAllowed("not_allowed", kind.for_whom)
    if not kind.is_over(row):
        code, sentence = kind.not_over
        raise Refused(code, sentence, thing=row, state=row.get_state_display())


def _seal(kind: Kind, thing: Thing, *, by: User) -> Package:
    """Write the package, keep it, and note its digest where nobody can change it."""
    now = timezone.now()
    contents = kind.gather(thing)
    name = bag.safe_name(f"{thing.number or thing.pk}-{timezone.localtime(now):%Y%m%d%H%M%S}")
    title = f"{kind.subject.label} {thing.title}"
    with tempfile.TemporaryDirectory(prefix="archive-") as scratch:
        archive = bag.write(
            Path(scratch, name),
            contents,
            {
                "Bagging-Date": f"{timezone.localtime(now):%Y-%m-%d}",
                "Bag-Software-Agent": "ZhuPei",
                "External-Description": title,
                "External-Identifier": f"{audit.subject_key(thing)} {thing.number or ''}",
                "Source-Organization": thing.organization.name,
            },
        )
        with archive.open("rb") as stream:
            file = files.keep_stream(
                File(stream), name=archive.name, media_type="application/zip", by=by
            )
    package = Package.objects.create(
        subject=kind.subject,
        subject_id=thing.pk,
        title=title,
        organization=thing.organization,
        prefecture=thing.prefecture,
        division=thing.division,
        file=file,
        made_at=now,
        made_by_name=str(by),
    )
    audit.record(
        ArchiveEvent.MADE,
        package,
        by=by,
        within=thing,
        files=len(contents),
        bytes=file.size,
        sha256=file.sha256,
        short=file.sha256[:8],
    )
    return package


# ── Asking for one from a page ───────────────────────────────────────────────────────────────


def ask(thing: Thing, *, by: User) -> Package | LongJob:
    """The package itself where that is quick, else a job that makes it."""
    kind = kind_of(thing)
    if not kind.is_large(thing):
        return make(thing, by=by)
    _check(kind, thing, by)
    return _make_later(kind, thing, by=by)


@transaction.atomic
def _make_later(kind: Kind, thing: Thing, *, by: User) -> LongJob:
    job = longjobs.ask(str(_("归档：%(thing)s")) % {"thing": thing}, by=by, total=1)
    job.url = reverse("archives:making", args=[job.pk])
    job.save(update_fields=["url"])
    jobs.configure_task(MAKE).defer(
        subject=kind.subject.value, pk=thing.pk, membership=by.acting.pk, progress=job.pk
    )
    return job


def make_for_job(subject: str, pk: int, *, membership: Membership, progress: LongJob) -> None:
    """Make what was asked for, in the role it was asked in; tell the asker how it ended."""
    user = progress.owner
    user.acting = membership
    thing = KINDS[subject].model.objects.get(pk=pk)
    try:
        with transaction.atomic():
            package = make(thing, by=user)
            progress.url = reverse("archives:detail", args=[package.pk])
            progress.save(update_fields=["url"])
            longjobs.finish(progress, str(_("档案包已制成：%(title)s")) % {"title": package.title})
    except Refused as refusal:
        with transaction.atomic():
            longjobs.fail(progress, str(refusal))


# ── Fetching, checking ───────────────────────────────────────────────────────────────────────


@transaction.atomic
def fetch(package: Package, *, by: User) -> StoredFile:
    """The file; every time it is fetched is an event. Raises NotAllowed."""
    _check_open(package, by)
    audit.record(ArchiveEvent.DOWNLOADED, package, by=by)
    return package.file


@transaction.atomic
def check(package: Package, *, by: User) -> list[str]:
    """Everything wrong with the stored package, as sentences; what was found is an event.

    Looks at the stored bytes against the digest noted when it was made, then inside.

    Source: DA/T 70-2018 (authenticity and completeness are tested again while records are kept).
    """
    _check_open(package, by)
    faults = _faults(package.file)
    if faults:
        audit.record(ArchiveEvent.FAULTS_FOUND, package, by=by, count=len(faults), first=faults[0])
    else:
        audit.record(ArchiveEvent.CHECKED, package, by=by)
    return faults


def _faults(file: StoredFile) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="archive-") as scratch:
        copy = Path(scratch, bag.safe_name(file.name))
        with default_storage.open(file.path) as stored, copy.open("xb") as out:
            for block in iter(partial(stored.read, bag.BLOCK), b""):
                out.write(block)
        noted = bag.fingerprint(copy) == file.sha256
        found = [str(fault) for fault in bag.verify(copy)]
    return found if noted else [str(_("档案包与归档时记下的指纹不符。")), *found]


def _check_open(package: Package, by: User) -> None:
    if not may_open(by, package):
        raise NotAllowed("not_allowed", _("您的身份不能打开档案包，里面有参加者的个人信息。"))
