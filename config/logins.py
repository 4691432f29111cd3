"""The table of logins the demo prints: one line per person, columns that line up in Chinese too."""

import json
import unicodedata
from pathlib import Path

COLUMNS = {
    "role": "角色 Role",
    "organization": "单位 Organization",
    "name": "姓名 Name",
    "username": "账号 Login",
    "password": "密码 Password",
}


def table(file: Path) -> str:
    """Every login of the file; empty when the demo region has written none."""
    try:
        people: list[dict[str, str]] = json.loads(file.read_text())
    except OSError:
        return ""
    rows = [list(COLUMNS.values())]
    rows += [[str(person.get(key) or "—") for key in COLUMNS] for person in people]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_line(row, widths) for row in rows)


def width(text: str) -> int:
    """Columns of a terminal the text takes: two for each Chinese character."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(row: list[str], widths: list[int]) -> str:
    cells = [cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)]
    return "  " + "  ".join(cells).rstrip()
