"""The self-report: prefilled by the system, explained by the institution, handed in once."""

from decimal import Decimal

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.evaluation.access import acts_for_scorer, may_regulate, may_report, recused
from zhupei.evaluation.actions import computing
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Answer, Evaluation, Evidence, SeatState, State
from zhupei.evaluation.workflow import EVALUATION
from zhupei.institutions.offices import registrars, reviewers
from zhupei.people.models import User


@transaction.atomic
def state(answer: Answer, *, by: User, statement: str) -> Answer:
    """Say something to one indicator; kept as a draft until the report is handed in.

    Raises NotAllowed; Refused "wrong_state", "reports_closed".
    """
    evaluation = _open(answer.evaluation, by)
    row: Answer = Answer.objects.select_for_update().get(pk=answer.pk)
    row.statement, row.stated_at = statement.strip(), timezone.now()
    row.save(update_fields=["statement", "stated_at"])
    audit.record(
        EvaluationEvent.STATED, evaluation, by=by, code=answer.indicator.code, said=row.statement
    )
    return row


@transaction.atomic
def sum_up(
    evaluation: Evaluation,
    *,
    by: User,
    summary: str,
    declared_pass_rate: Decimal | None,
    declared_certificate_rate: Decimal | None = None,
) -> Evaluation:
    """Say something to the year, and state the rates by which it is checked.

    Raises NotAllowed; Refused "wrong_state", "reports_closed".
    """
    row = _open(evaluation, by)
    row.summary, row.declared_pass_rate = summary.strip(), declared_pass_rate
    row.declared_certificate_rate = declared_certificate_rate
    row.save(update_fields=["summary", "declared_pass_rate", "declared_certificate_rate"])
    passed, certified = (
        None if rate is None else str(rate)
        for rate in (declared_pass_rate, declared_certificate_rate)
    )
    audit.record(EvaluationEvent.SUMMED_UP, row, by=by, declared=passed, certified=certified)
    return computing.refresh(row, by=by)


@transaction.atomic
def attach(answer: Answer, *, by: User, upload: File[bytes]) -> Evidence:
    """Lay a paper beside an indicator: the institution until it reports, who scores until then.

    Raises NotAllowed; Refused "wrong_state", and what ``files.accept`` refuses.
    """
    evaluation = _locked(answer.evaluation)
    if not may_attach(by, evaluation):
        raise NotAllowed("not_allowed", _("现在不能给这项指标附材料。"))
    made = Evidence.objects.create(
        evaluation=evaluation,
        answer=answer,
        file=files.accept(upload, by=by),
        organization_name=str(by.acting.organization),
        added_by=by,
        added_at=timezone.now(),
    )
    audit.record(
        EvaluationEvent.EVIDENCE_ADDED,
        evaluation,
        by=by,
        code=answer.indicator.code,
        file=made.file.name,
    )
    return made


def may_attach(user: User, evaluation: Evaluation) -> bool:
    """Whose turn it is."""
    if evaluation.state == State.OPEN:
        return may_report(user, evaluation)
    if recused(user, evaluation.organization):
        return False
    if evaluation.state == State.REPORTED:
        return acts_for_scorer(user, evaluation)
    seats = evaluation.appointments.filter(expert=user.pk, state=SeatState.CALLED)
    return evaluation.state == State.SCORED and (seats.exists() or may_regulate(user, evaluation))


@transaction.atomic
def take_back(evidence: Evidence, *, by: User) -> Evidence:
    """Take a paper back before the report is handed in; it stays on record.

    Raises NotAllowed; Refused "wrong_state", "reports_closed".
    """
    evaluation = _open(evidence.evaluation, by)
    row: Evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    audit.record(EvaluationEvent.EVIDENCE_TAKEN_BACK, evaluation, by=by, file=row.file.name)
    return row


@transaction.atomic
def report(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """Hand the report in: the facts are read once more, as they are now.

    Raises NotAllowed; Refused "wrong_state", "reports_closed".
    """
    row = EVALUATION.move(evaluation, "report", by=by, note=note)
    _check_term(row)
    row.reported_at, row.reported_by_name = timezone.now(), str(by)
    row.save(update_fields=["reported_at", "reported_by_name"])
    row = computing.refresh(row, by=by)
    title = _("自评已提交，待评分：%(name)s") % {"name": row.organization}
    messages.tell(reviewers(row.organization), title, url=f"/evaluation/{row.pk}/")
    return row


@transaction.atomic
def send_back(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """Let the institution complete its report, as long as there is time for it.

    Raises NotAllowed; Refused "wrong_state", "note_required", "reports_closed".
    """
    row = EVALUATION.move(evaluation, "send_back", by=by, note=note)
    _check_term(row)
    title = _("自评被退回补充：%(name)s") % {"name": row.organization}
    messages.tell(registrars(row.organization), title, body=note, url=f"/evaluation/{row.pk}/")
    return row


def close_overdue() -> int:
    """What nobody handed in by its day is scored as the system knows it. How many that were."""
    today = timezone.localdate()
    rows = Evaluation.objects.filter(state=State.OPEN, scheme__report_until__lt=today)
    late = list(rows.select_related("scheme", "organization"))
    for row in late:
        with transaction.atomic():
            moved = EVALUATION.move(row, "close_reports", by=None)
            computing.refresh(moved, by=None)
    return len(late)


def _locked(evaluation: Evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        "organization", "scheme"
    )
    return rows.get(pk=evaluation.pk)


def _open(evaluation: Evaluation, by: User) -> Evaluation:
    """The locked evaluation, while its institution may still write."""
    row = _locked(evaluation)
    if not may_report(by, row):
        raise NotAllowed("not_allowed", _("只有本机构的教务员能填写自评。"))
    if row.state != State.OPEN:
        raise Refused(
            "wrong_state",
            _("自评已经提交，现在是“%(state)s”，不能再改。"),
            state=row.get_state_display(),
        )
    _check_term(row)
    return row


def _check_term(row: Evaluation) -> None:
    if timezone.localdate() > row.scheme.report_until:
        raise Refused(
            "reports_closed",
            _("自评到 %(until)s 截止，已经过了。已填的内容都还在。"),
            until=beijing(row.scheme.report_until),
        )
