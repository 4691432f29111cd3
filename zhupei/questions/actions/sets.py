"""Filling a question set from a spreadsheet, publishing and retiring it."""

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, waiting
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.import_kinds import Reading
from zhupei.core.models import WaitingFile
from zhupei.people.models import User
from zhupei.questions import sheet
from zhupei.questions.access import may_author, may_keep, may_see_items
from zhupei.questions.actions import items
from zhupei.questions.contents import Content
from zhupei.questions.events import QuestionEvent
from zhupei.questions.models import ItemState, ItemVersion, QuestionSet, State
from zhupei.questions.sheet import Entry
from zhupei.questions.workflow import QUESTION_SET
from zhupei.syllabus.models import Job


@transaction.atomic
def start(job: Job, *, by: User, title: str) -> QuestionSet:
    """Begin an empty set. Raises NotAllowed; Refused "title_taken"."""
    question_set = QuestionSet(job=job, title=title)
    if not may_keep(by, question_set):
        raise _not_the_keeper()
    if QuestionSet.objects.filter(job=job, title=title).exists():
        raise Refused("title_taken", _("这个岗位已有同名题库。请换一个名称。"), field="title")
    question_set.save()
    audit.record(QuestionEvent.SET_STARTED, question_set, by=by)
    return question_set


def _not_the_keeper() -> NotAllowed:
    return NotAllowed("not_allowed", _("题库由自治区住建厅统一管理（依据：第二十一条）。"))


@transaction.atomic
def receive(question_set: QuestionSet, *, by: User, upload: File[bytes]) -> WaitingFile:
    """Keep a spreadsheet for its dry run. Raises what ``core.imports`` refuses of the file."""
    _open_set(question_set, by)
    file = waiting.keep(upload, target=question_set, by=by)
    rehearse(file)
    return file


def rehearse(file: WaitingFile) -> Reading[Entry]:
    """What the file says, row by row; nothing is stored."""
    return sheet.read(waiting.content(file))


@transaction.atomic
def take_in(question_set: QuestionSet, file: WaitingFile, *, by: User) -> int:
    """Store the good rows; items the set has already are passed over. Returns how many came in.

    Raises NotAllowed; Refused "set_retired", "already_imported".
    """
    row = _open_set(question_set, by)
    reading = sheet.read(waiting.take(file, target=row, by=by))
    known = set(ItemVersion.objects.filter(item__question_set=row).values_list("digest", flat=True))
    entries = [one.value for one in reading.good if one.value is not None]
    new = [entry for entry in entries if sheet.fingerprint(entry) not in known]
    items.draft_all(row, [_content(entry) for entry in new], by=by)
    audit.record(
        QuestionEvent.ITEMS_IMPORTED,
        row,
        by=by,
        file=file.name,
        count=len(new),
        passed_over=len(entries) - len(new),
        refused=len(reading.bad),
    )
    return len(new)


def _open_set(question_set: QuestionSet, by: User) -> QuestionSet:
    row = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if not may_keep(by, row):
        raise _not_the_keeper()
    if row.state == State.RETIRED:
        raise Refused("set_retired", _("这个题库已停用，不能再加题。请另建一个。"))
    if not may_author(by, row):
        raise NotAllowed("not_allowed", _("这是封存题库，只有具名的人能加题。"))
    return row


def _content(entry: Entry) -> Content:
    return Content(
        kind=entry.kind,
        stem=entry.stem,
        options=list(entry.options),
        key=entry.key,
        point=entry.unit_title,
        difficulty=entry.difficulty,
        analysis=entry.analysis,
    )


@transaction.atomic
def publish(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Let assessment bodies draw from a set. Raises Refused "no_items"."""
    row = QUESTION_SET.move(question_set, "publish", by=by, note=note)
    if not row.items.filter(state=ItemState.PUBLISHED).exists():
        raise Refused("no_items", _("题库里还没有审过的题。请先编写或导入，由两位专家审过再发布。"))
    return row


@transaction.atomic
def retire(question_set: QuestionSet, *, by: User, note: str = "") -> QuestionSet:
    """Take a set out of use for new papers."""
    return QUESTION_SET.move(question_set, "retire", by=by, note=note)


@transaction.atomic
def look(question_set: QuestionSet, *, by: User) -> None:
    """Somebody is about to see items with their keys: that is an event. Raises NotAllowed."""
    if not may_see_items(by, question_set):
        raise NotAllowed("not_allowed", _("试题和答案只有题库管理员能看。"))
    audit.record(QuestionEvent.ITEMS_VIEWED, question_set, by=by)
