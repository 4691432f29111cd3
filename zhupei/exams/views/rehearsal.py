"""A rehearsal for anybody: the page of the exam, questions about the exam. Nothing is stored."""

import base64
import hashlib
import secrets
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from zhupei.exams import sealing
from zhupei.exams.views import page, plain
from zhupei.exams.views.words import WORDS

LENGTH = timedelta(minutes=15)
A_DAY = 86_400  # seconds
RAILING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360"
font-family="sans-serif" font-size="20"><rect width="640" height="360" fill="#fff"/>
<path d="M40 320H600V340H40z" fill="#b9c5d3" stroke="#1b2a3a"/>
<g stroke="#1d5fa8" stroke-width="10"><path d="M120 320V80M520 320V80M100 80H540M100 200H540"/></g>
<path d="M100 284H540V320H100z" fill="#b7791f"/>
<g stroke="#1b2a3a" stroke-width="2" fill="none"><path d="M580 80V320M570 80H590M570 320H590"/>
<path d="M70 284V320M60 284H80M60 320H80M120 50H520M120 40V60M520 40V60"/></g>
<g fill="#1b2a3a"><text x="592" y="205">H</text><text x="46" y="308">h</text>
<text x="312" y="40">L</text><text x="250" y="112">上杆</text><text x="250" y="232">下杆</text>
<text x="250" y="309">挡脚板</text><text x="250" y="336">楼板</text></g></svg>"""
PICTURE = {
    "src": "data:image/svg+xml;base64," + base64.b64encode(RAILING.encode()).decode(),
    "alt": "楼板边的防护栏杆：上杆离楼板高 H，挡脚板高 h，两根立杆间距 L",
}
CASE = {
    "number": 1,
    "stem": "某住宅楼三层楼板边没有外墙。班组准备在这里搭设防护栏杆，做法见图。\n"
    "安全员检查时发现，有一段栏杆为了吊运材料被拆开，吊完以后没有装回去，旁边也没有警示。",
    "pictures": [PICTURE],
}
ITEMS: list[dict[str, Any]] = [
    {
        "kind": "single",
        "stem": "考试时网络断了，应当怎么做？",
        "options": ["接着答题，并告诉监考人员", "马上关机", "清除浏览器数据", "离开考场"],
        "points": "10",
    },
    {
        "kind": "single",
        "stem": "题目下方写着“只在本机”，是什么意思？",
        "options": [
            "答案没有存上，要重答",
            "答案存在这台机器里，网络恢复后自动上传",
            "答案错了",
            "考试已经结束",
        ],
        "points": "10",
    },
    {
        "kind": "multiple",
        "stem": "进入施工现场，哪些做法是对的？",
        "options": [
            "戴好安全帽，系好下颏带",
            "高处作业系好安全带",
            "穿拖鞋作业",
            "走安全通道",
            "看到“禁止入内”的地方绕进去抄近路",
        ],
        "points": "15",
    },
    {
        "kind": "judge",
        "stem": "到了收卷时间，没有按“交卷”的答卷也会自动交上去。",
        "options": ["正确", "错误"],
        "points": "10",
    },
    {
        "kind": "blank",
        "stem": "考试时间以____的时间为准；最后一次提示在还剩____分钟的时候。",
        "options": [],
        "points": "15",
    },
    {
        "kind": "single",
        "stem": "发现临边防护栏杆被拆开没有装回，首先应当做什么？",
        "options": [
            "绕开走，不管它",
            "设警示、不让人靠近，并报告负责人恢复",
            "等下班再说",
            "把剩下的也拆掉",
        ],
        "points": "10",
        "group": CASE,
    },
    {
        "kind": "blank",
        "stem": "图中的三个部分，从上到下是上杆、（ ）和（ ）。",
        "options": [],
        "points": "10",
        "group": CASE,
    },
    {
        "kind": "essay",
        "stem": "用几句话写一写：你所在的工种，开工前要检查哪些安全事项？",
        "options": [],
        "points": "20",
    },
]


def items() -> list[dict[str, Any]]:
    """The questions as the page has them, in this order for everybody."""
    return [
        item
        | {
            "place": place,
            "options": [list(option) for option in zip("ABCDEFGH", item["options"], strict=False)],
        }
        for place, item in enumerate(ITEMS)
    ]


class Sealed(NamedTuple):
    """The rehearsal's form as browsers fetch it, its name, and the key the start hands out."""

    key: str
    content: bytes
    sha256: str


@cache
def sealed() -> Sealed:
    """As a form of a sitting, for everybody in the same order."""
    places = [{name: item[name] for name in item if name != "points"} for item in ITEMS]
    points = {str(place): item["points"] for place, item in enumerate(ITEMS)}
    key, content = sealing.open_to_all({"places": places, "points": points, "shuffle": False})
    return Sealed(sealing.text(key), content, hashlib.sha256(content).hexdigest())


@require_http_methods(["GET", "POST"])
@never_cache
def rehearsal(request: HttpRequest) -> HttpResponse:
    """The door of the rehearsal, which begins as a sitting does: the form is fetched sealed, the
    start hands out the key. With ``long`` the questions come with the page, for browsers that open
    nothing sealed. Sent without scripts, it says what was answered and forgets it.
    """
    asked = items()
    sent = plain.read(asked, request.POST)
    long = "long" in request.GET
    context: dict[str, Any] = {
        "door": None if long else _door(request),
        "paper": _common(request) | {"items": asked, "answers": []} if long else None,
        "words": WORDS,
        "hot": page.hot_address(request),
        "plain": plain.drawn(asked, sent),
    }
    if request.method == "POST":
        blank = [number for number, item in enumerate(asked, 1) if not sent[item["place"]]]
        context |= {"blank": blank, "sent": len(asked) - len(blank)}
    return render(request, "sit/rehearsal.html", context)


@require_safe
def form(request: HttpRequest, sha256: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """The sealed bytes; their name changes with the questions, so they may be kept."""
    if sha256 != sealed().sha256:
        raise Http404
    answer = HttpResponse(sealed().content, content_type="application/octet-stream")
    patch_cache_control(answer, public=True, max_age=A_DAY)
    return answer


@require_GET
@never_cache
def start(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for all
    """What the hot process says when it starts an exam, said to anybody."""
    now = page.milliseconds(timezone.now())
    return JsonResponse(
        {
            "code": "open",
            "now": now,
            "opens": now,
            "started": now,
            "closes": now + LENGTH // timedelta(milliseconds=1),
            "grace": 0,
            "notice": 0,
            "seed": secrets.token_hex(8),
            "form": sealed().sha256,
            "key": sealed().key,
        }
    )


def _door(request: HttpRequest) -> dict[str, Any]:
    """What ``page.door_data`` says of a seat, of no seat at all."""
    said = _common(request)
    name = sealed().sha256
    return said | {
        "opens": said["now"],
        "form": {"url": reverse("sit:rehearsal-form", args=[name]), "sha256": name},
    }


def _common(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    here = reverse("sit:rehearsal")
    return {
        "rehearsal": True,
        "attempt": 0,
        "kinds": page.KINDS,
        "now": page.milliseconds(now),
        "closes": page.milliseconds(now + LENGTH),
        "grace": 0,
        "hot": page.hot_address(request),
        "urls": {"door": here, "paper": here, "start": reverse("sit:rehearsal-start")},
        "ticket": "",
    }
