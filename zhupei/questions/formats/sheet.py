"""Questions in a spreadsheet: its columns, and what each row must keep.

Reading goes through ``core.imports``; a row is judged as a question of any other format is.
Pictures are those that stand in the row; the column 图片 names them.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from functools import partial
from io import BytesIO
from itertools import islice, zip_longest
from typing import BinaryIO, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import imports, sheets
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Column, Findings, Kind, Row
from zhupei.core.import_kinds import Reading as Rows
from zhupei.questions.formats import answers, faults, sheet_pictures, words
from zhupei.questions.formats.draft import Case, Draft, Fault, Picture, Reading, Unread
from zhupei.questions.formats.judge import LONGEST, Sketch, fingerprint, judge, placed, whole
from zhupei.questions.formats.pictures import plain_name, settled
from zhupei.questions.formats.sheet_pictures import Placed
from zhupei.questions.rules import LETTERS
from zhupei.questions.rules import Kind as ItemKind

NAME: Final = "sheet"
MAX_BYTES: Final = 20 * 1024 * 1024
SAME: Final = "同上"
OF_CASE: Final = "案例："  # before the name of a picture that belongs to the case
ABOUT: Final = "题库信息"  # a sheet of our own exports that says what they are

# fmt: off
_EXAMPLES: Final = ("公司级", "项目级", "班组级", "个人级", "", "", "", "")
COLUMNS: Final = (
    Column("kind", "题型", ("题目类型", "试题类型", "类型"), required=True,
           choices=("单选", "多选", "判断", "填空", "简答"), example="单选",
           help=gettext_lazy("单选、多选、判断、填空或简答。")),
    Column("stem", "题干", ("题目", "试题", "试题内容", "题目内容", "题目题干", "试题题干", "问题"),
           required=True, longest=LONGEST["stem"], example="三级安全教育不包括哪一级？",
           help=gettext_lazy("填空题用四条下划线“____”标出每个空。")),
    *(
        Column(f"option_{letter}", f"选项{letter}", (letter, f"{letter}选项", f"答案{letter}"),
               longest=LONGEST["option"], example=example,
               help=gettext_lazy("从 A 起连续填写；判断、填空、简答题不用填。"))
        for letter, example in zip(LETTERS, _EXAMPLES, strict=True)
    ),
    Column("answer", "答案", ("正确答案", "参考答案", "标准答案"), required=True, example="D",
           longest=LONGEST["answer"],
           help=gettext_lazy("单选填一个字母，多选填几个字母，判断填“正确”或“错误”；填空按空的顺序写，"
                             "用“；”分开，同一个空的几种写法用“|”分开，例如 10|十；mm，"
                             "不讲顺序时末尾写“（不分先后）”；简答写参考答案。")),
    Column("rubric", "评分标准", ("得分点", "评分要点", "采分点"), longest=LONGEST["answer"],
           example="", help=gettext_lazy("简答题用，每行一个得分点，末尾写分值：先放线（3分）。")),
    Column("case", "案例", ("案例材料", "材料", "背景资料", "案例背景", "背景材料"),
           longest=LONGEST["case"], example="",
           help=gettext_lazy("同一案例的几道题写同样的材料；后面的题可以写“同上”或合并单元格。")),
    Column("pictures", "图片", ("配图", "附图", "插图"), longest=1_000, example="",
           help=gettext_lazy("把图片直接放进这一行；这里可以写图片名，几张用“；”分开。")),
    Column("unit", "知识点", ("单元", "知识点/单元", "知识单元", "大纲单元", "章节", "考点"),
           example="", help=gettext_lazy("大纲里单元或知识点的编号或名称。")),
    Column("difficulty", "难度", ("难度等级", "难易度", "难易程度"), example="中",
           choices=words.DIFFICULTY_NAMES, help=gettext_lazy("不填按“中”。")),
    Column("level", "认知层次", ("认知水平", "认知能力", "能力层次"), example="",
           choices=tuple(words.LEVELS.values()),
           help=gettext_lazy("识记、理解、应用、综合，可不填。")),
    Column("source", "来源", ("试题来源", "题目来源", "出处", "依据"), example="",
           help=gettext_lazy("标准、规范的编号和条款，或命题单位。")),
    Column("points", "分值", ("分数", "得分"), longest=20, example="1",
           help=gettext_lazy("不填按 1 分。")),
    Column("analysis", "解析", ("答案解析", "试题解析", "题目解析"), longest=LONGEST["analysis"]),
)
# fmt: on


def kind(*, units: Collection[str] = ()) -> Kind[Draft]:
    """How questions are read; with ``units`` (codes and titles), others are refused.

    Good for one reading: “同上” remembers the row before.
    """
    return Kind(
        title="试题",
        columns=COLUMNS,
        judge=partial(_judge, units=frozenset(units), before=[""]),
        rules=faults.ALL,
        same=fingerprint,
        same_column="stem",
        not_used=("序号", "题号", "编号", "例子"),
    )


def rows(
    file: BinaryIO,
    *,
    units: Collection[str] = (),
    max_bytes: int = MAX_BYTES,
    max_rows: int = sheets.MAX_ROWS,
) -> Rows[Draft]:
    """The rows of a spreadsheet: see ``core.imports.read`` for what it refuses."""
    return imports.read(file, kind(units=units), max_bytes=max_bytes, max_rows=max_rows)


def _judge(
    row: Mapping[str, str], say: Findings, *, units: frozenset[str], before: list[str]
) -> Draft | None:
    sketch = Sketch("", stem=row["stem"], point=row["unit"], source=row["source"], say=say)
    sketch.analysis, sketch.case = row["analysis"], _case(row["case"], before, say)
    sketch.options = [row[f"option_{letter}"] for letter in LETTERS]
    sketch.kind = words.kind(row["kind"])
    if sketch.kind is None and row["kind"]:
        say.refuse("kind", "kind_unknown")
    _read_marks(row, sketch)
    if units and row["unit"] not in units:
        say.refuse("unit", "unit_unknown")
    if sketch.kind is not None:
        options = [text for text in sketch.options if text]
        if sketch.kind not in {ItemKind.SINGLE, ItemKind.MULTIPLE, ItemKind.JUDGE}:
            sketch.options = options  # judged to be there or not
        given = row["rubric"]
        sketch.key = answers.understood(sketch.kind, row["answer"], given, options, say)
    return judge(sketch)


def _read_marks(row: Mapping[str, str], sketch: Sketch) -> None:
    sketch.difficulty = words.difficulty(row["difficulty"]) if row["difficulty"] else 3
    level, points = words.level(row["level"]), words.points(row["points"] or "1")
    if not sketch.difficulty:
        sketch.say.refuse("difficulty", "difficulty")
    if level is None:
        sketch.say.refuse("level", "level_unknown")
    if points is None:
        sketch.say.refuse("points", "points", most=words.MOST_POINTS)
    sketch.level = level or ""
    sketch.points = sketch.points if points is None else points


def _case(text: str, before: list[str], say: Findings) -> Case | None:
    if text == SAME:
        text = before[0]
        say.refuse("case", None if text else "case_missing")
    before[0] = text
    return Case(text) if text else None


# --- a whole file -------------------------------------------------------------------------------


def read(content: bytes, *, units: Collection[str] = ()) -> Reading:
    """The questions of a spreadsheet, with their pictures."""
    try:
        found = rows(BytesIO(content), units=units)
    except Refused as refusal:
        reading = whole(NAME, "sheet", sentence=str(refusal))
        return replace(reading, faults=(replace(reading.faults[0], code=refusal.code),))
    pictures = sheet_pictures.find(content)
    drafts: list[Draft] = []
    unread: list[Unread] = []
    notes = [_note(found, said) for one in found.rows for said in one.warnings]
    cases = _case_columns(content) if pictures else {}
    for row in found.rows:
        anchored = pictures.get((row.sheet, row.number), [])
        taken = _with_pictures(row, anchored, cases.get(row.sheet, -1))
        position = _position(found, row.sheet, row.number)
        if isinstance(taken, Draft):
            drafts.append(replace(taken, position=position))
        else:
            said = tuple(replace(fault, position=position) for fault in taken)
            unread.append(Unread(position, row.cells, said))
    notes += _left_out(found, read_pictures=bool(pictures))
    bad = [fault for refused in unread for fault in refused.faults]
    return Reading(placed(_share_pictures(drafts)), bad, notes, unread, NAME)


def _position(found: Rows[Draft], sheet: str, number: int) -> str:
    place = _("第 %(row)d 行") % {"row": number}
    return place if found.one_sheet or not sheet else f"{sheet} {place}"


def _note(found: Rows[Draft], said: object) -> Fault:
    where = _position(found, getattr(said, "sheet", ""), getattr(said, "row", 0))
    return Fault(
        where,
        getattr(said, "column", ""),
        getattr(said, "code", ""),
        getattr(said, "rule", ""),
        getattr(said, "fix", ""),
    )


def _left_out(found: Rows[Draft], *, read_pictures: bool) -> list[Fault]:
    return [
        faults.fault(one.sheet, "", "left_out", what=one.what or one.sheet, why=one.reason)
        for one in found.left_out
        if not (one.why == "pictures" and read_pictures) and one.sheet != ABOUT
    ]


def _case_columns(content: bytes) -> dict[str, int]:
    """Where the column 案例 stands in each sheet."""
    column = next(column for column in COLUMNS if column.key == "case")
    titles = {imports.header_word(word) for word in (column.title, *column.aliases)}
    found: dict[str, int] = {}
    for sheet in sheets.read(BytesIO(content), max_bytes=MAX_BYTES).sheets:
        for row in islice(sheet.rows(), imports.HEAD_WITHIN):
            heads = [imports.header_word(cell) in titles for cell in row.cells]
            if any(heads):
                found.setdefault(sheet.name, heads.index(True))
    return found


def _with_pictures(row: Row[Draft], anchored: list[Placed], case: int) -> Draft | list[Fault]:
    """The draft of a row with its pictures, or what is wrong."""
    said = [Fault("", one.column, one.code, one.rule, one.fix) for one in row.faults]
    if row.value is None:
        return said
    listed = [name.strip() for name in re.split(r"[；;\n]", row.cells["pictures"])]
    names = [name for name in listed if name and not name.startswith(OF_CASE)]
    of_case = [name.removeprefix(OF_CASE) for name in listed if name.startswith(OF_CASE)]
    own = [one for one in anchored if one.column != case]
    say = Findings()
    if len(names) > len(own):
        say.refuse("pictures", "picture_missing", name=names[len(own)])
    draft = replace(row.value, pictures=settled(_named(own, names), say))
    if draft.case:
        shared = _named([one for one in anchored if one.column == case], of_case)
        draft = replace(draft, case=replace(draft.case, pictures=settled(shared, say)))
    if say.faults:
        return [faults.fault("", part, code, **f) for part, (code, f) in say.faults.items()]
    return draft


def _named(placed: list[Placed], names: list[str]) -> list[Picture]:
    """Pictures by the names somebody gave them, in order."""
    return [
        Picture(plain_name(name) or one.name, one.content, one.alt)
        for name, one in zip_longest(names[: len(placed)], placed, fillvalue="")
        if not isinstance(one, str)
    ]


def _share_pictures(drafts: list[Draft]) -> list[Draft]:
    """Every draft of a case has its pictures, wherever they stood."""
    cases: dict[str, Case] = {}
    for draft in drafts:
        if draft.case and (draft.case.pictures or draft.case.text not in cases):
            cases[draft.case.text] = draft.case
    return [replace(d, case=cases[d.case.text]) if d.case else d for d in drafts]
