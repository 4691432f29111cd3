"""A case of misconduct: opened, made known, heard, decided. Nobody is judged untold.

The procedure (notice of facts, statement, written decision, remedies) is that of 人社部令第31号,
borrowed as a default.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.appeals import rules
from zhupei.appeals.access import may_handle, may_open_case
from zhupei.appeals.events import CaseEvent
from zhupei.appeals.models import CaseEvidence, CaseState, Misconduct
from zhupei.appeals.models.exams import exam_of
from zhupei.appeals.parameters import RECORD_YEARS, ROUND_DAYS, STATEMENT_DAYS
from zhupei.appeals.rules import Breach, Category, Effect
from zhupei.appeals.workflow import CASE
from zhupei.core import audit, files, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import value
from zhupei.core.statements import words_added
from zhupei.core.templatetags.ui import beijing
from zhupei.exams.actions import marks
from zhupei.exams.models import Attempt, Candidate
from zhupei.people.models import User
from zhupei.practical.actions import corrections
from zhupei.practical.models import Exam, Session, Turn


@transaction.atomic
def open_case(
    about: Candidate | Turn,
    *,
    by: User,
    breach: str,
    facts: str,
    uploads: Iterable[File[bytes]] = (),
    photos: Iterable[StoredFile] = (),
) -> Misconduct:
    """Begin a case from what was seen, in a sitting or at a station. ``photos`` are papers kept
    already, such as those invigilators took of it.

    Raises NotAllowed; Refused "facts_missing", "case_open".
    """
    row = _locked(about)
    if not may_open_case(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能立案。"))
    if not facts.strip():
        raise Refused(
            "facts_missing", gettext_lazy("请写明何时、何地、什么行为、谁看到的。"), field="facts"
        )
    if row.cases.open().filter(breach=breach).exists():
        raise Refused(
            "case_open",
            gettext_lazy("这名考生同一类别已有在办的案件，请在那里补充材料。"),
            field="breach",
        )
    made = Misconduct.objects.create(
        **{"turn" if isinstance(row, Turn) else "candidate": row},
        breach=Breach(breach).value,
        facts=facts.strip(),
        opened_by=by,
        opened_at=timezone.now(),
    )
    audit.record(
        CaseEvent.OPENED,
        made,
        by=by,
        within=exam_of(row),
        breach=str(made.get_breach_display()),
    )
    for photo in photos:
        _lay_beside(made, photo, by)
    for upload in uploads:
        add_evidence(made, by=by, upload=upload)
    return made


def _locked(about: Candidate | Turn) -> Candidate | Turn:
    if isinstance(about, Turn):
        return Turn.objects.select_for_update(of=("self",)).get(pk=about.pk)
    return Candidate.objects.select_for_update(of=("self",)).get(pk=about.pk)


@transaction.atomic
def add_evidence(case: Misconduct, *, by: User, upload: File[bytes]) -> CaseEvidence:
    """Lay a paper or a picture beside it.

    Raises NotAllowed; Refused "case_closed", and what ``files.accept`` refuses.
    """
    row = Misconduct.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("只有这个考核机构的考务员能补充材料。"))
    if row.state in {CaseState.DECIDED, CaseState.DROPPED}:
        raise Refused("case_closed", gettext_lazy("案件已经办结，不能再补充材料。"), field="file")
    return _lay_beside(row, files.accept(upload, by=by), by)


def _lay_beside(case: Misconduct, file: StoredFile, by: User) -> CaseEvidence:
    made = CaseEvidence.objects.create(case=case, file=file)
    audit.record(CaseEvent.EVIDENCE_ADDED, case, by=by, within=case.exam, file=file.name)
    return made


@transaction.atomic
def look(evidence: CaseEvidence, *, by: User) -> StoredFile:
    """Open a paper of a case; every look is an event."""
    case = evidence.case
    file = evidence.file
    audit.record(CaseEvent.SEEN, case, by=by, within=case.exam, file=file.name)
    return file


@transaction.atomic
def notify(case: Misconduct, *, by: User, note: str = "") -> Misconduct:
    """Tell the person the facts, the grounds and that they may speak, with a term."""
    until = workdays.deadline(timezone.now(), value(STATEMENT_DAYS))
    sitting = case.exam
    Misconduct.objects.filter(pk=case.pk, state=CaseState.OPENED).update(
        noticed_at=timezone.now(), statement_until=until
    )
    row = CASE.move(case, "notify", by=by, note=note, within=sitting, until=beijing(until))
    body = _("请在 %(until)s（北京时间）前陈述申辩，可以多次补充；不陈述不影响您的其他权利。") % {
        "until": beijing(until)
    }
    _tell(row, _("考核违纪告知：%(sitting)s"), body)
    return row


@transaction.atomic
def state(case: Misconduct, *, by: User, statement: str, waive: bool = False) -> Misconduct:
    """The person says what happened, as often as they like until the term ends. ``waive``: no
    more comes, it may be decided; whoever speaks again takes that back.

    Raises Refused "statement_missing", "statement_late".
    """
    if not statement.strip():
        raise Refused("statement_missing", gettext_lazy("请写您的陈述。"), field="statement")
    row = CASE.move(case, "state", by=by, within=case.exam)
    if row.statement_until and timezone.now() > row.statement_until:
        raise Refused(
            "statement_late",
            gettext_lazy("陈述申辩的期限是 %(until)s（北京时间），已经过了。"),
            until=beijing(row.statement_until),
        )
    now = timezone.now()
    row.statement, row.stated_at = words_added(row.statement, statement, now), now
    row.waived_at = now if waive else None
    row.save(update_fields=["statement", "stated_at", "waived_at"])
    return row


@transaction.atomic
def decide(case: Misconduct, *, by: User, note: str) -> Misconduct:
    """Decide, by somebody who did not open it, once the term is over, or the person said that no
    more comes.

    The marks the category makes void are void at once; the record is kept as long as it says.
    Raises NotAllowed; Refused "statement_pending".
    """
    sitting = case.exam
    row = CASE.move(case, "decide", by=by, note=note, within=sitting)
    if row.waived_at is None and row.statement_until and timezone.now() <= row.statement_until:
        raise Refused(
            "statement_pending",
            gettext_lazy(
                "当事人可以陈述申辩到 %(until)s（北京时间）。期满，"
                "或者本人表示不再补充以后，才能作出决定。"
            ),
            until=beijing(row.statement_until),
        )
    now = timezone.now()
    category = rules.categories(value(RECORD_YEARS))[Breach(row.breach)]
    row.decision, row.decided_at, row.decided_by = note.strip(), now, by
    row.kept = category.years != 0
    if row.kept:
        row.kept_until = rules.kept_until(timezone.localdate(now), category.years)
    row.save(update_fields=["decision", "decided_at", "decided_by", "kept", "kept_until"])
    attempts, turns = touched(row, category)
    for attempt in attempts:
        marks.void(attempt, by=by, note=note)
    for turn in turns:
        corrections.annul(turn, by=by, note=note)
    body = _("%(note)s。不服本决定的，可以依法申请行政复议或者提起行政诉讼。") % {
        "note": note.strip().rstrip("。")
    }
    _tell(row, _("考核违纪处理决定：%(sitting)s"), body)
    return row


@transaction.atomic
def drop(case: Misconduct, *, by: User, note: str) -> Misconduct:
    """Nothing comes of it; who was told is told that, too."""
    row = CASE.move(case, "drop", by=by, note=note, within=case.exam)
    if row.noticed_at:
        _tell(row, _("考核违纪案件已撤销：%(sitting)s"), note)
    return row


class Touched(NamedTuple):
    """What a decision makes void."""

    attempts: QuerySet[Attempt]
    turns: QuerySet[Turn]

    def number(self) -> int:
        return self.attempts.count() + self.turns.count()


def touched(case: Misconduct, category: Category) -> Touched:
    """The theory and practical exams whose marks a decision makes void: this one, or all of the
    same job at the same body around that day.

    Source: project register of facts, §5 (all subjects of the round; how far a round reaches is the
    parameter appeals.round_days).
    """
    attempts, turns = Attempt.objects.begun(), Turn.objects.begun()
    if category.effect == Effect.THIS:
        seat = (
            attempts.filter(candidate=case.candidate_id) if case.candidate_id else attempts.none()
        )
        turn = turns.filter(pk=case.turn_id) if case.turn_id else turns.none()
        return Touched(seat, turn)
    job, day = _round(case.exam)
    near = timedelta(days=value(ROUND_DAYS))
    around, body = (day - near, day + near), case.exam.organization_id
    return Touched(
        attempts.filter(
            candidate__person=case.person,
            sitting__job=job,
            sitting__organization=body,
            sitting__starts_at__range=around,
        ),
        turns.filter(
            person=case.person,
            session__rubric__job=job,
            session__organization=body,
            starts_at__range=around,
        ),
    )


def _round(exam: Exam) -> tuple[int, datetime]:
    """The job and the day an exam belongs to."""
    if isinstance(exam, Session):
        return exam.rubric.job_id, exam.opens_at
    return exam.job_id, exam.starts_at


def _tell(case: Misconduct, title: str, body: str) -> None:
    accounts = User.objects.filter(person=case.person.pk)
    words = title % {"sitting": case.exam}
    messages.tell(accounts, words, body=body, url=reverse("appeals:case", args=[case.pk]))
