"""Taking items in from a file or a pasted text: received, rehearsed, then drafted.

What comes in are drafts of whoever brings them; two experts read each of them as they read any
other. Nothing is lost on the way: what is refused can be fetched with its reasons, what the set
has already is passed over and counted.
"""

from collections.abc import Sequence
from functools import lru_cache

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app as jobs

from zhupei.core import audit, files, longjobs, waiting
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import JobState, LongJob, WaitingFile
from zhupei.organizations.models import Membership
from zhupei.people.models import User
from zhupei.questions import rules
from zhupei.questions.access import may_author
from zhupei.questions.actions import items
from zhupei.questions.contents import Content, Shown
from zhupei.questions.events import QuestionEvent
from zhupei.questions.formats import pictures, recognise
from zhupei.questions.formats.draft import Case as SharedText
from zhupei.questions.formats.draft import Draft, Reading
from zhupei.questions.formats.draft import Picture as Drawn
from zhupei.questions.models import Case, Cognition, ItemVersion, Picture, QuestionSet, State

AT_ONCE = 300  # drafts; more are a job of the worker
PART = 250  # drafts in one transaction of that job
IMPORT = "questions.import_items"
PASTED = ".txt"  # the name of a text somebody pasted ends in it


@transaction.atomic
def receive(
    question_set: QuestionSet, *, by: User, upload: File[bytes], form: str = recognise.AUTO
) -> WaitingFile:
    """Keep a file for its dry run.

    Raises NotAllowed; Refused "set_retired", or with the code of what is wrong with the file as a
    whole, in which case it is not kept.
    """
    _open_set(question_set, by)
    file = waiting.keep(upload, target=question_set, by=by, limit=recognise.MAX_BYTES)
    reading = rehearse(file, form)
    if not reading.count:
        fault = reading.faults[0]
        raise Refused(fault.code, fault.sentence + fault.fix, field="file")
    return file


def receive_text(
    question_set: QuestionSet, *, by: User, text: str, form: str = recognise.AUTO
) -> WaitingFile:
    """The same for a text somebody pasted."""
    name = str(_("粘贴的试题")) + PASTED
    upload = ContentFile(text.encode("utf-8", "replace"), name=name)
    return receive(question_set, by=by, upload=upload, form=form)


def rehearse(file: WaitingFile, form: str = recognise.AUTO) -> Reading:
    """What the file says, item by item; nothing is stored.

    Raises Refused "already_imported".
    """
    return _read(waiting.content(file).read(), form)


@lru_cache(maxsize=2)
def _read(content: bytes, form: str) -> Reading:
    """Page after page of one dry run asks for the same."""
    return recognise.read(content, form)


def fresh(question_set: QuestionSet, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts whose like the set does not have, word for word."""
    versions = ItemVersion.objects.filter(item__question_set=question_set)
    known = set(versions.values_list("digest", "case__text"))
    return [draft for draft in drafts if _said(draft) not in known]


def _said(draft: Draft) -> tuple[str, str | None]:
    return rules.fingerprint(draft.stem, draft.options), draft.case.text if draft.case else None


def take_in(
    question_set: QuestionSet, file: WaitingFile, *, by: User, form: str = recognise.AUTO
) -> int | LongJob:
    """Draft the good ones: at once where that is quick, else by a job.

    Returns how many came in, or the job. Raises NotAllowed; Refused "set_retired",
    "already_imported", "nothing_good", "import_under_way".
    """
    drafts = rehearse(file, form).drafts
    if not drafts:
        raise Refused("nothing_good", _("没有可以导入的题。请改正后再上传。"))
    if len(drafts) <= AT_ONCE:
        return _take_in_now(question_set, file, by=by, form=form)
    return _later(question_set, file, by=by, form=form)


@transaction.atomic
def _take_in_now(question_set: QuestionSet, file: WaitingFile, *, by: User, form: str) -> int:
    row = _open_set(question_set, by)
    reading = _read(waiting.take(file, target=row, by=by).read(), form)
    new = fresh(row, reading.drafts)
    _draft(row, new, by=by)
    _record(row, file, reading, len(new), by=by)
    return len(new)


def _record(row: QuestionSet, file: WaitingFile, reading: Reading, count: int, *, by: User) -> None:
    audit.record(
        QuestionEvent.ITEMS_IMPORTED,
        row,
        by=by,
        file=file.name,
        format=reading.format,
        count=count,
        passed_over=len(reading.drafts) - count,
        refused=len(reading.unread),
    )


def _open_set(question_set: QuestionSet, by: User) -> QuestionSet:
    row = QuestionSet.objects.select_for_update(of=("self",), no_key=True).get(pk=question_set.pk)
    if row.state == State.RETIRED:
        raise Refused("set_retired", _("这个题库已停用，不能再加题。请另建一个。"))
    if not may_author(by, row):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里加题。"))
    return row


# --- drafts become items ------------------------------------------------------------------------


def _draft(question_set: QuestionSet, drafts: Sequence[Draft], *, by: User) -> None:
    cases = _cases(question_set, drafts, by)
    places: dict[int, int] = {}
    said = []
    for draft in drafts:
        case = cases[draft.case.text] if draft.case else None
        place = None
        if case is not None:
            places[case.pk] = place = places.get(case.pk, _last_place(case)) + 1
        said.append(_content(draft, case, place, by))
    items.draft_all(question_set, said, by=by)


def _last_place(case: Case) -> int:
    return case.versions.aggregate(last=Max("position"))["last"] or 0


def _content(draft: Draft, case: Case | None, place: int | None, by: User) -> Content:
    return Content(
        kind=draft.kind,
        stem=draft.stem,
        key=draft.key,
        options=list(draft.options),
        point=draft.point,
        difficulty=draft.difficulty,
        cognition=draft.level or Cognition.RECALL,
        source=draft.source,
        analysis=draft.analysis,
        case=case,
        position=place,
        pictures=_shown(draft.pictures, by),
    )


def _shown(drawn: Sequence[Drawn], by: User) -> list[Shown]:
    """The pictures, stored; one without words is called by its name."""
    return [
        Shown(
            files.keep(
                one.content,
                name=one.name,
                media_type=pictures.media_type(one.content),
                by=by,
            ),
            one.alt or one.name,
        )
        for one in drawn
    ]


def _cases(question_set: QuestionSet, drafts: Sequence[Draft], by: User) -> dict[str, Case]:
    """The case of each text: the one the set has, or a new one."""
    wanted: dict[str, SharedText] = {
        draft.case.text: draft.case for draft in drafts if draft.case is not None
    }
    standing = question_set.cases.filter(text__in=wanted, followed_by__isnull=True)
    found = {case.text: case for case in standing}
    for text, shared in wanted.items():
        if text not in found:
            found[text] = Case.objects.create(
                question_set=question_set, text=text, author=by, author_name=str(by)
            )
            Picture.objects.bulk_create(
                Picture(case=found[text], file=one.file, alt=one.alt, position=place)
                for place, one in enumerate(_shown(shared.pictures, by))
            )
    return found


# --- long files ---------------------------------------------------------------------------------


@transaction.atomic
def _later(question_set: QuestionSet, file: WaitingFile, *, by: User, form: str) -> LongJob:
    row = _open_set(question_set, by)
    waiting.held(file, target=row, by=by)
    if under_way(row, file):
        raise Refused("import_under_way", _("这份文件正在导入。请等它做完，页面上看得到进度。"))
    total = len(fresh(row, rehearse(file, form).drafts))
    title = _t("导入试题：%(title)s") % {"title": row.title}
    job = longjobs.ask(title, by=by, total=total, url=progress_url(row, file))
    jobs.configure_task(IMPORT).defer(
        waiting=str(file.pk),
        question_set=row.pk,
        form=form,
        membership=by.acting.pk,
        progress=job.pk,
    )
    return job


def progress_url(question_set: QuestionSet, file: WaitingFile) -> str:
    """The page that shows how far the import of a file is."""
    return reverse("questions:importing", args=[question_set.pk, file.pk])


def under_way(question_set: QuestionSet, file: WaitingFile) -> LongJob | None:
    """The job that imports a file, while it has not ended."""
    return LongJob.objects.filter(
        url=progress_url(question_set, file), outcome__in=[JobState.WAITING, JobState.RUNNING]
    ).first()


def run(
    file: WaitingFile,
    question_set: QuestionSet,
    *,
    form: str,
    membership: Membership,
    progress: LongJob,
) -> None:
    """Import part after part, in the role it was asked in. Run again, it goes on."""
    by = progress.owner
    by.acting = membership
    try:
        reading = rehearse(file, form)
        while _part(question_set, reading.drafts, by, progress):
            pass
        _finish(question_set, file, reading, by, progress)
    except Refused as refusal:
        with transaction.atomic():
            longjobs.fail(progress, str(refusal))


@transaction.atomic
def _part(question_set: QuestionSet, drafts: Sequence[Draft], by: User, progress: LongJob) -> bool:
    """Draft the next of those that are not there yet; whether more remain."""
    row = _open_set(question_set, by)
    new = fresh(row, drafts)
    _draft(row, new[:PART], by=by)
    left = max(len(new) - PART, 0)
    longjobs.advance(progress, max(progress.total - left, 0))
    return bool(left)


@transaction.atomic
def _finish(
    question_set: QuestionSet, file: WaitingFile, reading: Reading, by: User, progress: LongJob
) -> None:
    waiting.take(file, target=question_set, by=by)
    _record(question_set, file, reading, progress.total, by=by)
    said = _t("已导入 %(count)d 题为草稿，%(passed_over)d 题原来就有，没有重复导入。")
    passed_over = len(reading.drafts) - progress.total
    longjobs.finish(progress, said % {"count": progress.total, "passed_over": passed_over})
