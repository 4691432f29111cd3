"""Entering a credit record, correcting it, ending it.

What hangs on a record elsewhere asks ``CreditRecord.objects.in_use(day)``: whatever ends a record
here ends it there in the same moment.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, NotRequired, TypedDict, Unpack

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, numbers, sources
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.parameters import Setting, setting
from zhupei.core.templatetags.ui import dated
from zhupei.credit import parameters, rules
from zhupei.credit.access import may_enter
from zhupei.credit.events import RecordEvent
from zhupei.credit.models import About, CreditRecord, Seriousness
from zhupei.credit.tellings import tell_institution
from zhupei.credit.workflow import RECORD
from zhupei.organizations.models import AUTHORITIES, Kind, Organization
from zhupei.oversight.models import Handover, HandoverState, Measure, MeasureState
from zhupei.oversight.recusal import check_untied
from zhupei.people.models import User

TERMS = {
    Seriousness.MINOR: (parameters.MINOR_SHORTEST, parameters.MINOR_LONGEST),
    Seriousness.ORDINARY: (parameters.ORDINARY_SHORTEST, parameters.ORDINARY_LONGEST),
    Seriousness.SERIOUS: (parameters.SERIOUS_SHORTEST, parameters.SERIOUS_LONGEST),
}
DECIDERS = AUTHORITIES | {Kind.HR}


class Said(TypedDict):
    """What a record says. ``shown_why`` has a minor one published; others always are.

    ``authority`` is the body that decided, when it is not the one that enters the record.
    """

    seriousness: str
    ground: str
    law: str
    decided_on: date
    about: NotRequired[str]
    person_name: NotRequired[str]
    paper: NotRequired[str]
    shown_why: NotRequired[str]
    authority: NotRequired[Organization | None]


@transaction.atomic
def enter(
    organization: Organization,
    *,
    by: User,
    source: models.Model | None = None,
    **said: Unpack[Said],
) -> CreditRecord:
    """Hold something against an institution, its principal or its organizer.

    Raises NotAllowed; Refused "ground_missing", "law_missing", "person_missing",
    "decided_in_future", "term_over", "not_an_authority" or "entered_already".

    Source: Measures, art. 23; Private Education Regulations, art. 47.
    """
    if not may_enter(by, organization):
        raise NotAllowed("not_allowed", _("信用记录由属地住建局或者自治区住建厅登记。"))
    check_untied(by, organization)
    values = _checked(said)
    authority = said.get("authority") or by.acting.organization
    if authority.kind not in DECIDERS:
        raise Refused(
            "not_an_authority",
            gettext_lazy("“%(name)s”不是行政机关，不能作为认定单位。"),
            field="authority",
            name=authority.name,
        )
    found, figures = _term(values["seriousness"], values["decided_on"])
    row = CreditRecord(
        number=numbers.take(f"XY-{values['decided_on'].year}", digits=4),
        organization=organization,
        authority=authority,
        shortest_until=found.shortest,
        longest_until=found.longest,
        entered_on=timezone.localdate(),
        entered_by=by,
        **values,
        **sources.of(source),
    )
    _keep(row)
    audit.record(
        RecordEvent.ENTERED,
        row,
        by=by,
        within=organization,
        seriousness=str(row.get_seriousness_display()),
        ground=row.ground,
        term=[found.shortest.isoformat(), found.longest.isoformat()],
        parameters={key: one.as_fact() for key, one in figures.items()},
    )
    tell_institution(row, _("信用记录已登记：%(number)s"), _body(row))
    return row


def _checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """The plain fields of a record, when they can stand."""
    values = {
        "seriousness": Seriousness(said["seriousness"]).value,
        "about": About(said.get("about") or About.INSTITUTION).value,
        "decided_on": said["decided_on"],
        **{
            name: str(said.get(name) or "").strip()
            for name in ("ground", "law", "person_name", "paper", "shown_why")
        },
    }
    if not values["ground"]:
        raise Refused("ground_missing", gettext_lazy("请写明事由：何时、何事。"), field="ground")
    if not values["law"]:
        raise Refused("law_missing", gettext_lazy("请写明依据哪一条。"), field="law")
    if values["about"] == About.INSTITUTION:
        values["person_name"] = ""
    elif not values["person_name"]:
        raise Refused(
            "person_missing",
            gettext_lazy("记在校长或者举办者名下的，要写姓名。"),
            field="person_name",
        )
    if values["decided_on"] > timezone.localdate():
        raise Refused(
            "decided_in_future",
            gettext_lazy("认定日期在今天之后。请按文书上的日期填写。"),
            field="decided_on",
        )
    minor = values["seriousness"] == Seriousness.MINOR
    values["shown_why"] = values["shown_why"] if minor else ""
    return values | {"shown": not minor or bool(values["shown_why"])}


def _term(seriousness: str, decided_on: date) -> tuple[rules.Term, dict[str, Setting]]:
    """Both ends of a record of this seriousness decided on this day, by the figures of that day."""
    figures = {one.key: setting(one, on=decided_on) for one in TERMS[Seriousness(seriousness)]}
    shortest, longest = (one.value for one in figures.values())
    found = rules.term(decided_on, shortest=min(shortest, longest), longest=longest)
    if rules.is_over(found, timezone.localdate()):
        raise Refused(
            "term_over",
            gettext_lazy("从认定之日算，最长期限到 %(day)s 已满，不能再公示和使用。"),
            field="decided_on",
            day=dated(found.longest),
        )
    return found, figures


def _keep(row: CreditRecord) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as twice:
        if "credit_record_once_from_a_source" not in str(twice):
            raise
        raise Refused(
            "entered_already", gettext_lazy("这件事已经登记过信用记录，不能重复登记。")
        ) from twice


def _body(row: CreditRecord) -> str:
    words = {
        "ground": row.ground,
        "shortest": dated(row.shortest_until),
        "longest": dated(row.longest_until),
    }
    if not row.shown:
        said = _("%(ground)s。不向社会公示，%(longest)s 自动停止使用；有异议可以提出。")
    else:
        said = _(
            "%(ground)s。向社会公示到 %(longest)s；%(shortest)s 之后、整改到位的，可以申请修复；"
            "有异议可以提出。"
        )
    return said % words


class Changed(TypedDict, total=False):
    """What of a record an objection may put right."""

    seriousness: str
    ground: str
    law: str


def amend(record: CreditRecord, *, by: User, **changed: Unpack[Changed]) -> CreditRecord:
    """Put a record right; the terms run from the same decision. The caller holds the row locked.

    Raises Refused "nothing_changed", or what ``enter`` refuses of the same values.
    """
    before = {name: getattr(record, name) for name in changed}
    values = _checked(
        {
            "seriousness": record.seriousness,
            "ground": record.ground,
            "law": record.law,
            "about": record.about,
            "person_name": record.person_name,
            "paper": record.paper,
            "decided_on": record.decided_on,
            "shown_why": record.shown_why,
        }
        | {name: value for name, value in changed.items() if value}
    )
    if all(values[name] == old for name, old in before.items()):
        raise Refused(
            "nothing_changed",
            gettext_lazy("没有改动。不用更正的，请选“异议不成立”。"),
            field="ground",
        )
    found, _figures = _term(values["seriousness"], record.decided_on)
    for name, value in values.items():
        setattr(record, name, value)
    record.shortest_until, record.longest_until = found
    record.save()
    fields = {field.name: field for field in CreditRecord._meta.concrete_fields}
    labels = [str(fields[name].verbose_name) for name in before]
    audit.record(
        RecordEvent.AMENDED,
        record,
        by=by,
        within=record.organization,
        changed="、".join(labels),
        before={name: str(old) for name, old in before.items()},
        after={name: str(values[name]) for name in before},
    )
    return record


@transaction.atomic
def withdraw(record: CreditRecord, *, by: User, note: str) -> CreditRecord:
    """Take a wrong record back. Raises what the move refuses."""
    row = close(record, "withdraw", by=by, note=note)
    tell_institution(row, _("信用记录已撤销：%(number)s"), note)
    return row


def close(record: CreditRecord, move: str, *, by: User | None, note: str = "") -> CreditRecord:
    """End a record by one of its moves: from this moment it is neither shown nor used."""
    row = CreditRecord.objects.select_for_update(of=("self",)).get(pk=record.pk)
    RECORD.check(row, move, by=by)
    row.ended_on = timezone.localdate()
    row.save(update_fields=["ended_on"])
    return RECORD.move(row, move, by=by, note=note, within=row.organization)


def end_run_out() -> int:
    """Close every record whose longest term is over; return how many. Twice does no harm.

    Source: project register of facts, §9.3 (publication stops by itself).
    """
    today, ended = timezone.localdate(), 0
    for record in CreditRecord.objects.run_out(today).order_by("pk"):
        with transaction.atomic():
            if not CreditRecord.objects.select_for_update().run_out(today).filter(pk=record.pk):
                continue
            row = close(record, "expire", by=None)
            tell_institution(row, _("信用记录期满停止：%(number)s"), _("已停止公示和使用。"))
            ended += 1
    return ended


WITHDRAWN_SOURCES: tuple[tuple[type[models.Model], str], ...] = (
    (Measure, MeasureState.REVOKED),
    (Handover, HandoverState.REVOKED),
)


def follow_withdrawn() -> int:
    """Take back every record whose decision was taken back; return how many. Twice does no harm.

    Source: Administrative Penalty Law, art. 48 (within three days; this runs every few minutes).
    """
    fell = 0
    for model, state in WITHDRAWN_SOURCES:
        taken_back = model._base_manager.filter(state=state).values_list("pk", flat=True)
        keys = [f"{model._meta.label_lower}/{pk}" for pk in taken_back]
        for record in CreditRecord.objects.resting_on(keys):
            with transaction.atomic():
                row = close(record, "fall", by=None)
                words = _("所依据的决定已撤销，停止公示和使用。")
                tell_institution(row, _("信用记录已撤下：%(number)s"), words)
            fell += 1
    return fell
