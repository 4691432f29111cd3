"""An institution's licence and rooms say nothing about people."""

from zhupei.core.privacy import Personal

FIELDS: dict[str, Personal | None] = dict.fromkeys(
    [
        "licence.id",
        "licence.organization",
        "licence.number",
        "licence.valid_from",
        "licence.valid_until",
        "licence.jobs",
        "room.id",
        "room.organization",
        "room.name",
        "room.address",
        "room.use",
        "room.seats",
        "room.stations",
    ]
)
