"""What can happen in the record of teaching. Stored for ever: never rename a value."""

from enum import StrEnum


class TeachingEvent(StrEnum):
    LOGGED = "teaching.logged"
    LOG_AMENDED = "teaching.log_amended"
    EVIDENCE_ADDED = "teaching.evidence_added"
    EVIDENCE_WITHDRAWN = "teaching.evidence_withdrawn"
    CHECKED = "teaching.checked"
    FAULT_CORRECTED = "teaching.fault_corrected"
    BOOK_CHOSEN = "teaching.book_chosen"
    BOOK_DROPPED = "teaching.book_dropped"
    BOOKS_GIVEN = "teaching.books_given"
    BOOK_CONFIRMED = "teaching.book_confirmed"
