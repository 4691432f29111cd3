"""What can be done with archive packages and with the recordings that belong to them."""

from zhupei.archives.actions.packages import (
    MAKE,
    MANY_BYTES,
    MANY_PEOPLE,
    ask_for_class,
    ask_for_sitting,
    check,
    fetch,
    make_for_class,
    make_for_job,
    make_for_sitting,
)

__all__ = [
    "MAKE",
    "MANY_BYTES",
    "MANY_PEOPLE",
    "ask_for_class",
    "ask_for_sitting",
    "check",
    "fetch",
    "make_for_class",
    "make_for_job",
    "make_for_sitting",
]
