"""Builders for analysis: a released sitting in which somebody copied."""

import random
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.utils import timezone

from tests import make, make_exams
from zhupei.analysis.actions import leads, studies
from zhupei.analysis.models import Lead, SittingFigures
from zhupei.exams.actions import sittings
from zhupei.exams.models import Attempt, Sitting
from zhupei.people.models import User
from zhupei.questions.rules import Kind


def released_sitting(
    world: SimpleNamespace, people: int = 8, *, copying: bool = True, **fields: Any
) -> Sitting:
    """Released; of the candidates by seat the second has every answer of the first. Each
    has about a third of the items right, by a recorded seed.
    """
    users = [make.learner() for _ in range(people)]
    sitting = make_exams.sealed_sitting(world, *users, **({"forms": 1} | fields))
    with time_machine.travel(make_exams.during(sitting), tick=False):
        by_seat = sorted(users, key=lambda user: make_exams.seat_of(sitting, user).seat)
        for n, user in enumerate(by_seat):
            attempt = make_exams.started_attempt(sitting, user)
            make_exams.answer(attempt, answers(attempt, 0 if copying and n == 1 else n))
    with time_machine.travel(sitting.ends_at, tick=False) as clock:
        clock.shift(3600)
        return released(sitting, world.chen)


def released(sitting: Sitting, by: User) -> Sitting:
    return sittings.release(sittings.close(sitting, by=by), by=by)


def answers(attempt: Attempt, seed: int) -> dict[int, str]:
    """A third right; wrong ones are spread over the other options."""
    chance = random.Random(seed)
    paper, given = attempt.paper, {}
    for place, shown in enumerate(paper.places):
        letters = "ABCD"[: len(shown["options"])]
        wrong = [letter for letter in letters if letter != paper.keys[place]]
        if shown["kind"] == Kind.MULTIPLE:
            wrong = ["AC", "BC", "CD", "BD", "AB"]
        right = chance.random() < 0.3
        given[place] = paper.keys[place] if right else chance.choice(wrong)
    return given


def study(world: SimpleNamespace, **fields: Any) -> SittingFigures:
    return studies.study(released_sitting(world, **fields))


def lead(world: SimpleNamespace) -> Lead:
    return study(world).leads.get()


# ── The site ─────────────────────────────────────────────────────────────────────────────────

SITE_OBJECTS = {
    "analysis": {"pk": "studied_sitting"},
    "analysis:item": {"pk": "item_figures"},
    "analysis:lead": {"pk": "lead"},
    "analysis:open-case": {"pk": "lead", "candidate": "alike_seat"},
    "analysis:move": {"pk": "lead", "name": "reopen"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A studied sitting on another day, with a lead."""
    day = timezone.now() + timedelta(days=9)
    found = study(world, starts_at=day)
    lead = leads.confirm(found.leads.get(), by=world.li, note="录像里看得到")
    return {
        "studied_sitting": found,
        "item_figures": found.items.first(),
        "lead": lead,
        "alike_seat": lead.first,
    }
