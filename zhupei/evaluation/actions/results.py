"""Publicity, decision, announcement, exit: from a score to a grade that counts elsewhere."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import messages, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.credit.actions.grades import set_grade
from zhupei.credit.models import Letter
from zhupei.evaluation import steps
from zhupei.evaluation.access import may_move_scheme
from zhupei.evaluation.models import Evaluation, Scheme, SeatState
from zhupei.evaluation.steps import Ready
from zhupei.evaluation.workflow import APPOINTMENT, EVALUATION, SCHEME
from zhupei.institutions.offices import registrars, reviewers
from zhupei.people.models import User

TOLD = 5  # institutions named in a refusal


class Done(NamedTuple):
    """What became of a step: so many went, these did not, each with why."""

    went: int
    left: list[Ready]


Shown = Mapping[int, str]  # the results somebody was shown, by key of the evaluation


@transaction.atomic
def publicise(scheme: Scheme, *, by: User, shown: Shown | None = None) -> Done:
    """Publish every result whose review is over, for the term of the scheme; of those ``shown``,
    when somebody chose. Who is not ready stays where they are and holds nobody up.

    Raises NotAllowed; Refused "year_not_over", "nothing_reviewed", "nothing_ready",
    "changed_meanwhile".
    """
    _check(scheme, by)
    if not scheme.is_over:
        raise Refused(
            "year_not_over",
            gettext_lazy("数据期间到 %(until)s 才满，%(until)s 以后才能公示。"),
            until=dated(scheme.counts_until),
        )
    rows = list(_locked(steps.waiting(scheme, "publicise")))
    if not rows:
        raise Refused("nothing_reviewed", gettext_lazy("没有复核完成、等着公示的机构。"))
    going, left = _sorted(rows, by, shown)
    now = timezone.now()
    until = workdays.deadline(now, int(scheme.figures["publicity_workdays"]))
    for row in going:
        Evaluation.objects.filter(pk=row.pk).update(public_since=now, public_until=until)
        moved = EVALUATION.move(
            row, "publicise", by=by, score=str(row.score or "—"), until=beijing(until)
        )
        title = _("评估结果公示，到 %(until)s 前可提异议") % {"until": beijing(until)}
        messages.tell(registrars(moved.organization), title, url=moved.get_absolute_url())
    return Done(len(going), left)


@transaction.atomic
def decide(scheme: Scheme, *, by: User, shown: Shown | None = None) -> Done:
    """Decide every result whose publicity is over and that nothing is in the way of. The grade
    counts from now on in the credit file.

    Raises NotAllowed; Refused "publicity_running", "nothing_ready", "changed_meanwhile".
    """
    _check(scheme, by)
    due = list(_locked(steps.waiting(scheme, "decide")))
    if not due:
        raise Refused(
            "publicity_running", gettext_lazy("没有公示期满的机构。公示期满、异议答复后才能定级。")
        )
    going, left = _sorted(due, by, shown)
    for row in going:
        _decide(row, by)
    return Done(len(going), left)


def _sorted(
    rows: Sequence[Evaluation], by: User, shown: Shown | None
) -> tuple[list[Evaluation], list[Ready]]:
    """Those that go, and those that stay with why. Nobody confirms a result they were not shown."""
    found = steps.ready(rows, by=by)
    left = [one for one in found if one.why_not]
    fit = [one for one in found if not one.why_not]
    if shown is not None:
        fit = [one for one in fit if one.evaluation.pk in shown]
        other = [one for one in fit if one.shown != shown[one.evaluation.pk]]
        if other:
            raise Refused(
                "changed_meanwhile",
                gettext_lazy("您打开页面以后，这些机构的结果变了，请看过再确认：%(names)s。"),
                names="、".join(str(one.evaluation.organization) for one in other),
            )
    if not fit:
        told = "；".join(f"{one.evaluation.organization}：{one.why_not}" for one in left[:TOLD])
        raise Refused(
            "nothing_ready",
            gettext_lazy("没有选中可以办理的机构。%(told)s"),
            told=told,
        )
    return [one.evaluation for one in fit], left


def _decide(row: Evaluation, by: User) -> None:
    now = timezone.now()
    Evaluation.objects.filter(pk=row.pk).update(decided_at=now)
    grade = str(row.get_grade_display())
    moved = EVALUATION.move(row, "decide", by=by, score=str(row.score), grade=grade)
    set_grade(
        moved.organization,
        moved.scheme.year,
        moved.grade,
        score=moved.score,
        source=moved,
        by=by,
        note=_("%(year)s 年度评估") % {"year": moved.scheme.year},
    )
    title = _("%(year)s 年度评估定级：%(grade)s") % {"year": moved.scheme.year, "grade": grade}
    messages.tell(registrars(moved.organization), title, url=moved.get_absolute_url())


@transaction.atomic
def withdraw(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """Take a published result back before it is decided: it was published too early or wrongly.

    Raises NotAllowed; Refused "wrong_state", "note_required", "objection_unanswered".
    """
    row = EVALUATION.move(evaluation, "withdraw", by=by, note=note)
    if row.objections.open().exists():
        raise Refused(
            "objection_unanswered", gettext_lazy("机构的异议还没有答复，请先答复再撤回公示。")
        )
    row.public_since = row.public_until = None
    row.save(update_fields=["public_since", "public_until"])
    title = _("%(year)s 年度评估：公示已撤回") % {"year": row.scheme.year}
    told = registrars(row.organization)
    messages.tell(told, title, body=note.strip(), url=row.get_absolute_url())
    return row


@transaction.atomic
def reopen(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """Send it back to bureau and experts, who complete what is missing or was read otherwise since.
    What they gave stays; each hands in again.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    row = EVALUATION.move(evaluation, "reopen", by=by, note=note)
    row.scored_at = row.scored_by_name = None
    row.save(update_fields=["scored_at", "scored_by_name"])
    told = set(reviewers(row.organization))
    for seat in row.appointments.filter(state=SeatState.DONE).select_related("expert"):
        again = APPOINTMENT.move(seat, "reopen", by=None, within=row, expert=str(seat.expert))
        again.ended_at = None
        again.save(update_fields=["ended_at"])
        told.add(seat.expert)
    title = _("退回补评：%(name)s %(year)s 年度评估") % {
        "name": row.organization,
        "year": row.scheme.year,
    }
    messages.tell(told, title, body=note.strip(), url=row.get_absolute_url())
    return row


@transaction.atomic
def leave(evaluation: Evaluation, *, by: User, note: str = "") -> Evaluation:
    """Record that an institution left the evaluation: no points, no grade but "out".

    Raises NotAllowed; Refused "wrong_state", "note_required".

    Source: notice, part 1 (one left of its own will).
    """
    row = EVALUATION.move(evaluation, "exit", by=by, note=note)
    row.grade = ""
    row.save(update_fields=["grade"])
    set_grade(row.organization, row.scheme.year, Letter.OUT, source=row, by=by, note=note.strip())
    messages.tell(
        registrars(row.organization),
        _("%(year)s 年度评估：记为退出") % {"year": row.scheme.year},
        body=note,
        url=row.get_absolute_url(),
    )
    return row


@transaction.atomic
def announce(scheme: Scheme, *, by: User, number: str) -> Scheme:
    """Publish the notice: the list of all institutions with their grades is for everybody.

    Raises NotAllowed; Refused "wrong_state", "number_missing", "still_running".
    """
    _check(scheme, by)
    if not number.strip():
        raise Refused("number_missing", gettext_lazy("请填写通报文号。"), field="number")
    left = scheme.evaluations.running().count()
    if left:
        raise Refused(
            "still_running",
            gettext_lazy("还有 %(count)s 家没有定级，不能通报。"),
            count=left,
        )
    Scheme.objects.filter(pk=scheme.pk).update(
        announced_at=timezone.now(), announced_as=number.strip()
    )
    return SCHEME.move(scheme, "announce", by=by, number=number.strip())


def _check(scheme: Scheme, by: User) -> None:
    if not may_move_scheme(by, scheme):
        raise NotAllowed("not_allowed", gettext_lazy("公示、定级、通报由自治区住建厅办理。"))


def _locked(rows: QuerySet[Evaluation]) -> QuerySet[Evaluation]:
    locked = rows.select_for_update(of=("self",))
    return locked.select_related("organization", "scheme").order_by("pk")
