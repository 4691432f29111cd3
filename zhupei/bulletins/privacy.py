"""Bulletins count; they name bodies, never people."""

FIELDS = dict.fromkeys(
    [
        "bulletin.id",
        "bulletin.authority",
        "bulletin.kind",
        "bulletin.since",
        "bulletin.until",
        "bulletin.title",
        "bulletin.state",
        "bulletin.facts",
        "bulletin.texts",
        "bulletin.gathered_at",
        "bulletin.version",
        "bulletin.open_to_public",
        "bulletin.number",
        "bulletin.issued_at",
        "bulletin.paper",
        "bulletin.book",
    ]
)
