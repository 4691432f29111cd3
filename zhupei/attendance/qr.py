"""The picture a phone reads from the screen of the room."""

from io import BytesIO

import segno


def drawn(address: str) -> str:
    """An address as a QR code. With its namespace, or no browser takes it for a picture."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=2, xmldecl=False, svgns=True, nl=False
    )
    return out.getvalue().decode()
