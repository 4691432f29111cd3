"""Who may do what to a person: almost everything is theirs alone."""

from typing import Any

from zhupei.people.models import Person, Purpose


def is_person(user: Any, person: Person) -> bool:
    """Is this account that very person's own?"""
    own = getattr(user, "person_id", None)
    return own is not None and own == person.pk


def is_learner(user: Any) -> bool:
    """Is this a person acting for themself, not for an organization?"""
    return bool(
        user is not None and user.is_authenticated and user.person_id and user.acting is None
    )


def has_number(person: Person, index: str) -> bool:
    """Does this number (its blind index) belong to the person, or did it before a merger?"""
    return person.id_index == index or person.merged_from.filter(id_index=index).exists()


def has_consented(person: Person, purpose: Purpose) -> bool:
    """Does a consent of this purpose stand?"""
    return person.consents.filter(purpose=purpose, withdrawn_at__isnull=True).exists()
