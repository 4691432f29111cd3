"""Whom an authority may send, and what has to be known before it sends them."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from zhupei.core.parameters import value
from zhupei.organizations.models import Membership, Role
from zhupei.patrols import parameters as p
from zhupei.patrols import recusal
from zhupei.patrols.access import SENT
from zhupei.patrols.models import Duty, Patrol
from zhupei.people.models import User


class Candidate(NamedTuple):
    """Somebody who may be sent. ``away`` says why they must not; ``busy``: how often that day."""

    user: User
    role: Role
    away: str
    busy: int

    @property
    def title(self) -> str:
        return str(self.role.label)


class Situation(NamedTuple):
    """A duty before somebody is sent to it: who could go, what is planned, how many must go."""

    people: list[Candidate]
    planned: list[Patrol]
    least: int

    @property
    def newest(self) -> int:
        """The newest of what is planned, so that a page can say what it knew of."""
        return max((patrol.pk for patrol in self.planned), default=0)


def candidates(duty: Duty, *, by: User, day: date) -> list[Candidate]:
    """Whom the planner's own authority may send, those who must stay away with the reason."""
    return situations([duty], by=by, day=day)[duty.pk].people


def situations(duties: Collection[Duty], *, by: User, day: date) -> dict[int, Situation]:
    """The same of many duties, in as many questions as of one."""
    roles = _ours(by, day)
    away = recusal.of(duties, list(roles), day)
    rows = Patrol.objects.planned().filter(planned_for=day, members__in=list(roles))
    busy = list(rows.values_list("members", flat=True))
    planned = _planned(duties)
    places = {duty.prefecture_id for duty in duties}
    least = {place: value(p.PEOPLE, prefecture=place) for place in places}
    found = {}
    for duty in duties:
        people = [
            Candidate(user, role, away[duty.pk].get(user.pk, ""), busy.count(user.pk))
            for user, role in roles.items()
        ]
        people.sort(key=lambda one: (bool(one.away), one.busy, one.user.name))
        found[duty.pk] = Situation(people, planned[duty.pk], least[duty.prefecture_id])
    return found


def _ours(by: User, day: date) -> dict[User, Role]:
    """Who may be sent at all, with the role they are sent in."""
    held = (
        Membership.objects.in_force(day)
        .filter(organization=by.acting.organization_id, role__in=SENT, user__is_active=True)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    roles: dict[User, Role] = {}
    for membership in held:
        better = membership.role == Role.INSPECTOR
        if membership.user not in roles or better:
            roles[membership.user] = Role(membership.role)
    return roles


def _planned(duties: Collection[Duty]) -> dict[int, list[Patrol]]:
    rows = Patrol.objects.planned().filter(duty__in=duties).order_by("planned_for", "pk")
    found: dict[int, list[Patrol]] = defaultdict(list)
    for patrol in rows.select_related("planned_by").prefetch_related("members"):
        found[patrol.duty_id].append(patrol)
    return found
