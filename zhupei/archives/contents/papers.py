"""The forms records take in a package: JSON for programs, CSV and text for people."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import models
from django.utils import timezone

from zhupei.archives import properties
from zhupei.core import audit, bag
from zhupei.people.models import Person
from zhupei.people.rules import mask_id_number

Files = dict[str, bytes]

REGISTER: Final = "归档登记表.csv"
PROPERTIES: Final = "四性检测报告.csv"
PEOPLE: Final = ("姓名", "证件号码（遮盖）", "标识")
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def as_json(value: Any) -> bytes:
    """Readable JSON: two spaces, Chinese as it is."""
    text = json.dumps(value, ensure_ascii=False, indent=2, default=_plain)
    return f"{text}\n".encode()


def as_json_lines(values: Iterable[Any]) -> bytes:
    """One value a line."""
    lines = (json.dumps(value, ensure_ascii=False, default=_plain) for value in values)
    return "".join(f"{line}\n" for line in lines).encode()


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table every spreadsheet opens: UTF-8 with its mark, formulas disarmed by an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(heads)
    writer.writerows([[_cell(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def as_text(facts: Iterable[tuple[str, Any]]) -> bytes:
    """One fact a line, for whoever has only an editor."""
    return "".join(f"{label}：{_plain(value)}\n" for label, value in facts).encode()


def _cell(value: Any) -> str:
    text = "" if value is None else str(_plain(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _plain(value: Any) -> Any:
    """Moments in Beijing time with their offset, days as they are, everything else in words."""
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="milliseconds")
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, int | float | str) else str(value)


def who(person: Person) -> tuple[str, str, str]:
    """A person as packages name them: the columns ``PEOPLE``."""
    return person.name, mask_id_number(person.id_number), person.id_index


def events(things: Sequence[models.Model]) -> bytes:
    """The event record as ``bag.EVENTS`` holds it."""
    return as_json_lines(audit.canonical_lines(things))


def sentences(things: models.Model) -> bytes:
    """What happened, in words, for people; the proof is the event record itself."""
    lines = [
        (event.at, event.actor_name or "系统", event.organization_name, audit.sentence(event))
        for event in audit.history(things)
    ]
    return as_csv(("时间（北京时间）", "人员", "单位", "事项"), lines)


def with_register(files: Mapping[str, bytes]) -> Files:
    """Adds the list of files with their sizes and digests, and the totals.

    Source: GB/T 18894-2016, table A.1 (归档登记表: pieces and bytes are compared on receipt).
    """
    rows: list[Sequence[Any]] = [
        (number, name, name.rpartition(".")[2], len(files[name]), _digest(files[name]))
        for number, name in enumerate(sorted(files), start=1)
    ]
    rows.append(("合计", f"{len(files)} 个文件", "", sum(map(len, files.values())), ""))
    return {**files, REGISTER: as_csv(("序号", "文件", "格式", "字节数", "SHA-256"), rows)}


def with_properties(files: Mapping[str, bytes], *, required: Sequence[str]) -> Files:
    """Adds the report of the four properties, made of everything else; it is listed by nobody."""
    found = properties.examine(files, register=REGISTER, required=required, events=bag.EVENTS)
    return {**files, PROPERTIES: as_csv(("性质", "检测项", "结果", "说明"), found)}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def attachment_name(folder: str, number: int, name: str) -> str:
    """A place for an uploaded file: its own name made safe, a number so that none meet."""
    return f"{folder}/{number:02}-{bag.safe_name(name)}"
