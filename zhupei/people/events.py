"""What can happen to a person. Stored for ever: never rename a value."""

from enum import StrEnum


class PersonEvent(StrEnum):
    REGISTERED = "person.registered"
    ENTERED = "person.entered"
    NAME_CONFIRMED = "person.name_confirmed"
    NAME_NOT_ASKED = "person.name_not_asked"
    CONSENTED = "person.consented"
    CONSENT_WITHDRAWN = "person.consent_withdrawn"
    LOOKED_AT = "person.looked_at"
    PASSWORD_RESET = "person.password_reset"  # noqa: S105 - the name of a deed
    COPIES_ASKED = "person.copies_asked"
    COPIES_CONFIRMED = "person.copies_confirmed"
    COPIES_STOPPED = "person.copies_stopped"
    MERGED = "person.merged"
    TAKEN_IN = "person.taken_in"
    TOLD_APART = "person.told_apart"


class AccountEvent(StrEnum):
    OPENED = "account.opened"
    PHONE_ENTERED = "account.phone_entered"
    PHONE_CHANGED = "account.phone_changed"
    CLOSED = "account.closed"
    LINK_SENT = "account.link_sent"
    PASSWORD_CHOSEN = "account.password_chosen"  # noqa: S105 - the name of a deed
