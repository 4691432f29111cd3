"""Who enters a credit record, who answers for it, who speaks against it."""

from typing import Any

from zhupei.credit.models import CreditRecord, Objection, Repair
from zhupei.institutions.access import may_keep_file
from zhupei.organizations.access import oversees, regulates, works_for
from zhupei.organizations.models import Organization, Role

DECIDING = frozenset({Role.REVIEWER, Role.REGULATOR})


def may_enter(user: Any, organization: Organization) -> bool:
    """The region and the bureau of the place; never somebody of the institution.

    Source: Measures, art. 23 (the authority of the place makes known who broke their word).
    """
    over = regulates(user) or oversees(user, Role.REVIEWER, organization)
    return over and not works_for(user, organization)


def decided(user: Any, record: CreditRecord) -> bool:
    """Is somebody acting for the body that decided the record? It alone repairs it.

    Source: project register of facts, §9.3 (谁认定、谁修复).
    """
    acting = getattr(user, "acting", None)
    if acting is None or acting.organization_id != record.authority_id:
        return False
    return acting.role in DECIDING and not works_for(user, record.organization)


def may_withdraw(user: Any, record: CreditRecord) -> bool:
    """The body that decided it; and the region, which stands above the bureaus."""
    above = regulates(user) and not works_for(user, record.organization)
    return decided(user, record) or above


def may_ask(user: Any, record: CreditRecord) -> bool:
    """The institution itself, for its own record and those of its principal and organizer."""
    return may_keep_file(user, record.organization)


def may_answer_repair(user: Any, repair: Repair) -> bool:
    """Whoever decides for the body that decided the record."""
    return decided(user, repair.record)


def may_take_back_repair(user: Any, repair: Repair) -> bool:
    return may_ask(user, repair.record)


def may_answer_objection(user: Any, objection: Objection) -> bool:
    """The body that decided, or the region, but not the person who entered the record."""
    record = objection.record
    return may_withdraw(user, record) and user.pk != record.entered_by_id


def may_take_back_objection(user: Any, objection: Objection) -> bool:
    return may_ask(user, objection.record)


def may_grade(user: Any, organization: Organization) -> bool:
    """The region says what a year was worth; never somebody of the institution.

    Source: Measures, art. 14 (the result of grading goes into the credit system).
    """
    return regulates(user) and not works_for(user, organization)


def may_export(user: Any) -> bool:
    """Authorities, the lists of their area."""
    acting = getattr(user, "acting", None)
    return bool(acting and acting.role in DECIDING)
