"""Who may change an institution's file."""

from typing import Any

from zhupei.institutions.models import Admission
from zhupei.organizations.access import holds, oversees, regulates, works_for
from zhupei.organizations.models import Kind, Organization, Role


def may_keep_file(user: Any, organization: Organization) -> bool:
    """An institution's registrar keeps its file; an assessment body's examiner keeps theirs."""
    role = Role.EXAMINER if organization.kind == Kind.ASSESSMENT_BODY else Role.REGISTRAR
    return holds(user, role, organization)


def may_enter_licence(user: Any, organization: Organization) -> bool:
    """The reviewer of the place, who has the original before them.

    Source: Measures, art. 9 (training only after the licence was obtained).
    """
    return organization.kind == Kind.INSTITUTION and oversees(user, Role.REVIEWER, organization)


def may_apply(user: Any, admission: Admission) -> bool:
    """The registrar of the institution asks for it to be admitted."""
    return may_keep_file(user, admission.organization)


def may_admit(user: Any, admission: Admission) -> bool:
    """The region; never somebody of the institution.

    Source: Measures, art. 5 (the region supervises training and those who give it).
    """
    return regulates(user) and not works_for(user, admission.organization)


def may_suspend(user: Any, admission: Admission) -> bool:
    """The region and the bureau of the place; never somebody of the institution.

    Source: Measures, art. 23 (the authority of the place has it put right).
    """
    over = regulates(user) or oversees(user, Role.REVIEWER, admission.organization)
    return over and not works_for(user, admission.organization)


def may_leave(user: Any, admission: Admission) -> bool:
    """The institution itself; the region takes one off the list.

    Source: notice, part 2, section 4 (one left of its own will) and part 3 (taken off the list).
    """
    return may_apply(user, admission) or may_admit(user, admission)
