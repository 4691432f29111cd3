"""The papers of a plan.

Source: Measures, art. 12 (教学资源, 实训实习方案).
"""

from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.classes.actions.shared import open_to
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import ClassDocument, DocumentKind, TrainingClass
from zhupei.core import audit, files
from zhupei.core.errors import Refused
from zhupei.people.models import User
from zhupei.syllabus.models import Unit

LIMIT = 50 * files.MEGABYTE


@transaction.atomic
def attach(
    training_class: TrainingClass,
    *,
    by: User,
    upload: File[bytes],
    kind: str,
    unit: Unit | None = None,
) -> ClassDocument:
    """Add a file to the plan, at most 50 MB; a lesson plan says which unit it is for.

    Raises Refused "document_kind", "unit_of_another_syllabus" or what ``core.files.accept``
    refuses.
    """
    row = open_to(by, training_class)
    if unit and unit.syllabus_id != row.syllabus_id:
        raise Refused(
            "unit_of_another_syllabus",
            _("单元“%(unit)s”不属于本班的大纲。请重新选择单元。"),
            field="unit",
            unit=unit.title,
        )
    if kind not in DocumentKind.values:
        raise Refused("document_kind", _("请选择附件的类别。"), field="kind")
    stored = files.accept(upload, by=by, limit=LIMIT)
    document = ClassDocument.objects.create(
        training_class=row,
        kind=kind,
        file=stored,
        unit=unit if kind == DocumentKind.LESSON_PLAN else None,
    )
    document.refresh_from_db()
    facts: dict[str, Any] = {
        "name": stored.name,
        "kind": kind,
        "sha256": stored.sha256,
        "size": stored.size,
    }
    audit.record(ClassEvent.DOCUMENT_ATTACHED, row, by=by, **facts)
    return document


@transaction.atomic
def remove(document: ClassDocument, *, by: User) -> None:
    """Take a file off the plan. Its bytes stay: an earlier submission may speak of them."""
    row = open_to(by, document.training_class)
    facts: dict[str, Any] = {"name": document.file.name, "sha256": document.file.sha256}
    document.delete()
    audit.record(ClassEvent.DOCUMENT_REMOVED, row, by=by, **facts)
