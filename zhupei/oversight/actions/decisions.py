"""A measure from its decision on: served, carried out, lifted, dropped, taken back.

Source: Measures, art. 23; Administrative Penalty Law, art. 48 (what was taken back is not shown
any longer than three days: credit records fall with the decision).
"""

from datetime import date
from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import messages
from zhupei.core.errors import Refused
from zhupei.core.templatetags.ui import dated
from zhupei.organizations.offices import regulators
from zhupei.oversight import rules
from zhupei.oversight.actions import suspensions
from zhupei.oversight.actions.endings import ended
from zhupei.oversight.actions.measures import attach, locked
from zhupei.oversight.models import Measure, MeasureKind, MeasureState, PaperKind, ServedHow
from zhupei.oversight.recusal import check_untied
from zhupei.oversight.tellings import tell_institution
from zhupei.oversight.workflow import MEASURE
from zhupei.people.models import User


class Terms(TypedDict, total=False):
    """What a decision says beside its reasons. ``weighed``: what of the statement was taken up.

    ``due_on`` is the day to correct by, or of the talk; ``place`` where the talk is.
    ``certificates_from`` marks certificates, when it is a stop.
    """

    weighed: str
    due_on: date | None
    place: str
    certificates_from: date | None


@transaction.atomic
def decide(measure: Measure, *, by: User, note: str, **said: Unpack[Terms]) -> Measure:
    """Decide, by another person than the one who drafted it, once the institution was heard.

    A stop begins, or one ordered at once is confirmed; removal ends the admission.
    Raises NotAllowed; Refused "note_required", "statement_pending", "hearing_pending",
    "weighing_missing", "due_missing", "due_past", "place_missing", or what suspending and leaving
    refuse.

    Source: Measures, art. 23; Administrative Penalty Law, art. 45.
    """
    row = locked(measure)
    MEASURE.check(row, "decide", by=by)
    check_untied(by, row.organization)
    _check_heard(row)
    if not note.strip():
        raise Refused("note_required", gettext_lazy("请写明决定和理由。"), field="note")
    if row.stated_at and not said.get("weighed", "").strip():
        raise Refused(
            "weighing_missing",
            gettext_lazy("机构陈述申辩过，请写明采纳了什么、没有采纳什么、为什么。"),
            field="weighed",
        )
    due_on, place = _terms(row, said)
    row.decision, row.weighed = note.strip(), said.get("weighed", "").strip()
    row.decided_at, row.decided_by = timezone.now(), by
    row.due_on, row.place = due_on, place
    if row.kind == MeasureKind.SUSPEND:
        _stop(row, by, note, said.get("certificates_from"))
    elif row.kind == MeasureKind.REMOVE:
        suspensions.leave(row.organization, by=by, note=note)
    row.save()
    kind = str(row.get_kind_display())
    row = MEASURE.move(row, "decide", by=by, note=note, within=row.organization, kind=kind)
    tell_institution(row, _("管理措施决定：%(number)s"), _body(row))
    return row


def _check_heard(row: Measure) -> None:
    reason = rules.why_not_decide(
        timezone.now(),
        until=row.words_until,
        waived=row.waived_at is not None,
        hearing_asked=row.hearing_asked,
        heard=row.heard_at is not None,
    )
    if reason == "hearing_pending":
        raise Refused("hearing_pending", gettext_lazy("机构要求听证。听证以后才能作出决定。"))
    if reason:
        raise Refused(
            "statement_pending",
            gettext_lazy(
                "机构在 %(until)s（含当日）以前可以陈述申辩、要求听证。期满，"
                "或者机构明确放弃听证以后，才能作出决定。"
            ),
            until=dated(row.last_day),
        )


def _terms(row: Measure, said: Terms) -> tuple[date | None, str]:
    """The day and the place, for the kinds that have them."""
    if row.kind not in {MeasureKind.TALK, MeasureKind.CORRECT}:
        return None, ""
    due_on, place = said.get("due_on"), said.get("place", "").strip()
    if due_on is None:
        raise Refused("due_missing", gettext_lazy("请填改正期限，或者约谈日期。"), field="due_on")
    if due_on <= timezone.localdate():
        raise Refused("due_past", gettext_lazy("日期要在今天之后。"), field="due_on")
    if row.kind == MeasureKind.TALK and not place:
        raise Refused("place_missing", gettext_lazy("请写明约谈地点。"), field="place")
    return due_on, place if row.kind == MeasureKind.TALK else ""


def _stop(row: Measure, by: User, note: str, certificates_from: date | None) -> None:
    held = row.suspension is not None and row.suspension.lifted_at is None
    if held:
        return  # ordered at once: the decision confirms it
    row.suspension = suspensions.suspend(
        row.organization,
        by=by,
        note=note,
        law=str(row.basis),
        certificates_from=certificates_from,
    )


def _body(row: Measure) -> str:
    words = {
        "kind": row.get_kind_display(),
        "decision": row.decision.rstrip("。"),
        "due": dated(row.due_on) if row.due_on else "",
        "place": row.place,
    }
    end = _("不服的，可以依法申请行政复议或者提起行政诉讼。")
    if row.kind == MeasureKind.TALK:
        return _("%(kind)s：%(due)s，%(place)s。%(decision)s。") % words + end
    if row.kind == MeasureKind.CORRECT:
        return _("%(kind)s到 %(due)s。%(decision)s。") % words + end
    return _("%(kind)s。%(decision)s。") % words + end


@transaction.atomic
def serve(
    measure: Measure, *, by: User, how: str, note: str = "", upload: File[bytes] | None = None
) -> Measure:
    """Register that the decision reached the institution, on paper.

    Raises NotAllowed; Refused "how_unknown", or what ``files.accept`` refuses.
    """
    row = locked(measure)
    MEASURE.check(row, "serve", by=by)
    if how not in ServedHow.values or how == ServedHow.PLATFORM:
        raise Refused("how_unknown", gettext_lazy("请选择怎样送达的。"), field="how")
    if upload is not None:
        attach(row, by=by, upload=upload, kind=PaperKind.SERVICE)
    return _served(row, "serve", how, by=by, note=note)


@transaction.atomic
def acknowledge(measure: Measure, *, by: User, note: str = "") -> Measure:
    """The institution says it has the decision."""
    return _served(locked(measure), "acknowledge", ServedHow.PLATFORM, by=by, note=note)


def _served(row: Measure, move: str, how: str, *, by: User, note: str) -> Measure:
    label = str(ServedHow(how).label)
    row = MEASURE.move(row, move, by=by, note=note, within=row.organization, how=label)
    row.served_how, row.served_at = ServedHow(how).value, timezone.now()
    row.save(update_fields=["served_how", "served_at"])
    return row


@transaction.atomic
def carry_out(
    measure: Measure, *, by: User, note: str, upload: File[bytes] | None = None
) -> Measure:
    """Confirm that the talk was held, the fault corrected, the removal done.

    Raises NotAllowed; Refused "note_required", "still_stopped" (a stop is lifted, not done),
    "outcome_missing" (an order to correct wants proof), or what ``files.accept`` refuses.
    """
    row = locked(measure)
    MEASURE.check(row, "carry_out", by=by)
    if row.kind == MeasureKind.SUSPEND:
        raise Refused("still_stopped", gettext_lazy("暂停受理用“恢复业务”解除，要有整改凭据。"))
    given = row.papers.filter(kind=PaperKind.OUTCOME).exists()
    if row.kind == MeasureKind.CORRECT and upload is None and not given:
        raise Refused(
            "outcome_missing", gettext_lazy("请上传改正的证明，或者核查记录。"), field="file"
        )
    if upload is not None:
        attach(row, by=by, upload=upload, kind=PaperKind.OUTCOME)
    row = MEASURE.move(row, "carry_out", by=by, note=note, within=row.organization)
    return ended(row, note, _("管理措施执行完毕：%(number)s"))


@transaction.atomic
def drop(measure: Measure, *, by: User, note: str) -> Measure:
    """Nothing comes of it; who was told is told that, too.

    Raises Refused "still_stopped" while a stop ordered at once is in force.
    """
    row = locked(measure)
    MEASURE.check(row, "drop", by=by)
    _check_not_stopped(row)
    told = row.noticed_at is not None
    row = MEASURE.move(row, "drop", by=by, note=note, within=row.told)
    return ended(row, note, _("管理措施不予采取：%(number)s") if told else "")


@transaction.atomic
def revoke(measure: Measure, *, by: User, note: str) -> Measure:
    """Take a decision back. Whatever rests on it falls: its credit records within three days.

    Raises Refused "still_stopped" while its stop is in force.

    Source: Administrative Penalty Law, art. 48.
    """
    row = locked(measure)
    MEASURE.check(row, "revoke", by=by)
    check_untied(by, row.organization)
    _check_not_stopped(row)
    row = MEASURE.move(row, "revoke", by=by, note=note, within=row.organization)
    return ended(row, note, _("管理措施决定已撤销：%(number)s"))


def _check_not_stopped(row: Measure) -> None:
    if row.suspension is not None and row.suspension.lifted_at is None:
        raise Refused("still_stopped", gettext_lazy("暂停还在执行。请先恢复业务，再办这一步。"))


def escalate() -> int:
    """Tell the region, once, of measures nobody carried out or decided in time; how many."""
    now, today = timezone.now(), timezone.localdate()
    late = Measure.objects.overdue(today) | Measure.objects.filter(
        state__in=[MeasureState.NOTICED, MeasureState.STATED], decide_by__lt=now
    )
    with transaction.atomic():
        rows = list(late.filter(late_told_at__isnull=True).select_for_update(of=("self",)))
        for row in rows:
            words = _("管理措施逾期：%(number)s") % {"number": row.number}
            body = f"{row.authority}　{row.organization}"
            messages.tell(regulators(), words, body=body, url=row.get_absolute_url())
        Measure.objects.filter(pk__in=[row.pk for row in rows]).update(late_told_at=now)
    return len(rows)
