"""Builders of schemes and evaluations, each walked to its state by its people.

*Gu* regulates, *Li* reviews for Changji, *Aygul* reports for Tianshan School. *Ren* and *Ye* are
experts; *Shi* is the third one.
"""

from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make_officials
from zhupei.core.models import LongJob
from zhupei.evaluation.actions import (
    computing,
    experts,
    objections,
    outlooks,
    reporting,
    results,
    schemes,
    scores,
    vetoes,
)
from zhupei.evaluation.actions.scores import Entry
from zhupei.evaluation.models import (
    Answer,
    Evaluation,
    Evidence,
    Objection,
    Scheme,
    Score,
    Seat,
    Source,
    Veto,
)
from zhupei.organizations.models import Organization
from zhupei.people.models import User


def acting(user: User) -> User:
    """The person wearing their first membership, as a request would find them."""
    user.acting = user.memberships.select_related("organization").first()
    return user


def people(world: SimpleNamespace) -> SimpleNamespace:
    """Everybody of an evaluation wears a membership."""
    if not hasattr(world, "ren"):
        make_officials.add(world)
    for name in ("gu", "li", "zhou", "far_reviewer", "aygul", "wang", "ren", "ye", "shi"):
        acting(getattr(world, name))
    return world


def paper(name: str = "凭据.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def draft(world: SimpleNamespace, *, year: int = 0, days: int = 20, over: bool = True) -> Scheme:
    """A scheme of this year; its self-reports end in ``days``, its facts are ``over`` since
    yesterday, or else with the year.
    """
    today = timezone.localdate()
    made = schemes.draft(
        by=world.gu, year=year or today.year, report_until=today + timedelta(days=days)
    )
    if not over:
        return made
    last = today - timedelta(days=1)
    since = last - timedelta(days=364)
    return schemes.change(made, by=world.gu, counts_from=since, counts_until=last)


def frozen(world: SimpleNamespace, **said: Any) -> Scheme:
    """Published, and computed by the worker."""
    scheme = schemes.freeze(draft(world, **said), by=world.gu)
    job = LongJob.objects.filter(url=computing.scheme_url(scheme)).select_related("owner").get()
    job.owner.acting = world.gu.acting
    computing.run(scheme, job)
    return scheme


def of(scheme: Scheme, organization: Organization) -> Evaluation:
    rows = Evaluation.objects.select_related("scheme", "organization")
    return rows.get(scheme=scheme, organization=organization)


def opened(world: SimpleNamespace, **said: Any) -> Evaluation:
    """Tianshan School's, open to its report."""
    return of(frozen(world, **said), world.school)


def reported(world: SimpleNamespace) -> Evaluation:
    found = opened(world)
    reporting.report(found, by=world.aygul)
    return of(found.scheme, world.school)


def answer(evaluation: Evaluation, code: str) -> Answer:
    return evaluation.answers.select_related("indicator", "evaluation").get(indicator__code=code)


def entry(
    evaluation: Evaluation, code: str, value: Any, reason: str = "看过台账", **said: Any
) -> Entry:
    found = answer(evaluation, code)
    return Entry(found.pk, "scored", Decimal(str(value)), reason, **said)


def scored(world: SimpleNamespace) -> Evaluation:
    """The bureau is done."""
    found = reported(world)
    entries = [entry(found, "3.1", 3, "配合巡查")]
    scores.score_locally(found, entries, by=world.li)
    scores.finish(found, by=world.li)
    return of(found.scheme, world.school)


def owed(evaluation: Evaluation) -> list[str]:
    """The codes experts have to score."""
    rows = evaluation.answers.filter(indicator__source=Source.HUMAN)
    return list(rows.order_by("indicator__position").values_list("indicator__code", flat=True))


def all_full(evaluation: Evaluation, **other: Any) -> list[Entry]:
    """An expert's sheet: everything full but what is named (by code, dots as underscores)."""
    given = {code.replace("_", "."): value for code, value in other.items()}
    return [
        entry(
            evaluation, code, given.get(code, answer(evaluation, code).indicator.points), "现场核查"
        )
        for code in owed(evaluation)
    ]


def seated(world: SimpleNamespace) -> Evaluation:
    """Ren and Ye are called."""
    found = scored(world)
    experts.appoint(found, by=world.gu, expert=world.ren, seat=Seat.FIRST)
    experts.appoint(found, by=world.gu, expert=world.ye, seat=Seat.SECOND)
    return of(found.scheme, world.school)


def reviewed(world: SimpleNamespace, **second: Any) -> Evaluation:
    """Both experts handed in; ``second`` is what Ye gave differently."""
    found = seated(world)
    for user, other in ((world.ren, {}), (world.ye, second)):
        seat = found.appointments.get(expert=user)
        experts.review(seat, all_full(found, **other), by=user)
        experts.hand_in(seat, by=user)
    return of(found.scheme, world.school)


def public(world: SimpleNamespace) -> Evaluation:
    found = reviewed(world)
    results.publicise(found.scheme, by=world.gu)
    return of(found.scheme, world.school)


def vetoed(world: SimpleNamespace, found: Evaluation) -> Evaluation:
    vetoes.find(
        found,
        by=world.gu,
        kind="stand_ins",
        facts="5 月 3 日班级查到 4 人顶替",
        law="2023 通报二（二）4",
        upload=paper("笔录.pdf"),
    )
    return of(found.scheme, found.organization)


SITE_PEOPLE = {
    "evaluation": "gu",
    "evaluation:results": None,
    "evaluation:year": None,
    **dict.fromkeys(
        [
            "evaluation:outlook",
            "evaluation:state",
            "evaluation:attach",
            "evaluation:evidence",
            "evaluation:take-back",
            "evaluation:summary",
            "evaluation:object",
            "evaluation:objection-paper",
        ],
        "aygul",
    ),
    "evaluation:sheet": "li",
    "evaluation:seat-move": "ren",
}
SITE_OBJECTS = {
    "evaluation": {"pk": "evaluation_public", "year": "evaluation_year"},
    "evaluation:outlook-of": {"pk": "school"},
    "evaluation:reckon": {"pk": "school"},
    "evaluation:scheme": {"pk": "evaluation_scheme"},
    "evaluation:announce": {"pk": "evaluation_scheme"},
    "evaluation:tables": {"pk": "evaluation_scheme"},
    "evaluation:deal": {"pk": "evaluation_scheme"},
    "evaluation:scheme-move": {"pk": "evaluation_scheme", "name": "read"},
    "evaluation:step": {"pk": "evaluation_scheme", "name": "decide"},
    "evaluation:edit": {"pk": "evaluation_draft"},
    "evaluation:indicator": {"pk": "evaluation_draft", "code": "1.1.1"},
    "evaluation:answer": {"pk": "evaluation_answer"},
    "evaluation:state": {"pk": "evaluation_answer"},
    "evaluation:attach": {"pk": "evaluation_answer"},
    "evaluation:evidence": {"pk": "evaluation_evidence"},
    "evaluation:take-back": {"pk": "evaluation_evidence"},
    "evaluation:seat-move": {"pk": "evaluation_seat", "name": "recuse"},
    "evaluation:lift": {"pk": "evaluation_veto"},
    "evaluation:veto-paper": {"pk": "evaluation_veto"},
    "evaluation:objection": {"pk": "evaluation_objection"},
    "evaluation:objection-paper": {"pk": "evaluation_objection"},
    "evaluation:move": {"pk": "evaluation_public", "name": "exit"},
    "evaluation:summary": {"pk": "evaluation_open"},
    "evaluation:sheet": {"pk": "evaluation_reported"},
    "evaluation:refresh": {"pk": "evaluation_open"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """Four years: a draft, one open, one reported, one published with a veto and an objection."""
    people(world)
    this = timezone.localdate().year
    still = opened(world, year=this - 1)
    reporting.state(answer(still, "1.1.3"), by=world.aygul, statement="八项都有")
    evidence = reporting.attach(answer(still, "1.1.3"), by=world.aygul, upload=paper())
    handed_in = opened(world, year=this - 2)
    reporting.report(handed_in, by=world.aygul)
    vetoed(world, reviewed(world))
    scheme = Scheme.objects.get(year=this)
    results.publicise(scheme, by=world.gu)
    found = of(scheme, world.school)
    objection = objections.make(
        found, by=world.aygul, answer=answer(found, "1.1.1"), grounds="有四人", upload=paper()
    )
    outlooks.reckon_one(world.school, by=world.aygul)
    return {
        "evaluation_year": SimpleNamespace(pk=this),
        "evaluation_draft": draft(world, year=this - 3),
        "evaluation_scheme": scheme,
        "evaluation_public": found,
        "evaluation_open": still,
        "evaluation_reported": handed_in,
        "evaluation_answer": answer(still, "1.1.3"),
        "evaluation_evidence": evidence,
        "evaluation_seat": found.appointments.get(expert=world.ren),
        "evaluation_veto": found.vetoes.get(),
        "evaluation_objection": objection,
    }


def grow(others: list[Organization], wanted: int) -> None:
    """More evaluations of other institutions, more scores, papers, experts and objections."""
    from tests.make_many import every, many  # noqa: PLC0415 - it asks for this

    for scheme in Scheme.objects.filter(evaluations__isnull=False).distinct():
        first = every(Evaluation, scheme=scheme, organization__name="天山建设职业技能培训学校")
        many(first, wanted, organization=others, scorer=None, sponsor=None)
    for model in (Evidence, Score):
        many(every(model), wanted)
    many(every(Veto), wanted, lifted_at=timezone.now(), lifted_note="误认")
    many(every(Objection), wanted, state="rejected")
