"""Recompute every mark of an archived sitting. 按原始作答和标准答案重算每一份成绩。

This file stands alone: Python 3.10 or newer and nothing else. A copy lies in every package of a
sitting, so that a reader in thirty years needs neither the system nor the network.

    python3 recompute_marks.py [folder]

It reads, beside itself or in the folder:

    试卷.json       the sealed forms
    标准答案.json   their keys and the pass mark
    作答.jsonl      what each candidate had stored
    人工评分.jsonl  what people gave for the answers they had to judge
    题序.jsonl      who saw questions and options in which order
    成绩.csv        the marks given

and says of each attempt whether mark, verdict and receipt follow from the answers, and whether the
order follows from its seed. It also recomputes the digest of every form, and looks up in
events.jsonl what was noted when the forms were sealed and when each attempt was handed in. Exit
code 0 when everything agrees, 1 when something does not.

The mark is out of 100: the points earned of all points, to two decimals, halves up. A choice earns
its points only when it is exactly the key; blanks earn by the number of right ones; what people
judged earns the part they gave. An item left blank earns nothing. A mark a decision on misconduct
took away stands as 无效 and is not compared.
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
READINGS = "人工评分.jsonl"
ORDERS = "题序.jsonl"
EVENTS = "events.jsonl"
VERDICTS = {True: "合格", False: "不合格"}
VOID = "无效"
NOTHING: Mapping[int, Fraction] = {}
LETTERS = "ABCDEFGH"
KINDS = ("single", "multiple", "judge", "blank", "essay")  # the order on a form
SPEAKS_OF_OTHERS = re.compile(r"以上|上述|前述|[A-H]\s*[和与及、]\s*[A-H]")


def mark(
    answers: Mapping[int, str], form: Mapping[str, Any], judged: Mapping[int, Fraction] = NOTHING
) -> Decimal | None:
    """The mark these answers are worth on this form; ``judged`` is the part people gave of what
    they had to judge. None when one of those is missing.
    """
    total = won = Fraction(0)
    for place, kind in enumerate(form["kinds"]):
        share = earned(kind, form["keys"][str(place)], answers.get(place, ""))
        share = judged.get(place) if share is None else share
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
    judged = _judged(folder / READINGS)
    for attempt in _lines(folder / ANSWERS):
        shares = judged.get(attempt["attempt"], NOTHING)
        yield from _judge(attempt, sealed, given, noted, shares)
    for name in given:
        yield f"{MARKS}：答卷 {name} 没有原始作答"
    papers = {paper["paper"]: paper for paper in _json(folder / PAPER)}
    for shown in _lines(folder / ORDERS):
        paper = papers[shown["paper"]]
        if shown["order"] != order(shown["seed"], paper["items"], shuffle=paper["shuffle"]):
            yield f"{ORDERS}：答卷 {shown['attempt']} 的题目和选项顺序与其种子不符"


def order(seed: str, places: list[dict[str, Any]], *, shuffle: bool = True) -> list[dict[str, Any]]:
    """In which order a candidate saw the places of the form and the options of each, from the
    seed alone: blocks by kind and SHA-256 of "seed/place", options by that of "seed/place/letter".
    """
    blocks: dict[Any, list[int]] = {}
    for number, place in enumerate(places):
        group = place.get("group")
        blocks.setdefault(("group", group["number"]) if group else number, []).append(number)
    found = list(blocks.values())
    if shuffle:
        found.sort(key=lambda block: (_standing(places[block[0]]), _rank(f"{seed}/{block[0]}")))
    return [
        {"item": number, "letters": _letters(f"{seed}/{number}", places[number], shuffle=shuffle)}
        for block in found
        for number in block
    ]


def _standing(place: Mapping[str, Any]) -> int:
    return len(KINDS) if place.get("group") else KINDS.index(place["kind"])


def _letters(seed: str, place: Mapping[str, Any], *, shuffle: bool) -> str:
    options = place.get("options") or []
    letters = LETTERS[: len(options)]
    if not shuffle or place["kind"] == "judge" or any(map(SPEAKS_OF_OTHERS.search, options)):
        return letters
    return "".join(sorted(letters, key=lambda letter: _rank(f"{seed}/{letter}")))


def _rank(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _judged(path: Path) -> dict[int, dict[int, Fraction]]:
    """What people gave, by attempt and place."""
    found: dict[int, dict[int, Fraction]] = {}
    for one in _lines(path):
        if one["share"]:
            found.setdefault(one["attempt"], {})[one["place"]] = Fraction(one["share"])
    return found


def _judge(
    attempt: Mapping[str, Any],
    sealed: Mapping[str, Any],
    given: dict[str, tuple[str, str]],
    noted: set[str],
    judged: Mapping[int, Fraction],
) -> Iterator[str]:
    form, pass_mark = sealed["papers"][attempt["paper"]], Decimal(sealed["pass_mark"])
    places = range(len(form["kinds"]))
    answers = {one["item"]: one["choice"] for one in attempt["answers"] if one["item"] in places}
    worth = mark(answers, form, judged)
    stated = given.pop(str(attempt["attempt"]), ("没有", "没有"))
    if stated[1] == VOID:
        pass  # a decision on misconduct took it away
    elif worth is None:
        yield f"答卷 {attempt['attempt']}：有主观题没有评分，成绩表 {stated[0]}（{stated[1]}）"
    elif stated != (str(worth), VERDICTS[worth >= pass_mark]):
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
    texts = (line["canonical"] for line in _lines(path))
    noted: set[str] = set()
    for text in texts:
        facts = json.loads(text).get("facts", {})
        noted |= {str(facts.get("sha256", "")), *map(str, facts.get("papers", {}).values())}
    return noted


def _lines(path: Path) -> Iterator[Any]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


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
