"""What the exam page is given: the paper in the candidate's own order, without its keys."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.exams import rules
from zhupei.exams.actions import attempts
from zhupei.exams.models import Attempt
from zhupei.questions.models import ItemKind

# Said by the page's script; %(name)s are filled there.
WORDS = {
    "question": _("第 %(number)s 题"),
    "of": _("共 %(count)s 题，"),
    "points": _("每题 %(points)s 分"),
    "flag": _("标记待查"),
    "unflag": _("取消标记"),
    "saved": _("已保存 %(time)s"),
    "saving": _("正在保存"),
    "local": _("只在本机，重传中"),
    "blank": _("还没有作答"),
    "chosen": _("选了 %(letters)s，已存到服务器。"),
    "chosen_saving": _("选了 %(letters)s，正在存到服务器。"),
    "chosen_local": _("选了 %(letters)s，已存在本机，网络恢复后自动上传。"),
    "single_hint": _("单选题，只有一个正确答案。"),
    "multiple_hint": _("多选题，全部选对才得分。"),
    "judge_hint": _("判断题。"),
    "online": _("网络正常"),
    "slow": _("正在重传"),
    "offline": _("网络断开，答案存在本机"),
    "answered": _("已答 %(done)s / %(count)s"),
    "short_counts": _("已答 %(done)s，未答 %(blank)s，标记 %(flagged)s"),
    "count_saved": _("已存到服务器 %(count)s"),
    "count_local": _("只在本机 %(count)s"),
    "count_flagged": _("已标记 %(count)s"),
    "count_blank": _("未答 %(count)s"),
    "tile": _("第 %(number)s 题，%(state)s"),
    "tile_flagged": _("已标记"),
    "minutes_left": _("还剩 %(minutes)s 分钟"),
    "blank_list": _("还有 %(count)s 题没有作答："),
    "flagged_list": _("标记待查 %(count)s 题："),
    "all_answered": _("全部题目都已作答。"),
    "local_list": _("有 %(count)s 题的答案还没有传到服务器，交卷前会先上传。"),
    "handing_in": _("正在交卷…"),
    "hand_in_offline": _("网络断开，现在不能交卷。答案都存在本机，网络恢复后请再点一次交卷。"),
    "time_up": _("考试时间到"),
    "time_up_sending": _("正在上传最后的答案并交卷，请不要关闭本页。"),
    "time_up_offline": _(
        "网络断开。服务器按已收到的答案收卷，网络恢复后本页会显示结果。请告诉监考人员。"
    ),
    "handed_in": _("已经交卷"),
    "what_was_saved": _("服务器收到 %(saved)s 题的答案。"),
    "what_was_lost": _("第 %(numbers)s 题的最后修改没有在收卷前传到，按之前存上的答案计。"),
    "no_ticket": _("本页的作答凭证失效。请刷新本页；仍不行请告诉监考人员。"),
    "no_storage": _("这个浏览器不能在本机暂存答案，请保持网络畅通。"),
}


def paper_data(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    """Everything the page's script starts from, one JSON object."""
    sitting = attempt.sitting
    return {
        "attempt": attempt.pk,
        "items": shown_items(attempt),
        "kinds": dict(ItemKind.choices),
        "points": points(len(sitting.paper.items)),
        "now": milliseconds(timezone.now()),
        "closes": milliseconds(attempt.closes_at),
        "grace": milliseconds(attempt.closes_at) - milliseconds(sitting.ends_at),
        "hot": hot_address(request),
        "urls": {
            "ticket": reverse("sit:ticket", args=[attempt.pk]),
            "handIn": reverse("sit:hand_in", args=[attempt.pk]),
            "result": reverse("sit:result", args=[attempt.pk]),
        },
    } | stored(attempt)


def stored(attempt: Attempt) -> dict[str, Any]:
    """What may be newer than the page: the ticket, and the answers of another device."""
    answers = attempt.answers().values_list("item", "choice", "turn")
    return {"ticket": attempts.ticket(attempt), "answers": [list(answer) for answer in answers]}


def shown_items(attempt: Attempt) -> list[dict[str, Any]]:
    """The items in the candidate's order; each option keeps the letter of the sealed paper."""
    items = attempt.sitting.paper.items
    return [
        {
            "place": place,
            "kind": items[place]["kind"],
            "stem": items[place]["stem"],
            "options": [
                [letter, items[place]["options"][rules.LETTERS.index(letter)]] for letter in letters
            ],
        }
        for place, letters in rules.order(attempt.seed, items)
    ]


def points(count: int) -> str:
    """What one item is worth, at most two decimals."""
    return f"{100 / count:.2f}".rstrip("0").rstrip(".")


def hot_address(request: HttpRequest) -> str:
    """Where the hot process listens: named by the settings, or beside this very host."""
    if settings.HOT_URL:
        return str(settings.HOT_URL)
    host = urlsplit(request.build_absolute_uri()).hostname or ""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{bracketed}:{settings.HOT_PORT}"


def milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
