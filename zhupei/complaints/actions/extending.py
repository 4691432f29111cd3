"""More time for a result 延期: asked for with a reason, given by somebody above, told to whoever
complained.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.complaints import parameters as p
from zhupei.complaints import rules, wordings
from zhupei.complaints.access import may_give_time, may_handle
from zhupei.complaints.actions import saying, telling
from zhupei.complaints.events import ComplaintEvent
from zhupei.complaints.models import Complaint, Extension, ExtensionState, State
from zhupei.complaints.rules import Stretch
from zhupei.complaints.workflow import EXTENSION
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import value
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.core.wordings import say
from zhupei.core.workdays import office_hours_end
from zhupei.people.models import User

TAKEN_UP = (State.ACCEPTED, State.DECIDED)
SENTENCES = {
    Stretch.NOT_LATER: gettext_lazy("新的时限要晚于现在的时限 %(due)s。"),
    Stretch.TOO_FAR: gettext_lazy("最晚可以延到 %(last)s。"),
    Stretch.TOO_OFTEN: gettext_lazy("这件投诉已经延期过，不能再延。请在时限内答复结果。"),
}


def waiting(complaint: Complaint) -> Extension | None:
    """The wish nobody has answered."""
    found = complaint.extensions.filter(state=ExtensionState.ASKED)
    return found.select_related("complaint", "asked_by").first()


def wish() -> Subquery:
    """The same as a column of complaints: what a page has to know of it."""
    rows = Extension.objects.filter(complaint=OuterRef("pk"), state=ExtensionState.ASKED)
    known = JSONObject(pk="pk", asked_by="asked_by", reason="reason", until="wanted_until")
    return Subquery(rows.values(known=known))


def wish_of(complaint: Any) -> Extension | None:
    """The wish of a complaint that was read with that column."""
    if complaint.time_wanted is None:
        return None
    return Extension(
        pk=complaint.time_wanted["pk"],
        complaint=complaint,
        asked_by_id=complaint.time_wanted["asked_by"],
        reason=complaint.time_wanted["reason"],
        wanted_until=date.fromisoformat(complaint.time_wanted["until"]),
    )


def may_ask(user: User, complaint: Complaint) -> bool:
    """Whoever investigates it, once it was taken up, while there is time; not more
    often than the figure says.
    """
    taken_up = complaint.state in TAKEN_UP and complaint.close_due > timezone.now()
    times = complaint.times_extended
    again = not times or times < value(p.EXTENSION_TIMES)
    return taken_up and again and may_handle(user, complaint)


@transaction.atomic
def ask(complaint: Complaint, *, by: User, until: date, reason: str) -> Extension:
    """Ask for more time to tell the result. Asking stops no clock.

    Raises NotAllowed; Refused "not_accepted", "asked_too_late", "asked_already",
    "reason_missing", "due_not_later", "due_too_late", "extended_already".

    Source: project register of facts, §9 (信访工作条例: more time, once, with a reason).
    """
    row = _locked(complaint)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("只有这件投诉的经办人能申请延期。"))
    if row.state not in TAKEN_UP:
        raise Refused("not_accepted", gettext_lazy("受理后、答复结果前才能申请延期。"))
    if row.close_due <= timezone.now():
        raise Refused("asked_too_late", gettext_lazy("答复时限已过，不能再申请延期。请尽快答复。"))
    if waiting(row):
        raise Refused("asked_already", gettext_lazy("已有一份延期申请待批准。"))
    if not reason.strip():
        raise Refused("reason_missing", gettext_lazy("请写明为什么不能按期答复。"), field="reason")
    _check(row, until)
    made = Extension.objects.create(
        complaint=row,
        reason=reason.strip(),
        wanted_until=until,
        asked_at=timezone.now(),
        asked_by=by,
    )
    audit.record(
        ComplaintEvent.EXTENSION_ASKED,
        made,
        by=by,
        within=row,
        until=dated(until),
        note=made.reason,
    )
    telling.above(row, gettext_lazy("投诉 %(number)s 申请延期，请批准"), made.reason)
    return made


@transaction.atomic
def grant(extension: Extension, *, by: User, reason: str, until: date | None = None) -> Extension:
    """Give more time, as much as was asked for or less; the complainant and those joined are told
    the ``reason``. It counts though the old time may have run out meanwhile.

    Raises NotAllowed; Refused "wrong_state", "reason_missing", "due_not_later", "due_too_late",
    "names_complainant".

    Source: project register of facts, §9 (信访工作条例: more time, once, with a reason).
    """
    row = _locked(extension.complaint)
    EXTENSION.check(Extension.objects.get(pk=extension.pk), "grant", by=by)
    if not reason.strip():
        raise Refused(
            "reason_missing", gettext_lazy("请写明延期理由，投诉人会看到。"), field="reason"
        )
    day = until or extension.wanted_until
    _check(row, day)
    due, now = office_hours_end(day), timezone.now()
    Extension.objects.filter(pk=extension.pk).update(
        granted_until=due, answered_at=now, answered_by=by
    )
    done = EXTENSION.move(extension, "grant", by=by, within=row, until=beijing(due), note=reason)
    others = saying.joined_to(row)
    for one in (row, *others):
        _stretched(one, due)
    text = say(
        wordings.EXTENDED, number=row.number, until=saying.on_day(row), reason=reason.rstrip("。")
    )
    saying.say(row, text, by=by)
    telling.investigator(row, gettext_lazy("投诉 %(number)s 的延期已批准"))
    return done


@transaction.atomic
def keep(extension: Extension, *, by: User, note: str) -> Extension:
    """The time stays as it is. Raises NotAllowed; Refused "wrong_state", "note_required"."""
    row = _locked(extension.complaint)
    Extension.objects.filter(pk=extension.pk).update(answered_at=timezone.now(), answered_by=by)
    done = EXTENSION.move(extension, "keep", by=by, note=note, within=row)
    telling.investigator(row, gettext_lazy("投诉 %(number)s 的延期没有批准"), note)
    return done


def may_answer(user: User, extension: Extension | None) -> bool:
    """May this person give the time that was asked for?"""
    return extension is not None and may_give_time(user, extension)


def _stretched(row: Complaint, due: datetime) -> None:
    """More time for one; its old term is kept, and there will be another reminder."""
    if due > row.close_due:
        row.first_close_due = row.first_close_due or row.close_due
        row.close_due, row.warned_at = due, None
        row.times_extended += 1
        row.save(update_fields=["close_due", "first_close_due", "times_extended", "warned_at"])


def _check(row: Complaint, until: date) -> None:
    due, last = timezone.localdate(row.close_due), latest(row)
    code = rules.may_stretch(
        due,
        until,
        last=last,
        times=row.times_extended,
        at_most=value(p.EXTENSION_TIMES),
    )
    if code:
        words = SENTENCES[code]
        raise Refused(code.value, words, field="until", due=dated(due), last=dated(last))


def latest(row: Complaint) -> date:
    """The last day more time may end on: counted from the term there was at first."""
    first = timezone.localdate(row.first_close_due or row.close_due)
    return first + timedelta(days=value(p.EXTENSION_DAYS))


def _locked(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",)).select_related("handler")
    return rows.get(pk=complaint.pk)
