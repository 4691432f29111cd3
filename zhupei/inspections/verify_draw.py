"""Recompute a draw by chance from its published package. 用公布的数据包重算一次双随机抽取。

This file stands alone: Python 3.10 or newer and nothing else. It was written from the description
of the procedure (docs/mechanisms/draws.md) and shares no code with the system that drew.

    python3 verify_draw.py draw.json          (or the .zip it came in)

It checks, and says in a sentence what does not hold:
  1. every frozen text has the hash the terms name, and the terms the hash that was published;
  2. every object has the tickets its reasons add up to;
  3. every commitment opens, the seed is the hash of the terms and the values in order;
  4. the objects are those with the smallest tickets, the inspectors those of the same seed,
     never fewer than two, nobody who has to stay away;
  5. whoever stepped in for somebody is the next one in line;
  6. whoever is named as an inspector is the one the alias stood for before there was a seed.
Inspectors stand in the frame by aliases, other ones for every owner: that somebody stays away from
an owner shows as one alias fewer, and not whose. Packages of format 1, which named them, verify
as well.
Pass ``--terms HASH`` with the hash you noted before the seed was known: it proves that nothing was
frozen anew afterwards.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

Row = list[str]
OBJECTS = "zhupei-frame-1 objects\tkey\ttickets\towner\tname\treasons"
INSPECTORS = "zhupei-frame-1 inspectors\tkey\tteam\tbody\tname"
RECUSALS = "zhupei-frame-1 recusals\tinspector\towner"
LINEUPS = "zhupei-frame-2 inspectors\towner\tteam\talias"
FORMATS = {
    "zhupei-draw-1": ("objects", "inspectors", "recusals"),
    "zhupei-draw-2": ("objects", "inspectors"),
}
ALIAS = 32  # hexadecimal digits
LEAST = 2  # inspectors an object


class Wrong(Exception):
    """The package cannot be read at all."""


def sha256(text: str) -> str:
    """The hash of a text in UTF-8, in lower-case hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def verify(package: dict[str, Any], noted: str = "") -> list[str]:
    """Every sentence about what does not hold; empty when all does. Raises Wrong."""
    form = package.get("format")
    if not isinstance(form, str) or form not in FORMATS:
        raise Wrong("not a package of a draw 不是抽取数据包")
    try:
        terms = _terms(package["terms"], form)
        texts = {kind: package[kind] for kind in FORMATS[form]}
        objects = _rows(texts["objects"], OBJECTS)
        people = _named(texts) if "recusals" in texts else _lineups(texts)
        faults = _hashes(package, terms, texts, noted)
        faults += _weights(objects, int(terms["most"]))
        if len(objects) != int(terms["count"]):
            faults.append("the frame has another number of objects 对象数与约定不符")
        least = -(-len(objects) * int(terms["percent"]) // 100)
        if int(terms["sample"]) != least:
            faults.append("the sample is not the share that was settled 抽取数与比例不符")
        if package.get("seed"):
            faults += _seed(package, terms)
            faults += _drawn(package, terms, objects, people)
    except (KeyError, ValueError, TypeError, IndexError, AttributeError) as fault:
        raise Wrong(f"the package cannot be read 数据包无法读取: {fault!r}") from fault
    return faults


def _terms(text: str, form: str) -> dict[str, str]:
    found = {}
    for line in text.rstrip("\n").split("\n"):
        name, said = line.split("\t")
        found[name] = said
    if found.get(form) != "terms":
        raise Wrong("the terms are not those of a draw 抽取约定的格式不对")
    return found


def _rows(text: str, head: str) -> list[Row]:
    lines = text.split("\n")
    if lines[0] != head or lines[-1] != "":
        raise Wrong(f"a frame does not begin with {head!r} 名单格式不对")
    return [line.split("\t") for line in lines[1:-1]]


def _hashes(
    package: dict[str, Any], terms: dict[str, str], texts: dict[str, str], noted: str
) -> list[str]:
    faults = [
        f"{kind}: the text has not the hash in the terms 名单与约定的摘要不符"
        for kind, text in texts.items()
        if sha256(text) != terms[kind]
    ]
    own = sha256(package["terms"])
    for where, said in (("package", package["terms_sha256"]), ("--terms", noted.lower())):
        if said and said != own:
            faults.append(f"terms: not the hash of {where} 抽取约定与公布的摘要不符")
    keys = [row.split("\t")[0] for row in texts["objects"].split("\n")[1:-1]]
    if keys != sorted(set(keys)):
        faults.append("objects: keys are not in order, each once 对象编号重复或次序不对")
    return faults


def _weights(objects: list[Row], most: int) -> list[str]:
    faults = []
    for key, tickets, _owner, _name, reasons in objects:
        worth = sum(int(one.rpartition("=")[2]) for one in reasons.split(","))
        if int(tickets) != max(1, min(most, worth)):
            faults.append(f"{key}: {tickets} tickets are not {reasons} 签数与理由不符")
    return faults


def _seed(package: dict[str, Any], terms: dict[str, str]) -> list[str]:
    inputs = [terms[name] for name in terms if name.startswith("input-")]
    values = package["values"]
    if len(inputs) != len(values):
        return ["the values are not as many as the inputs 种子的值与来源数目不符"]
    faults = []
    for said, value in zip(inputs, values, strict=True):
        kind, mark = said.split(" ")[:2]
        if kind == "commitment" and sha256(value) != mark:
            faults.append(f"a commitment does not open 承诺与原文不符: {value!r}")
    lines = [package["format"], sha256(package["terms"]), *values]
    if sha256("".join(line + "\n" for line in lines)) != package["seed"]:
        faults.append("the seed is not the hash of terms and values 种子算不出来")
    return faults


class People(NamedTuple):
    """Who may go where: by owner and team. Format 1 shares the work evenly, the frame being one
    list of inspectors; format 2 cannot tell one inspector at two owners, and leaves it to the seed.
    """

    teams: dict[str, str]  # of each inspector, or alias
    listed: dict[str, list[str]]  # by owner, who may go; "" for every owner
    away: dict[str, set[str]]  # by owner, who may not
    even: bool

    def free(self, owner: str, team: str, barred: set[str]) -> list[str]:
        """Who of a team may go to an object of this owner."""
        there = self.listed.get("" if self.even else owner, [])
        out = self.away.get(owner, set()) | barred
        return [who for who in there if self.teams[who] == team and who not in out]


def _named(texts: dict[str, str]) -> People:
    rows = _rows(texts["inspectors"], INSPECTORS)
    away: dict[str, set[str]] = {}
    for who, owner in _rows(texts["recusals"], RECUSALS):
        away.setdefault(owner, set()).add(who)
    return People({row[0]: row[1] for row in rows}, {"": [row[0] for row in rows]}, away, even=True)


def _lineups(texts: dict[str, str]) -> People:
    teams: dict[str, str] = {}
    listed: dict[str, list[str]] = {}
    for owner, team, alias in _rows(texts["inspectors"], LINEUPS):
        if alias in teams:
            raise Wrong(f"an alias stands in two lists 化名重复: {alias}")
        teams[alias] = team
        listed.setdefault(owner, []).append(alias)
    return People(teams, listed, {}, even=False)


def _drawn(
    package: dict[str, Any], terms: dict[str, str], objects: list[Row], people: People
) -> list[str]:
    seed = package["seed"]
    ranked = sorted((_smallest(seed, row[0], int(row[1])), row) for row in objects)
    expected = [row for _ticket, row in ranked[: int(terms["sample"])]]
    drawn = package["drawn"]
    if [row[0] for row in expected] != [one["object"] for one in drawn]:
        return ["the objects drawn are others 抽中的对象与重算结果不同"]
    wanted = {name[5:]: int(terms[name]) for name in terms if name.startswith("team-")}
    faults = []
    if sum(wanted.values()) < LEAST:
        faults.append("fewer than two inspectors an object 每个对象不足两名检查员")
    load: dict[str, int] = {}
    for row, one in zip(expected, drawn, strict=True):
        chosen: list[str] = []
        for team, count in wanted.items():
            line = [
                (load.get(who, 0), sha256(f"{seed}\n{row[0]}\n{who}"), who)
                for who in people.free(row[2], team, set())
            ]
            chosen += [who for _load, _ticket, who in sorted(line)[:count]]
        if chosen != one["inspectors"] or len(chosen) != sum(wanted.values()):
            faults.append(f"{row[0]}: the inspectors drawn are others 检查员与重算结果不同")
        for who in chosen if people.even else ():
            load[who] = load.get(who, 0) + 1
        faults += _replaced(seed, row, people, one)
        faults += _opened(row, one)
    return faults


def _replaced(seed: str, row: Row, people: People, one: dict[str, Any]) -> list[str]:
    """Who stepped in, in the order it happened."""
    there = set(one["inspectors"])
    faults = []
    for change in one.get("replaced", ()):
        team = people.teams.get(change["out"], "")
        free = people.free(row[2], team, there | set(change["skipped"]))
        line = [(sha256(f"{seed}\n{row[0]}\n{who}"), who) for who in free]
        if not line or min(line)[1] != change["in"]:
            faults.append(f"{row[0]}: {change['in']} was not the next one 接替的检查员不是下一位")
        there.add(change["in"])
    return faults


def _opened(row: Row, one: dict[str, Any]) -> list[str]:
    """Whoever is named is the one the alias stood for; nobody is named who was not drawn."""
    going = set(one["inspectors"])
    for change in one.get("replaced", ()):
        going = going - {change["out"]} | {change["in"]}
    return [
        f"{row[0]}: {said['name']} is not who was drawn 检查员与化名不符"
        for said in one.get("opened", ())
        if said["alias"] not in going
        or sha256(f"{said['salt']}\n{row[2]}\n{said['name']}")[:ALIAS] != said["alias"]
    ]


def _smallest(seed: str, key: str, tickets: int) -> bytes:
    lines = f"{seed}\n{key}\n"
    return min(hashlib.sha256(f"{lines}{n}".encode()).digest() for n in range(1, tickets + 1))


def read(path: str) -> dict[str, Any]:
    """The package of a file. Raises Wrong."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                names = [name for name in packed.namelist() if name.endswith("draw.json")]
                content = packed.read(names[0])
        else:
            content = Path(path).read_bytes()
        package = json.loads(content.decode("utf-8"))
    except (OSError, ValueError, IndexError, zipfile.BadZipFile) as fault:
        raise Wrong(f"{path}: cannot be read 无法读取: {fault}") from fault
    if not isinstance(package, dict):
        raise Wrong(f"{path}: not a package of a draw 不是抽取数据包")
    return package


def main(words: list[str]) -> int:
    """0 when everything holds, 1 when something does not, 2 when there is nothing to read."""
    noted = ""
    if "--terms" in words[:-1]:
        at = words.index("--terms")
        noted = words[at + 1]
        words = words[:at] + words[at + 2 :]
    if len(words) != 1:
        _say(__doc__ or "")
        return 2
    try:
        package = read(words[0])
        faults = verify(package, noted)
    except Wrong as wrong:
        _say(str(wrong))
        return 2
    for fault in faults:
        _say(fault)
    if faults:
        _say(f"{len(faults)} faults 处不符")
        return 1
    if not package.get("seed"):
        _say("Frozen, not drawn yet; the texts have their hashes. 名单与摘要相符，还没有抽取。")
        return 0
    _say(f"seed 种子 {package['seed']}")
    for one in package["drawn"]:
        named = [said["name"] for said in one.get("opened", ())]
        _say(f"{one['object']} {' '.join(named or one['inspectors'])}")
    _say("The draw is what the seed chooses. 重算结果与公布的一致。")
    return 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
