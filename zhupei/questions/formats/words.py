"""The words people write for a kind, a truth, a difficulty, a level; and how text is made plain."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Final

from zhupei.questions.rules import Kind

HARDEST: Final = 5
MOST_POINTS: Final = 100

KIND_NAMES: Final[Mapping[Kind, str]] = {
    Kind.SINGLE: "单选",
    Kind.MULTIPLE: "多选",
    Kind.JUDGE: "判断",
    Kind.BLANK: "填空",
    Kind.ESSAY: "简答",
}
_KINDS: Final[Mapping[str, Kind]] = {
    "单选": Kind.SINGLE,
    "单项选择": Kind.SINGLE,
    "选择": Kind.SINGLE,
    "多选": Kind.MULTIPLE,
    "多项选择": Kind.MULTIPLE,
    "不定项选择": Kind.MULTIPLE,
    "不定项": Kind.MULTIPLE,
    "判断": Kind.JUDGE,
    "判断正误": Kind.JUDGE,
    "是非": Kind.JUDGE,
    "填空": Kind.BLANK,
    "简答": Kind.ESSAY,
    "问答": Kind.ESSAY,
    "论述": Kind.ESSAY,
    "计算": Kind.ESSAY,
    "名词解释": Kind.ESSAY,
    "主观": Kind.ESSAY,
}
DIFFICULTY_NAMES: Final = ("易", "较易", "中", "较难", "难")
_DIFFICULTIES: Final[Mapping[str, int]] = {
    **{str(number): number for number in range(1, HARDEST + 1)},
    **{name: number for number, name in enumerate(DIFFICULTY_NAMES, 1)},
    "容易": 1,
    "简单": 1,
    "easy": 1,
    "中等": 3,
    "一般": 3,
    "中等难度": 3,
    "适中": 3,
    "medium": 3,
    "困难": 5,
    "hard": 5,
}
LEVELS: Final[Mapping[str, str]] = {
    "recall": "识记",
    "understand": "理解",
    "apply": "应用",
    "analyse": "综合",
}
_LEVELS: Final[Mapping[str, str]] = {
    **{name: word for word, name in LEVELS.items()},
    **{word: word for word in LEVELS},
    "了解": "recall",
    "记忆": "recall",
    "领会": "understand",
    "熟悉": "understand",
    "掌握": "apply",
    "运用": "apply",
    "分析": "analyse",
}
_TRUE: Final = frozenset(
    ["对", "正确", "是", "√", "✓", "✔", "☑", "T", "TRUE", "Y", "YES", "V", "RIGHT"]
)
_FALSE: Final = frozenset(
    ["错", "错误", "否", "×", "✗", "✘", "╳", "☒", "X", "F", "FALSE", "N", "NO", "不正确", "不对"]
)


def kind(text: str) -> Kind | None:
    """The kind a word means: 单选题, 多项选择, 判断 …"""
    return _KINDS.get(re.sub(r"\s|题$", "", text))


def truth(text: str) -> bool | None:
    """Whether a word means right or wrong; None when it means neither."""
    word = unicodedata.normalize("NFKC", text).strip(" 。.").upper()
    return True if word in _TRUE else False if word in _FALSE else None


def difficulty(text: str) -> int:
    """From 1 (easy) to 5 (hard); 0 for a word nobody knows."""
    return _DIFFICULTIES.get(unicodedata.normalize("NFKC", text).strip().lower(), 0)


def level(text: str) -> str | None:
    """The word of a cognitive level; empty for nothing, None for a word nobody knows."""
    word = text.strip().lower()
    return _LEVELS.get(word) if word else ""


def points(text: str) -> Decimal | None:
    """What an item is worth: more than 0, at most 100, at most two decimals."""
    try:
        found = Decimal(unicodedata.normalize("NFKC", text).strip().removesuffix("分").strip())
    except InvalidOperation:
        return None
    if not (found.is_finite() and 0 < found <= MOST_POINTS and found == round(found, 2)):
        return None
    return Decimal(decimal(found))


def decimal(number: Decimal) -> str:
    """A number as people write it: 2, 1.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- plain text ---------------------------------------------------------------------------------

_TAGS: Final = (
    "a|abbr|article|b|big|blockquote|body|br|center|code|dd|del|div|dl|dt|em|embed|fieldset|font|"
    "footer|form|frame|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|label|li|link|main|mark|"
    "math|meta|nav|object|ol|p|pre|q|s|script|section|select|small|span|strike|strong|style|sub|"
    "sup|svg|table|tbody|td|textarea|tfoot|th|thead|title|tr|tt|u|ul|video|audio|source"
)
_SCRIPT: Final = re.compile(r"(?is)<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)")
_BREAK: Final = re.compile(r"(?i)<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>")
_TAG: Final = re.compile(rf"(?i)</?(?:{_TAGS})\b(?:\s[^<>]*|/)?>|<!--.*?-->")
_ILLEGAL: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069"
    "\ud800-\udfff\ue000-\ue00f\ufeff\ufffe\uffff]"
)


def without_tags(text: str) -> str:
    """Text without the tags of a web page; ``a<b`` stays. What a script says goes."""
    while True:
        plainer = _TAG.sub("", _BREAK.sub("\n", _SCRIPT.sub("", text)))
        if plainer == text:
            return text
        text = plainer


def tidy(text: str) -> str:
    """Text as it is kept: one kind of line end, no control signs, no blanks around lines."""
    text = _ILLEGAL.sub("", re.sub(r"\r\n?|[\x85\u2028\u2029\x0b\x0c]", "\n", text))
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(tidy(text).split())
