"""Handing in pictures, recordings and papers of the training, and taking one back."""

from uuid import UUID

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import Lesson, TrainingClass
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.core.pictures import kept
from zhupei.people.models import User
from zhupei.teaching.access import may_add
from zhupei.teaching.events import TeachingEvent
from zhupei.teaching.models import Evidence, EvidenceKind


def kind_of(file: StoredFile) -> EvidenceKind:
    """What a file is evidence as: told by its bytes, not by whoever sent it."""
    family = file.media_type.partition("/")[0]
    if family == "image":
        return EvidenceKind.PHOTO
    return EvidenceKind.VIDEO if family in {"video", "audio"} else EvidenceKind.PAPER


@transaction.atomic
def add(
    training_class: TrainingClass,
    *,
    by: User,
    found: UUID | File[bytes],
    caption: str = "",
    lesson: Lesson | None = None,
) -> Evidence:
    """Keep a piece of evidence with its hash, its time and its sender.

    Raises NotAllowed; Refused "class_not_held", "lesson_of_another_class"; what ``kept`` raises.

    Source: Measures, art. 13 (words, pictures and recordings of the whole process are kept).
    """
    if not may_add(by, training_class):
        raise NotAllowed("not_allowed", _("过程资料由本班教师或本机构教务上传。"))
    if training_class.number is None:
        raise Refused("class_not_held", _("这个班还没有提交，没有可上传的过程资料。"))
    if lesson and lesson.training_class_id != training_class.pk:
        raise Refused("lesson_of_another_class", _("这节课不是本班的。"), field="lesson")
    file = kept(found, by=by).file
    row = Evidence.objects.create(
        training_class=training_class,
        lesson=lesson,
        kind=kind_of(file),
        file=file,
        caption=caption.strip(),
        added_by=by,
        added_at=timezone.now(),
    )
    facts = {"file": file.name, "kind": str(EvidenceKind(row.kind).label), "sha256": file.sha256}
    audit.record(TeachingEvent.EVIDENCE_ADDED, row, by=by, within=training_class, **facts)
    return row


@transaction.atomic
def withdraw(evidence: Evidence, *, by: User, note: str) -> Evidence:
    """Take a piece back, for a reason: it is no longer shown and no longer counts, but it stays.

    Raises NotAllowed; Refused "note_required", "withdrawn_already".
    """
    row: Evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if not may_add(by, row.training_class):
        raise NotAllowed("not_allowed", _("过程资料由本班教师或本机构教务管理。"))
    if not note.strip():
        raise Refused("note_required", _("请写明为什么撤下。"), field="note")
    if row.withdrawn_at:
        raise Refused("withdrawn_already", _("这份资料已经撤下。"))
    row.withdrawn_at, row.withdrawn_note = timezone.now(), note.strip()
    row.save(update_fields=["withdrawn_at", "withdrawn_note"])
    facts = {"file": row.file.name, "kind": str(EvidenceKind(row.kind).label)}
    audit.record(
        TeachingEvent.EVIDENCE_WITHDRAWN,
        row,
        by=by,
        within=row.training_class,
        note=note.strip(),
        **facts,
    )
    return row
