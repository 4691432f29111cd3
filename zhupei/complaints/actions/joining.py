"""Several complaints about one matter 并案: one leads, the others are answered with it.

Each keeps its number, its code, its clocks and its complainant. Until the leading one is answered
it can be undone.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Case, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.complaints import parameters as p
from zhupei.complaints import rules, wordings
from zhupei.complaints.actions import filing, saying, telling
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Complaint, State
from zhupei.complaints.workflow import COMPLAINT, UNJUDGED
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.core.parameters import settings_of, value
from zhupei.core.wordings import say
from zhupei.people.models import User
from zhupei.questions.rules import likeness_words

LOOKED_AT = 100  # complaints near in time that are compared, the newest first
SHOWN = 10
LEADING = (*UNJUDGED, State.DECIDED)


class Alike(NamedTuple):
    """A complaint that may be about the same matter; ``score`` in per cent of its words."""

    complaint: Complaint
    score: int
    likely: bool
    joinable: bool


def near(row: Complaint, within: int | None = None) -> QuerySet[Complaint]:
    """Those about the same body around the same days."""
    days = timedelta(days=value(p.SIMILAR_DAYS) if within is None else within)
    rows = Complaint.objects.filter(
        organization=row.organization_id, filed_at__range=(row.filed_at - days, row.filed_at + days)
    )
    return rows.exclude(pk=row.pk) if row.organization_id else rows.none()


def around(row: Complaint, *, by: User, compare: bool) -> tuple[list[Complaint], list[Alike]]:
    """What was joined to it, and what may be the same matter, the likeliest first: of the same
    class and kind, or in words that are alike. ``compare`` for whoever may read the words.
    """
    figures = settings_of(p.SIMILAR_DAYS, p.LIKENESS) if compare else {}
    rows = Complaint.objects.filter(leading=row)
    if compare:
        rows = rows | near(row, figures[p.SIMILAR_DAYS.key].value)
    first = Case(When(leading=row, then=0), default=1)
    found = (rows & Complaint.objects.visible_to(by)).order_by(first, "-filed_at", "-pk")[
        :LOOKED_AT
    ]
    joined = [one for one in found if one.leading_id == row.pk]
    own = _pairs(row) if compare else []
    others = [
        _alike(row, one, rules.alike(own, _pairs(one)), figures[p.LIKENESS.key].value)
        for one in found
        if one.leading_id != row.pk
    ]
    others.sort(key=lambda one: (not one.likely, -one.score))
    return joined, others[:SHOWN]


def _pairs(row: Complaint) -> list[str]:
    return likeness_words(row.text).split()


def _alike(row: Complaint, one: Complaint, score: int, at_least: int) -> Alike:
    same_class = (
        row.training_class_id is not None and one.training_class_id == row.training_class_id
    )
    likely = score >= at_least or (same_class and one.kind == row.kind)
    return Alike(one, score, likely, _why_not(row, one) is None)


def joinable(row: Complaint) -> QuerySet[Complaint]:
    """The complaints this one may be joined to."""
    rows = near(row).filter(handler=row.handler_id, state__in=LEADING, leading=None)
    return rows.order_by("filed_at", "pk")


def _why_not(row: Complaint, leading: Complaint) -> str | None:
    """The code of why it may not be joined to the other; None when it may."""
    if leading.organization_id is None or leading.organization_id != row.organization_id:
        return "another_body"
    if leading.handler_id != row.handler_id:
        return "another_handler"
    if leading.pk == row.pk or leading.leading_id is not None:
        return "leading_joined"
    return None if leading.state in LEADING else "leading_over"


SENTENCES = {
    "another_body": _("只有投诉同一单位的才能并案。"),
    "another_handler": _("只有同一单位办理的才能并案；请先转办到一处。"),
    "leading_joined": _("%(number)s 不能作主办件：它自己已并入另一件，或者就是这一件。"),
    "leading_over": _("%(number)s 已经答复或转出，不能再并入。"),
}


@transaction.atomic
def join(complaint: Complaint, *, by: User, leading: Complaint) -> Complaint:
    """Handle it with another one about the same matter; its complainant is told so.

    Raises NotAllowed; Refused "wrong_state", "another_body", "another_handler", "leading_joined",
    "leading_over", "leads_others".

    Source: practice (a matter reported by several is investigated once, and everybody is answered).
    """
    row, lead = _both(complaint, leading)
    COMPLAINT.check(row, "join", by=by)
    if code := _why_not(row, lead):
        raise Refused(code, SENTENCES[code], field="leading", number=lead.number)
    if row.joined.filter(state=State.JOINED).exists():
        raise Refused(
            "leads_others",
            _("已有投诉并入本件。请把另一件并入本件，或先把它们分出。"),
            field="leading",
        )
    Complaint.objects.filter(pk=row.pk).update(
        leading=lead, investigator=lead.investigator, assigned_at=lead.assigned_at
    )
    row = COMPLAINT.move(row, "join", by=by, number=lead.number)
    audit.record(ComplaintEvent.LEADS, lead, by=by, number=row.number)
    taken_up = lead.accepted_at is not None
    if taken_up and row.accepted_at is None:
        row.accepted_at = timezone.now()
        row.save(update_fields=["accepted_at"])
    text = say(wordings.JOINED, number=row.number)
    saying.say_to_one(row, text, by=by, answers=taken_up)
    telling.investigator(lead, _("有投诉并入 %(number)s：%(kind)s"))
    return row


@transaction.atomic
def separate(complaint: Complaint, *, by: User, note: str) -> Complaint:
    """Handle it by itself again: somebody is to be named for it, and its terms stay.

    Raises NotAllowed; Refused "wrong_state", "note_required".
    """
    row = COMPLAINT.move(complaint, "separate", by=by, note=note, number=str(complaint.leading))
    lead, now = row.leading, timezone.now()
    assert lead
    row.leading, row.investigator, row.assigned_at = None, None, None
    row.assign_due = filing.clocks(now, row.handler.prefecture_id)["assign_due"]
    row.save(update_fields=["leading", "investigator", "assigned_at", "assign_due"])
    audit.record(ComplaintEvent.LEFT, lead, by=by, number=row.number)
    facts = {"number": row.number, "handler": row.handler.name, "until": saying.on_day(row)}
    saying.say_to_one(row, say(wordings.SEPARATED, **facts), by=by, answers=False)
    telling.officers(row, _("投诉 %(number)s 从并案中分出，待分派"))
    return row


def follow(leading: Complaint, name: str, *, by: User, fields: Sequence[str], **facts: Any) -> None:
    """What is joined goes the way of the leading one: the same ``fields``, the same move; ``facts``
    are what the record keeps.
    """
    said = {field: getattr(leading, field) for field in fields}
    late = {"refused_for"} & set(fields)  # the table wants it after the move
    for one in saying.joined_to(leading):
        early = {field: value for field, value in said.items() if field not in late}
        rows = Complaint.objects.filter(pk=one.pk)
        rows.update(**early)
        COMPLAINT.move(one, f"{name}_joined", by=by, **facts)
        rows.update(**said)


def _both(complaint: Complaint, leading: Complaint) -> tuple[Complaint, Complaint]:
    """Both locked, always in the same order."""
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("handler")
    found = {row.pk: row for row in rows.filter(pk__in=[complaint.pk, leading.pk]).order_by("pk")}
    return found[complaint.pk], found[leading.pk]
