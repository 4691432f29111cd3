"""The words of the pre-check and of the differences between two submissions."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Phrase(NamedTuple):
    """A check's title, its sentence, and how one case reads where there may be several."""

    title: str | Promise
    sentence: str | Promise
    item: str | Promise = ""


OWN_CLASS = _("本机构“%(title)s”")
IN_FULL = _("%(title)s：%(facts)s。依据：%(law)s。")
AND_MORE = _("还有 %(count)s 处")

# One phrase for each code a rule may find. Facts are named in rules/plan.py.
# fmt: off
FINDINGS: dict[str, Phrase] = {
    "class_shorter_than_syllabus": Phrase(
        _("单元学时"),
        _("%(items)s；合计排 %(planned)s，大纲 %(required)s 学时"),
        _("单元 %(position)s %(title)s：计划 %(planned)s，大纲 %(required)s，少 %(short)s 学时")),
    "hours_match": Phrase(
        _("单元学时"), _("每个单元都排够；合计排 %(planned)s，大纲 %(required)s 学时")),
    "practice_hours_short": Phrase(
        _("实操学时"),
        _("%(items)s；实操合计排 %(planned)s，大纲 %(required)s 学时"),
        _("单元 %(position)s %(title)s 少 %(short)s 学时实操")),
    "practice_hours_match": Phrase(
        _("实操学时"), _("排 %(planned)s，大纲 %(required)s 学时")),
    "unit_of_another_syllabus": Phrase(
        _("课程与大纲"), _("课程表里有 %(count)s 节课不属于所选大纲，请重新排课")),
    "ethics_missing": Phrase(_("职业道德"), _("没有排职业道德单元")),
    "ethics_planned": Phrase(_("职业道德"), _("已排 %(planned)s 学时")),
    "syllabus_without_ethics": Phrase(_("职业道德"), _("所选大纲没有标明职业道德单元")),
    "class_already_begun": Phrase(
        _("提交时间"), _("开课日期 %(starts_on)s 已过；开班计划应在开课前提交")),
    "licence_valid": Phrase(
        _("办学许可"), _("%(number)s，至 %(until)s 有效；范围含%(job)s")),
    "licence_not_for_this_job": Phrase(
        _("办学许可"), _("本机构的办学许可证不含%(job)s")),
    "licence_not_valid": Phrase(
        _("办学许可"), _("%(number)s 的有效期是 %(from)s 至 %(until)s，没有盖住整个办班期间")),
    "lesson_outside_class": Phrase(
        _("上课日期"), _("这些日子不在开课与结课之间：%(items)s"), _("%(day)s")),
    "too_many_hours_a_day": Phrase(
        _("上课日期"), _("每天至多 %(limit)s 学时：%(items)s"), _("%(day)s 排了 %(hours)s 学时")),
    "lesson_days_fit": Phrase(_("上课日期"), _("共 %(days)s 天，都在办班期间内")),
    "teacher_not_engaged": Phrase(
        _("任课教师"), _("未与本机构签约：%(items)s"), _("%(name)s")),
    "few_teachers": Phrase(_("任课教师"), _("应 %(least)s 人，实 %(count)s 人")),
    "enough_teachers": Phrase(
        _("任课教师"), _("应 %(least)s 人，实 %(count)s 人，均与本机构签约")),
    "teacher_double_booked": Phrase(
        _("教师时间"), _("同一时间已有课：%(items)s"),
        _("%(name)s 在%(place)s（%(starts_at)s 开始）")),
    "teachers_free": Phrase(_("教师时间"), _("教师没有同一时间的另一节课")),
    "room_double_booked": Phrase(
        _("教室时间"), _("同一时间已被占用：%(items)s"),
        _("%(name)s 由%(place)s 使用（%(starts_at)s 开始）")),
    "rooms_free": Phrase(_("教室时间"), _("教室没有同一时间的另一节课")),
    "room_too_small": Phrase(
        _("场地"), _("计划 %(seats)s 人，座位不够：%(items)s"), _("%(room)s 只有 %(has)s 座")),
    "few_stations": Phrase(
        _("实训工位"),
        _("%(seats)s 人 ÷（%(has)s 个工位 × 每工位 %(share)s 人）= 分 %(batches)s 批；"
          "%(batches)s 批 × %(each)s 学时 = %(required)s 学时，课程表排了 %(given)s，"
          "少 %(short)s 学时")),
    "stations_in_turns": Phrase(
        _("实训工位"),
        _("%(seats)s 人 ÷（%(has)s 个工位 × 每工位 %(share)s 人）= 分 %(batches)s 批；"
          "%(batches)s 批 × %(each)s 学时 = %(required)s 学时，课程表排了 %(given)s 学时，够轮换")),
    "stations_enough": Phrase(
        _("实训工位"), _("%(has)s 个工位 × 每工位 %(share)s 人，%(seats)s 人一批就能练")),
    "stations_unknown": Phrase(
        _("实训工位"), _("没有登记本工种的工位，算不出要分几批：%(items)s"), _("%(room)s")),
    "room_not_usable": Phrase(
        _("场地期限"), _("上课时场地已不能用：%(items)s"),
        _("%(room)s 用到 %(until)s，%(day)s 还有课")),
    "fire_check_over": Phrase(
        _("消防检查"), _("消防检查已过期：%(items)s"),
        _("%(room)s 应在 %(until)s 前复查，%(day)s 还有课")),
    "fire_check_ends": Phrase(
        _("消防检查"), _("办班期间要复查：%(items)s"),
        _("%(room)s 应在 %(until)s 前复查，%(day)s 还有课")),
    "fire_check_missing": Phrase(
        _("消防检查"), _("没有登记消防检查：%(items)s"), _("%(room)s")),
    "fire_check_valid": Phrase(_("消防检查"), _("所用场地在上课的日子都在有效期内")),
    "rooms_fit": Phrase(_("场地"), _("所用教室都坐得下 %(seats)s 人")),
    "practice_scheme_missing": Phrase(
        _("实训实习方案"), _("大纲有实操学时，还没有填写或上传实训实习方案")),
    "practice_scheme_given": Phrase(_("实训实习方案"), _("已提供")),
    "roster_empty": Phrase(_("学员名册"), _("还没有名册；没有名册的班级靠公开报名招生")),
    "roster_over_seats": Phrase(
        _("学员名册"), _("名册 %(listed)s 人，多于计划的 %(seats)s 人")),
    "roster_unanswered": Phrase(
        _("本人确认"),
        _("名册 %(listed)s 人中 %(confirmed)s 人已本人确认，%(waiting)s 人未答复；"
          "未确认者不计入开班人数")),
    "roster_confirmed": Phrase(
        _("本人确认"), _("名册 %(listed)s 人都已答复，现在报名 %(enrolled)s 人")),
    "resources_missing": Phrase(_("教学资源"), _("没有上传教案或教学资源")),
    "resources_given": Phrase(_("教学资源"), _("已上传 %(count)s 份")),
    "filing_missing": Phrase(
        _("异地办班"),
        _("办学地%(place)s与机构不在同一地州市，须先向%(office)s备案，备案有效期要盖住办班期间")),
    "filing_valid": Phrase(_("异地办班"), _("已向%(office)s备案，编号 %(number)s")),
    "institution_not_admitted": Phrase(_("机构准入"), _("本机构现在是“%(standing)s”，不能办班")),
    "institution_admitted": Phrase(_("机构准入"), _("本机构已准入，没有暂停业务")),
    "platform_missing": Phrase(_("线上平台"), _("有线上课，但机构没有登记在用的线上平台")),
    "platform_not_assessed": Phrase(
        _("线上平台"), _("没有一个平台的评估有效到 %(ends_on)s 结课：%(items)s"),
        _("%(name)s（评估有效期至 %(until)s）")),
    "platform_assessed": Phrase(_("线上平台"), _("%(name)s 已通过评估，有效期盖住办班期间")),
    "hours_few": Phrase(
        _("总学时"), _("排了 %(planned)s 学时，这类培训通常不少于 %(least)s 学时")),
    "practice_share_low": Phrase(
        _("实操比例"),
        _("实操 %(planned)s ÷ 合计 %(total)s = %(share)s%%，通常不少于 %(least)s%%")),
    "practice_share_met": Phrase(
        _("实操比例"), _("实操 %(planned)s ÷ 合计 %(total)s = %(share)s%%，不少于 %(least)s%%")),
    "online_over_limit": Phrase(
        _("线上学时"), _("线上排了 %(planned)s 学时，大纲至多 %(limit)s 学时。%(items)s"),
        _("单元 %(position)s %(title)s：线上 %(planned)s，至多 %(limit)s 学时")),
    "online_unit_over_limit": Phrase(
        _("线上学时"), _("%(items)s"),
        _("单元 %(position)s %(title)s：线上 %(planned)s，至多 %(limit)s 学时")),
    "online_share_high": Phrase(
        _("线上学时"), _("线上 %(planned)s 学时，占 %(share)s%%，通常不超过 %(most)s%%")),
    "online_within_limit": Phrase(
        _("线上学时"), _("线上 %(planned)s 学时，大纲至多 %(limit)s 学时；占 %(share)s%%")),
    "at_home": Phrase(_("异地办班"), _("办学地与机构在同一地州市，无须备案")),
}
# fmt: on

# What a reviewer may attach a reason to, and what a difference is about.
FIELDS: dict[str, str | Promise] = {
    "title": _("班级名称"),
    "syllabus": _("培训大纲"),
    "division": _("办学县市"),
    "starts_on": _("开课日期"),
    "ends_on": _("结课日期"),
    "seats": _("计划人数"),
    "room": _("主要教室"),
    "contact_phone": _("咨询电话"),
    "practice_scheme": _("实训实习方案"),
    "timetable": _("课程表"),
    "teachers": _("任课教师"),
    "roster": _("学员名册"),
    "documents": _("教学资源"),
    "institution": _("办学条件"),
    "returned": _("上次退回的理由"),
}
