"""Recompute every mark of an archived sitting. 按原始作答和标准答案重算每一份成绩。

This file stands alone: Python 3.10 or newer and nothing else. A copy lies in every package of a
sitting, so that a reader in thirty years needs neither the system nor the network.

    python3 recompute_marks.py [folder]

It reads, beside itself or in the folder, 试卷.json (the sealed paper), 标准答案.json (its keys and
the pass mark), 作答.jsonl (what each candidate had stored) and 成绩.csv (the marks given), and says
of each attempt whether mark, verdict and receipt follow from the answers. It also recomputes the
digest of the paper, and looks up in events.jsonl what was noted when the paper was sealed and when
each attempt was handed in. Exit code 0 when everything agrees, 1 when something does not.

The mark is out of 100, every item weighs the same, to two decimals, halves up. A multiple choice
counts only when it is exactly the key. An item left blank is wrong.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

PAPER = "试卷.json"
KEYS = "标准答案.json"
ANSWERS = "作答.jsonl"
MARKS = "成绩.csv"
EVENTS = "events.jsonl"
VERDICTS = {True: "合格", False: "不合格"}


def mark(answers: Mapping[int, str], keys: Mapping[int, str]) -> Decimal:
    """The mark these answers are worth."""
    right = sum(sorted(answers.get(item, "")) == sorted(key) for item, key in keys.items())
    return (Decimal(100) * right / len(keys)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def receipt(answers: Mapping[int, str]) -> str:
    """The digest of the answers, as the candidate took it home."""
    return digest([[item, choice] for item, choice in sorted(answers.items()) if choice])


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def disagreements(folder: Path) -> Iterator[str]:
    """One sentence for everything that does not follow from the raw answers."""
    paper, sealed = _json(folder / PAPER), _json(folder / KEYS)
    keys = {int(item): key for item, key in sealed["keys"].items()}
    noted = _noted(folder / EVENTS)
    if digest(paper["items"]) != paper["sha256"]:
        yield f"{PAPER}：试题与其摘要不符"
    if paper["sha256"] not in noted:
        yield f"{PAPER}：事件记录中没有这份试卷的封卷摘要"
    given = _given(folder / MARKS)
    for line in (folder / ANSWERS).read_text(encoding="utf-8").splitlines():
        attempt = json.loads(line)
        yield from _judge(attempt, keys, Decimal(sealed["pass_mark"]), given, noted)
    for name in given:
        yield f"{MARKS}：答卷 {name} 没有原始作答"


def _judge(
    attempt: Mapping[str, Any],
    keys: Mapping[int, str],
    pass_mark: Decimal,
    given: dict[str, tuple[str, str]],
    noted: set[str],
) -> Iterator[str]:
    answers = {one["item"]: one["choice"] for one in attempt["answers"]}
    worth = mark(answers, keys)
    stated = given.pop(str(attempt["attempt"]), ("没有", "没有"))
    if stated != (str(worth), VERDICTS[worth >= pass_mark]):
        found = f"{worth}（{VERDICTS[worth >= pass_mark]}）"
        yield f"答卷 {attempt['attempt']}：重算 {found}，成绩表 {stated[0]}（{stated[1]}）"
    if receipt(answers) != attempt["receipt"]:
        yield f"答卷 {attempt['attempt']}：作答与答卷指纹不符"
    if attempt["receipt"] not in noted:
        yield f"答卷 {attempt['attempt']}：事件记录中没有交卷时的答卷指纹"


def _given(path: Path) -> dict[str, tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["答卷"]: (row["成绩"], row["结论"]) for row in csv.DictReader(file)}


def _noted(path: Path) -> set[str]:
    """Every digest the event record holds: of the sealed paper and of each attempt."""
    texts = (json.loads(line)["canonical"] for line in path.read_text("utf-8").splitlines())
    events = [json.loads(text) for text in texts]
    return {str(event.get("facts", {}).get("sha256", "")) for event in events}


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def main(words: list[str]) -> int:
    """Say what was found."""
    folder = Path(words[0]) if words else Path(__file__).parent
    found = list(disagreements(folder))
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    count = len((folder / ANSWERS).read_text(encoding="utf-8").splitlines())
    end = f"有 {len(found)} 处不符" if found else "成绩、结论和指纹全部相符"
    sys.stdout.write(f"重算 {count} 份答卷：{end}\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
