"""Who engages whom from the pool, on what papers, and until when."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict, Unpack

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Organization
from zhupei.people.models import User
from zhupei.teachers import offices
from zhupei.teachers.access import may_end, may_propose
from zhupei.teachers.actions.shared import kept, locked, tell
from zhupei.teachers.events import TeacherEvent
from zhupei.teachers.models import Engagement, State, Teacher

LABELS = {
    "full_time": _("专兼职"),
    "contract_until": _("合同或聘书期限"),
    "contract": _("合同或聘书"),
    "insured_until": _("社保缴至"),
    "insurance": _("社保缴费记录"),
}


class Papers(TypedDict, total=False):
    """The papers of an engagement, with their terms."""

    contract_until: date | None
    contract: File[bytes] | None
    insured_until: date | None
    insurance: File[bytes] | None


@transaction.atomic
def engage(
    teacher: Teacher,
    organization: Organization,
    *,
    by: User,
    full_time: bool,
    since: date,
    **papers: Unpack[Papers],
) -> Engagement:
    """An institution engages a teacher from the pool. Papers may follow; until then they are
    named as missing.

    Raises Refused "not_in_pool", "engaged_already", "full_time_elsewhere", "since_in_future" or
    "contract_ends_before".

    Source: notice, part 1, section 1 (contracts of engagement); part 2, section 2 (one teacher
    shared by several institutions).
    """
    if not may_propose(by, organization):
        raise NotAllowed("not_allowed", _("只有本机构教务能聘用教师。"))
    row = locked(teacher)
    _check_engageable(row, organization)
    if since > timezone.localdate():
        raise Refused("since_in_future", _("聘用日期在今天之后，请到日再登记。"), field="since")
    made = Engagement(teacher=row, organization=organization, full_time=full_time, since=since)
    _take_papers(made, _stored(papers, by=by))
    made.save()
    audit.record(TeacherEvent.ENGAGED, row, by=by, within=organization, full_time=full_time)
    tell(row, offices.themself(row), _("您已登记为聘用教师"), str(organization))
    return made


def _check_engageable(row: Teacher, organization: Organization) -> None:
    if row.state != State.ADMITTED:
        raise Refused(
            "not_in_pool",
            _("“%(name)s”现在是“%(state)s”，只能聘用在库的教师。"),
            name=row.person.name,
            state=row.get_state_display(),
        )
    if row.engagements.filter(organization=organization, until__isnull=True).exists():
        raise Refused(
            "engaged_already",
            _("本机构已聘用“%(name)s”。要更新合同或社保，请在花名册里办理。"),
            name=row.person.name,
        )


def _take_papers(row: Engagement, said: dict[str, Any]) -> list[str]:
    """Put what was said into the row; the names of what changed. Full-time in one place only."""
    changed = [name for name, value in said.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, said[name])
    if row.contract_until and row.contract_until < row.since:
        raise Refused(
            "contract_ends_before",
            _("合同期限早于聘用日期，请检查两个日期。"),
            field="contract_until",
        )
    if row.full_time:
        _check_full_time(row)
    return changed


def _check_full_time(row: Engagement) -> None:
    elsewhere = row.teacher.engagements.current().filter(full_time=True).exclude(pk=row.pk)
    if place := elsewhere.select_related("organization").first():
        raise Refused(
            "full_time_elsewhere",
            _("“%(name)s”已是%(place)s的专职教师，专职只能在一家。请按兼职聘用，或等对方解聘。"),
            field="full_time",
            name=row.teacher.person.name,
            place=place.organization.name,
        )


def _stored(papers: Mapping[str, Any], *, by: User) -> dict[str, Any]:
    """What was said, with the files stored; a file nobody sent stays what it was."""
    files = {name: papers.get(name) for name in ("contract", "insurance")}
    said = {name: value for name, value in papers.items() if name not in files}
    sent = {name: kept(file, by=by, field=name) for name, file in files.items() if file}
    return said | sent


@transaction.atomic
def renew(
    engagement: Engagement,
    *,
    by: User,
    full_time: bool | None = None,
    **papers: Unpack[Papers],
) -> Engagement:
    """Bring the papers of an engagement up to date; what is not said, and a file that is not sent,
    stays.

    Raises Refused "engagement_over", "full_time_elsewhere" or "contract_ends_before".
    """
    row = _running(engagement, by)
    if not may_propose(by, row.organization):
        raise NotAllowed("not_allowed", _("只有本机构教务能更新聘用材料。"))
    said = _stored(papers, by=by)
    if full_time is not None:
        said["full_time"] = full_time
    before = {name: str(getattr(row, name)) for name in said}
    changed = _take_papers(row, said)
    if not changed:
        return row
    row.save(update_fields=changed)
    labels = "、".join(str(LABELS[name]) for name in changed)
    facts = {name: str(getattr(row, name)) for name in changed}
    audit.record(
        TeacherEvent.RENEWED,
        row.teacher,
        by=by,
        within=row.organization,
        institution=row.organization.name,
        fields=labels,
        before={name: before[name] for name in changed},
        now=facts,
    )
    return row


def _running(engagement: Engagement, by: User) -> Engagement:
    """The locked row of an engagement that goes on. The teacher is locked first, as by engage."""
    locked(engagement.teacher)
    held = Engagement.objects.select_for_update(of=("self",))
    row = held.select_related("organization", "teacher__person").get(pk=engagement.pk)
    if not may_end(by, row):
        raise NotAllowed("not_allowed", _("只有聘用机构的教务员或教师本人能办理。"))
    if row.until:
        raise Refused("engagement_over", _("这份聘用 %(day)s 已结束。请重新聘用。"), day=row.until)
    return row


@transaction.atomic
def end_engagement(
    engagement: Engagement, *, by: User, on: date | None = None, note: str = ""
) -> Engagement:
    """The engagement ends, today unless told; the other side is told.

    Raises Refused "engagement_over" or "end_out_of_range".
    """
    row, today = _running(engagement, by), timezone.localdate()
    day = on or today
    if not row.since <= day <= today:
        raise Refused(
            "end_out_of_range",
            _("结束日期应在 %(since)s 到今天之间。"),
            field="on",
            since=row.since,
        )
    _end(row, day, by=by, note=note)
    told = [*offices.registrars([row.organization_id]), *offices.themself(row.teacher)]
    title = _("教师 %(name)s 的聘用已结束")
    tell(row.teacher, [user for user in told if user.pk != by.pk], title, row.organization.name)
    return row


def _end(row: Engagement, day: date, *, by: User, note: str) -> None:
    row.until = day
    row.save(update_fields=["until"])
    audit.record(
        TeacherEvent.LEFT,
        row.teacher,
        by=by,
        within=row.organization,
        institution=row.organization.name,
        day=day.isoformat(),
        note=note,
    )


def end_all(teacher: Teacher, *, by: User, note: str) -> list[int]:
    """End whatever engagements a teacher has; the institutions that had them."""
    today, places = timezone.localdate(), []
    running = Engagement.objects.select_for_update(of=("self",)).filter(
        teacher=teacher, until__isnull=True
    )
    for row in running.select_related("organization", "teacher__person").order_by("pk"):
        _end(row, max(row.since, today), by=by, note=note)
        places.append(row.organization_id)
    return places
