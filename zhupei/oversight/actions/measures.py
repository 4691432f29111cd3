"""A measure from the facts to a decision: drafted, told, heard, decided by another person.

Source: Measures, art. 23; Administrative Penalty Law, art. 44 and 45.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NotRequired, TypedDict, Unpack

from django.core.files.base import File
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files, numbers, sources, workdays
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.parameters import value
from zhupei.core.statements import words_added
from zhupei.core.templatetags.ui import beijing, dated
from zhupei.corrections.models import Order
from zhupei.organizations.models import Organization
from zhupei.oversight import rules
from zhupei.oversight.access import may_handle, may_state, may_take_measures
from zhupei.oversight.actions import suspensions
from zhupei.oversight.events import MeasureEvent
from zhupei.oversight.models import (
    LegalBasis,
    Measure,
    MeasureKind,
    MeasurePaper,
    MeasureState,
    PaperKind,
    Suspension,
)
from zhupei.oversight.models.measures import HOLDING, OPEN
from zhupei.oversight.parameters import (
    DECISION_DAYS,
    HEARING_ASK_DAYS,
    HEARING_NOTICE_DAYS,
    STATEMENT_DAYS,
)
from zhupei.oversight.recusal import check_untied
from zhupei.oversight.tellings import tell_authority, tell_institution
from zhupei.oversight.workflow import MEASURE
from zhupei.people.models import User


class Facts(TypedDict):
    """What a measure rests on."""

    kind: str
    facts: str
    basis: LegalBasis
    uploads: NotRequired[Iterable[File[bytes]]]


@transaction.atomic
def draft(
    organization: Organization,
    *,
    by: User,
    source: models.Model | None = None,
    **said: Unpack[Facts],
) -> Measure:
    """Write up what an institution did and what is to be done about it. It sees nothing yet.

    A stop that is already in force, ordered at once, becomes the one of this measure.
    What the institution disputes is answered before anything is built on it.
    Raises NotAllowed; Refused "facts_missing", "basis_ended", "order_disputed", "measure_open", or
    what ``files.accept`` refuses.

    Source: Measures, art. 23.
    """
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    if not may_take_measures(by, organization):
        raise NotAllowed("not_allowed", _("管理措施由属地住建局或者自治区住建厅办理。"))
    check_untied(by, organization)
    kind = MeasureKind(said["kind"]).value
    _check(said["facts"], said["basis"])
    if isinstance(source, Order) and source.findings.disputed().exists():
        raise Refused(
            "order_disputed",
            gettext_lazy("机构对整改通知 %(number)s 里的问题有异议，请先答复异议，再拟办措施。"),
            number=source.number,
        )
    if Measure.objects.of(organization).open().filter(kind=kind).exists():
        raise Refused(
            "measure_open",
            gettext_lazy("这家机构有同一种措施正在办理，请在那里补充事实。"),
            field="kind",
        )
    made = Measure.objects.create(
        number=numbers.take(f"CS-{timezone.localdate().year}", digits=4),
        organization=organization,
        authority=by.acting.organization,
        kind=kind,
        facts=said["facts"].strip(),
        basis=said["basis"],
        drafted_at=timezone.now(),
        drafted_by=by,
        suspension=_loose(organization) if kind == MeasureKind.SUSPEND else None,
        **sources.of(source),
    )
    if made.suspension:
        made.urgent_why = made.suspension.reason
        made.save(update_fields=["urgent_why"])
    kind_said = str(made.get_kind_display())
    audit.record(MeasureEvent.DRAFTED, made, by=by, within=made.told, kind=kind_said)
    for upload in said.get("uploads", ()):
        attach(made, by=by, upload=upload)
    return made


def _check(facts: str, basis: LegalBasis) -> None:
    if not facts.strip():
        raise Refused(
            "facts_missing",
            gettext_lazy("请写明何时、何地、什么事、有什么证据。"),
            field="facts",
        )
    if not LegalBasis.objects.in_force(timezone.localdate()).filter(pk=basis.pk).exists():
        raise Refused(
            "basis_ended", gettext_lazy("这一条今天不在有效期内，请另选依据。"), field="basis"
        )


def _loose(organization: Organization) -> Suspension | None:
    """The stop in force that no measure stands behind yet."""
    rows = Suspension.objects.open().filter(organization=organization, measure__isnull=True)
    return rows.first()


@transaction.atomic
def edit(measure: Measure, *, by: User, facts: str, basis: LegalBasis) -> Measure:
    """Change a draft. Raises NotAllowed; Refused "already_told", or what ``draft`` refuses."""
    row = locked(measure)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("由拟办的机关修改。"))
    if row.state != MeasureState.DRAFT:
        raise Refused("already_told", gettext_lazy("已经告知机构，事实和依据不能再改。"))
    _check(facts, basis)
    row.facts, row.basis = facts.strip(), basis
    row.save(update_fields=["facts", "basis"])
    audit.record(MeasureEvent.EDITED, row, by=by, within=row.told)
    return row


@transaction.atomic
def attach(
    measure: Measure, *, by: User, upload: File[bytes], kind: str = PaperKind.EVIDENCE
) -> MeasurePaper:
    """Lay a paper beside it: the authority its evidence, the institution what it states.

    Raises NotAllowed; Refused "measure_closed", "statement_late", or what ``files.accept``
    refuses.
    """
    row = locked(measure)
    if may_state(by, row):
        kind = _theirs(row)
    elif not may_handle(by, row):
        raise NotAllowed("not_allowed", _("由办理机关或者机构自己提交材料。"))
    if row.state in {MeasureState.DROPPED, MeasureState.REVOKED, MeasureState.DONE}:
        raise Refused("measure_closed", gettext_lazy("已经办结，不能再补充材料。"), field="file")
    made = MeasurePaper.objects.create(
        measure=row,
        kind=PaperKind(kind).value,
        file=files.accept(upload, by=by),
        added_at=timezone.now(),
        added_by=by,
    )
    audit.record(MeasureEvent.PAPER_ADDED, row, by=by, within=row.told, file=made.file.name)
    return made


def _theirs(row: Measure) -> PaperKind:
    """What a paper of the institution is now: of its statement, or of how it complied."""
    if row.state in HOLDING:
        return PaperKind.OUTCOME
    _check_open_to_statements(row)
    return PaperKind.STATEMENT


@transaction.atomic
def look(paper: MeasurePaper, *, by: User) -> StoredFile:
    """Open a paper; every look is an event."""
    audit.record(MeasureEvent.SEEN, paper.measure, by=by, file=paper.file.name)
    return paper.file


@transaction.atomic
def stop_at_once(
    measure: Measure, *, by: User, note: str, certificates_from: date | None = None
) -> Measure:
    """Suspend before anybody was heard, because waiting would harm; hearing follows.

    Raises NotAllowed; Refused "not_a_stop", "stopped_already", or what ``suspensions.suspend``
    refuses.
    """
    row = locked(measure)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("由拟办的机关办理。"))
    if row.kind != MeasureKind.SUSPEND or row.state not in OPEN:
        raise Refused("not_a_stop", gettext_lazy("只有正在办理的暂停受理可以先行暂停。"))
    if row.suspension_id:
        raise Refused("stopped_already", gettext_lazy("已经先行暂停。"))
    row.suspension = suspensions.suspend(
        row.organization,
        by=by,
        note=note,
        law=str(row.basis),
        certificates_from=certificates_from,
    )
    row.urgent_why = note.strip()
    row.save(update_fields=["suspension", "urgent_why"])
    audit.record(MeasureEvent.URGENT, row, by=by, within=row.organization, note=note.strip())
    return row


@transaction.atomic
def notify(measure: Measure, *, by: User, note: str = "") -> Measure:
    """Tell the institution the facts, the law, and that it may speak, with a term.

    Source: Administrative Penalty Law, art. 44.
    """
    row = locked(measure)
    MEASURE.check(row, "notify", by=by)
    check_untied(by, row.organization)
    now = timezone.now()
    until = workdays.deadline(now, value(STATEMENT_DAYS))
    row.noticed_at, row.statement_until = now, until
    row.hearing_until = timezone.localdate(workdays.deadline(now, value(HEARING_ASK_DAYS)))
    row.decide_by = workdays.deadline(
        workdays.office_hours_end(row.last_day or now.date()), value(DECISION_DAYS)
    )
    row.save(update_fields=["noticed_at", "statement_until", "hearing_until", "decide_by"])
    row = MEASURE.move(
        row, "notify", by=by, note=note, within=row.organization, until=beijing(until)
    )
    body = _(
        "拟对本机构采取%(kind)s。%(until)s（北京时间）以前可以陈述申辩，可以多次补充；"
        "%(day)s（含当日）以前可以要求听证。期满以前不作决定，除非您明确放弃听证。"
        "陈述申辩不会加重处理。"
    ) % {
        "kind": row.get_kind_display(),
        "until": beijing(until),
        "day": dated(row.hearing_until),
    }
    tell_institution(row, _("管理措施告知：%(number)s"), body)
    return row


def _check_open_to_statements(row: Measure) -> None:
    told = row.state in {MeasureState.NOTICED, MeasureState.STATED}
    if not told or row.words_until is None:
        raise Refused("measure_closed", gettext_lazy("现在不在陈述申辩的期间。"), field="file")
    if not row.listening:
        raise Refused(
            "statement_late",
            gettext_lazy("陈述申辩到 %(until)s（含当日）为止，已经过了。"),
            until=dated(row.last_day),
        )


@transaction.atomic
def state(
    measure: Measure,
    *,
    by: User,
    statement: str,
    hearing: bool = False,
    waive: bool = False,
    uploads: Iterable[File[bytes]] = (),
) -> Measure:
    """The institution says what it has to say, as often as it likes until the term ends, and asks
    for a hearing if it wants one. ``waive``: no hearing is wanted and nothing more comes, so it
    may be decided at once; whoever speaks again takes that back.

    Raises NotAllowed; Refused "statement_missing", "statement_late", "hearing_late",
    "hearing_or_not", or what ``files.accept`` refuses.

    Source: Administrative Penalty Law, art. 45, 63 and 64.
    """
    row = locked(measure)
    MEASURE.check(row, "state", by=by)
    if not statement.strip():
        raise Refused("statement_missing", gettext_lazy("请写明您的陈述申辩。"), field="statement")
    _check_open_to_statements(row)
    if hearing and waive:
        raise Refused(
            "hearing_or_not",
            gettext_lazy("要求听证和放弃听证只能选一个。"),
            field="wish",
        )
    if hearing and not rules.may_ask_for_hearing(timezone.localdate(), row.hearing_until):
        raise Refused(
            "hearing_late",
            gettext_lazy("要求听证的期限是 %(day)s，已经过了；陈述申辩仍可以提交。"),
            field="wish",
            day=dated(row.hearing_until),
        )
    for upload in uploads:
        attach(row, by=by, upload=upload)
    now = timezone.now()
    row.statement = words_added(row.statement, statement, now)
    row.stated_at, row.stated_by = now, by
    row.waived_at = now if waive else None
    if hearing:
        row.hearing_asked = True
    elif waive and row.heard_at is None:
        row.hearing_asked, row.hearing_at, row.hearing_place = False, None, ""
    row.save()
    row = MEASURE.move(row, "state", by=by, within=row.organization, hearing=hearing, waived=waive)
    title = _("机构要求听证：%(number)s") if hearing else _("机构已陈述申辩：%(number)s")
    if waive:
        title = _("机构已陈述申辩，放弃听证：%(number)s")
    tell_authority(row, title, str(row.organization))
    return row


@transaction.atomic
def call_hearing(measure: Measure, *, by: User, at: datetime, place: str) -> Measure:
    """Say when and where the hearing is, early enough.

    Raises NotAllowed; Refused "no_hearing", "place_missing" or "called_too_late".

    Source: Administrative Penalty Law, art. 64.
    """
    row = locked(measure)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("听证由办理机关组织。"))
    if not row.hearing_asked or row.state != MeasureState.STATED or row.heard_at:
        raise Refused("no_hearing", gettext_lazy("机构没有要求听证，或者已经听证。"))
    if not place.strip():
        raise Refused("place_missing", gettext_lazy("请写明听证地点。"), field="place")
    today, day = timezone.localdate(), timezone.localdate(at)
    ahead = workdays.workdays_between(today, day, workdays.exceptions(today, max(today, day)))
    if day <= today or not rules.is_called_in_time(ahead, value(HEARING_NOTICE_DAYS)):
        raise Refused(
            "called_too_late",
            gettext_lazy("听证要提前 %(days)d 个工作日通知，最早 %(first)s。"),
            field="at",
            days=value(HEARING_NOTICE_DAYS),
            first=dated(workdays.deadline(timezone.now(), value(HEARING_NOTICE_DAYS))),
        )
    row.hearing_at, row.hearing_place = at, place.strip()
    row.save(update_fields=["hearing_at", "hearing_place"])
    facts = {"when": beijing(at), "place": row.hearing_place}
    audit.record(MeasureEvent.HEARING_CALLED, row, by=by, within=row.organization, **facts)
    body = _("%(when)s（北京时间），%(place)s。可以委托一至二人代理。") % facts
    tell_institution(row, _("听证通知：%(number)s"), body)
    return row


@transaction.atomic
def hear(measure: Measure, *, by: User, account: str, upload: File[bytes] | None) -> Measure:
    """Keep what was said at the hearing, with the signed minutes.

    Raises NotAllowed; Refused "no_hearing", "account_missing", "minutes_missing", or what
    ``files.accept`` refuses.
    """
    row = locked(measure)
    if not may_handle(by, row):
        raise NotAllowed("not_allowed", _("听证由办理机关组织。"))
    if (
        row.hearing_at is None
        or row.heard_at
        or not row.hearing_asked
        or timezone.now() < row.hearing_at
    ):
        raise Refused("no_hearing", gettext_lazy("听证还没有举行，或者已经记录。"))
    if not account.strip():
        raise Refused("account_missing", gettext_lazy("请写明听证情况。"), field="account")
    if upload is None:
        raise Refused("minutes_missing", gettext_lazy("请上传双方签字的听证笔录。"), field="file")
    attach(row, by=by, upload=upload, kind=PaperKind.HEARING)
    row.heard_at, row.hearing_account = timezone.now(), account.strip()
    row.decide_by = workdays.deadline(row.heard_at, value(DECISION_DAYS))
    row.save(update_fields=["heard_at", "hearing_account", "decide_by"])
    audit.record(MeasureEvent.HEARD, row, by=by, within=row.organization)
    return row


def locked(measure: Measure) -> Measure:
    """The row as it is now, locked."""
    rows = Measure.objects.select_for_update(of=("self",))
    related = ("organization", "authority", "basis", "suspension", "drafted_by")
    return rows.select_related(*related).get(pk=measure.pk)
