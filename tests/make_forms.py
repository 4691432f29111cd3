"""A form with every kind of question, and a sitting that lies it on its seats."""

import base64
import hashlib
from types import SimpleNamespace
from typing import Any

from tests import make_exams
from zhupei.exams import sealing
from zhupei.exams.models import Sitting
from zhupei.people.models import User

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200">
<rect width="400" height="200" fill="#fff"/><path d="M20 180H380M60 180V40H340V180" fill="none"
stroke="#1b2a3a" stroke-width="6"/><text x="190" y="110" font-size="24">基坑</text></svg>"""
PICTURE = {
    "src": "data:image/svg+xml;base64," + base64.b64encode(DRAWING.encode()).decode(),
    "alt": "基坑剖面：深 6 米，上口宽 14 米",
}
CASE = {
    "number": 412,
    "stem": "某工程基坑深 6 米，距坑边 1 米处堆放了钢筋。连续两天大雨以后，坑壁出现裂缝。",
    "pictures": [PICTURE],
}
PLACES: list[dict[str, Any]] = [
    {
        "kind": "single",
        "stem": "混凝土浇筑后，养护的开始时间一般是？",
        "options": ["12 小时以内", "3 天以后", "7 天以后", "28 天以后"],
    },
    {
        "kind": "multiple",
        "stem": "大体积混凝土控制温度裂缝的措施有哪些？",
        "options": ["用水化热低的水泥", "降低入模温度", "一次浇筑到顶", "及时保温保湿", "多加水"],
    },
    {"kind": "judge", "stem": "六级以上大风应当停止吊装作业。", "options": ["正确", "错误"]},
    {
        "kind": "blank",
        "stem": "安全网的网目边长不大于____，单位是____。",
        "options": [],
        "blanks": 2,
    },
    {"kind": "essay", "stem": "模板拆除的顺序和要求是什么？", "options": []},
    {
        "kind": "single",
        "stem": "坑边 1 米处堆放钢筋，应当怎么办？",
        "options": ["立即移走", "盖上苫布", "不用管", "再加一层"],
        "group": CASE,
    },
    {
        "kind": "essay",
        "stem": "发现坑壁裂缝后，应当采取哪些措施？",
        "options": [],
        "group": CASE,
    },
]
KEYS: dict[str, Any] = {
    "0": "A",
    "1": "ABD",
    "2": "A",
    "3": {"blanks": [["10"], ["cm", "厘米"]], "ordered": True},
    "4": {"rubric": [{"what": "先支后拆", "points": "10"}], "sample": ""},
    "5": "A",
    "6": {"rubric": [{"what": "撤人、报告、加固", "points": "20"}], "sample": ""},
}
POINTS = {"0": "10", "1": "10", "2": "10", "3": "20", "4": "20", "5": "10", "6": "20"}


def places() -> list[dict[str, Any]]:
    """As papers write them."""
    return [
        {"item": number, "pictures": [], "group": None} | place
        for number, place in enumerate(PLACES, 1)
    ]


def sealed_sitting(world: SimpleNamespace, *users: User, **fields: Any) -> Sitting:
    """A sealed sitting whose one form has every kind of question."""
    sitting = make_exams.sealed_sitting(world, *users, **fields)
    for paper in sitting.papers.all():
        shown = {"places": places(), "points": POINTS, "shuffle": True}
        marking = {"kinds": [one["kind"] for one in PLACES], "keys": KEYS, "points": POINTS}
        paper.sealed = sealing.seal(sealing.form_key(sitting.pk, paper.number), shown)
        paper.sealed_sha256 = hashlib.sha256(paper.sealed).hexdigest()
        paper.sealed_keys = sealing.seal(sealing.marking_key(sitting.pk, paper.number), marking)
        paper.place_count = len(PLACES)
        paper.save()
    return sitting
