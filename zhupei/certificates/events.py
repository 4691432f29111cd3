"""What can happen to a certificate. Stored for ever: never rename a value."""

from enum import StrEnum


class CertificateEvent(StrEnum):
    ISSUED = "certificate.issued"
    BATCH_ISSUED = "certificate.batch_issued"
    PRINTED = "certificate.printed"
    NOT_PRINTED = "certificate.not_printed"
    REVOKED = "certificate.revoked"
    REVIEW_BEGAN = "certificate.review_began"
    REVIEW_ENDED = "certificate.review_ended"
    DOWNLOADED = "certificate.downloaded"
    EXPORTED = "certificate.exported"
