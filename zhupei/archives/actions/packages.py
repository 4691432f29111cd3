"""What can be done with archives: make a package, fetch it, check it.

Small packages are made in place; for a large one a job does it, with its progress on a page.
"""

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.archives import rules
from zhupei.archives.access import may_make_for_class, may_make_for_sitting, may_open
from zhupei.archives.contents import assessment, training
from zhupei.archives.events import ArchiveEvent
from zhupei.archives.models import Package, Subject
from zhupei.classes.models import TrainingClass
from zhupei.core import audit, bag, files, longjobs
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import LongJob, StoredFile
from zhupei.exams.models import Sitting
from zhupei.organizations.models import Membership
from zhupei.people.models import User

MAKE = "zhupei.archives.jobs.make_package"  # named, because jobs import this module
MANY_PEOPLE = 60  # more of them, or more bytes of attachments, than a page should wait for
MANY_BYTES = 20 * 1024 * 1024

Thing = TrainingClass | Sitting


@transaction.atomic
def make_for_class(training_class: TrainingClass, *, by: User) -> Package:
    """一班一档: everything on record about a class that is over, sealed.

    Raises NotAllowed; Refused "class_not_over".

    Source: Measures, art. 13; Archives Law, art. 39.
    """
    row = (
        TrainingClass.objects.select_for_update(of=("self",))
        .select_related("organization", "prefecture", "division", "syllabus__job", "room")
        .get(pk=training_class.pk)
    )
    _check_class(row, by)
    return _seal(row, training.gather(row), by=by)


@transaction.atomic
def make_for_sitting(sitting: Sitting, *, by: User) -> Package:
    """一场一档: everything on record about a sitting that is over, sealed.

    Raises NotAllowed; Refused "sitting_not_over".

    Source: Measures, art. 20; Archives Law, art. 39.
    """
    row = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("organization", "prefecture", "division", "job", "room")
        .select_related("blueprint")
        .get(pk=sitting.pk)
    )
    _check_sitting(row, by)
    return _seal(row, assessment.gather(row), by=by)


def _check_class(row: TrainingClass, by: User) -> None:
    if not may_make_for_class(by, row):
        raise NotAllowed("not_allowed", _("只有本班的教务员和属地住建局能归档。"))
    if not rules.class_is_over(row.state, row.ends_on, timezone.localdate()):
        raise Refused(
            "class_not_over",
            _("“%(thing)s”现在是“%(state)s”，结班或结课日期过后才能归档。"),
            thing=row,
            state=row.get_state_display(),
        )


def _check_sitting(row: Sitting, by: User) -> None:
    if not may_make_for_sitting(by, row):
        raise NotAllowed("not_allowed", _("只有本场的考务员和属地住建局能归档。"))
    if not rules.sitting_is_over(row.state):
        raise Refused(
            "sitting_not_over",
            _("“%(thing)s”现在是“%(state)s”，考试结束并阅卷以后才能归档。"),
            thing=row,
            state=row.get_state_display(),
        )


def _seal(thing: Thing, contents: Mapping[str, bytes], *, by: User) -> Package:
    """Write the package, keep it, and note its digest where nobody can change it."""
    now = timezone.now()
    subject = Subject.CLASS if isinstance(thing, TrainingClass) else Subject.SITTING
    name = bag.safe_name(f"{thing.number or thing.pk}-{timezone.localtime(now):%Y%m%d%H%M%S}")
    title = f"{subject.label} {thing.title}"
    with tempfile.TemporaryDirectory(prefix="archive-") as scratch:
        archive = bag.write(
            Path(scratch, name),
            dict(contents),
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
        subject=subject,
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


def ask_for_class(training_class: TrainingClass, *, by: User) -> Package | LongJob:
    """The package itself where that is quick, else a job that makes it."""
    size = training.size_of_files(training_class)
    if training_class.enrolments.count() <= MANY_PEOPLE and size <= MANY_BYTES:
        return make_for_class(training_class, by=by)
    _check_class(training_class, by)
    return _make_later(training_class, by=by)


def ask_for_sitting(sitting: Sitting, *, by: User) -> Package | LongJob:
    """The package itself where that is quick, else a job that makes it."""
    if sitting.candidates.count() <= MANY_PEOPLE:
        return make_for_sitting(sitting, by=by)
    _check_sitting(sitting, by)
    return _make_later(sitting, by=by)


@transaction.atomic
def _make_later(thing: Thing, *, by: User) -> LongJob:
    job = longjobs.ask(str(_("归档：%(thing)s")) % {"thing": thing}, by=by, total=1)
    job.url = reverse("archives:making", args=[job.pk])
    job.save(update_fields=["url"])
    subject = Subject.CLASS if isinstance(thing, TrainingClass) else Subject.SITTING
    jobs.configure_task(MAKE).defer(
        subject=subject.value, pk=thing.pk, membership=by.acting.pk, progress=job.pk
    )
    return job


def make_for_job(subject: str, pk: int, *, membership: Membership, progress: LongJob) -> None:
    """Make what was asked for, in the role it was asked in; tell the asker how it ended."""
    user = progress.owner
    user.acting = membership
    if subject == Subject.CLASS:
        make = partial(make_for_class, TrainingClass.objects.get(pk=pk))
    else:
        make = partial(make_for_sitting, Sitting.objects.get(pk=pk))
    try:
        with transaction.atomic():
            package = make(by=user)
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
