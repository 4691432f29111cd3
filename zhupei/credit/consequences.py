"""What an institution's credit does elsewhere, and what elsewhere does to it. The apps above tell
their part themselves, in their ``effects.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.classes.models import EFFECTIVE, TrainingClass
from zhupei.core import effects
from zhupei.core.queries import number_of
from zhupei.core.rooms import gathered
from zhupei.corrections.models import Order
from zhupei.credit.models import CreditRecord, Grade, Seriousness
from zhupei.institutions.models import Admission, Standing
from zhupei.organizations.models import Organization
from zhupei.oversight.models import Measure, MeasureKind, Suspension

NAMED = 3  # classes named in a line; the rest is counted


@dataclass(frozen=True)
class Bearing:
    """One place where credit matters: what holds there now, and by which rule."""

    title: str
    tone: str
    word: str
    facts: str
    rule: str
    url: str = ""


@dataclass(frozen=True)
class CreditFile:
    """What is known of an institution's credit: asked once, however many places look at it."""

    organization: Organization
    records: Sequence[CreditRecord]
    grade: Grade | None

    @classmethod
    def read(cls, organization: Organization) -> "CreditFile":
        """It as it stands, in two questions."""
        grades = Grade.objects.latest_of([organization])
        records = list(CreditRecord.objects.of(organization))
        return cls(organization, records, grades.get(organization.pk))


@dataclass(frozen=True)
class Held:
    """The records in use of one institution, counted by seriousness."""

    total: int
    serious: int
    ordinary: int
    minor: int
    shown: int


def held(records: Iterable[CreditRecord], day: date) -> Held:
    """What of these is held against their institution on ``day``."""
    using = [row for row in records if row.is_in_use(day)]
    levels = Counter(row.seriousness for row in using)
    return Held(
        total=len(using),
        serious=levels[Seriousness.SERIOUS],
        ordinary=levels[Seriousness.ORDINARY],
        minor=levels[Seriousness.MINOR],
        shown=sum(row.shown for row in using),
    )


@dataclass(frozen=True)
class Turn:
    """A place where something would be otherwise."""

    before: Bearing
    after: Bearing


def turned(organization: Organization, act: Callable[[], Any]) -> tuple[Any, list[Turn]]:
    """What a deed would return, and every place where the institution would be seen otherwise
    then. Raises what the deed refuses.
    """
    before = of(CreditFile.read(organization))
    result, after = effects.rehearsed(
        act, lambda result: (result, of(CreditFile.read(organization)))
    )
    pairs = zip(before, after, strict=True)
    return result, [Turn(was, will) for was, will in pairs if was != will]


def of(file: CreditFile) -> list[Bearing]:
    """Every place where the credit of an institution matters, as it is now."""
    around = _around(file.organization)
    return [
        _published(file),
        _standing(file.organization, around["stopped"]),
        _classes(around["frozen"]),
        _measures(around["holding"]),
        _orders(around["live"], around["late"]),
        *(told(file) for told in gathered("effects", "OF_CREDIT")),
    ]


def _around(organization: Organization) -> dict[str, Any]:
    """What the floors below do to it now, in one question."""
    own = {"organization": OuterRef("pk")}
    suspensions = Suspension.objects.open().filter(**own).order_by("pk")
    frozen = TrainingClass.objects.filter(**own, frozen_since__isnull=False)
    measures = Measure.objects.holding().filter(**own).order_by("decided_at", "pk")
    orders = Order.objects.live().filter(**own)
    asked = {
        "stopped": _rows(suspensions, pk="pk", authority="authority__name", reason="reason"),
        "frozen": _rows(frozen.order_by("starts_on", "pk"), title="title", state="state"),
        "holding": _rows(measures, kind="kind", number="number"),
        "live": number_of(orders),
        "late": number_of(orders.awaited().filter(due_at__lt=timezone.now())),
    }
    return dict(Organization.objects.filter(pk=organization.pk).values(**asked).get())


def _rows(rows: Any, **columns: str) -> ArraySubquery:
    return ArraySubquery(rows.values(row=JSONObject(**columns)))


Row = Mapping[str, Any]


def _published(file: CreditFile) -> Bearing:
    found = held(file.records, timezone.localdate())
    return Bearing(
        _("公众能看到的"),
        "warn" if found.shown else "ok",
        _("公示中 %(n)d 条") % {"n": found.shown} if found.shown else _("没有公示"),
        _("有效 %(total)d 条，其中不公示 %(hidden)d 条。")
        % {"total": found.total, "hidden": found.total - found.shown},
        _("修复、撤销或者期满的当天起，公示页和搜索结果里都不再有。"),
        reverse("portal:institution", args=[file.organization.pk]),
    )


def _standing(organization: Organization, suspensions: Sequence[Row]) -> Bearing:
    admission: Admission | None = getattr(organization, "admission", None)
    state = admission.state if admission else ""
    tones = {Standing.ACTIVE: "ok", Standing.SUSPENDED: "bad", Standing.LEFT: "bad"}
    stopped = suspensions[0] if suspensions else None
    facts = _("%(authority)s 决定：%(reason)s") % stopped if stopped else _("没有在执行的暂停。")
    return Bearing(
        _("准入和业务"),
        tones.get(Standing(state), "info") if state else "info",
        admission.get_state_display() if admission else _("没有建档"),
        facts,
        _("信用记录本身不改变准入；暂停受理和移出名单由行业管理措施决定。"),
        reverse("oversight:suspension", args=[stopped["pk"]]) if stopped else "",
    )


def _classes(rows: Sequence[Row]) -> Bearing:
    running = sum(row["state"] in EFFECTIVE for row in rows)
    names = "、".join(row["title"] for row in rows[:NAMED])
    facts = _("没有冻结的班和计划。")
    if rows:
        facts = _("冻结 %(classes)d 个班、%(plans)d 份计划：%(names)s%(more)s") % {
            "classes": running,
            "plans": len(rows) - running,
            "names": names,
            "more": _("等") if len(rows) > NAMED else "",
        }
    return Bearing(
        _("开班计划"),
        "bad" if rows else "ok",
        _("冻结") if rows else _("不受影响"),
        facts,
        _("只有暂停受理才冻结；恢复业务时一并解冻，与信用修复分别办理。"),
    )


def _measures(rows: Sequence[Row]) -> Bearing:
    words = [f"{MeasureKind(row['kind']).label}（{row['number']}）" for row in rows[:NAMED]]
    named = "、".join(words)
    return Bearing(
        _("管理措施"),
        "warn" if rows else "ok",
        _("执行中 %(n)d 件") % {"n": len(rows)} if rows else _("没有"),
        named or _("没有在执行的措施。"),
        _("决定被撤销的，由它产生的信用记录随即撤下。"),
        reverse("oversight:measures"),
    )


def _orders(live: int, late: int) -> Bearing:
    return Bearing(
        _("整改"),
        "bad" if late else "warn" if live else "ok",
        _("逾期 %(n)d 份") % {"n": late} if late else _("没有逾期"),
        _("没有办结的整改通知 %(n)d 份。") % {"n": live},
        _("整改不等于失信；逾期不改、弄虚作假的，可以认定为失信。"),
        reverse("corrections:index"),
    )
