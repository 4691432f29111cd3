"""The words of the review: what each item of the checklist asks, and what no machine can say."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Question(NamedTuple):
    """An item's title, what to look at, and what the machine did not check of it."""

    title: str | Promise
    look: str | Promise
    unchecked: str | Promise


# One question for each code of rules.review.checklist.
# fmt: off
QUESTIONS: dict[str, Question] = {
    "changes": Question(
        _("上次退回的理由已逐条改正"),
        _("每条理由对应的内容改了没有，改得对不对；没有退回的内容有没有被顺手改动。"),
        _("机器只比较内容变没变，不判断改得对不对。")),
    "roster": Question(
        _("学员与岗位相符，名册真实"),
        _("单位和人员是否对得上，有没有明显不在该岗位工作的人，有没有同一单位大批雷同的登记。"),
        _("没有核对：学员是否真在所报岗位工作，工作单位是否属实。")),
    "timetable": Question(
        _("课程表能照着上"),
        _("内容先后是否合理，每天安排是否上得完，理论和实操是否衔接，线上课是否占得过多。"),
        _("没有核对：每节课讲什么，先后是否合理。")),
    "teachers": Question(
        _("教师资格与所授内容相符"),
        _("每位教师的证书、合同或聘书、社保记录是否是本人的，专业与所授单元是否对口。"),
        _("没有核对：证书和社保记录的真伪，专业与所授内容是否对口。")),
    "rooms": Question(
        _("场地、工位与人数相称，消防合格"),
        _("教室和实训场地是否是许可的地点，工位够不够轮换，消防检查是否在有效期内。"),
        _("没有核对：现场与台账是否一致，设备能不能用。")),
    "lesson_plans": Question(
        _("教案与课程表对应，能用来上课"),
        _("打开每份教案：单元是否齐，是否写明重点、方法和安全要求，是否照抄其他班。"),
        _("没有核对：教案里写了什么。")),
    "practice": Question(
        _("实训方案写明安全措施"),
        _("分组和带队教师、每人动手的时间、危险点、劳保用品和应急办法是否写明。"),
        _("没有核对：方案里写了什么，安全措施够不够。")),
    "resources": Question(
        _("教材正规出版，人手一册"),
        _("教材是否由正规出版社出版、版本是否现行，其他教学资源与大纲是否相符。"),
        _("没有核对：资源的内容，教材是否真的人手一册。")),
    "licence": Question(
        _("办学许可和准入有效"),
        _("许可范围是否含本岗位，办学地点是否在许可之内，机构有没有正在整改的问题。"),
        _("没有核对：许可证原件，许可的办学地点。")),
    "staffing": Question(
        _("管理人员在岗"),
        _("专职管理人员够不够，负责本类别的人是谁，办班期间是否在任。"),
        _("没有核对：人员是否真的在岗。")),
    "filing": Question(
        _("异地办班已向人社部门备案"),
        _("备案的地点、岗位、日期和人数是否盖住本班。"),
        _("没有核对：备案地点与实际办学地点是否一致。")),
}
# fmt: on

PAPERS: dict[str, str | Promise] = {  # a paper that is no file, where an item has several
    "practice": _("方案正文"),
}


def spent(seconds: int | None) -> str:
    """How long something was on the screen; None is not known, because no script said so."""
    if seconds is None:
        return gettext("时长不详")
    minutes, rest = divmod(seconds, 60)
    if minutes:
        return gettext("%(minutes)d 分 %(seconds)d 秒") % {"minutes": minutes, "seconds": rest}
    return gettext("%(seconds)d 秒") % {"seconds": rest}
