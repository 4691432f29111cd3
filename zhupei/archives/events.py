"""What can happen to an archive package. Stored for ever: never rename a value."""

from enum import StrEnum


class ArchiveEvent(StrEnum):
    MADE = "archive.made"
    DOWNLOADED = "archive.downloaded"
    CHECKED = "archive.checked"
    FAULTS_FOUND = "archive.faults_found"


class RecordingEvent(StrEnum):
    REGISTERED = "recording.registered"
    WITHDRAWN = "recording.withdrawn"
    SEEN = "recording.seen"
