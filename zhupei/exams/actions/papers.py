"""The forms of a sitting: assembled, sealed, dealt to the candidates."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from zhupei.exams import rules, sealing
from zhupei.exams.actions import seating
from zhupei.exams.models import Attempt, Paper, Sitting
from zhupei.papers.actions import assembling
from zhupei.papers.models import Assembly, Form
from zhupei.papers.rules import digest
from zhupei.people.models import User
from zhupei.questions.rules import Kind


def assemble(sitting: Sitting, *, by: User, now: datetime) -> list[Paper]:
    """Have the forms put together by the blueprint, and seal them.

    Raises Refused "not_published", "forms_out_of_range", "cannot_assemble" with what is missing.
    """
    made = assembling.assemble(sitting.blueprint, forms=sitting.forms, by=by)
    return [
        _sealed(sitting, number, form, made, now)
        for number, form in enumerate(made.forms.order_by("label"), 1)
    ]


def _sealed(sitting: Sitting, number: int, form: Form, made: Assembly, now: datetime) -> Paper:
    """Keep a form so that nobody can read it without the secret of this system."""
    said = form.content
    places = [_with_blanks(place, said.keys[str(n)]) for n, place in enumerate(said.places)]
    shown = {"places": places, "points": said.points, "shuffle": sitting.blueprint.shuffle}
    sealed = sealing.seal(sealing.form_key(sitting.pk, number), shown)
    marking = {
        "kinds": [place["kind"] for place in places],
        "keys": said.keys,
        "points": said.points,
    }
    return Paper.objects.create(
        sitting=sitting,
        form=form,
        number=number,
        label=form.label,
        place_count=len(places),
        sealed=sealed,
        sealed_sha256=hashlib.sha256(sealed).hexdigest(),
        sealed_keys=sealing.seal(sealing.marking_key(sitting.pk, number), marking),
        sha256=digest(places),
        seed=made.seed,
        sealed_at=now,
    )


def _with_blanks(place: dict[str, Any], key: Any) -> dict[str, Any]:
    """A fill-in says how many texts it asks for."""
    if place["kind"] != Kind.BLANK:
        return place
    return {**place, "blanks": len(key["blanks"])}


def deal(sitting: Sitting, papers: Sequence[Paper]) -> list[Attempt]:
    """Lay a form on every seat: an attempt for every candidate, not yet begun."""
    related = sitting.candidates.select_related("person__account", "place")
    candidates = list(related.order_by("seat"))
    numbers = seating.deal(candidates, len(papers), papers[0].seed)
    closes_at = rules.closes_at(sitting.ends_at, sitting.grace_seconds)
    by_number = {paper.number: paper for paper in papers}
    rows = []
    for one in candidates:
        account = getattr(one.person, "account", None)
        rows.append(
            Attempt(
                candidate=one,
                sitting=sitting,
                paper=by_number[numbers[one.pk]],
                label=str(one),
                account_id=account.pk if account else None,
                account_name=str(account or one.person),
                seed=secrets.token_hex(8),
                closes_at=closes_at,
            )
        )
    return Attempt.objects.bulk_create(rows)
