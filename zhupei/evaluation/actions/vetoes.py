"""Vetoes: what no points make up for, found by the region on evidence."""

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed, Refused
from zhupei.evaluation.access import may_regulate
from zhupei.evaluation.actions import computing, scores
from zhupei.evaluation.events import EvaluationEvent
from zhupei.evaluation.models import Evaluation, State, Veto
from zhupei.people.models import User


@transaction.atomic
def find(
    evaluation: Evaluation,
    *,
    by: User,
    kind: str,
    facts: str,
    law: str,
    upload: File[bytes] | None,
) -> Veto:
    """Say that a veto holds. The institution reads facts, law and evidence when the result is
    published, and may object.

    Raises NotAllowed; Refused "wrong_state", "facts_missing", "evidence_required", "veto_there",
    and what ``files.accept`` refuses.
    """
    row = scores.locked(evaluation)
    if not may_regulate(by, row):
        raise NotAllowed("not_allowed", _("否决项只由自治区住建厅认定。"))
    if row.state not in computing.BEFORE_PUBLICITY:
        raise Refused("wrong_state", _("结果已经公示，不能再加否决项。"))
    if not facts.strip() or not law.strip():
        raise Refused("facts_missing", _("请写明事实和依据。"), field="facts")
    if upload is None:
        raise Refused("evidence_required", _("认定否决项要有凭据，请上传。"), field="file")
    if row.vetoes.standing().filter(kind=kind).exists():
        raise Refused("veto_there", _("这一否决项已经认定过。"), field="kind")
    made = Veto.objects.create(
        evaluation=row,
        kind=kind,
        facts=facts.strip(),
        law=law.strip(),
        file=files.accept(upload, by=by),
        found_by_name=str(by),
        found_at=timezone.now(),
    )
    audit.record(
        EvaluationEvent.VETOED,
        row,
        by=by,
        kind=str(made.get_kind_display()),
        facts=made.facts,
        law=made.law,
        file=made.file.name,
    )
    computing.resettle(row)
    return made


@transaction.atomic
def lift(veto: Veto, *, by: User, note: str) -> Veto:
    """Take a veto back, with the reason; it stays on record.

    Raises NotAllowed; Refused "note_required", "veto_lifted", "wrong_state".
    """
    row = scores.locked(veto.evaluation)
    if not may_regulate(by, row):
        raise NotAllowed("not_allowed", _("否决项只由自治区住建厅撤销。"))
    if not note.strip():
        raise Refused("note_required", _("请写明理由，对方会看到。"), field="note")
    if row.state in {State.DECIDED, State.EXITED}:
        raise Refused("wrong_state", _("评估已经定级，不能再撤销否决项。"))
    found = Veto.objects.select_for_update(of=("self",)).get(pk=veto.pk)
    if found.lifted_at is not None:
        raise Refused("veto_lifted", _("这一否决项已经撤销。"))
    found.lifted_at, found.lifted_note = timezone.now(), note.strip()
    found.save(update_fields=["lifted_at", "lifted_note"])
    audit.record(
        EvaluationEvent.VETO_LIFTED, row, by=by, kind=str(found.get_kind_display()), note=note
    )
    computing.resettle(row)
    return found
