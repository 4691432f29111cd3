"""What every verb of an institution's file does in the same way."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.core.files.base import File
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.templatetags.ui import dated
from zhupei.institutions.access import may_keep_file
from zhupei.institutions.events import InstitutionEvent
from zhupei.organizations.models import Organization
from zhupei.people.models import User

Part = TypeVar("Part", bound=models.Model)
Change = dict[str, str]


def keeper(organization: Organization, by: User) -> Organization:
    """The organization, its file held until the transaction ends: two clerks take turns.

    Raises NotAllowed unless ``by`` keeps the file.
    """
    if not may_keep_file(by, organization):
        raise NotAllowed(
            "not_allowed", gettext_lazy("这份档案由本单位的教务或考务维护，您现在的身份不能修改。")
        )
    return Organization._base_manager.select_for_update(no_key=True).get(pk=organization.pk)


def held(part: Part, by: User) -> Part:
    """A row of the file as it is now, the file held. Raises NotAllowed."""
    keeper(part.organization, by)  # type: ignore[attr-defined]
    return locked(part)


def locked(part: Part) -> Part:
    """A row as it is now, held until the transaction ends."""
    return type(part)._base_manager.select_for_update().get(pk=part.pk)


def others(rows: "models.QuerySet[Part]", than: Part | None) -> "models.QuerySet[Part]":
    """All of these but the one being changed, if one is."""
    return rows.exclude(pk=than.pk) if than else rows


def not_in_the_future(day: date | None, field: str) -> None:
    """Raises Refused "in_the_future": what is put on record has happened."""
    if day and day > timezone.localdate():
        raise Refused(
            "in_the_future",
            gettext_lazy("%(day)s 还没有到。请填写已经发生的日期。"),
            field=field,
            day=dated(day),
        )


def paper(upload: File[bytes] | None, *, by: User, field: str) -> StoredFile | None:
    """Keep an uploaded paper; no upload is no paper. A refusal stands beside its field."""
    if upload is None:
        return None
    try:
        return files.accept(upload, by=by)
    except Refused as refusal:
        refusal.field = field
        raise


def change(part: Part, said: Mapping[str, Any]) -> list[Change]:
    """Write what was said of a row into it and save; what changed, in words, before and after."""
    changes = []
    for name, after in said.items():
        if getattr(part, name) == after:
            continue
        label = str(part._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        before = shown(part, name)
        setattr(part, name, after)
        changes.append({"field": label, "before": before, "after": shown(part, name)})
    if changes:
        part.save(update_fields=list(said))
    return changes


def shown(part: models.Model, name: str) -> str:
    """The value of a field as people read it."""
    label = getattr(part, f"get_{name}_display", None)
    value = label() if label else getattr(part, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, date):
        return dated(value)
    if isinstance(value, Decimal):
        return plain(value)
    return _("无") if value in (None, "") else str(value)


def plain(quantity: Decimal) -> str:
    """A quantity without the zeros that say nothing: 12.50 is 12.5."""
    return f"{quantity:.2f}".rstrip("0").rstrip(".")


def told(changes: Iterable[Change]) -> str:
    """The changes in one line: 座位 40 → 60；产权 自有 → 租赁."""
    return "；".join(f"{one['field']} {one['before']} → {one['after']}" for one in changes)


def record_changes(
    verb: InstitutionEvent,
    subject: models.Model,
    changes: list[Change],
    *,
    by: User,
    within: Organization | None = None,
    **facts: Any,
) -> None:
    """The event of a change, if there was one."""
    if changes:
        words = told(changes)
        audit.record(verb, subject, by=by, within=within, changes=changes, words=words, **facts)
