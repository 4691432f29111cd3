"""Files as strangers send them, built in memory."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

SAMPLES = Path(__file__).parents[2] / "data" / "items"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def png(shade: int = 0, size: int = 2) -> bytes:
    """A small square."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    rows = b"".join(b"\0" + bytes([shade % 256, 0, 0]) * size for _ in range(size))
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def package(files: Mapping[str, bytes | str]) -> bytes:
    """A zip file."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)


def run(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, number: tuple[int, int] | None = None) -> str:
    about = ""
    if number:
        about = (
            f'<w:pPr><w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/>'
            "</w:numPr></w:pPr>"
        )
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p>{about}{inside}</w:p>"


def docx(*paragraphs: str, more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A Word file; a bare text is a paragraph."""
    inside = "".join(one if one.startswith("<") else paragraph(one) for one in paragraphs)
    document = f"<w:document {WORD}><w:body>{inside}</w:body></w:document>"
    return package({"word/document.xml": document, **(more or {})})


NUMBERING = f"""<w:numbering {WORD}>
<w:abstractNum w:abstractNumId="7">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
    <w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/>
    <w:lvlText w:val="%2."/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="8">
  <w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
</w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>
</w:numbering>"""


def manifest(resources: str) -> str:
    return (
        '<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1" identifier="m">'
        f"<organizations/><resources>{resources}</resources></manifest>"
    )


def resource(href: str, kind: str = "imsqti_item_xmlv2p1", more: str = "") -> str:
    about = f'identifier="r" type="{kind}" href="{href}"'
    return f'<resource {about}>{more}<file href="{href}"/></resource>'


def qti_item(body: str, correct: str = "A", *, more: str = "", cardinality: str = "single") -> str:
    """An item of QTI 2.1 around a body."""
    values = "".join(f"<value>{one}</value>" for one in correct)
    return (
        '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="q" title="q">'
        f'<responseDeclaration identifier="RESPONSE" cardinality="{cardinality}" '
        f'baseType="identifier"><correctResponse>{values}</correctResponse></responseDeclaration>'
        f"{more}<itemBody>{body}</itemBody></assessmentItem>"
    )


CHOICES = (
    '<choiceInteraction responseIdentifier="RESPONSE" maxChoices="1"><prompt>哪个？</prompt>'
    '<simpleChoice identifier="A">甲</simpleChoice><simpleChoice identifier="B">乙</simpleChoice>'
    "</choiceInteraction>"
)


def codes(reading) -> list[str]:
    return [fault.code for fault in reading.faults]


def notes(reading) -> list[str]:
    return [note.code for note in reading.notes]


def only(reading):
    """The one draft of a reading without faults."""
    assert codes(reading) == []
    (draft,) = reading.drafts
    return draft
