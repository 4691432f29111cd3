"""Keeping the list of jobs and the codes others know them by."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.syllabus.access import may_keep_jobs
from zhupei.syllabus.actions.shared import put
from zhupei.syllabus.events import JobEvent
from zhupei.syllabus.models import CodeSystem, Job, JobCode


def _refuse_strangers(by: User) -> None:
    if not may_keep_jobs(by):
        raise NotAllowed("not_allowed", _("岗位工种目录由自治区住建厅管理。"))


@transaction.atomic
def enter(code: str, name: str, *, by: User, category: str, offered: bool = True) -> Job:
    """Add a job to the list. Raises NotAllowed; Refused "job_code_taken"."""
    _refuse_strangers(by)
    taken = Job.objects.filter(code=code).first()
    if taken:
        raise Refused(
            "job_code_taken",
            _("代码 %(number)s 已是“%(name)s”的。请换一个代码。"),
            field="code",
            number=code,
            name=taken.name,
        )
    job = Job.objects.create(code=code, name=name, category=category, offered=offered)
    audit.record(JobEvent.ENTERED, job, by=by)
    return job


@transaction.atomic
def change(job: Job, *, by: User, **fields: Any) -> Job:
    """Give a job another name or category, or stop offering it. Its code stays. NotAllowed."""
    _refuse_strangers(by)
    row = Job.objects.select_for_update().get(pk=job.pk)
    changed = put(row, fields)
    row.save()
    if changed:
        audit.record(JobEvent.CHANGED, row, by=by, changes="、".join(changed), changed=changed)
    return row


@transaction.atomic
def enter_system(*, by: User, **fields: Any) -> CodeSystem:
    """Add somebody's list of codes. Raises NotAllowed; ValidationError for a key or name taken."""
    _refuse_strangers(by)
    system = CodeSystem(**fields)
    system.full_clean()
    system.save()
    audit.record(JobEvent.SYSTEM_ENTERED, system, by=by)
    return system


@transaction.atomic
def add_code(job: Job, system: CodeSystem, code: str, *, by: User, **fields: Any) -> JobCode:
    """Say how others know a job: ``source``, ``confidence``, ``valid_from``, ``valid_until``.

    Raises NotAllowed; Refused "job_coded_already".
    """
    _refuse_strangers(by)
    row = JobCode(job=job, system=system, code=code, **fields)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        raise Refused(
            "job_coded_already",
            _("“%(job)s”在这段时间已有%(system)s %(number)s。"),
            field="code",
            job=job,
            system=system,
            number=code,
        ) from clash
    facts: dict[str, Any] = {"system": str(system), "code": code, "source": row.source}
    audit.record(JobEvent.CODED, job, by=by, **facts)
    return row


@transaction.atomic
def end_code(row: JobCode, *, by: User, on: date) -> JobCode:
    """The last day of a code. Raises NotAllowed; Refused "code_ends_before_it_begins"."""
    _refuse_strangers(by)
    row = (
        JobCode.objects.select_for_update(of=("self",))
        .select_related("system", "job")
        .get(pk=row.pk)
    )
    if on < row.valid_from:
        raise Refused(
            "code_ends_before_it_begins",
            _("这个编码 %(day)s 才起用。停用日期不能早于它。"),
            field="valid_until",
            day=row.valid_from,
        )
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    facts: dict[str, Any] = {
        "system": str(row.system),
        "code": row.code,
        "valid_until": on.isoformat(),
    }
    audit.record(JobEvent.CODE_ENDED, row.job, by=by, **facts)
    return row
