"""The forms of patrols: what is looked at, by which article, and what is found when it is not so.

A patrol keeps the version of the form it was begun on; an older version stays here as long as
patrols rest on it. Which items there are is a proposal until the department sets its own form.

Source: Measures, art. 6, 12, 13, 15, 19 and 20; notice, part 2, section 2 (what was found in 2023).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.patrols.rules.answers import Answer, faults, missing

__all__ = [
    "CLASS",
    "PRACTICAL",
    "SEEN",
    "THEORY",
    "UNCALLED",
    "UNPICTURED",
    "VERSION",
    "Answer",
    "Item",
    "faults",
    "items",
    "missing",
]

VERSION = "2026-1"


class Item(NamedTuple):
    """One line of a form. ``fault`` is the text of the finding when the answer is "bad"."""

    key: str
    text: str | Promise
    law: str
    fault: str | Promise
    severity: str = "ordinary"  # minor, ordinary, serious: as in corrections
    about: str = "routine"  # what kind of finding it is, as in corrections


# fmt: off
CLASS = (
    Item("plan", _("正在上课，课程、教师、地点与课表一致"), "第十二条",
         _("实际上课与备案的开班计划不一致")),
    Item("teacher", _("授课教师是课表上的本人"), "第十二条",
         _("授课教师与开班计划不符"), "ordinary", "teachers"),
    Item("attendance", _("当堂签到完整，没有代签"), "第十三条",
         _("学员签到不严谨"), "serious", "conduct"),
    Item("log", _("教学日志当天填写，内容完整"), "第十三条",
         _("教学日志不完整"), "minor"),
    Item("books", _("学员人手一册规范教材"), "第十三条",
         _("规范教材没有做到人手一册"), "ordinary", "preparation"),
    Item("practice", _("实操课按方案开出，工位和耗材够用"), "第十三条",
         _("实操课没有按实训实习方案开出"), "ordinary", "premises"),
    Item("safety", _("场所安全：消防、用电、通道、防护用品"), "第十三条",
         _("培训场所存在安全隐患"), "serious", "safety"),
    Item("online", _("线上课有实名验证和过程抓拍"), "第十五条",
         _("线上培训没有落实实名验证和过程抓拍")),
)
THEORY = (
    Item("held", _("按告知的时间、考场、人数开考"), "第二十条",
         _("考核与告知的计划不一致"), "ordinary", "exams"),
    Item("identity", _("逐人核对身份，人证相符"), "第十七条",
         _("考生身份核对不严"), "serious", "exams"),
    Item("invigilators", _("监考员在岗，人数够"), "第二十条",
         _("监考员不足或不在岗"), "ordinary", "exams"),
    Item("order", _("考场安静有序，没有夹带、代答"), "第十七条",
         _("考场秩序差，有作弊苗头"), "serious", "exams"),
    Item("machines", _("机位、网络、监控正常，录像在录"), "第二十条",
         _("考场监控或录像不正常"), "ordinary", "exams"),
    Item("safety", _("场所安全：消防、用电、通道"), "第十三条",
         _("考核场所存在安全隐患"), "serious", "safety"),
)
PRACTICAL = (
    Item("held", _("按排定的轮次、工位开考"), "第二十条",
         _("实操考核与排定的轮次不一致"), "ordinary", "exams"),
    Item("identity", _("逐人核对身份，人证相符"), "第十七条",
         _("考生身份核对不严"), "serious", "exams"),
    Item("assessors", _("每个工位两名考评员，各自独立评分"), "第十七条",
         _("考评员没有独立评分"), "serious", "exams"),
    Item("material", _("工具、材料、工位符合评分表"), "第十七条",
         _("工具、材料或工位不符合考核要求"), "ordinary", "exams"),
    Item("safety", _("防护用品齐全，现场安全"), "第十三条",
         _("实操考核现场存在安全隐患"), "serious", "safety"),
)
FORMS: Mapping[tuple[str, str], Sequence[Item]] = {
    (VERSION, "class"): CLASS, (VERSION, "theory"): THEORY, (VERSION, "practical"): PRACTICAL,
}
# fmt: on
SEEN = "seen"  # what was seen, in words: a remote look has to say it
UNCALLED = "uncalled"  # why nobody was called, or not everybody who was drawn
UNPICTURED = "unpictured"  # why there is no picture of a remote look


def items(version: str, kind: str) -> Sequence[Item]:
    """The form of a version for a kind of subject. Raises KeyError for one we never had."""
    return FORMS[version, kind]
