"""What the codes of rules and facts read like."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# fmt: off
BECAUSE: Mapping[str, Words] = {
    "": _("还没有取数"),
    "no_data": _("系统里没有这项数据，不计入分母"),
    "nobody_entered": _("机构没有登记人员，无从核对"),
    "no_rooms": _("机构没有登记场地，无从核对"),
    "no_classes": _("这一年没有开班"),
    "no_classes_over": _("这一年没有结束的班"),
    "managers_enough": _("专职管理人员 %(has)s 人，应有 %(needed)s 人"),
    "managers_short": _("专职管理人员 %(has)s 人，应有 %(needed)s 人，缺 %(short)s 人"),
    "head_fits": _("高级职称，教学管理经历 %(years)s 年（应满 %(needed)s 年）"),
    "head_half": _("职称和经历只符合一项：经历 %(years)s 年（应满 %(needed)s 年）"),
    "head_unfit": _("职称和经历都不符合（经历应满 %(needed)s 年）"),
    "policies": _("现行制度 %(has)s 项，应有 %(needed)s 项"),
    "trades_covered": _("%(trades)s 个许可专业工种中 %(covered)s 个有 2 名以上合格教师"),
    "trades_covered_none": _("没有在期内的办学许可"),
    "roster": _(
        "%(trades)s 个工种中 %(listed)s 个有在聘教师；"
        "%(lessons)s 节课中 %(by_roster)s 节由在册教师上"
    ),
    "roster_unused": _("%(trades)s 个工种中 %(listed)s 个有在聘教师；这一年没有上过课"),
    "roster_none": _("没有在期内的办学许可"),
    "teacher_files": _("%(teachers)s 名教师中 %(complete)s 名档案齐全"),
    "nobody_shared": _("%(teachers)s 名教师都没有被其他机构同时聘用"),
    "sharing": _("%(teachers)s 名教师中 %(shared)s 名同时被其他机构聘用"),
    "tenure": _("%(rooms)s 处场地中 %(lasting)s 处自有或在租期内"),
    "computers": _(
        "%(classes)s 个班中 %(fitting)s 个坐得下；"
        "机位 %(computers)s 个，最大的班 %(largest)s 人"
    ),
    "computers_unused": _("这一年没有开班"),
    "fire": _("%(rooms)s 处场地中 %(checked)s 处消防检查在期内"),
    "stations": _("%(practised)s 个实操工种中 %(fitting)s 个工位够用"),
    "stations_none": _("没有要实操的工种"),
    "equipment": _("%(practised)s 个实操工种中 %(equipped)s 个有可用设备"),
    "equipment_none": _("没有要实操的工种"),
    "practice_held": _("应上实操课 %(due)s 节，上了 %(held)s 节"),
    "practice_held_none": _("没有到时间的实操课"),
    "ledgers": _(
        "%(months)s 个月有实操，其中 %(used_months)s 个月有使用记录；"
        "设备 %(equipment)s 台，耗材 %(consumables)s 种"
    ),
    "ledgers_none": _("没有要实操的工种"),
    "never_practised": _("全年没有开过实训"),
    "applied_first": _("%(classes)s 个班都先提交计划后开课"),
    "applied_late": _("%(classes)s 个班中 %(late)s 个开课以后才提交计划"),
    "applied_for": _("%(classes)s 个班、%(exams)s 场考核都先申请后实施，现场查到的和申请一致"),
    "held_otherwise": _(
        "%(classes)s 个班、%(exams)s 场考核：%(late)s 个班先开课后提交，"
        "%(other_class)s 次上课、%(other_exam)s 次考核和申请的计划不一致"
    ),
    "logs": _("已上 %(lessons)s 节课，有日志 %(logged)s 节"),
    "logs_none": _("还没有上过课"),
    "attendance": _("到课 %(arrivals)s 人次，本人签到 %(own)s 人次"),
    "attendance_none": _("没有考勤记录"),
    "stand_ins": _("查实代签、顶替 %(stand_ins)s 次"),
    "checks": _("%(classes)s 个结束的班中 %(checked)s 个有教学检查，%(evaluated)s 个交了质量自评"),
    "plan_hours": _("%(classes)s 个班中 %(fitting)s 个学时和实操达到大纲"),
    "plan_hours_none": _("这一年没有开班"),
    "first_time": _("提交 %(submitted)s 份计划，%(never_returned)s 份没有被退回过"),
    "first_time_none": _("这一年没有提交计划"),
    "lesson_plans": _("所上 %(units)s 个单元中 %(planned)s 个有教案"),
    "lesson_plans_none": _("这一年没有开班"),
    "resources": _("%(classes)s 个班中 %(with_resources)s 个附有教学资源"),
    "resources_none": _("这一年没有开班"),
    "books": _("应发教材 %(owed)s 册，本人确认领到 %(confirmed)s 册"),
    "books_none": _("没有结束的班"),
    "books_taken_back": _("回访查实教材被收回 %(taken_back)s 次"),
    "follow_up": _(
        "结束的班共 %(learners)s 名学员，"
        "回访到 %(reached)s 名（满分要求 %(target)s%%）"
    ),
    "no_learners_over": _("没有结束的班"),
    "records": _("%(classes)s 个结束的班中 %(packed)s 个已归档"),
    "records_none": _("没有结束的班"),
    "records_and_feedback": _(
        "%(classes)s 个结束的班中 %(packed)s 个已归档，%(heard)s 个有学员反馈"
    ),
    "rates": _(
        "自报合格率 %(said_passed)s%%，系统 %(passed)s%%；"
        "自报取证率 %(said_certified)s%%，系统 %(certified)s%%（%(sat)s 人考）"
    ),
    "rates_unsaid": _(
        "机构没有自报合格率和取证率；系统 %(passed)s%%、%(certified)s%%（%(sat)s 人考）"
    ),
    "pass_rate": _(
        "自报合格率 %(declared)s%%，系统 %(counted)s%%"
        "（%(sat)s 人考，%(passed)s 人合格），相差 %(off)s 个百分点"
    ),
    "pass_rate_unsaid": _(
        "机构没有自报合格率；系统 %(counted)s%%"
        "（%(sat)s 人考，%(passed)s 人合格）"
    ),
    "nobody_sat": _("没有学员参加考核"),
    "satisfaction": _("%(voices)s 份匿名评价，均分 %(mean)s"),
    "few_voices": _("匿名评价 %(voices)s 份，不足 %(fewest)s 份不计"),
    "nothing_online": _("没有上网课"),
    "platform_holds": _("有 %(holding)s 个平台评估在期内"),
    "platform_lapsed": _("上网课，但没有评估在期内的平台"),
    "not_reported": _("上网课 %(lessons)s 节，平台没有报数"),
    "online_measured": _("应 %(due)s 次，按时 %(in_time)s 次"),
    "online_measured_none": _("没有上网课"),
    "conduct_clean": _("没有查实的问题"),
    "conduct": _("查实问题：轻微 %(minor)s 件，一般 %(ordinary)s 件，严重 %(serious)s 件"),
    "patrols": _("应看 %(owed)s 次，看了 %(done)s 次"),
    "patrols_none": _("没有应巡查的班"),
    "never_looked": _("这一年没有巡查过，无从评价配合情况"),
    "went_along": _("来看了 %(looks)s 次，%(met)s 次课在课表的时间、地点上"),
    "nothing_ordered": _("没有到期的整改通知"),
    "closure": _("到期整改 %(due)s 件，按期 %(in_time)s 件"),
    "closure_none": _("没有到期的整改通知"),
    "reporting": _("写了 %(written)s 份日志，按时 %(in_time)s 份"),
    "reporting_none": _("还没有写过日志"),
    "no_complaints": _("没有办结的投诉"),
    "complaints": _("办结投诉 %(closed)s 件，按期 %(in_time)s 件，属实 %(upheld)s 件"),
    "nobody_asked": _("没有要说明的投诉，也没有属实的投诉"),
    "complaints_upheld": _("没有要说明的投诉；属实 %(upheld)s 件"),
    "inquiries": _("投诉询问 %(asked)s 次，按期说明 %(answered)s 次；属实 %(upheld)s 件"),
    "completed": _("技术工种学满学时结业 %(completed)s 人次，达到 %(target)s 人次"),
    "completed_few": _(
        "技术工种学满学时结业 %(completed)s 人次（名册 %(people)s 人），不到 %(target)s 人次"
    ),
    "trained": _("技术工种有效结业 %(people)s 人次，达到 %(target)s 人次"),
    "trained_few": _("技术工种有效结业 %(people)s 人次，不到 %(target)s 人次"),
    "helped": _("有 %(times)s 人次帮扶记录"),
    "helped_none": _("没有帮扶记录"),
    "bases": _("帮助建立 %(bases)s 个实训基地"),
    "bases_none": _("没有帮助建立实训基地的记录"),
}

LABELS: Mapping[str, Words] = {
    "entered": _("登记过人员"), "has": _("现有"), "needed": _("应有"), "categories": _("培训类别"),
    "senior": _("高级及以上职称"), "experienced": _("经历年限符合"), "years": _("教学管理年数"),
    "trades": _("许可专业工种"), "covered": _("师资达标的工种"), "short": _("不达标的工种"),
    "listed": _("有在聘教师的工种"), "lessons": _("已上课"), "by_roster": _("在册教师上的课"),
    "teachers": _("在聘教师"), "complete": _("档案齐全"), "shared": _("多家共用"),
    "elsewhere": _("同时聘用的机构"), "rooms": _("场地"), "lasting": _("自有或在租期内"),
    "computers": _(
        "机位"), "classes": _("班"), "fitting": _("符合的"), "largest": _("最大的班"
        "（人）"
    ),
    "checked": _("有检查"), "practised": _("实操工种"), "per_station": _("每工位至多（人）"),
    "equipped": _("有可用设备的工种"), "due": _("到期或应上"), "held": _("上了"),
    "waiting": _("待核查"),
    "months": _("有实操的月份"), "used_months": _("其中有使用记录"), "equipment": _("设备"),
    "consumables": _("耗材"), "late": _("先开课后提交"), "logged": _("有日志"),
    "arrivals": _("到课人次"), "own": _("本人签到"), "stand_ins": _("查实代签、顶替"),
    "evaluated": _("交了质量自评"), "submitted": _("提交的计划"), "never_returned": _("没有被退回"),
    "units": _("所上单元"), "planned": _("有教案"), "with_resources": _("附教学资源"),
    "owed": _("应发或应看"), "confirmed": _("本人确认"), "taken_back": _("教材被收回"),
    "learners": _("结班学员"), "reached": _("回访到"), "packed": _("已归档"),
    "declared": _("自报合格率"), "sat": _("参加考核"), "passed": _("合格"), "mean": _("均分"),
    "voices": _("评价份数"), "fewest": _("至少要有"), "platforms": _("平台"),
    "holding": _("评估在期内"), "minor": _("轻微"), "ordinary": _("一般"), "serious": _("严重"),
    "exams": _("学员参加的考核"), "other_class": _("上课和计划不一致"),
    "other_exam": _("考核和告知不一致"), "heard": _("有学员反馈"),
    "declared_certified": _("自报取证率"), "certified": _("取得证书"),
    "looks": _("做了的巡查"), "met": _("其中课在课表上"), "asked": _("投诉询问"),
    "answered": _("按期说明"), "completed": _("学满学时结业"),
    "done": _("看了"), "in_time": _("按时"), "written": _("写了"), "closed": _("办结"),
    "upheld": _("属实"), "people": _("名册人数"), "times": _("帮扶人次"), "bases": _("实训基地"),
}

ADVICE: Mapping[str, Words] = {
    "managers": _("补足专职管理人员并登记任职证明"),
    "head": _("登记负责人的职称和从事教学管理的起始日期"),
    "policies": _("补齐缺的制度文本"),
    "trades_covered": _("给缺教师的工种从师资库聘够 2 名教师"),
    "roster": _("只让在聘的本工种教师上课"),
    "teacher_files": _("补齐合同、聘书和专职教师社保记录"),
    "sharing": _("和同时在别处任教的教师理清聘用关系"),
    "tenure": _("续签到期的租约或停用到期的场地"),
    "computers": _("按教室座位开班，补足机位"),
    "fire": _("补做消防检查并上传记录"),
    "stations": _("给缺工位的工种补工位，或减小班额"),
    "equipment": _("给缺设备的工种补设备，登记台账"),
    "practice_held": _("按课表上实操课并写日志"),
    "ledgers": _("有实操的月份都登记设备使用记录"),
    "applied_first": _("按申请的计划上课、考核，变了先改计划"),
    "logs": _("补写教学日志"),
    "attendance": _("让学员用自己的手机扫码签到"),
    "checks": _("每班做教学检查，结班后交质量自评"),
    "plan_hours": _("课表按大纲排够学时和实操"),
    "first_time": _("提交前先看预审结果"),
    "lesson_plans": _("给每个单元附教案"),
    "resources": _("给班级附教学资源"),
    "books": _("发教材时请学员本人确认，不再收回"),
    "follow_up": _("打完应回访的电话"),
    "records": _("给结束的班做归档包，请学员评价、做回访"),
    "pass_rate": _("按系统数字自报合格率和取证率"),
    "satisfaction": _("看学员意见，改进教学"),
    "online_platform": _("使用评估在期内的网课平台"),
    "conduct": _("按期整改，守住底线"),
    "patrols": _("按课表的时间、地点上课，改课先改课表"),
    "closure": _("按期整改并上传凭据"),
    "reporting": _("下课后按时写日志"),
    "complaints": _("收到投诉询问按期说明情况"),
    "trained": _("扩大技术工种培训"),
}

PLACES: Mapping[str, str] = {  # what kind of deed, the page that shows it
    "class": "classes:detail",
    "staff": "institutions:people",
    "rooms": "institutions:places",
    "policies": "institutions:policies",
    "equipment": "institutions:equipment",
    "uses": "institutions:uses",
    "order": "corrections:order",
    "finding": "corrections:finding",
    "record": "credit:record",
    "duty": "patrols:duty",
    "help": "assistance:detail",
}
# fmt: on


def because(code: str, said: Mapping[str, Any]) -> str:
    """Why an indicator has its points, as one sentence."""
    return str(BECAUSE[code]) % dict(said)


def readable(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Facts as rows of label and value, without the deeds named among them."""
    names = [name for name in facts if name != "cases"]
    ordered = sorted(names, key=lambda name: list(LABELS).index(name) if name in LABELS else 999)
    return [{"label": LABELS.get(name, name), "value": _shown(facts[name])} for name in ordered]


def _shown(value: Any) -> Words:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(map(str, value)) or "—"
    return str(value)


def deeds(
    cases: Iterable[Iterable[Any]], hidden: Container[tuple[str, Any]] = ()
) -> list[dict[str, Any]]:
    """The deeds named among facts, each with the page that shows it; those ``hidden`` from the
    reader, by kind and key, are named without it.
    """
    return [
        {
            "label": label,
            "url": "" if (kind, key) in hidden else reverse(PLACES[kind], args=[key]),
        }
        for kind, key, label in cases
    ]
