"""Recompute the event chain of an archive package. 重新计算档案包中的事件链。

This file stands alone: Python 3.10 or newer and nothing else. A copy lies in every package, so that
a reader in thirty years needs neither the system nor the network; the system itself checks
packages with this same file.

    python3 verify_events.py [events.jsonl]

Each line of events.jsonl is one event: {"subject", "seq", "canonical", "previous", "hash"}.
``hash`` is SHA-256, in lower-case hexadecimal, of ``previous``, a line feed and ``canonical`` in
UTF-8. ``previous`` is the hash of the event before it about the same subject; before the first
stand 64 zeros. ``seq`` counts 1, 2, 3 … per subject. ``canonical`` is the event itself, as JSON.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

START = "0" * 64
FIELDS = {"subject": str, "seq": int, "canonical": str, "previous": str, "hash": str}


class BrokenEvent(NamedTuple):
    """One line that is not what was written.

    ``fault`` is unreadable (not an event), altered (its text is not what was hashed), unlinked
    (the event before it is missing or another) or mislabelled (subject or seq are not the text's).
    """

    line: int
    fault: str
    subject: str = ""
    seq: int = 0


def broken_events(lines: Iterable[str]) -> Iterator[BrokenEvent]:
    """Every line whose text, link or label is wrong; nothing when the chain is whole."""
    ends: dict[str, tuple[int, str]] = {}
    for number, line in enumerate(lines, start=1):
        event = _read(line)
        if event is None:
            yield BrokenEvent(number, "unreadable")
            continue
        subject, seq = event["subject"], event["seq"]
        fault = _fault(event, ends.get(subject, (0, START)))
        if fault:
            yield BrokenEvent(number, fault, subject, seq)
        ends[subject] = (seq, event["hash"])


def chain_hash(previous: str, canonical: str) -> str:
    """The hash that ties an event to the one before it."""
    return hashlib.sha256(f"{previous}\n{canonical}".encode()).hexdigest()


def _read(line: str) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
        text = json.loads(event["canonical"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    good = isinstance(text, dict) and all(
        type(event.get(name)) is kind for name, kind in FIELDS.items()
    )
    return {**event, "text": text} if good else None


def _fault(event: dict[str, Any], end: tuple[int, str]) -> str:
    if event["hash"] != chain_hash(event["previous"], event["canonical"]):
        return "altered"
    if (event["text"].get("subject"), event["text"].get("seq")) != (event["subject"], event["seq"]):
        return "mislabelled"
    if (event["seq"] - 1, event["previous"]) != end:
        return "unlinked"
    return ""


def main(arguments: list[str]) -> int:
    """Print a sentence per fault; 0 when there is none, 1 when there is, 2 when nothing to read."""
    file = Path(arguments[0]) if arguments else Path(__file__).parent / "data" / "events.jsonl"
    if not file.is_file():
        _say(f"{file}: no such file 没有这个文件")
        return 2
    with file.open(encoding="utf-8", errors="replace", newline="\n") as lines:
        faults = list(broken_events(lines))
    for fault in faults:
        _say(f"{file}:{fault.line}: {fault.fault} {fault.subject} #{fault.seq}")
    _say(f"{len(faults)} faults 处不符" if faults else "The event chain is whole. 事件链完整。")
    return 1 if faults else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
