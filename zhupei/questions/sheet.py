"""Questions somebody sends in a spreadsheet: columns, what each row must keep, the item it makes.

Nothing is stored here; taking the items of a reading into a question set is an action.
"""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import BinaryIO, Final, Literal

from django.utils.translation import gettext_lazy as _

from zhupei.core import imports, sheets
from zhupei.core.import_kinds import Column, Findings, Kind, Reading, Rule

ItemKind = Literal["single", "multiple", "judge"]

LETTERS: Final = "ABCDEF"
TRUE_FALSE: Final = ("正确", "错误")
LONGEST_STEM: Final = 2_000
LONGEST_OPTION: Final = 500
HARDEST: Final = 5
MEDIUM: Final = 3
MOST_POINTS: Final = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One question. ``key`` is the letters of the right options, sorted; a judgement has two."""

    kind: ItemKind
    stem: str
    options: tuple[str, ...]
    key: str
    unit_title: str
    difficulty: int
    points: Decimal
    analysis: str


EXAMPLES: Final = ("公司级", "项目级", "班组级", "个人级", "", "")

# fmt: off
COLUMNS: Final = (
    Column("kind", "题型", ("题目类型", "试题类型", "类型"), required=True,
           choices=("单选", "多选", "判断"), example="单选", help=_("单选、多选或判断。")),
    Column("stem", "题干", ("题目", "试题", "试题内容", "题目内容", "题目题干", "试题题干"),
           required=True, longest=LONGEST_STEM, example="三级安全教育不包括哪一级？"),
    *(
        Column(f"option_{letter}", f"选项{letter}", (letter, f"{letter}选项", f"答案{letter}"),
               longest=LONGEST_OPTION, example=example,
               help=_("从 A 起连续填写；判断题不用填。"))
        for letter, example in zip(LETTERS, EXAMPLES, strict=True)
    ),
    Column("answer", "答案", ("正确答案", "参考答案", "标准答案"), required=True, example="D",
           help=_("单选填一个字母，多选填几个字母，判断填“正确”或“错误”。")),
    Column("unit", "知识点", ("单元", "知识点/单元", "知识单元", "大纲单元", "章节", "考点"),
           example="", help=_("大纲里单元的编号或名称。")),
    Column("difficulty", "难度", ("难度等级", "难易度", "难易程度"), example="中",
           choices=("易", "较易", "中", "较难", "难"), help=_("不填按“中”。")),
    Column("points", "分值", ("分数", "得分"), longest=20, example="1",
           help=_("考核时每题分值相同。")),
    Column("analysis", "解析", ("答案解析", "试题解析", "题目解析"), longest=LONGEST_STEM),
)
# fmt: on

_KINDS: Final[Mapping[str, ItemKind]] = {
    "单选": "single",
    "单项选择": "single",
    "多选": "multiple",
    "多项选择": "multiple",
    "不定项选择": "multiple",
    "判断": "judge",
    "是非": "judge",
}
_TRUE: Final = frozenset(["对", "正确", "是", "√", "✓", "✔", "T", "TRUE", "Y", "YES"])
_FALSE: Final = frozenset(
    ["错", "错误", "否", "×", "✗", "✘", "X", "F", "FALSE", "N", "NO", "不正确", "不对"]
)
_DIFFICULTIES: Final[Mapping[str, int]] = {
    **{str(number): number for number in range(1, HARDEST + 1)},
    "易": 1,
    "容易": 1,
    "简单": 1,
    "较易": 2,
    "中": 3,
    "中等": 3,
    "一般": 3,
    "较难": 4,
    "难": 5,
    "困难": 5,
}

RULES: Final[Mapping[str, Rule]] = {
    "kind_missing": Rule(_("没有题型。"), _("请填写单选、多选或判断。")),
    "kind_unknown": Rule(_("不认识这个题型。"), _("请填写单选、多选或判断；其他题型不能机考。")),
    "stem_missing": Rule(_("没有题干。"), _("请填写题干。")),
    "options_too_few": Rule(_("选择题至少要有两个选项。"), _("请从选项A起填写。")),
    "option_gap": Rule(_("选项%(letter)s空着，后面却还有选项。"), _("请把选项连续填写。")),
    "option_twice": Rule(_("选项%(letter)s与前面的选项相同。"), _("请改正或删去一个。")),
    "options_not_judge": Rule(
        _("判断题的选项只能是“正确”和“错误”。"), _("请清空选项，或把题型改为单选。")
    ),
    "answer_missing": Rule(_("没有答案。"), _("请填写答案。")),
    "answer_shape": Rule(
        _("答案写法不对：选择题写字母，判断题写“正确”或“错误”。"), _("请改写，例如 B、ABD、正确。")
    ),
    "answer_not_an_option": Rule(_("答案 %(letter)s 没有对应的选项。"), _("请核对答案和选项。")),
    "answer_not_one": Rule(_("单选题只能有一个答案。"), _("请改正答案，或把题型改为多选。")),
    "answer_only_one": Rule(_("多选题至少要有两个答案。"), _("请补全答案，或把题型改为单选。")),
    "unit_unknown": Rule(_("大纲里没有这个单元。"), _("请填写大纲单元的编号或名称。")),
    "difficulty": Rule(_("难度应为易、较易、中、较难、难，或 1 至 5。"), _("请改写难度。")),
    "points": Rule(
        _("分值应为大于 0、不超过 %(most)d 的数，最多两位小数。"), _("请改写分值，不填按 1 分。")
    ),
}


def kind(*, units: Collection[str] = ()) -> Kind[Entry]:
    """How questions are read; with ``units`` (codes and titles), others are refused."""
    return Kind(
        title="试题",
        columns=COLUMNS,
        judge=partial(_judge, units=frozenset(units)),
        rules=RULES,
        same=fingerprint,
        same_column="stem",
        not_used=("序号", "题号", "编号"),
    )


def read(
    file: BinaryIO,
    *,
    units: Collection[str] = (),
    max_bytes: int = sheets.MAX_BYTES,
    max_rows: int = sheets.MAX_ROWS,
) -> Reading[Entry]:
    """Rehearse the import of questions: see ``core.imports.read`` for what it refuses."""
    return imports.read(file, kind(units=units), max_bytes=max_bytes, max_rows=max_rows)


def _judge(row: Mapping[str, str], say: Findings, *, units: frozenset[str]) -> Entry | None:
    item_kind = _kind(row["kind"], say)
    say.refuse("stem", None if row["stem"] else "stem_missing")
    difficulty = _DIFFICULTIES.get(row["difficulty"] or str(MEDIUM), 0)
    say.refuse("difficulty", None if difficulty else "difficulty")
    points = _points(row["points"], say)
    if units and row["unit"] not in units:
        say.refuse("unit", "unit_unknown")
    if item_kind is None:
        return None
    options = _options(row, item_kind, say)
    key = _key(row["answer"], item_kind, options, say)
    if item_kind == "judge" and not row["option_A"] and _truth(row["answer"]) is None:
        say.refuse("answer", "answer_shape")  # a letter means nothing where no option has it
    return Entry(
        item_kind, row["stem"], options, key, row["unit"], difficulty, points, row["analysis"]
    )


def _kind(text: str, say: Findings) -> ItemKind | None:
    found = _KINDS.get(re.sub(r"\s|题$", "", text))
    if found is None:
        say.refuse("kind", "kind_unknown" if text else "kind_missing")
    return found


def _points(text: str, say: Findings) -> Decimal:
    """The points of an item: more than 0, at most 100, at most two decimals."""
    try:
        points = Decimal(text.removesuffix("分").strip() or 1)
    except InvalidOperation:
        points = Decimal(0)
    if not (points.is_finite() and 0 < points <= MOST_POINTS and points == round(points, 2)):
        say.refuse("points", "points", most=MOST_POINTS)
    return points


def _options(row: Mapping[str, str], item_kind: ItemKind, say: Findings) -> tuple[str, ...]:
    texts = [row[f"option_{letter}"] for letter in LETTERS]
    while texts and not texts[-1]:
        texts.pop()
    if item_kind == "judge":
        return _judge_options(texts, say)
    for place, (letter, text) in enumerate(zip(LETTERS, texts, strict=False)):
        if not text:
            say.refuse(f"option_{letter}", "option_gap", letter=letter)
        elif text in texts[:place]:
            say.refuse(f"option_{letter}", "option_twice", letter=letter)
    if len(texts) < 2:  # noqa: PLR2004 - with one option there is nothing to choose
        say.refuse("option_B", "options_too_few")
    return tuple(texts)


def _judge_options(texts: list[str], say: Findings) -> tuple[str, ...]:
    """正确 and 错误, in the order they were given; right first where they were not."""
    meant = [_truth(text) for text in texts]
    if meant not in ([], [True, False], [False, True]):
        say.refuse("option_A", "options_not_judge")
    return tuple(texts) if meant == [False, True] else TRUE_FALSE


def _truth(text: str) -> bool | None:
    word = unicodedata.normalize("NFKC", text).strip(" 。.").upper()
    return True if word in _TRUE else False if word in _FALSE else None


def _key(text: str, item_kind: ItemKind, options: tuple[str, ...], say: Findings) -> str:
    """The letters of the right options, in order; a key at fault is said and comes back empty."""
    if not text:
        say.refuse("answer", "answer_missing")
        return ""
    letters = re.sub(r"[\s,;/|、.。]", "", unicodedata.normalize("NFKC", text)).upper()
    if item_kind == "judge" and (truth := _truth(text)) is not None:
        letters = LETTERS[[_truth(option) for option in options].index(truth)]
    if not re.fullmatch("[A-Z]+", letters) or len(set(letters)) < len(letters):
        say.refuse("answer", "answer_shape")
        return ""
    for letter in letters:
        if letter not in LETTERS[: len(options)]:
            say.refuse("answer", "answer_not_an_option", letter=letter)
    if item_kind == "multiple" and len(letters) == 1:
        say.refuse("answer", "answer_only_one")
    elif item_kind != "multiple" and len(letters) > 1:
        say.refuse("answer", "answer_not_one")
    return "".join(sorted(letters))


def fingerprint(entry: Entry) -> str:
    """The same for two entries that ask the same: stem and options, blanks apart."""
    said = "\n".join("".join(text.split()) for text in (entry.stem, *entry.options))
    return hashlib.sha256(said.encode()).hexdigest()
