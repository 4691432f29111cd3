"""What is said about items: why one cannot be kept as it is, what its parts are called."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from zhupei.questions.rules import Fault

FAULTS: Final[dict[str, Any]] = {
    "stem_missing": _("没有题干。请写清楚问什么。"),
    "unprintable": _("有不能显示的字符。请删去后重新输入。"),
    "option_missing": _("有空着的选项。请连续填写，不用的删去。"),
    "option_twice": _("有两个相同的选项。请改正或删去一个。"),
    "options_too_few": _("选择题至少要有两个选项。"),
    "options_too_many": _("选项最多八个。"),
    "options_not_judge": _("判断题的选项只能是“正确”和“错误”。"),
    "key_missing": _("没有答案。请选出正确答案。"),
    "key_not_an_option": _("答案没有对应的选项。请核对答案和选项。"),
    "key_not_one": _("这种题只能有一个答案。"),
    "key_only_one": _("多选题至少要有两个答案。只有一个的，请改成单选题。"),
    "blanks_missing": _("没有填空的答案。一行写一个空，几种写法用 | 隔开。"),
    "blank_without_answer": _("有的空没有答案。每个空至少写一种能得分的写法。"),
    "blanks_differ": _("题干里下划线的个数和答案的空数不一样。请核对。"),
    "rubric_missing": _("没有评分要点。请至少写一条，评卷时按它给分。"),
    "rubric_without_words": _("有的评分要点没有写内容。"),
    "rubric_points": _("每条评分要点要有分数：大于 0、不超过 100，最多两位小数。"),
    "too_long": _("太长了。请缩短，或放进案例材料。"),
    "point_missing": _("没有知识点。细目表按知识点抽题，请从大纲里选一个再提交。"),
    "point_unknown": _("本岗位现行大纲里没有这个知识点。请从列表里选。"),
    "alt_missing": _("每张图片都要有文字说明，看不见图的考生靠它答题。"),
    "picture_kind": _("图片只收 JPG 和 PNG。"),
    "picture_gone": _("有一张图片已经不在。请重新上传。"),
    "case_other_set": _("案例不在这个题库里。"),
    "place_taken": _("这个案例里已有同样小题号的题。请换一个号。"),
    "text_missing": _("没有案例材料。"),
}
PARTS: Final[dict[str, Any]] = {
    "kind": _("题型"),
    "stem": _("题干"),
    "options": _("选项"),
    "key": _("答案"),
    "pictures": _("图片"),
    "case": _("案例材料"),
    "position": _("小题号"),
    "point": _("知识点"),
    "difficulty": _("难度"),
    "cognition": _("认知层次"),
    "source": _("出处"),
    "analysis": _("解析"),
}
WHOLE: Final = _("整道题")


def told(fault: Fault) -> str:
    """The sentence for a fault."""
    return str(FAULTS[fault.code])


def figures(facts: Mapping[str, Any]) -> list[dict[str, str]]:
    """What use told of an item, as rows of label and value: the figures ``analysis`` flags it with
    (shares of 1), and whatever else is named in words already.
    """
    found = []
    for key, value in facts.items():
        if key == "options":
            found += [_option(*option) for option in value]
        elif key in FIGURES:
            label, shape = FIGURES[key]
            found.append({"label": str(label), "value": "—" if value is None else shape(value)})
        else:
            found.append({"label": key, "value": str(value)})
    return found


def _option(answer: str, right: bool, people: int, *shares: float) -> dict[str, str]:  # noqa: FBT001
    everybody, upper, lower = map(_percent, shares)
    said = {"people": people, "all": everybody, "upper": upper, "lower": lower}
    label = _now("选 %(answer)s") % {"answer": answer} if answer else _now("未答")
    return {
        "label": _now("%(label)s（正确）") % {"label": label} if right else label,
        "value": _now("%(people)d 人，%(all)s；高分组 %(upper)s，低分组 %(lower)s") % said,
    }


def _percent(share: float) -> str:
    return f"{share * 100:.0f}%"


FIGURES: Mapping[str, tuple[Any, Callable[[Any], str]]] = {
    "sitting": (_("场次"), str),
    "people": (_("答过"), lambda n: _now("%(n)d 人") % {"n": n}),
    "share": (_("得分率"), _percent),
    "rest": (_("与其余题的相关"), lambda n: f"{n:.3f}"),
    "contrast": (_("高低分组差"), lambda n: f"{n:.2f}"),
}
