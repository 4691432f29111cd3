"""Gathering what is frozen: the objects a draw could hit, who could go, who stays away.

Rows come out as plain values, so that a frame of 100,000 is one question and one text.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import State as ClassState
from zhupei.classes.models import TrainingClass
from zhupei.exams.models import Sitting
from zhupei.exams.models import State as SittingState
from zhupei.inspections import rules, weighing
from zhupei.inspections.models import (
    NEEDED,
    Draw,
    Frame,
    FrameInspector,
    FrameKind,
    Target,
    Team,
)
from zhupei.institutions.models import Licence, Standing
from zhupei.organizations.models import Interest, Kind, Membership, Organization, Role

CLASSES = (ClassState.FILED, ClassState.APPROVED, ClassState.FINISHED)
WORKS_THERE = _("在该单位任职")
SITTINGS = (
    SittingState.NOTIFIED,
    SittingState.SEALED,
    SittingState.CLOSED,
    SittingState.RELEASED,
)


class Object(NamedTuple):
    """One object as a row: its kind and number make the key."""

    pk: int
    owner: int
    name: str


class Gathered(NamedTuple):
    """Everything that is about to be frozen. ``away``: (user, organization) and why."""

    candidates: list[rules.Candidate]
    people: list[tuple[rules.Person, Membership]]
    recusals: list[tuple[str, str]]
    away: dict[tuple[int, int], str]


def gather(draw: Draw, *, day: date) -> Gathered:
    """What would be frozen on ``day``."""
    objects = OBJECTS[Target(draw.target)](draw, day)
    owners = {one.owner for one in objects}
    weights = weighing.weights(owners, day)
    candidates = [
        rules.Candidate(
            f"{draw.target}/{one.pk}",
            weights[one.owner].tickets,
            owner_key(one.owner),
            rules.clean(one.name),
            weights[one.owner].reasons,
        )
        for one in objects
    ]
    people = [
        (
            rules.Person(f"inspector/{n:03d}", team(row), rules.clean(str(row.user))),
            row,
        )
        for n, row in enumerate(_inspectors(draw, day), 1)
    ]
    away = _away([row.user_id for _one, row in people], owners, day)
    keys = {row.user_id: one.key for one, row in people}
    recusals = [(keys[user], owner_key(body)) for user, body in away]
    return Gathered(candidates, people, recusals, away)


def owner_key(organization: int) -> str:
    """How frames name a body."""
    return f"organization/{organization}"


def team(row: Membership) -> str:
    return Team.HR if row.organization.kind == Kind.HR else Team.HOUSING


def intact(draw: Draw) -> dict[str, Frame] | None:
    """The frozen texts of a draw, when each is what its hash says and all hang on the terms."""
    frames = {row.kind: row for row in Frame.objects.filter(draw=draw)}
    if set(frames) != set(NEEDED):
        return None
    if any(rules.digest(row.text) != row.sha256 for row in frames.values()):
        return None
    terms = frames[FrameKind.TERMS]
    named = {f"{kind}\t{row.sha256}" for kind, row in frames.items() if kind != FrameKind.TERMS}
    whole = terms.sha256 == draw.terms_sha256 and named <= set(terms.text.split("\n"))
    return frames if whole else None


def alias(draw: Draw, owner: str, one: FrameInspector) -> str:
    """How the frame calls an inspector at an owner."""
    return rules.alias(rules.salt(draw.secret, owner, one.key), owner, one.name)


def lineup(draw: Draw, owner: str, people: Iterable[FrameInspector]) -> dict[str, FrameInspector]:
    """These inspectors by their aliases at an owner."""
    return {alias(draw, owner, one): one for one in people}


def _inspectors(draw: Draw, day: date) -> list[Membership]:
    """Each person once, in the order of their bodies."""
    rows = Membership.objects.in_force(day).filter(
        role=Role.INSPECTOR, organization__in=draw.bodies.all(), user__is_active=True
    )
    ordered = rows.select_related("user", "organization").order_by("organization", "user")
    once = {row.user_id: row for row in reversed(ordered)}
    return sorted(once.values(), key=lambda row: (row.organization_id, row.user_id))


def _away(users: list[int], bodies: Iterable[int], day: date) -> dict[tuple[int, int], str]:
    """Who stays away from whom, in words for those who decide."""
    pairs = Interest.objects.between(users, list(bodies), day)
    said = dict.fromkeys(pairs, str(WORKS_THERE))
    rows = Interest.objects.filter(user__in={user for user, _body in pairs})
    for row in rows.order_by("pk"):
        if (row.user_id, row.organization_id) in said:
            said[row.user_id, row.organization_id] = row.get_kind_display()
    return said


def _institutions(draw: Draw, day: date) -> list[Object]:
    """Those that may train now."""
    rows = Organization.objects.filter(
        draw.authority.area(""), kind=Kind.INSTITUTION, admission__state=Standing.ACTIVE
    )
    if draw.job_id:
        named = Licence.objects.on(day).filter(jobs=draw.job_id)
        rows = rows.filter(pk__in=named.values("organization"))
    return [Object(pk, pk, name) for pk, name in _placed(draw, rows).values_list("pk", "name")]


def _classes(draw: Draw, day: date) -> list[Object]:  # noqa: ARG001 - as all of them
    """Those that are held, or were, in the days asked for."""
    rows = TrainingClass.objects.filter(
        draw.authority.area(""),
        state__in=CLASSES,
        starts_on__lte=draw.until,
        ends_on__gte=draw.since,
    )
    if draw.job_id:
        rows = rows.filter(syllabus__job=draw.job_id)
    fields = ("pk", "organization", "number", "title", "organization__name")
    return [
        Object(pk, owner, f"{number} {title} {school}")
        for pk, owner, number, title, school in _placed(draw, rows).values_list(*fields)
    ]


def _sittings(draw: Draw, day: date) -> list[Object]:  # noqa: ARG001 - as all of them
    """Those that are held, or were, in the days asked for."""
    rows = Sitting.objects.filter(
        draw.authority.area(""),
        state__in=SITTINGS,
        starts_at__date__lte=draw.until,
        starts_at__date__gte=draw.since,
    )
    if draw.job_id:
        rows = rows.filter(job=draw.job_id)
    fields = ("pk", "organization", "number", "title", "organization__name")
    return [
        Object(pk, owner, f"{number} {title} {body}")
        for pk, owner, number, title, body in _placed(draw, rows).values_list(*fields)
    ]


def _placed(draw: Draw, rows: Any) -> Any:
    here = Q(prefecture=draw.prefecture_id) if draw.prefecture_id else Q()
    return rows.filter(here)


OBJECTS: dict[Target, Callable[[Draw, date], list[Object]]] = {
    Target.INSTITUTION: _institutions,
    Target.CLASS: _classes,
    Target.SITTING: _sittings,
}
