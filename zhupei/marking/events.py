"""What can happen to a written answer after the exam. Stored for ever: never rename a value."""

from enum import StrEnum


class MarkingEvent(StrEnum):
    MARKER_NAMED = "marking.marker_named"
    MARKER_REMOVED = "marking.marker_removed"
    DEALT = "marking.dealt"
    DEALT_AGAIN = "marking.dealt_again"


class ScriptEvent(StrEnum):
    READ = "script.read"
    DISPUTED = "script.disputed"
    SETTLED = "script.settled"
    CORRECTED = "script.corrected"
    SET_ASIDE = "script.set_aside"
    OPENED_AGAIN = "script.opened_again"
