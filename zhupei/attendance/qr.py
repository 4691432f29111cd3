"""Pictures a phone reads: from the screen of the room, from a sheet of paper."""

from io import BytesIO

import segno


def drawn(address: str) -> str:
    """An address as a QR code. With its namespace, or no browser takes it for a picture."""
    out = BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=8, border=2, xmldecl=False, svgns=True, nl=False
    )
    return out.getvalue().decode()


def as_picture(address: str) -> str:
    """The same as the source of an <img>."""
    picture: str = segno.make(address, error="m").svg_data_uri(scale=4, border=1)
    return picture
