"""The four properties of an electronic archive 四性: what a machine can check of a package's files.

Pure: bytes by name in, findings out. What no machine here can say, whether a signature's owner is
who they are or a file carries a virus, is left to people and never called passed.

Source: Archives Law, art. 39 (authentic, complete, usable, safe); DA/T 70-2018 as listed in the
project register of facts, §7.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

PASSED, WARNED, FAILED, BY_PEOPLE = "通过", "警告", "不通过", "待人工"
FORMATS: Final = {
    ".json": b"",
    ".jsonl": b"",
    ".csv": b"\xef\xbb\xbf",
    ".txt": b"",
    ".py": b"",
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG",
    ".mp4": b"",
    ".webm": b"\x1aE\xdf\xa3",
    ".docx": b"PK\x03\x04",
    ".xlsx": b"PK\x03\x04",
}


class Finding(NamedTuple):
    """One check: which property, what was looked at, the result, and what was found."""

    side: str
    what: str
    result: str
    found: str


def examine(
    files: Mapping[str, bytes], *, register: str, required: Sequence[str], events: str
) -> list[Finding]:
    """Every check of a package before it is sealed. ``register`` names its list of files."""
    return [
        *_authentic(files, register, events),
        *_complete(files, register, required),
        *_usable(files),
        *_safe(files),
    ]


def _result(faults: Sequence[str], *, so: str) -> tuple[str, str]:
    return (FAILED, "、".join(faults[:5])) if faults else (PASSED, so)


def _authentic(files: Mapping[str, bytes], register: str, events: str) -> Iterator[Finding]:
    listed = {row["文件"]: row for row in _rows(files[register])}
    altered = [
        name
        for name, row in listed.items()
        if name in files and hashlib.sha256(files[name]).hexdigest() != row["SHA-256"]
    ]
    yield Finding("真实性", "登记的摘要与内容重算一致", *_result(altered, so="逐个重算"))
    yield Finding("真实性", "过程信息的链条完整", *_chain(files.get(events, b"")))
    yield Finding("真实性", "电子签名的主体核验", BY_PEOPLE, "证书文件内有签名，签名人身份由人核对")


def _chain(lines: bytes) -> tuple[str, str]:
    """The hashes of the events follow from one another, per subject."""
    last: dict[str, str] = {}
    broken, count = [], 0
    for line in lines.decode().splitlines():
        event = json.loads(line)
        count += 1
        before = last.get(event["subject"], "0" * 64)
        told = hashlib.sha256(f"{event['previous']}\n{event['canonical']}".encode()).hexdigest()
        if event["previous"] != before or event["hash"] != told:
            broken.append(f"{event['subject']}#{event['seq']}")
        last[event["subject"]] = event["hash"]
    return _result(broken, so=f"{count} 条事件首尾相连")


def _complete(
    files: Mapping[str, bytes], register: str, required: Sequence[str]
) -> Iterator[Finding]:
    missing = [name for name in required if name not in files]
    yield Finding("完整性", "应有的材料齐全", *_result(missing, so=f"{len(required)} 种都在"))
    rows = _rows(files[register])
    listed = {row["文件"] for row in rows}
    there = set(files) - {register}
    strays = sorted(listed ^ there)
    yield Finding("完整性", "登记表与文件一一对应", *_result(strays, so=f"{len(there)} 个文件"))
    wrong = [
        row["文件"]
        for row in rows
        if row["文件"] in files and int(row["字节数"]) != len(files[row["文件"]])
    ]
    yield Finding("完整性", "件数和字节数与登记表一致", *_result(wrong, so="逐个核对"))


def _usable(files: Mapping[str, bytes]) -> Iterator[Finding]:
    strange = sorted(name for name in files if _suffix(name) not in FORMATS)
    result = (WARNED, "、".join(strange[:5])) if strange else (PASSED, "都在可长期保存的格式之内")
    yield Finding("可用性", "文件格式在白名单内", *result)
    false = [
        name
        for name, content in files.items()
        if not content.startswith(FORMATS.get(_suffix(name), b""))
    ]
    yield Finding("可用性", "文件头与格式一致", *_result(false, so="逐个核对"))
    unreadable = [name for name, content in files.items() if not _reads(name, content)]
    yield Finding("可用性", "元数据可以解析", *_result(unreadable, so="逐个解析"))


def _safe(files: Mapping[str, bytes]) -> Iterator[Finding]:
    locked = [
        name
        for name, content in files.items()
        if _suffix(name) == ".pdf" and b"/Encrypt" in content[-4096:]
    ]
    yield Finding("安全性", "没有加密的文件", *_result(locked, so="逐个核对"))
    yield Finding("安全性", "病毒扫描", BY_PEOPLE, "本机没有扫描程序，移交前由人扫描")


def _rows(content: bytes) -> list[dict[str, str]]:
    """The lines of the register, its totals left out."""
    reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [row for row in reader if row["SHA-256"]]


def _suffix(name: str) -> str:
    return f".{name.rpartition('.')[2].lower()}"


def _reads(name: str, content: bytes) -> bool:
    try:
        if _suffix(name) == ".json":
            json.loads(content)
        elif _suffix(name) == ".jsonl":
            for line in content.decode().splitlines():
                json.loads(line)
        elif _suffix(name) in {".csv", ".txt"}:
            content.decode("utf-8-sig")
    except ValueError:
        return False
    return True
