"""A long roster comes in by the worker: in parts, with progress, and where it stopped it goes on.

What is done is not remembered apart: whoever is invited is done, so a worker that dies in the
middle leaves nothing to tidy up. The file stays sealed until the last part is in.
"""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.classes.actions import roster
from zhupei.classes.models import TrainingClass
from zhupei.classes.roster import Entry
from zhupei.core import longjobs, waiting
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Row
from zhupei.core.models import JobState, LongJob, WaitingFile
from zhupei.organizations.models import Membership
from zhupei.people.models import User

IMPORT: Final = "zhupei.classes.jobs.import_roster"  # named, because jobs import this module
AT_ONCE: Final = 500  # rows a page may wait for
PART: Final = 1_000  # rows of one transaction


def confirm(file: WaitingFile, training_class: TrainingClass, *, by: User) -> list[int] | LongJob:
    """Invite the people of the good rows: at once where that is quick, else by a job.

    Returns the keys of those invited, or the job. Raises what ``roster.confirm_import`` raises;
    Refused "import_under_way" while a job for the same file runs.
    """
    good = roster.rehearse(file, training_class).good
    if len(good) <= AT_ONCE:
        return [one.pk for one in roster.confirm_import(file, training_class, by=by)]
    return _later(file, training_class, good, by)


@transaction.atomic
def _later(
    file: WaitingFile, training_class: TrainingClass, good: Sequence[Row[Entry]], by: User
) -> LongJob:
    row = roster.inviting(training_class, by)
    waiting.held(file, target=row, by=by)
    if under_way(file):
        raise Refused("import_under_way", _("这份名单正在导入。请等它做完，页面上看得到进度。"))
    fresh = len(good) - roster.invited_already(row, good)
    title = _t("导入名册：%(title)s") % {"title": row.title}
    job = longjobs.ask(title, by=by, total=fresh, url=progress_url(file))
    jobs.configure_task(IMPORT).defer(
        waiting=str(file.pk), training_class=row.pk, membership=by.acting.pk, progress=job.pk
    )
    return job


def progress_url(file: WaitingFile) -> str:
    """The page that shows how far the import of a file is."""
    return reverse("classes:importing", args=[file.pk])


def under_way(file: WaitingFile) -> LongJob | None:
    """The job that imports a file, while it has not ended."""
    return LongJob.objects.filter(
        url=progress_url(file), outcome__in=[JobState.WAITING, JobState.RUNNING]
    ).first()


def run(
    file: WaitingFile, training_class: TrainingClass, *, membership: Membership, progress: LongJob
) -> None:
    """Import part after part, in the role it was asked in. Run again, it goes on."""
    by = progress.owner
    by.acting = membership
    try:
        good = roster.rehearse(file, training_class).good
        for start in range(0, len(good), PART):
            _part(training_class, good[start : start + PART], good, by, progress)
        _finish(file, training_class, by, progress)
    except Refused as refusal:
        with transaction.atomic():
            longjobs.fail(progress, str(refusal))


@transaction.atomic
def _part(
    training_class: TrainingClass,
    part: Sequence[Row[Entry]],
    good: Sequence[Row[Entry]],
    by: User,
    progress: LongJob,
) -> None:
    roster.invite(training_class, by=by, rows=part)
    left = len(good) - roster.invited_already(training_class, good)
    longjobs.advance(progress, max(progress.total - left, 0))


@transaction.atomic
def _finish(file: WaitingFile, training_class: TrainingClass, by: User, progress: LongJob) -> None:
    waiting.take(file, target=training_class, by=by)
    result = _t("已邀请 %(count)d 人，逐人发出了邀请；原来已在名册里的没有再邀请。")
    if not training_class.in_effect:
        result = _t("已邀请 %(count)d 人，开班生效时逐人发出邀请。")
    longjobs.finish(progress, result % {"count": progress.total})
