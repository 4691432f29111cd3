"""What a line of such a text is: the start of a question, a heading, a label, a row of answers.

Full width and half width mean the same; nothing is folded, so that what is kept stays as written.
"""

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from zhupei.questions.formats import words
from zhupei.questions.rules import Kind

PICTURE: Final = "\ue001"  # before the number of a picture that stands here, and after it
FORMULA: Final = "\ue002"  # where a formula stood
_CHINESE: Final = "一二三四五六七八九十"
_DIGITS: Final = str.maketrans("０１２３４５６７８９", "0123456789")

_KIND: Final = (
    r"单项选择题?|单选题?|多项选择题?|多选题?|不定项选择题?|选择题|判断题?|是非题|判断正误题?|"
    r"填空题?|简答题?|问答题|论述题|计算题|名词解释题?|主观题|案例分析题?|案例题|综合题"
)
_HEADING: Final = re.compile(
    rf"^\s*(?:第?[{_CHINESE}]{{1,3}}(?:部分|大题)?\s*[、.．:：,，\s]|[（(][{_CHINESE}]{{1,3}}[)）]|"
    rf"第[{_CHINESE}]{{1,3}}(?:部分|大题)|#{{1,4}}\s|【|\[)?\s*(?P<kind>{_KIND})\s*[】\]]?\s*"
    r"(?P<rest>(?:[（(【\[].*[)）】\]]|[:：,，].*|共.*|每.*)?)\s*[。.]?\s*$"
)
_EACH: Final = re.compile(r"每\s*(?:小|道)?题?\s*(?P<points>[0-9０-９.．]+)\s*分")
_NUMBER: Final = re.compile(
    r"^\s*(?P<again>[（(])?\s*(?:第\s*)?(?P<number>[0-9０-９]{1,5})\s*"
    r"(?P<sign>题\s*[.．、:：]?|[.．](?![.．])|、|[:：]|[)）]\s*[.．、]?)\s*(?P<rest>.*)$",
    re.DOTALL,
)
_NO_SIGN: Final = re.compile(r"^\s*([0-9０-９]{1,4})(?=[\u4e00-\u9fff“《（])")
_CASE: Final = re.compile(
    rf"^\s*(?:【\s*(?:案例|材料|背景资料|案例材料|案例背景|背景材料|背景)[{_CHINESE}0-9０-９]*\s*】\s*[:：]?|"
    rf"(?:案例|材料|背景资料|案例材料|案例背景|背景材料)\s*(?:[{_CHINESE}0-9０-９]{{1,3}})?\s*[:：]|"
    rf"案例[{_CHINESE}0-9０-９]{{1,3}}(?:[、.．\s]|$))\s*"
)
_CASE_END: Final = re.compile(r"^\s*【\s*(?:案例|材料)?(?:结束|完)\s*】\s*$")
_FOR: Final = re.compile(
    r"第?\s*(?P<first>[0-9０-９]{1,5})\s*[-—–~～至到]+\s*(?P<last>[0-9０-９]{1,5})\s*(?:小)?题"
)
_LONGEST_HEADING: Final = 120
REASON: Final = "【原因】"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, and where it stands."""

    number: int
    text: str


def number(text: str) -> int:
    """The number of digits in either width."""
    return int(text.translate(_DIGITS))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a part; ``kind`` is None where it says 选择题 or 案例题 only."""

    kind: Kind | None
    points: str


def heading(text: str) -> Heading | None:
    """The heading a line is, if it is one."""
    match = _HEADING.match(text) if len(text) <= _LONGEST_HEADING else None
    if match is None:
        return None
    word = match["kind"]
    generic = word in {"选择题", "综合题"} or word.startswith("案例")
    each = _EACH.search(match["rest"])
    return Heading(None if generic else words.kind(word), each["points"] if each else "")


@dataclass(frozen=True, slots=True)
class Start:
    """A line that may start a question."""

    number: int
    rest: str
    bracketed: bool = False  # (1)
    unsure: bool = False  # 1.5 may be a decimal
    bare: bool = False  # 24 and no sign after it


def start(text: str) -> Start | None:
    """The start of a question a line may be."""
    match = _NUMBER.match(text)
    if match is None:
        bare = _NO_SIGN.match(text)
        return Start(number(bare[1]), text[bare.end() :], bare=True) if bare else None
    bracketed = bool(match["again"])
    if bracketed and match["sign"][:1] not in ")）":
        return None
    unsure = match["sign"][:1] in ".．:：" and match["rest"][:1].isdigit()
    return Start(number(match["number"]), match["rest"], bracketed=bracketed, unsure=unsure)


def case(text: str) -> str | None:
    """What follows the label of a case on its line; None for a line that is no label."""
    match = _CASE.match(text)
    return text[match.end() :] if match else None


def ends_case(text: str) -> bool:
    """Whether a line says that the case is over."""
    return bool(_CASE_END.match(text))


def asked_of(text: str) -> tuple[int, int] | None:
    """The first and last question a case is for, where it says so."""
    match = _FOR.search(text)
    return (number(match["first"]), number(match["last"])) if match else None


# --- labels -------------------------------------------------------------------------------------

_LABELS: Final = {
    "answer": "本题参考答案|本题正确答案|本题答案|正确答案|参考答案|标准答案|正确选项|答案|答",
    "analysis": "答案解析|试题解析|题目解析|解析|解答|分析",
    "difficulty": "难度系数|难易程度|难易度|难度",
    "unit": "知识单元|知识点|考点|章节",
    "level": "认知层次|认知水平|能力层次",
    "source": "试题来源|题目来源|来源|出处|依据",
    "points": "分值|分数",
    "rubric": "评分标准|得分点|评分要点|采分点",
    "kind": "题型|题目类型|试题类型",
}
_NAMES: Final = {name: part for part, names in _LABELS.items() for name in names.split("|")}
_ALL_NAMES: Final = "|".join(sorted(_NAMES, key=len, reverse=True))
_LABEL: Final = re.compile(
    rf"【\s*(?P<a>{_ALL_NAMES})\s*】\s*[:：]?\s*|\[\s*(?P<c>{_ALL_NAMES})\s*\]\s*[:：]?\s*|"
    rf"(?<![\u4e00-\u9fff])(?P<b>{_ALL_NAMES})\s*[:：]\s*|^(?P<d>{_ALL_NAMES})\s+(?=[A-H√×]+\s*$)",
    re.MULTILINE,
)
_OPENED: Final = re.compile(r"(?:^|(?<=\s))[\[【•·*-]+\s*$")  # before a label: a bullet, [
_SHORT: Final = frozenset({"difficulty", "level", "points", "kind"})  # a word, not a text


def labelled(text: str) -> tuple[str, dict[str, list[str]]]:
    """The text before the first label, and what follows each label."""
    found: dict[str, list[str]] = {}
    matches = [m for m in _LABEL.finditer(text) if _is_label(text, m)]
    rest = [_OPENED.sub("", text[: matches[0].start()])] if matches else [text]
    for here, after in zip_longest(matches, matches[1:]):
        part = _NAMES[here["a"] or here["b"] or here["c"] or here["d"]]
        said = text[here.end() : after.start() if after else len(text)]
        if part in _SHORT:
            said, _, more = said.strip("\n ").partition("\n")
            rest.append(more)
        found.setdefault(part, []).append(said.strip())
    return "\n".join(rest), found


def is_label(text: str) -> bool:
    """Whether a line begins with a label."""
    match = _LABEL.match(text.lstrip())
    return match is not None


def _is_label(text: str, match: re.Match[str]) -> bool:
    """答：, 分析： and 依据： are labels at the start of a line only; elsewhere they are words."""
    if match["b"] not in {"答", "分析", "依据", "解答", "来源", "分数"}:
        return True
    return not text[: match.start()].rpartition("\n")[2].strip()
