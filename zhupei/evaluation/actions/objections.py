"""Objections: within the term, by the institution; answered by the region, with a re-scoring."""

from decimal import Decimal

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files, messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing
from zhupei.evaluation.access import may_object
from zhupei.evaluation.actions import scores, vetoes
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.events import EvaluationEvent, ObjectionEvent
from zhupei.evaluation.models import Answer, Evaluation, Objection, State, Veto
from zhupei.evaluation.rules.points import Status
from zhupei.evaluation.rules.settle import Stage
from zhupei.evaluation.workflow import OBJECTION
from zhupei.institutions.offices import registrars
from zhupei.organizations.offices import regulators
from zhupei.people.models import User


@transaction.atomic
def make(
    evaluation: Evaluation,
    *,
    by: User,
    answer: Answer | None,
    grounds: str,
    upload: File[bytes] | None = None,
) -> Objection:
    """Say that a published score is wrong.

    Raises NotAllowed; Refused "not_public", "objection_late", "grounds_missing",
    "objection_open", and what ``files.accept`` refuses.
    """
    row = scores.locked(evaluation)
    if not may_object(by, row):
        raise NotAllowed("not_allowed", gettext_lazy("只有本机构的教务员能提异议。"))
    _check_term(row)
    if not grounds.strip():
        raise Refused("grounds_missing", gettext_lazy("请写明哪里不对、凭什么。"), field="grounds")
    if row.objections.open().filter(answer=answer).exists():
        raise Refused(
            "objection_open",
            gettext_lazy("对这一项的异议正在办理，答复后才能再提。"),
            field="answer",
        )
    now = timezone.now()
    made = Objection.objects.create(
        evaluation=row,
        answer=answer,
        grounds=grounds.strip(),
        file=files.accept(upload, by=by) if upload else None,
        made_at=now,
        due_at=workdays.deadline(now, int(row.scheme.figures["reply_workdays"])),
        made_by_name=str(by),
    )
    about = str(answer.indicator) if answer else _("整体结果")
    audit.record(ObjectionEvent.MADE, made, by=by, within=row, about=about, grounds=made.grounds)
    title = _("评估异议待答复：%(name)s") % {"name": row.organization}
    messages.tell(regulators(), title, body=made.grounds, url=row.get_absolute_url())
    return made


def _check_term(row: Evaluation) -> None:
    if row.state != State.PUBLIC or row.public_until is None:
        raise Refused(
            "not_public",
            gettext_lazy("现在是“%(state)s”。结果公示期间才能提异议。"),
            state=row.get_state_display(),
        )
    if timezone.now() > row.public_until:
        raise Refused(
            "objection_late",
            gettext_lazy("异议期到 %(until)s（北京时间）为止，已经过了，不能再提。"),
            until=beijing(row.public_until),
        )


@transaction.atomic
def uphold(
    objection: Objection,
    *,
    by: User,
    note: str,
    value: Decimal | None = None,
    veto: Veto | None = None,
) -> Objection:
    """The institution is right: the indicator is scored again, or a veto is lifted; on record.

    Raises NotAllowed; Refused "wrong_state", "note_required", "nothing_changes",
    "score_out_of_range".
    """
    evaluation = scores.locked(objection.evaluation)
    answer = objection.answer
    row = OBJECTION.move(objection, "uphold", by=by, note=note, within=evaluation)
    if answer is not None:
        _score_again(evaluation, answer, value, by, note)
    elif veto is not None and veto.evaluation_id == evaluation.pk:
        vetoes.lift(veto, by=by, note=note)
    else:
        raise Refused(
            "nothing_changes",
            gettext_lazy("对整体结果的异议成立，要撤销一个否决项；具体指标请机构按指标提。"),
            field="veto",
        )
    return _reply(row, evaluation, note, by)


def _score_again(
    evaluation: Evaluation, answer: Answer, value: Decimal | None, by: User, note: str
) -> None:
    answer = evaluation.answers.select_related("indicator").get(pk=answer.pk)
    if value is None or value == answer.value:
        raise Refused(
            "nothing_changes", gettext_lazy("异议成立就要改分，请填写新的分数。"), field="value"
        )
    old = answer.value
    last = answer.scores.filter(stage=Stage.RESCORING).last()
    entry = Entry(answer.pk, Status.SCORED.value, value, note, last.pk if last else 0)
    scores.put(evaluation, [entry], stage=Stage.RESCORING, by=by)
    audit.record(
        EvaluationEvent.RESCORED,
        evaluation,
        by=by,
        code=answer.indicator.code,
        old="—" if old is None else str(old.normalize()),
        new=str(value.normalize()),
        note=note.strip(),
    )


@transaction.atomic
def reject(objection: Objection, *, by: User, note: str) -> Objection:
    """The institution is not right, for a reason it reads.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    evaluation = scores.locked(objection.evaluation)
    row = OBJECTION.move(objection, "reject", by=by, note=note, within=evaluation)
    return _reply(row, evaluation, note, by)


def _reply(row: Objection, evaluation: Evaluation, note: str, by: User) -> Objection:
    row.reply, row.replied_at, row.replied_by_name = note.strip(), timezone.now(), str(by)
    row.save(update_fields=["reply", "replied_at", "replied_by_name"])
    title = _("评估异议已答复：%(state)s") % {"state": row.get_state_display()}
    url = evaluation.get_absolute_url()
    messages.tell(registrars(evaluation.organization), title, body=note, url=url)
    return row
