"""What a draw over 100,000 objects costs, and its verification by an outsider.

The draw: from the frozen texts to objects and inspectors, as the product does it once the texts are
read from the database: their hashes, the sample, 5,000 objects given to 200 inspectors with
recusals. The verification: the stand-alone script on the published JSON, in a process of its own.
Seconds are of processor time, so that a busy machine does not spoil them.
"""

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from zhupei.inspections import rules, verify_draw

OBJECTS, PERCENT, PEOPLE, BODIES = 100_000, 5, 200, 4_000
PROMISE = 5.0  # seconds
MOST = 20
RISKY = 0.1  # of the objects have more tickets than most


def main() -> None:
    """Draw, then verify what was drawn; print the slower beside the promise."""
    texts, terms = _frozen()
    began = time.process_time()
    drawn = _draw(texts, terms)
    drawing = time.process_time() - began
    verifying = _verified(_package(texts, terms, drawn))
    print(f"bench draw: {OBJECTS} objects drawn from in {drawing:.1f} s, {len(drawn)} drawn")
    print(f"bench draw: the stand-alone script verifies it in {verifying:.1f} s")
    slowest = max(drawing, verifying)
    ratio = PROMISE / slowest
    print(f"bench draw: ratio {ratio:.2f} value {slowest:.1f} s limit {PROMISE:.0f} s")


def _frozen() -> tuple[dict[str, str], str]:
    """Frames as a large region would have them: four tickets mostly, a tenth with many more."""
    chance = random.Random(7)
    candidates = []
    for n in range(OBJECTS):
        extra = chance.choice([2, 4, 8, 16]) if chance.random() < RISKY else 0
        tickets, reasons = (
            4 + extra,
            f"base=4,credit-ordinary*{extra}={extra}" if extra else "base=4",
        )
        owner = f"organization/{n % BODIES}"
        name = f"KB-2026-{n:06d} 土建施工员第 {n} 期 第 {n % BODIES} 职业技能培训学校"
        candidates.append(rules.Candidate(f"class/{n}", tickets, owner, name, reasons))
    away = {
        (f"inspector/{chance.randrange(PEOPLE):03d}", f"organization/{chance.randrange(BODIES)}")
        for _n in range(PEOPLE * 3)
    }
    texts = {
        "objects": rules.objects_text(candidates),
        "inspectors": rules.lineups_text(_lineups(away)),
    }
    facts = [
        ("zhupei-draw-2", "terms"),
        ("percent", str(PERCENT)),
        ("count", str(OBJECTS)),
        ("sample", str(rules.sample_size(OBJECTS, PERCENT))),
        ("most", str(MOST)),
        ("team-housing", "1"),
        ("team-hr", "1"),
        *((kind, rules.digest(text)) for kind, text in texts.items()),
        ("input-1", "event 2026-12-01T20:30+08:00 体彩排列5 中国体彩网"),
    ]
    return texts, rules.terms_text(facts)


def _lineups(away: set[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Everybody at every owner by an alias, but for who stays away."""
    for body in range(BODIES):
        owner = f"organization/{body}"
        for n in range(PEOPLE):
            key, team = f"inspector/{n:03d}", "housing" if n % 2 else "hr"
            if (key, owner) not in away:
                salt = rules.salt("bench", owner, key)
                yield owner, team, rules.alias(salt, owner, f"检查员{n}")


def _draw(texts: dict[str, str], terms: str) -> list[tuple[str, tuple[str, ...]]]:
    """What ``actions.drawing`` does with frozen texts."""
    if any(f"{kind}\t{rules.digest(text)}\n" not in terms for kind, text in texts.items()):
        raise SystemExit("bench draw: a text has not its hash")
    seed = rules.seed_of(rules.digest(terms), ["07341"])
    candidates = rules.read_objects(texts["objects"])
    sampled = rules.sample(seed, candidates, rules.sample_size(OBJECTS, PERCENT))
    chosen = [one for one, _ticket in sampled]
    lineups = rules.read_lineups(texts["inspectors"])
    crews = rules.pair(seed, chosen, lineups, rules.crew(1, 1))
    return [(one.key, crew) for one, crew in zip(chosen, crews, strict=True)]


def _package(
    texts: dict[str, str], terms: str, drawn: list[tuple[str, tuple[str, ...]]]
) -> dict[str, Any]:
    own = rules.digest(terms)
    return texts | {
        "format": "zhupei-draw-2",
        "terms": terms,
        "terms_sha256": own,
        "values": ["07341"],
        "seed": rules.seed_of(own, ["07341"]),
        "drawn": [{"object": key, "inspectors": list(crew)} for key, crew in drawn],
    }


def _verified(package: dict[str, Any]) -> float:
    """Processor time of the script, started as an outsider would."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "draw.json")
        file.write_text(json.dumps(package, ensure_ascii=False), encoding="utf-8")
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-I", verify_draw.__file__, file],
            stdout=subprocess.PIPE,
            check=False,
        )
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(f"bench draw: not verified: {done.stdout.decode()[-300:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
