"""Who may do what in the teacher pool."""

from typing import Any

from zhupei.organizations.access import holds, oversees, regulates
from zhupei.organizations.models import Kind, Organization, Role
from zhupei.people.access import is_person
from zhupei.teachers.models import Engagement, State, Teacher

OPEN_TO_CHANGE = (State.DRAFT, State.RETURNED)


def may_propose(user: Any, organization: Organization) -> bool:
    """The registrar of a training institution hands in teachers, and engages them."""
    return organization.kind == Kind.INSTITUTION and holds(user, Role.REGISTRAR, organization)


def may_apply(user: Any) -> bool:
    """A person with an account of their own, who is in nobody's list yet."""
    return bool(user.person_id) and not Teacher.objects.filter(person=user.person_id).exists()


def may_submit(user: Any, teacher: Teacher) -> bool:
    """Whoever handed the teacher in, and the teacher."""
    if is_person(user, teacher.person):
        return True
    return teacher.proposed_by is not None and may_propose(user, teacher.proposed_by)


def may_change(user: Any, teacher: Teacher) -> bool:
    """Those who submit it, while nobody is reading it; once admitted those who admit."""
    if teacher.state in OPEN_TO_CHANGE:
        return may_submit(user, teacher)
    return teacher.state == State.ADMITTED and may_review(user, teacher)


def may_add_evidence(user: Any, teacher: Teacher) -> bool:
    """As above; and to one in the pool also their employers add what is new."""
    if teacher.state in OPEN_TO_CHANGE:
        return may_submit(user, teacher)
    if teacher.state != State.ADMITTED:
        return False
    return may_submit(user, teacher) or employs(user, teacher)


def may_review(user: Any, teacher: Teacher) -> bool:
    """Officers of the association; the region as well. Never of themself, nor of a teacher their
    own institution handed in.

    Source: notice, part 3 (the committee builds the pool of the region).
    """
    if not (reviews(user) or regulates(user)):
        return False
    return not is_person(user, teacher.person) and not _works_for(user, teacher.proposed_by_id)


def reviews(user: Any) -> bool:
    """Is ``user`` acting as an officer of the association?"""
    acting = getattr(user, "acting", None)
    return bool(
        acting and acting.role == Role.REVIEWER and acting.organization.kind == Kind.ASSOCIATION
    )


def employs(user: Any, teacher: Teacher) -> bool:
    """Is ``user`` acting as registrar of an institution that engages the teacher now?"""
    acting = getattr(user, "acting", None)
    if not acting or acting.role != Role.REGISTRAR:
        return False
    return (
        Engagement.objects.current()
        .filter(teacher=teacher, organization=acting.organization_id)
        .exists()
    )


def may_see_file(user: Any, teacher: Teacher) -> bool:
    """Identity and telephone numbers, numbers and scans of certificates: for oneself, for those who
    handed the teacher in or engage them, for the association and the region, and for the bureau
    of the institution that handed the teacher in or engages them.

    Source: PIPL, art. 6 (no more than the purpose needs).
    """
    if is_person(user, teacher.person) or reviews(user) or regulates(user):
        return True
    if may_submit(user, teacher) or employs(user, teacher):
        return True
    current = teacher.engagements.filter(until__isnull=True).select_related("organization")
    involved = [one.organization for one in current]
    if teacher.proposed_by:
        involved.append(teacher.proposed_by)
    return any(oversees(user, Role.REVIEWER, organization) for organization in involved)


def may_engage(user: Any, teacher: Teacher) -> bool:
    """A registrar, for the institution they act for, somebody of the pool it does not engage."""
    acting = getattr(user, "acting", None)
    return bool(
        acting
        and teacher.state == State.ADMITTED
        and may_propose(user, acting.organization)
        and not employs(user, teacher)
    )


def may_end(user: Any, engagement: Engagement) -> bool:
    """The institution; and the teacher, whose name must not be used where they do not work."""
    return may_propose(user, engagement.organization) or is_person(user, engagement.teacher.person)


def may_enter_study(user: Any, teacher: Teacher) -> bool:
    """The teacher, and the institutions that handed them in or engage them."""
    return may_submit(user, teacher) or employs(user, teacher)


def sees_shared(user: Any) -> bool:
    """The list of those who work for several institutions is for those who look after them all."""
    acting = getattr(user, "acting", None)
    kinds = {Kind.ASSOCIATION, Kind.REGION_AUTHORITY, Kind.PREFECTURE_AUTHORITY}
    return bool(acting and acting.organization.kind in kinds)


def _works_for(user: Any, organization: int | None) -> bool:
    """Does the person hold any membership there, whichever one they wear now?"""
    if organization is None:
        return False
    worn = getattr(user, "worn", None)
    if worn is not None:
        return any(membership.organization_id == organization for membership in worn)
    return bool(user.memberships.filter(organization=organization).exists())
