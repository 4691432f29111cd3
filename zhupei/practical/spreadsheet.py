"""A rubric somebody sends in a spreadsheet: a line a criterion, or a line a fatal error.

Nothing is stored here; putting the lines into a draft is an action.
"""

from collections.abc import Mapping, Sequence
from typing import BinaryIO, Final, NamedTuple

from django.utils.translation import gettext_lazy as _

from zhupei.core import imports
from zhupei.core.import_kinds import Column, Findings, Kind, Reading, Rule
from zhupei.practical.rules import rubric as rules
from zhupei.practical.rules.rubric import Criterion, Fatal, Rubric, Task

CRITERION: Final = "评分点"
FATAL: Final = "否决项"
LONGEST: Final = 500


class Line(NamedTuple):
    """One row: a criterion with its task, or a fatal error (then without a task)."""

    text: str
    task: str = ""
    minutes: int = 0
    weight: int = 0
    steps: tuple[rules.Step, ...] = ()
    step: str = ""
    guide: str = ""


# fmt: off
COLUMNS: Final = (
    Column("kind", "类型", ("行类型",), choices=(CRITERION, FATAL), example=CRITERION,
           help=_("评分点或否决项；不填按评分点。")),
    Column("task", "任务", ("项目", "考核项目", "题目"), example="砌筑 24 墙",
           help=_("同一任务的评分点写同样的名称；否决项不填。")),
    Column("minutes", "时限（分钟）", ("时限", "时间", "考核时间"), longest=10, example="90",
           help=_("整个任务的时间，写在它的第一行即可。")),
    Column("text", "内容", ("评分点", "考核内容", "评分要素", "否决项"), required=True,
           longest=LONGEST, example="墙面垂直度"),
    Column("weight", "分值", ("配分", "分数"), longest=10, example="20",
           help=_("整数；全部评分点合计 100。")),
    Column("scale", "分档", ("评分档次", "档次"), longest=LONGEST,
           example="偏差≤5mm=100；偏差≤8mm=60；超过 8mm=0",
           help=_("每档写“说法=占分值的百分比”，用分号隔开；不填就按分打分。")),
    Column("step", "每档几分", ("步长",), longest=5, example="", choices=rules.STEPS,
           help=_("按分打分时每档相差几分，不填按 1 分。")),
    Column("guide", "评分说明", ("评分标准", "扣分标准", "说明"), longest=LONGEST,
           example="用 2m 托线板量两处，取大值。"),
)
# fmt: on
RULES: Final[Mapping[str, Rule]] = {
    "kind_unknown": Rule(_("不认识这个类型。"), _("请填写“评分点”或“否决项”。")),
    "text_missing": Rule(_("没有写内容。"), _("请填写评分点或否决项的内容。")),
    "task_missing": Rule(_("评分点没有写属于哪个任务。"), _("请填写任务名称。")),
    "task_not_wanted": Rule(_("否决项不属于某个任务。"), _("请清空任务，或把类型改为评分点。")),
    "minutes": Rule(_("时限应为 1 到 480 的整数分钟。"), _("请改写时限。")),
    "weight": Rule(_("分值应为 1 到 100 的整数。"), _("请改写分值。")),
    "scale": Rule(
        _("分档写法不对：至少两档，有一档是 100，各档不同。"),
        _("请改写，例如：符合=100；基本符合=60；不符合=0。"),
    ),
    "step": Rule(_("每档只能相差 0.5、1 或 5 分。"), _("请改写，或改用分档。")),
}


def kind() -> Kind[Line]:
    """How a rubric is read."""
    return Kind(
        title="评分表",
        columns=COLUMNS,
        judge=_judge,
        rules=RULES,
        same=lambda line: (line.task, line.text),
        same_column="text",
        not_used=("序号", "编号"),
    )


def read(file: BinaryIO) -> Reading[Line]:
    """Rehearse the import of a rubric: see ``core.imports.read`` for what it refuses."""
    return imports.read(file, kind())


def _judge(row: Mapping[str, str], say: Findings) -> Line | None:
    say.refuse("text", None if row["text"] else "text_missing")
    if row["kind"] == FATAL:
        say.refuse("task", "task_not_wanted" if row["task"] else None)
        return Line(row["text"])
    say.refuse("kind", None if row["kind"] in {"", CRITERION} else "kind_unknown")
    say.refuse("task", None if row["task"] else "task_missing")
    minutes = _whole(row["minutes"].removesuffix("分钟") or "0")
    say.refuse("minutes", None if 0 <= minutes <= rules.LONGEST_TASK else "minutes")
    weight = _whole(row["weight"].removesuffix("分"))
    say.refuse("weight", None if 0 < weight <= rules.FULL else "weight")
    steps = _steps(row["scale"], say)
    step = "" if steps else row["step"] or "1"
    say.refuse("step", None if steps or step in rules.STEPS else "step")
    return Line(row["text"], row["task"], minutes, weight, steps, step, row["guide"])


def _whole(text: str) -> int:
    """The number, or -1 for what is none."""
    text = text.strip().removesuffix(".0")
    return int(text) if text.isascii() and text.isdigit() else -1


def _steps(text: str, say: Findings) -> tuple[rules.Step, ...]:
    try:
        steps = rules.read_steps(text)
    except ValueError:
        say.refuse("scale", "scale")
        return ()
    probe = Criterion("", "", 1, steps, "", "")
    say.refuse("scale", "scale" if steps and list(rules.flaws_of_scale(probe)) else None)
    return steps


def rubric(lines: Sequence[Line]) -> Rubric:
    """The lines as a rubric with fresh keys; a task stands where its first line does."""
    tasks: dict[str, list[Line]] = {}
    for line in lines:
        if line.task:
            tasks.setdefault(line.task, []).append(line)
    keys = iter(range(1, len(lines) + 1))
    return Rubric(
        tuple(
            Task(
                f"t{place}",
                title,
                next((one.minutes for one in rows if one.minutes), 0),
                "",
                tuple(
                    Criterion(
                        f"c{next(keys)}", one.text, one.weight, one.steps, one.step, one.guide
                    )
                    for one in rows
                ),
            )
            for place, (title, rows) in enumerate(tasks.items(), start=1)
        ),
        tuple(
            Fatal(f"f{place}", line.text)
            for place, line in enumerate((one for one in lines if not one.task), start=1)
        ),
    )


def lines(found: Rubric) -> list[tuple[str, ...]]:
    """A rubric as rows of the same columns, to be filled in further or kept."""
    criteria = [
        (
            CRITERION,
            task.title,
            str(task.minutes),
            one.text,
            str(one.weight),
            rules.scale_words(one) if one.steps else "",
            one.step,
            one.guide,
        )
        for task in found.tasks
        for one in task.criteria
    ]
    return [*criteria, *((FATAL, "", "", one.text, "", "", "", "") for one in found.fatal)]
