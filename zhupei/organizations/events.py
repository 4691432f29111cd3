"""What can happen to an organization and to the figures of the rules. Never rename a value."""

from enum import StrEnum


class OrganizationEvent(StrEnum):
    REGISTERED = "organization.registered"
    MEMBER_JOINED = "organization.member_joined"
    INTEREST_DECLARED = "organization.interest_declared"
    INTEREST_ENDED = "organization.interest_ended"
    MEMBER_LEFT = "organization.member_left"
    LINK_SENT = "organization.link_sent"
    PHONE_CHANGED = "organization.phone_changed"
    PARAMETER_SET = "parameter.set"
    PARAMETER_WITHDRAWN = "parameter.withdrawn"
    WORDING_SET = "wording.set"
    SENT_AGAIN = "message.sent_again"
