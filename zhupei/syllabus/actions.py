"""Drafting, publishing and retiring a syllabus."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.syllabus import rules
from zhupei.syllabus.access import may_write
from zhupei.syllabus.events import SyllabusEvent
from zhupei.syllabus.models import Job, State, Syllabus, Unit
from zhupei.syllabus.workflow import SYLLABUS


@transaction.atomic
def draft(job: Job, *, by: User, units: list[dict[str, Any]], **fields: Any) -> Syllabus:
    """Start a version of a job's syllabus. ``units`` are rows of Unit without their position."""
    syllabus = Syllabus(job=job, **fields)
    if not may_write(by, syllabus):
        raise NotAllowed("not_allowed", _("培训大纲由自治区住建厅编制。"))
    _check_version(syllabus)
    syllabus.save()
    _write_units(syllabus, units)
    audit.record(SyllabusEvent.DRAFTED, syllabus, by=by, units=len(units))
    return syllabus


def _check_version(syllabus: Syllabus) -> None:
    same = Syllabus.objects.filter(job=syllabus.job, version=syllabus.version)
    if same.exclude(pk=syllabus.pk).exists():
        raise Refused(
            "version_taken",
            _("“%(job)s”已有 %(version)s 版。请换一个版本号。"),
            field="version",
            job=syllabus.job,
            version=syllabus.version,
        )


@transaction.atomic
def change(syllabus: Syllabus, *, by: User, units: list[dict[str, Any]], **fields: Any) -> Syllabus:
    """Rewrite a draft. Raises NotAllowed; Refused "published_is_fixed", "version_taken"."""
    row = Syllabus.objects.select_for_update().get(pk=syllabus.pk)
    if not may_write(by, row):
        raise NotAllowed("not_allowed", _("培训大纲由自治区住建厅编制。"))
    if row.state != State.DRAFT:
        raise Refused("published_is_fixed", _("已发布的大纲不能改。请另起一个版本。"))
    for name, value in fields.items():
        setattr(row, name, value)
    _check_version(row)
    row.save()
    row.units.all().delete()
    _write_units(row, units)
    audit.record(SyllabusEvent.CHANGED, row, by=by, units=len(units))
    return row


def _write_units(syllabus: Syllabus, units: list[dict[str, Any]]) -> None:
    Unit.objects.bulk_create(
        Unit(syllabus=syllabus, position=position, **unit)
        for position, unit in enumerate(units, start=1)
    )


@transaction.atomic
def publish(syllabus: Syllabus, *, by: User, note: str = "") -> Syllabus:
    """Put a syllabus into force.

    Raises Refused "no_units" or "ethics_missing".

    Source: Measures, art. 8.
    """
    syllabus = SYLLABUS.move(syllabus, "publish", by=by, note=note)
    units = list(syllabus.units.values_list("is_ethics", flat=True))
    if not units:
        raise Refused("no_units", _("大纲还没有单元。请先写单元和学时。"))
    if not rules.ethics_is_taught(units):
        raise Refused(
            "ethics_missing",
            _("大纲缺少职业道德单元（依据：第八条）。请加上一个单元并勾选“职业道德”。"),
        )
    return syllabus


@transaction.atomic
def retire(syllabus: Syllabus, *, by: User, note: str = "") -> Syllabus:
    """Take a syllabus out of use for new classes."""
    return SYLLABUS.move(syllabus, "retire", by=by, note=note)
