"""The bureau looks at an answer, finding by finding: accepted, or back with a reason."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.core import workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing
from zhupei.corrections import offices
from zhupei.corrections.access import may_decide
from zhupei.corrections.actions.findings import close, impartial, let_go, resolve
from zhupei.corrections.models import (
    Answer,
    AnswerFile,
    Dispute,
    FindingState,
    Method,
    Order,
    OrderState,
    Round,
    Verdict,
)
from zhupei.corrections.parameters import AGAIN_WORKDAYS
from zhupei.people.models import User


class Look(TypedDict):
    """How the bureau looked: ``visited_on`` is the day of a visit, None for papers."""

    method: str
    visited_on: date | None
    note: str


@transaction.atomic
def verify(
    order: Order,
    *,
    by: User,
    seen: str,
    verdicts: Mapping[int, tuple[str, str]],
    look: Look,
) -> Order:
    """Decide on the round that waits. ``verdicts`` by key of the finding: one of Verdict, and the
    reason of a return. Accepted findings are done with; the order closes with the last of them.
    What is returned gets at least ``corrections.again_workdays`` more.

    ``seen`` is the mark of the round that was read. Raises NotAllowed; Refused "wrong_state",
    "answered_again", "dispute_waiting", "verdict_missing", "reason_missing",
    "method_unknown", "visit_day".

    Source: Measures, art. 23; notice, part 3 (problems are put right and looked at again).
    """
    row = _locked(order)
    if not may_decide(by, row):
        raise NotAllowed("not_allowed", _("只有下达通知的部门的经办人能核查。"))
    impartial(by, row.organization)
    waiting = _waiting(row, seen)
    now = timezone.now()
    answers = list(waiting.answers.filter(finding__state=FindingState.ORDERED))
    _undisputed(answers)
    back = _judged(answers, verdicts)
    _looked(waiting, look, by, now)
    for answer in answers:
        if answer.verdict == Verdict.ACCEPTED:
            resolve(answer.finding, "accept", by=by, within=row)
    if not back:
        row = close(row, by=by, round=waiting.number, method=waiting.method)
        title = _("整改通知 %(number)s 已核查通过、销号")
        offices.tell(offices.answering(row), title, row, waiting.note)
        return row
    return _returned(row, waiting, back, by=by, now=now)


def mark_of(round_: Round) -> str:
    """What tells one submission from the next."""
    assert round_.submitted_at
    return round_.submitted_at.isoformat()


def _returned(
    order: Order, waiting: Round, back: list[Answer], *, by: User, now: datetime
) -> Order:
    """Back to the institution: a new draft begins with what it wrote, papers and all."""
    days = value(AGAIN_WORKDAYS, prefecture=order.organization.prefecture_id)
    due = max(order.due_at, workdays.deadline(now, days))
    reasons = "；".join(answer.remark for answer in back)
    order = let_go(order, "return", by=by, note=reasons, count=len(back), due=beijing(due))
    order.due_at = due
    order.save(update_fields=["due_at"])
    _begin_again(order, waiting, back)
    title = _("整改情况退回：%(number)s")
    body = _now("%(count)d 个问题要再改，请在 %(due)s（北京时间）前报送。%(reasons)s") % {
        "count": len(back),
        "due": beijing(due),
        "reasons": reasons,
    }
    offices.tell(offices.answering(order), title, order, body)
    return order


def _begin_again(order: Order, waiting: Round, back: list[Answer]) -> None:
    draft = Round.objects.create(order=order, number=waiting.number + 1)
    for answer in back:
        again = Answer.objects.create(
            round=draft,
            finding=answer.finding,
            cause=answer.cause,
            corrective=answer.corrective,
            preventive=answer.preventive,
        )
        papers = answer.files.all()
        AnswerFile.objects.bulk_create(
            AnswerFile(answer=again, file_id=paper.file_id) for paper in papers
        )


def _waiting(order: Order, seen: str) -> Round:
    """The round to be decided on, if it is the one that was read."""
    if order.state != OrderState.ANSWERED:
        raise Refused(
            "wrong_state",
            _("“%(thing)s”已是“%(state)s”。请刷新页面，看看现在可以做什么。"),
            thing=order,
            state=order.get_state_display(),
        )
    waiting = order.rounds.filter(verified_at__isnull=True).latest("number")
    if mark_of(waiting) != seen:
        raise Refused(
            "answered_again",
            _("机构在您打开之后收回并重新报送过。请回到通知，看过新的整改情况再核查。"),
        )
    return waiting


def _undisputed(answers: list[Answer]) -> None:
    waiting = Dispute.objects.waiting().filter(finding__in=[one.finding_id for one in answers])
    if waiting.exists():
        raise Refused("dispute_waiting", _("机构对其中的问题有异议，请先答复异议，再核查。"))


def _judged(answers: list[Answer], verdicts: Mapping[int, tuple[str, str]]) -> list[Answer]:
    """Each answer gets its verdict; returns those that go back."""
    for answer in answers:
        verdict, remark = verdicts.get(answer.finding_id, ("", ""))
        if verdict not in Verdict.values:
            raise Refused(
                "verdict_missing",
                _("请对每个问题选择“通过”或“退回”。"),
                field=f"verdict_{answer.finding_id}",
            )
        if verdict == Verdict.RETURNED and not remark.strip():
            raise Refused(
                "reason_missing",
                _("退回的问题要写明还差什么，机构会看到。"),
                field=f"remark_{answer.finding_id}",
            )
        answer.verdict, answer.remark = verdict, remark.strip()
    Answer.objects.bulk_update(answers, ["verdict", "remark"])
    return [answer for answer in answers if answer.verdict == Verdict.RETURNED]


def _looked(waiting: Round, look: Look, by: User, now: datetime) -> None:
    if look["method"] not in Method.values:
        raise Refused("method_unknown", _("请选择核查方式。"), field="method")
    on_site = look["method"] == Method.ON_SITE
    visited = look["visited_on"] if on_site else None
    if on_site and (visited is None or visited > timezone.localdate(now)):
        raise Refused("visit_day", _("请填写现场核查的日期，不能晚于今天。"), field="visited_on")
    waiting.method, waiting.visited_on, waiting.note = look["method"], visited, look["note"].strip()
    waiting.verified_at, waiting.verified_by = now, by
    waiting.save(update_fields=["method", "visited_on", "note", "verified_at", "verified_by"])


def _locked(order: Order) -> Order:
    rows = Order._base_manager.select_for_update(of=("self",))
    return rows.select_related("organization", "authority").get(pk=order.pk)
