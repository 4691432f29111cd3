"""What can be done to a rubric: start, copy, rewrite, fill from a spreadsheet, publish, retire.

Source: Measures, art. 21 (the standards of assessment are unified).
"""

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, waiting
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.import_kinds import Reading
from zhupei.core.models import WaitingFile
from zhupei.papers.rules import digest
from zhupei.people.models import User
from zhupei.practical import spreadsheet
from zhupei.practical.access import may_write
from zhupei.practical.events import RubricEvent
from zhupei.practical.models import Rubric, RubricState
from zhupei.practical.rules import rubric as rules
from zhupei.practical.sentences import CHANGED, what_is_wrong
from zhupei.practical.workflow import RUBRIC
from zhupei.syllabus.models import Job


@transaction.atomic
def start(
    job: Job, *, by: User, level: str, version: str, basis: str = "", like: Rubric | None = None
) -> Rubric:
    """Begin a draft, empty or with the content of another rubric.

    Raises NotAllowed; Refused "version_taken" or "level_missing".
    """
    row = Rubric(job=job, level=level, version=version.strip(), basis=basis)
    if not may_write(by, row):
        raise _not_the_keeper()
    if bool(level) != job.has_levels:
        raise Refused(
            "level_missing",
            _("技能工种要选等级，施工现场专业人员没有等级。请改正等级。"),
            field="level",
        )
    if Rubric.objects.filter(job=job, level=level, version=row.version).exists():
        raise Refused(
            "version_taken", _("这个岗位和等级已有版本“%(version)s”。请换一个版本号。"),
            field="version", version=row.version,
        )  # fmt: skip
    if like is not None:
        row.content = like.content
    try:
        row.full_clean(exclude=["content"])
    except ValidationError as fault:
        raise Refused("rubric_shape", "；".join(fault.messages), field="version") from fault
    row.save()
    audit.record(RubricEvent.STARTED, row, by=by, like=str(like) if like else "")
    return row


def _not_the_keeper() -> NotAllowed:
    return NotAllowed("not_allowed", _("评分表由自治区住建厅统一管理（依据：第二十一条）。"))


@transaction.atomic
def rewrite(rubric: Rubric, content: rules.Rubric, *, by: User, mark: int) -> Rubric:
    """Store a draft's new content; ``mark`` is the one that was read before it was changed.

    Raises NotAllowed; Refused "published_is_fixed" or "changed_meanwhile".
    """
    row = _draft(rubric, by)
    if row.mark != mark:
        raise Refused(
            "changed_meanwhile",
            _("别人刚刚改过这张评分表。请在新的页面上再改一次，您写的内容还在下面。"),
        )
    changes = rules.difference(row.values, content)
    if not changes and rules.write(content) == row.content:
        return row
    _store(row, content)
    words = [f"{CHANGED[one.what]}“{one.name}”" for one in changes] or [str(_("任务的次序"))]
    named = "、".join(dict.fromkeys(words))
    audit.record(
        RubricEvent.CHANGED, row, by=by, changed=named, changes=[one._asdict() for one in changes]
    )
    return row


def _draft(rubric: Rubric, by: User) -> Rubric:
    row = Rubric.objects.select_for_update(of=("self",)).select_related("job").get(pk=rubric.pk)
    if not may_write(by, row):
        raise _not_the_keeper()
    if row.state != RubricState.DRAFT:
        raise Refused(
            "published_is_fixed", _("已发布的评分表不能再改。请复制成新的版本，再改新的。")
        )
    return row


def _store(row: Rubric, content: rules.Rubric) -> None:
    row.content = rules.write(content)
    row.mark += 1
    row.save(update_fields=["content", "mark"])


@transaction.atomic
def receive(rubric: Rubric, *, by: User, upload: File[bytes]) -> WaitingFile:
    """Keep a spreadsheet for its dry run. Raises what ``core.imports`` refuses of the file."""
    _draft(rubric, by)
    file = waiting.keep(upload, target=rubric, by=by)
    rehearse(file)
    return file


def rehearse(file: WaitingFile) -> Reading[spreadsheet.Line]:
    """What the file says, row by row; nothing is stored."""
    return spreadsheet.read(waiting.content(file))


@transaction.atomic
def take_in(rubric: Rubric, file: WaitingFile, *, by: User) -> Rubric:
    """Put the good rows in the place of the draft's content.

    Raises NotAllowed; Refused "published_is_fixed", "already_imported", "nothing_to_import".
    """
    row = _draft(rubric, by)
    reading = spreadsheet.read(waiting.take(file, target=row, by=by))
    lines = [one.value for one in reading.good if one.value is not None]
    if not lines:
        raise Refused("nothing_to_import", _("文件里没有可以导入的行。请改正后重新上传。"))
    content = spreadsheet.rubric(lines)
    _store(row, content)
    audit.record(
        RubricEvent.IMPORTED,
        row,
        by=by,
        file=file.name,
        tasks=len(content.tasks),
        criteria=len(content.criteria()),
        refused=len(reading.bad),
    )
    return row


@transaction.atomic
def publish(rubric: Rubric, *, by: User, note: str = "") -> Rubric:
    """Freeze a draft and put it in force; the version before it is retired in the same moment.

    Raises Refused "rubric_unfinished" with the first of what is missing.

    Source: Measures, art. 21 (one standard for everybody).
    """
    row = Rubric.objects.select_for_update(of=("self",)).select_related("job").get(pk=rubric.pk)
    RUBRIC.check(row, "publish", by=by)
    found = rules.flaws(row.values)
    if found:
        raise Refused(
            "rubric_unfinished",
            _("评分表还不能发布：%(first)s 这样的问题共 %(count)d 处。"),
            first=what_is_wrong(found[0]),
            count=len(found),
        )
    before = Rubric.objects.published().filter(job=row.job_id, level=row.level)
    for old in before:
        words = str(_("由 %(version)s 版接替")) % {"version": row.version}
        RUBRIC.move(old, "retire", by=by, note=words)
    row.sha256 = digest(row.content)
    row.save(update_fields=["sha256"])
    return RUBRIC.move(row, "publish", by=by, note=note, sha256=row.sha256, short=row.sha256[:8])


@transaction.atomic
def retire(rubric: Rubric, *, by: User, note: str = "") -> Rubric:
    """Take a rubric out of use for new sessions."""
    return RUBRIC.move(rubric, "retire", by=by, note=note)
