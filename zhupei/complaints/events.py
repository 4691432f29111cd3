"""What can happen to a complaint. Stored for ever: never rename a value."""

from enum import StrEnum


class ComplaintEvent(StrEnum):
    FILED = "complaint.filed"
    TAKEN_DOWN = "complaint.taken_down"
    ASSIGNED = "complaint.assigned"
    REASSIGNED = "complaint.reassigned"
    TRANSFERRED = "complaint.transferred"
    REFERRED = "complaint.referred"
    ACCEPTED = "complaint.accepted"
    REFUSED = "complaint.refused"
    NOTED = "complaint.noted"
    ANSWERED = "complaint.answered"
    ASKED = "complaint.institution_asked"
    DECIDED = "complaint.decided"
    REPLIED = "complaint.replied"
    EXTENSION_ASKED = "complaint.extension_asked"
    EXTENDED = "complaint.extended"
    EXTENSION_REFUSED = "complaint.extension_refused"
    JOINED = "complaint.joined"
    LEADS = "complaint.leads"
    SEPARATED = "complaint.separated"
    LEFT = "complaint.left"
    ADDED_TO = "complaint.added_to"
    RATED = "complaint.rated"
    SATISFIED = "complaint.satisfied"
    REOPENED = "complaint.reopened"
    CLOSED = "complaint.closed"
    WARNED = "complaint.warned"
    ESCALATED = "complaint.escalated"
    URGED = "complaint.urged"
    FOUND = "complaint.finding_made"
    IDENTITY_SEEN = "complaint.identity_seen"
    PAPER_SEEN = "complaint.paper_seen"
    EXPORTED = "complaint.exported"


class InquiryEvent(StrEnum):
    ASKED = "inquiry.asked"
    ANSWERED = "inquiry.answered"
    PAPER_SEEN = "inquiry.paper_seen"


class ChannelEvent(StrEnum):
    CHANGED = "complaint_channel.changed"
