"""Recompute every mark of an archived exam. 按原始作答、标准答案和考评员的点按重算每一份成绩。

This file stands alone: Python 3.10 or newer and nothing else. A copy lies in every package of a
sitting and of a practical session, so that a reader in thirty years needs neither the system nor
the network.

    python3 recompute_marks.py [folder]

Of a theory exam it reads, beside itself or in the folder:

    试卷.json       the sealed forms
    标准答案.json   their keys, what was put right of them later, and the pass mark
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
judged earns the part they gave. An item left blank earns nothing. Of an item put right later other
keys hold (any of them), or everybody has its points, or it counts for nobody; events.jsonl has to
say so. A mark a decision on misconduct took away stands as 无效 and is not compared.

Of a practical exam it reads:

    评分表.json     the criteria and their points
    评分规则.json   pass mark, deviation, what becomes of three sheets
    点按.csv        every tap of every assessor: of several about one thing the last counts
    评分汇总.csv    what each sheet came to
    轮次.csv        the marks given

and says of each sheet whether its points follow from the taps and were noted when it was handed in,
and of each turn whether the mark follows from its sheets: the mean of two; where they differ too
far, or about passing or a fatal error, a third one decides.
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
from typing import Any, NamedTuple

PAPER = "试卷.json"
KEYS = "标准答案.json"
ANSWERS = "作答.jsonl"
MARKS = "成绩.csv"
READINGS = "人工评分.jsonl"
ORDERS = "题序.jsonl"
EVENTS = "events.jsonl"
NAME = "recompute_marks.py"
RUBRIC = "评分表.json"
FIGURES = "评分规则.json"
TURNS = "轮次.csv"
SHEETS = "评分汇总.csv"
TAPS = "点按.csv"
CORRECTED = "turn.corrected"
FINAL = {"turn.settled", CORRECTED}
PAIR, YES, VOID = 2, "是", "无效"  # assessors of a turn; words of the tables
VERDICTS = {True: "合格", False: "不合格"}
NOTHING: Mapping[int, Fraction] = {}
LETTERS = "ABCDEFGH"
KINDS = ("single", "multiple", "judge", "blank", "essay")  # the order on a form
SPEAKS_OF_OTHERS = re.compile(r"以上|上述|前述|[A-H]\s*[和与及、]\s*[A-H]")


def mark(
    answers: Mapping[int, str], form: Mapping[str, Any], judged: Mapping[int, Fraction] = NOTHING
) -> Decimal | None:
    """The mark these answers earn; ``judged``: what people gave. None if some of it is missing."""
    total = won = Fraction(0)
    for place, kind in enumerate(form["kinds"]):
        ruled = form.get("corrections", {}).get(str(place), {"keys": [form["keys"][str(place)]]})
        ways = [earned(kind, key, answers.get(place, "")) for key in ruled["keys"]]
        best = max(filter(None, ways), default=Fraction(not ways))
        share = judged.get(place) if None in ways else best
        if share is None:
            return None
        worth = Fraction(form["points"][str(place)]) * (ruled.get("ruling") != "void")
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
    return _rank(json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")))


def disagreements(folder: Path) -> Iterator[str]:
    """One sentence for everything that does not follow from the raw answers."""
    sealed = _json(folder / KEYS)
    noted = _noted(folder / EVENTS)
    papers = {paper["paper"]: paper for paper in _json(folder / PAPER)}
    for paper in papers.values():
        if digest(paper["items"]) != paper["sha256"]:
            yield f"{PAPER}：{paper['paper']} 卷试题与其摘要不符"
        if paper["sha256"] not in noted:
            yield f"{PAPER}：事件记录中没有 {paper['paper']} 卷的封卷摘要"
    yield from _undecided(sealed, folder / EVENTS)
    given = {row["答卷"]: (row["成绩"], row["结论"]) for row in _rows(folder / MARKS)}
    judged = _judged(folder / READINGS)
    for attempt in _lines(folder / ANSWERS):
        yield from _judge(attempt, sealed, given, noted, judged.get(attempt["attempt"], NOTHING))
    yield from (f"{MARKS}：答卷 {name} 没有原始作答" for name in given)
    for shown in _lines(folder / ORDERS):
        paper = papers[shown["paper"]]
        if shown["order"] != order(shown["seed"], paper["items"], shuffle=paper["shuffle"]):
            yield f"{ORDERS}：答卷 {shown['attempt']} 的题目和选项顺序与其种子不符"


def _undecided(sealed: Mapping[str, Any], events: Path) -> Iterator[str]:
    """What was put right of the keys and stands in no decision."""
    decided = [facts for _s, verb, facts in _facts(events) if verb == "item_correction.agreed"]
    for label, form in sealed["papers"].items():
        for place, one in form.get("corrections", {}).items():
            if not any(all(facts.get(name) == one[name] for name in one) for facts in decided):
                yield f"{KEYS}：{label} 卷第 {int(place) + 1} 题的更正不在事件记录的决定里，不符"


def order(seed: str, places: list[dict[str, Any]], *, shuffle: bool = True) -> list[dict[str, Any]]:
    """The order a candidate saw: blocks by SHA-256 of "seed/place", options by "…/place/letter"."""
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
    found = (str(worth), VERDICTS[worth is not None and worth >= pass_mark])
    if stated[1] != VOID and worth is None:  # else a decision on misconduct took it away
        yield f"答卷 {attempt['attempt']}：有主观题没有评分，成绩表 {stated[0]}（{stated[1]}）"
    elif stated[1] != VOID and stated != found:
        said = f"重算 {found[0]}（{found[1]}），成绩表 {stated[0]}（{stated[1]}）"
        yield f"答卷 {attempt['attempt']}：{said}"
    if receipt(answers) != attempt["receipt"]:
        yield f"答卷 {attempt['attempt']}：作答与答卷指纹不符"
    if attempt["receipt"] not in noted:
        yield f"答卷 {attempt['attempt']}：事件记录中没有交卷时的答卷指纹"


def _noted(path: Path) -> set[str]:
    """Every digest the event record holds: of the sealed forms and of each attempt."""
    noted: set[str] = set()
    for _subject, _verb, facts in _facts(path):
        noted |= {str(facts.get("sha256", "")), *map(str, facts.get("papers", {}).values())}
    return noted


# ── Practical exams ──────────────────────────────────────────────────────────────────────────


class Judged(NamedTuple):
    """What one sheet comes to."""

    total: Decimal
    fatal: bool


def practical(folder: Path) -> Iterator[str]:
    """One sentence for everything that does not follow from the taps."""
    figures, rubric = _json(folder / FIGURES), _json(folder / RUBRIC)
    events = list(_facts(folder / EVENTS))
    if digest(rubric) != figures["rubric_sha256"]:
        yield f"{RUBRIC}：评分表与其摘要不符"
    if not any(facts.get("rubric_sha256") == figures["rubric_sha256"] for _s, _v, facts in events):
        yield f"{RUBRIC}：事件记录中没有排定时的评分表摘要"
    noted = _totals(events)
    criteria = [one["key"] for task in rubric["tasks"] for one in task["criteria"]]
    tapped = _tapped(folder / TAPS)
    by_turn: dict[str, dict[str, Judged]] = {}
    for sheet in _rows(folder / SHEETS):
        if not sheet["提交时间"]:
            continue
        found = _sheet(tapped.get(sheet["评分表"], {}), criteria)
        name = f"{SHEETS}：评分表 {sheet['评分表']}"
        if (found.total, found.fatal) != (Decimal(sheet["总分"]), sheet["否决"] == YES):
            yield f"{name} 重算 {found.total} 分，汇总 {sheet['总分']} 分，不符"
        if noted.get((sheet["轮次"], sheet["第几人"])) != found.total:
            yield f"{name} 与事件记录中提交时的总分不符"
        by_turn.setdefault(sheet["轮次"], {})[sheet["第几人"]] = found
    settled = {who.rpartition("/")[2]: said["mark"] for who, verb, said in events if verb in FINAL}
    for turn in _rows(folder / TURNS):
        sheets = by_turn.get(turn["轮次"], {})
        yield from _turn(turn, [sheets[place] for place in sorted(sheets)], figures, settled)


def _totals(events: list[tuple[str, str, dict[str, Any]]]) -> dict[tuple[str, str], Decimal]:
    """What each sheet came to when it was handed in, or when a review put it right."""
    found: dict[tuple[str, str], Decimal] = {}
    for subject, verb, facts in events:
        turn = subject.rpartition("/")[2]
        if verb == "turn.handed_in":
            found[turn, str(facts["place"])] = Decimal(facts["total"])
        elif verb == CORRECTED:
            found |= {(turn, place): Decimal(total) for place, total in facts["totals"].items()}
    return found


def _sheet(tapped: Mapping[tuple[str, str], str], criteria: list[str]) -> Judged:
    """Points of the criteria added up; a criterion without points earns none."""
    total = sum((Decimal(tapped.get(("评分", key)) or 0) for key in criteria), Decimal("0.00"))
    return Judged(total, any(kind == "否决项" and value for (kind, _k), value in tapped.items()))


def _turn(
    turn: Mapping[str, str],
    judged: list[Judged],
    figures: Mapping[str, Any],
    settled: Mapping[str, str],
) -> Iterator[str]:
    stated = (turn["成绩"], turn["结论"], turn["否决"] == YES)
    void = YES in {turn["作废"], turn.get("成绩无效")}  # the latter: by a decision on misconduct
    if void or (not judged and not turn["成绩"]):
        return
    found = outcome(judged, figures)
    computed = (str(found[0]), VERDICTS[found[1]], found[2]) if found else ("", "", False)
    if stated != computed:
        said = " ".join(computed[:2]) or "没有成绩"
        yield f"{TURNS}：轮次 {turn['轮次']} 重算 {said}，记录 {stated[0]} {stated[1]}，不符"
    if found and settled.get(turn["轮次"]) != str(found[0]):
        yield f"{TURNS}：轮次 {turn['轮次']} 与事件记录中定下的成绩不符"


def outcome(judged: list[Judged], figures: Mapping[str, Any]) -> tuple[Decimal, bool, bool] | None:
    """Mark, whether it passes, and whether by a fatal error it does not; None while it is open."""
    pass_mark, deviation = Decimal(figures["pass_mark"]), Decimal(figures["deviation"])
    totals = sorted(one.total for one in judged)
    if len(judged) == PAIR and not _differ(judged, pass_mark, deviation):
        mark = sum(totals) / PAIR
    elif len(judged) == PAIR + 1:
        low, mark, high = totals
        if figures["method"] == "nearest" and mark - low != high - mark:
            mark = (low + mark if mark - low < high - mark else mark + high) / PAIR
    else:
        return None
    fatal = sum(one.fatal for one in judged) >= PAIR
    mark = Decimal(mark).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return mark, not fatal and mark >= pass_mark, fatal


def _differ(pair: list[Judged], pass_mark: Decimal, deviation: Decimal) -> bool:
    first, second = pair
    if first.fatal and second.fatal:
        return False
    passes = [not one.fatal and one.total >= pass_mark for one in pair]
    apart = abs(first.total - second.total) > deviation
    return apart or first.fatal != second.fatal or passes[0] != passes[1]


def _tapped(path: Path) -> dict[str, dict[tuple[str, str], str]]:
    """By sheet: the last value about each thing, by the time put right, then by identity."""
    taps = sorted(_rows(path), key=lambda tap: (tap["校正后的时间"], tap["编号"]))
    found: dict[str, dict[tuple[str, str], str]] = {}
    for tap in taps:
        found.setdefault(tap["评分表"], {})[tap["类别"], tap["哪一项"]] = tap["内容"]
    return found


def _facts(path: Path) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for line in _lines(path):
        event = json.loads(line["canonical"])
        yield event["subject"], event["verb"], event["facts"]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


# ── Reading ──────────────────────────────────────────────────────────────────────────────────


def _lines(path: Path) -> Iterator[Any]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def main(words: list[str]) -> int:
    """Say what was found."""
    folder = Path(words[0]) if words else Path(__file__).parent
    if (folder / TURNS).exists():
        found = list(practical(folder))
        what = f"{sum(bool(turn['成绩']) for turn in _rows(folder / TURNS))} 个轮次"
    else:
        found = list(disagreements(folder))
        what = f"{len((folder / ANSWERS).read_text(encoding='utf-8').splitlines())} 份答卷"
    for sentence in found:
        sys.stdout.write(f"{sentence}\n")
    sys.stdout.write(
        f"重算 {what}：{f'有 {len(found)} 处不符' if found else '成绩、结论和指纹全部相符'}\n"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
