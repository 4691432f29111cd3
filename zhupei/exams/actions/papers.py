"""The forms of a sitting: assembled, sealed, dealt to the candidates."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import Refused
from zhupei.exams import rules, sealing
from zhupei.exams.models import Attempt, Paper, Sitting
from zhupei.papers import rules as forms
from zhupei.people.models import User
from zhupei.questions.models import ItemVersion
from zhupei.questions.models import State as SetState
from zhupei.questions.rules import Kind


def assemble(sitting: Sitting, *, by: User, now: datetime) -> list[Paper]:
    """Draw the items of every form, and seal it.

    The seed is stored with it: whoever holds the question set as it was can repeat the draw.
    Raises Refused "set_not_published" or "items_missing".
    """
    del by
    if sitting.question_set.state != SetState.PUBLISHED:
        raise Refused(
            "set_not_published",
            _("题库“%(set)s”现在没有发布，不能组卷。请换一个题库，或等厅里发布后再封卷。"),
            field="question_set",
            set=sitting.question_set,
        )
    drawable = ItemVersion.objects.drawable(sitting.question_set).filter(kind__in=rules.KINDS)
    bank = {version.pk: version for version in drawable}
    if len(bank) < sitting.item_count:
        raise Refused(
            "items_missing",
            _("题库“%(set)s”只有 %(held)d 题，本场要 %(wanted)d 题。请减少题数或换一个题库。"),
            field="item_count",
            set=sitting.question_set,
            held=len(bank),
            wanted=sitting.item_count,
        )
    return [
        _sealed(sitting, number, _drawn(bank, sitting.item_count, seed), seed, now)
        for number, seed in ((one + 1, secrets.token_hex(16)) for one in range(sitting.forms))
    ]


def _drawn(bank: dict[int, ItemVersion], count: int, seed: str) -> forms.Form:
    chosen = [bank[pk] for pk in rules.draw(_by_kind(bank), count, seed)]
    return forms.Form(
        places=[
            {
                "item": item.pk,
                "kind": item.kind,
                "stem": item.stem,
                "options": item.options,
                "pictures": [],
                "group": None,
            }
            for item in chosen
        ],
        points={str(place): "1" for place in range(len(chosen))},
        keys={str(place): item.key for place, item in enumerate(chosen)},
    )


def _sealed(sitting: Sitting, number: int, form: forms.Form, seed: str, now: datetime) -> Paper:
    """Keep a form so that nobody can read it without the secret of this system."""
    places = [_with_blanks(place, form.keys[str(n)]) for n, place in enumerate(form.places)]
    shown = {"places": places, "points": form.points, "shuffle": True}
    sealed = sealing.seal(sealing.form_key(sitting.pk, number), shown)
    marking = {
        "kinds": [place["kind"] for place in form.places],
        "keys": form.keys,
        "points": form.points,
    }
    return Paper.objects.create(
        sitting=sitting,
        number=number,
        label=rules.LETTERS[number - 1],
        place_count=len(form.places),
        sealed=sealed,
        sealed_sha256=hashlib.sha256(sealed).hexdigest(),
        sealed_keys=sealing.seal(sealing.marking_key(sitting.pk, number), marking),
        sha256=forms.digest(places),
        seed=seed,
        sealed_at=now,
    )


def _with_blanks(place: dict[str, Any], key: Any) -> dict[str, Any]:
    """A fill-in says how many texts it asks for."""
    if place["kind"] != Kind.BLANK:
        return place
    return {**place, "blanks": len(key["blanks"])}


def deal(sitting: Sitting, papers: Sequence[Paper]) -> list[Attempt]:
    """Lay a form on every seat: an attempt for every candidate, not yet begun."""
    candidates = list(sitting.candidates.select_related("person__account").order_by("seat"))
    numbers = rules.deal([one.seat for one in candidates], len(papers))
    closes_at = rules.closes_at(sitting.ends_at, sitting.grace_seconds)
    by_number = {paper.number: paper for paper in papers}
    rows = []
    for one in candidates:
        account = getattr(one.person, "account", None)
        rows.append(
            Attempt(
                candidate=one,
                sitting=sitting,
                paper=by_number[numbers[one.seat]],
                label=str(one),
                account_id=account.pk if account else None,
                account_name=str(account or one.person),
                seed=secrets.token_hex(8),
                closes_at=closes_at,
            )
        )
    return Attempt.objects.bulk_create(rows)


def _by_kind(bank: dict[int, ItemVersion]) -> dict[str, list[int]]:
    pool: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(bank):
        pool[bank[pk].kind].append(pk)
    return pool
