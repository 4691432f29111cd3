"""Recompute every mark of an archived sitting. 按原始作答和标准答案重算每一份成绩。

This file stands alone: Python 3.10 or newer and nothing else. A copy lies in every package of a
sitting, so that a reader in thirty years needs neither the system nor the network.

    python3 recompute_marks.py [folder]

It reads, beside itself or in the folder, 试卷.json (the sealed paper), 标准答案.json (its keys and
the pass mark), 作答.jsonl (what each candidate had stored) and 成绩.csv (the marks given), and says
of each attempt whether mark, verdict and receipt follow from the answers. It also recomputes the
digest of every form, and looks up in events.jsonl what was noted when the forms were sealed and
when each attempt was handed in. Exit code 0 when everything agrees, 1 when something does not.

The mark is out of 100: the points earned of all points, to two decimals, halves up. A choice earns
its points only when it is exactly the key; blanks earn by the number of right ones; what people
judged is not in this file's power and is skipped. An item left blank earns nothing.
"""

import csv
import hashlib
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

PAPER = "试卷.json"
KEYS = "标准答案.json"
ANSWERS = "作答.jsonl"
MARKS = "成绩.csv"
EVENTS = "events.jsonl"
VERDICTS = {True: "合格", False: "不合格"}


def mark(answers: Mapping[int, str], form: Mapping[str, Any]) -> Decimal | None:
    """The mark these answers are worth on this form; None when people had to judge one."""
    total = won = Fraction(0)
    for place, kind in enumerate(form["kinds"]):
        share = earned(kind, form["keys"][str(place)], answers.get(place, ""))
        if share is None:
            return None
        worth = Fraction(form["points"][str(place)])
        total, won = total + worth, won + worth * share
    exact = won * 100 / total
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.01"), ROUND_HALF_UP)


def earned(kind: str, key: Any, answer: str) -> Fraction | None:
    """The part of its points one answer earns."""
    if not answer:
        return Fraction(0)
    if kind == "essay":
        return None
    if kind != "blank":
        return Fraction(sorted(answer) == sorted(key))
    accepted = [{_plain(text) for text in variants} for variants in key["blanks"]]
    try:
        said = json.loads(answer)
    except ValueError:
        said = []
    texts = [text for text in said if isinstance(text, str)] if isinstance(said, list) else []
    given = [_plain(text) for text in texts[: len(accepted)]]
    if key.get("ordered", True):
        right = sum(text in blank for text, blank in zip(given, accepted, strict=False))
    else:
        right = _matched(given, accepted)
    return Fraction(right, len(accepted))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


def _matched(given: list[str], accepted: list[set[str]]) -> int:
    holder: dict[int, int] = {}

    def place(text: int, tried: set[int]) -> bool:
        for blank, variants in enumerate(accepted):
            if blank not in tried and given[text] in variants:
                tried.add(blank)
                if blank not in holder or place(holder[blank], tried):
                    holder[blank] = text
                    return True
        return False

    return sum(place(text, set()) for text in range(len(given)))


def receipt(answers: Mapping[int, str]) -> str:
    """The digest of the answers, as the candidate took it home."""
    return digest([[item, choice] for item, choice in sorted(answers.items()) if choice])


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON: keys sorted, no spaces, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def disagreements(folder: Path) -> Iterator[str]:
    """One sentence for everything that does not follow from the raw answers."""
    sealed = _json(folder / KEYS)
    noted = _noted(folder / EVENTS)
    for paper in _json(folder / PAPER):
        if digest(paper["items"]) != paper["sha256"]:
            yield f"{PAPER}：{paper['paper']} 卷试题与其摘要不符"
        if paper["sha256"] not in noted:
            yield f"{PAPER}：事件记录中没有 {paper['paper']} 卷的封卷摘要"
    given = _given(folder / MARKS)
    for line in (folder / ANSWERS).read_text(encoding="utf-8").splitlines():
        attempt = json.loads(line)
        yield from _judge(attempt, sealed, given, noted)
    for name in given:
        yield f"{MARKS}：答卷 {name} 没有原始作答"


def _judge(
    attempt: Mapping[str, Any],
    sealed: Mapping[str, Any],
    given: dict[str, tuple[str, str]],
    noted: set[str],
) -> Iterator[str]:
    form, pass_mark = sealed["papers"][attempt["paper"]], Decimal(sealed["pass_mark"])
    places = range(len(form["kinds"]))
    answers = {one["item"]: one["choice"] for one in attempt["answers"] if one["item"] in places}
    worth = mark(answers, form)
    stated = given.pop(str(attempt["attempt"]), ("没有", "没有"))
    if worth is not None and stated != (str(worth), VERDICTS[worth >= pass_mark]):
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
    """Every digest the event record holds: of the sealed forms and of each attempt."""
    texts = (json.loads(line)["canonical"] for line in path.read_text("utf-8").splitlines())
    noted: set[str] = set()
    for text in texts:
        facts = json.loads(text).get("facts", {})
        noted |= {str(facts.get("sha256", "")), *map(str, facts.get("papers", {}).values())}
    return noted


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
