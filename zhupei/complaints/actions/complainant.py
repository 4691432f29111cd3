"""What the complainant does after filing: comes back with number and code, adds, rates, has it
looked at again. The record says that it was done, not by whom and not from where.
"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from zhupei.complaints import parameters as p
from zhupei.complaints import rules
from zhupei.complaints.actions import filing, telling
from zhupei.complaints.actions.filing import Evidence
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Complaint, Side, State, Word
from zhupei.complaints.models.complaint import BEST
from zhupei.complaints.rules import Term
from zhupei.complaints.workflow import COMPLAINT
from zhupei.core import audit, context, throttle, workdays
from zhupei.core.errors import Refused
from zhupei.core.parameters import value

QUARTER = 900  # seconds
ADDRESSES = 4  # times as many wrong tries from one address as for one number
ANSWERED = (State.REPLIED, State.CLOSED, State.REFUSED)
SENTENCES = {
    Term.NOT_ANSWERED: _("还在办理，办完才能要求重新办理；有新情况请补充。"),
    Term.TOO_LATE: _("要求重新办理的期限是 %(until)s，已经过了。可以重新提交一件投诉。"),
    Term.TOO_OFTEN: _("已经重新办理过。仍不满意的，可以依法走信访复查或申请行政复议。"),
}


def find(number: str, code: str, *, address: str) -> Complaint:
    """The complaint these two open. Wrong tries are counted by number and by address, outside any
    transaction.

    Raises Refused "too_many_tries", "code_wrong".
    """
    number, code = number.strip().upper(), _tidy(code)
    at_most = value(p.WRONG_CODES)
    tries = [(f"number {number}", at_most), (f"address {address}", ADDRESSES * at_most)]
    if any(throttle.counted("complain", who, QUARTER) >= most for who, most in tries):
        raise Refused(
            "too_many_tries", _("输错太多次了，请过一刻钟再试。编号和查询码在提交时的回执上。")
        )
    found = Complaint.objects.filter(number=number).first()
    given = filing.code_hash(number, code)
    if found is None or not constant_time_compare(found.code_hash, given):
        for who, _most in tries:
            throttle.count("complain", who, QUARTER)
        raise Refused(
            "code_wrong", _("编号或查询码不对。请对照回执逐位核对，字母不分大小写。"), field="code"
        )
    return found


def opened(key: int) -> Complaint | None:
    """The complaint whose code somebody has shown."""
    rows = Complaint.objects.select_related("organization", "handler", "certificate")
    return rows.filter(pk=key).first()


def _tidy(code: str) -> str:
    """As it is printed, without the dash, in capitals; 0 and O, 1, I and L are not in any code."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


@transaction.atomic
def add(
    complaint: Complaint,
    *,
    text: str,
    pictures: Sequence[Evidence] = (),
    film: Evidence | None = None,
) -> Word:
    """Say more. Raises Refused "text_missing", "complaint_over", "too_many_pictures", and what
    keeping a file refuses.
    """
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if not row.is_open:
        raise Refused("complaint_over", _("已经答复。不满意的，可以要求重新办理。"), field="text")
    if not text.strip():
        raise Refused("text_missing", _("请写要补充的内容。"), field="text")
    if len(pictures) > (most := value(p.PICTURES)):
        raise Refused(
            "too_many_pictures", _("一次最多附 %(most)d 个。"), field="pictures", most=most
        )
    with context.unseen():
        word = _word(row, text)
        filing.keep_evidence(row, pictures, film, word)
        audit.record(ComplaintEvent.ADDED_TO, row, by=None)
        telling.investigator(row.leading or row, _("投诉 %(number)s：投诉人补充了内容"))
    return word


def _word(row: Complaint, text: str) -> Word:
    return Word.objects.create(
        complaint=row, side=Side.COMPLAINANT, text=text.strip(), by=None, at=timezone.now()
    )


def last_day(complaint: Complaint) -> date | None:
    """The last day to have it looked at again; None before it was answered."""
    if complaint.replied_at is None or complaint.state not in ANSWERED:
        return None
    return timezone.localdate(workdays.deadline(complaint.replied_at, value(p.REOPEN_DAYS)))


def why_not_again(complaint: Complaint) -> Term | None:
    """Why it may not be looked at again today; None when it may."""
    return rules.may_reopen(
        timezone.localdate(),
        last_day(complaint),
        times=complaint.times_reopened,
        at_most=value(p.REOPEN_TIMES),
    )


@transaction.atomic
def reopen(complaint: Complaint, *, text: str) -> Complaint:
    """Have it looked at again. The clocks begin anew, and somebody is to be named for it.

    Raises Refused "text_missing", "wrong_state", "not_answered", "too_late", "too_often".

    Source: project register of facts, §9 (re-opening within a term).
    """
    if not text.strip():
        raise Refused("text_missing", _("请写明哪里不满意、有什么新情况。"), field="text")
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if fault := why_not_again(row):
        raise Refused(fault.value, SENTENCES[fault], until=str(last_day(row)))
    with context.unseen():
        Complaint.objects.filter(pk=row.pk).update(refused_for="")
        row = COMPLAINT.move(row, "reopen", by=None)
        _begin_anew(row)
        _word(row, text)
        telling.officers(row, _("投诉 %(number)s：投诉人要求重新办理"))
    return row


def _begin_anew(row: Complaint) -> None:
    """As if it had come in now; what was found before stands in its words and events."""
    now = timezone.now()
    row.outcome, row.decided_at, row.decided_by, row.replied_at = "", None, None, None
    row.investigator, row.assigned_at, row.first_reply_at = None, None, None
    row.closed_at, row.warned_at, row.rating, row.rated_at = None, None, None, None
    row.escalated_at, row.escalated_for = None, ""
    row.first_close_due, row.times_extended, row.leading = None, 0, None
    row.times_reopened, row.reopened_at = row.times_reopened + 1, now
    for name, moment in filing.clocks(now, row.handler.prefecture_id).items():
        setattr(row, name, moment)
    row.save()


@transaction.atomic
def rate(complaint: Complaint, *, score: int, text: str = "") -> Complaint:
    """Say how well it was handled, once; what was answered is closed with that.

    Raises Refused "not_answered", "score_missing", "rated_already".

    Source: project register of facts, §9 (satisfaction).
    """
    if score not in range(1, BEST + 1):
        raise Refused("score_missing", _("请选择 1 到 5 分。"), field="score")
    row = Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)
    if row.state not in {State.REPLIED, State.CLOSED}:
        raise Refused("not_answered", SENTENCES[Term.NOT_ANSWERED])
    if row.rating is not None:
        raise Refused("rated_already", _("已经评价过，谢谢。"))
    with context.unseen():
        if row.state == State.REPLIED:
            row = COMPLAINT.move(row, "satisfied", by=None)
            row.closed_at = timezone.now()
        row.rating, row.rating_words, row.rated_at = score, text.strip(), timezone.now()
        row.save(update_fields=["rating", "rating_words", "rated_at", "closed_at"])
        audit.record(ComplaintEvent.RATED, row, by=None, score=score)
    return row
