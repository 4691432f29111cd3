"""The doors of the site: where each leads, for whom, and the further pages behind it.

A door is a line of the navigation. Pages used less often stand behind the door they belong to, as
tabs above each other, so that the navigation stays short enough to be read at a glance.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import ASSIGNED, AUTHORITIES, OFFICERS, Kind, Role

EVERY_KIND = frozenset(Kind.values)
EVERY_ROLE = frozenset(Role.values)
REGION = frozenset({Kind.REGION_AUTHORITY})
BUREAUS = frozenset(AUTHORITIES)
SCHOOLS = frozenset({Kind.INSTITUTION})
BODIES = frozenset({Kind.ASSESSMENT_BODY})
CERTIFYING = BUREAUS | SCHOOLS | BODIES
AWAY = frozenset({Kind.HR, Kind.EDUCATION})  # who has to do with classes away from home only
UNASSIGNED = EVERY_ROLE - ASSIGNED  # who may see more than the sittings they are called to
REGULATORS = frozenset({Role.REGULATOR})
WRITERS = frozenset({Role.REGULATOR, Role.REVIEWER})
EXAMINERS = frozenset({Role.EXAMINER})
REGISTRARS = frozenset({Role.REGISTRAR})
ASSESSORS = frozenset({Role.ASSESSOR})
EXPERTS = frozenset({Role.EXPERT})
INSPECTORS = frozenset({Role.INSPECTOR})


class Page(NamedTuple):
    """One page of several that stand behind a tab. ``also``: pages further down it leads to."""

    label: str | Promise
    url_name: str
    kinds: frozenset[str] = EVERY_KIND
    roles: frozenset[str] = EVERY_ROLE
    also: tuple[str, ...] = ()


class Tab(NamedTuple):
    """One page of those behind a door; ``pages``: where it is several, these, itself the first."""

    label: str | Promise
    url_name: str
    kinds: frozenset[str] = EVERY_KIND
    roles: frozenset[str] = EVERY_ROLE
    pages: tuple[Page, ...] = ()


class Door(NamedTuple):
    """One line of a navigation. ``kinds`` and ``roles`` say for whom (of the workbench).

    ``area``: how the names of the pages behind it begin; where several doors fit, the longest
    wins.
    """

    label: str | Promise
    icon: str
    url_name: str
    area: tuple[str, ...]
    kinds: frozenset[str] = EVERY_KIND
    roles: frozenset[str] = EVERY_ROLE
    tabs: tuple[Tab, ...] = ()


INSTITUTIONS = (
    Tab(_("档案"), "institutions:index", BUREAUS),
    Tab(_("准入"), "institutions:admissions", BUREAUS),
    Tab(_("配备核对"), "institutions:staffing", BUREAUS),
    Tab(_("暂停业务"), "oversight:index", BUREAUS),
    Tab(_("单位名册"), "organizations:index", REGION, REGULATORS),
)
COURSES = (
    Tab(_("培训大纲"), "syllabus:index"),
    Tab(_("岗位工种"), "syllabus:jobs"),
    Tab(_("教材"), "syllabus:textbooks"),
    Tab(_("题库"), "questions:index", BUREAUS),
    Tab(_("待审试题"), "questions:queue", REGION, REGULATORS),
    Tab(_("细目表"), "papers:index", REGION, REGULATORS),
)
BANK = (
    Tab(_("题库"), "questions:index"),
    Tab(_("细目表"), "papers:index"),
)
EXPERTS_BANK = (
    Tab(_("待审试题"), "questions:queue"),
    Tab(_("我写的题"), "questions:mine"),
    Tab(_("题库"), "questions:index"),
)
CLASSES = (
    Tab(_("开班计划"), "classes:index"),
    Tab(_("异地备案"), "filings:index", BUREAUS | SCHOOLS, OFFICERS),
    Tab(_("复读"), "classes:second_readings", BUREAUS),
    Tab(_("抽取"), "classes:draws", BUREAUS),
    Tab(_("审核统计"), "classes:review_figures", BUREAUS),
)
EXAMS = (
    Tab(_("理论考核"), "exams:index"),
    Tab(_("实操考核"), "practical:sessions", roles=UNASSIGNED),
    Tab(_("考核计划"), "plans:index", roles=UNASSIGNED),
    Tab(_("评分表"), "practical:rubrics", roles=UNASSIGNED),
    Tab(_("考点"), "venues:sites", roles=OFFICERS),
    Tab(_("考核机构确定"), "venues:designations", roles=OFFICERS),
    Tab(_("阅卷"), "marking:index", BODIES, OFFICERS),
    Tab(_("成绩复核"), "appeals:index", BUREAUS | BODIES, OFFICERS),
    Tab(_("违纪"), "appeals:cases", BUREAUS | BODIES, OFFICERS),
    Tab(_("试题更正"), "exams:corrections", REGION, REGULATORS),
    Tab(_("考试分析"), "analysis:index", REGION, REGULATORS),
    Tab(_("雷同线索"), "analysis:leads", BUREAUS | BODIES, OFFICERS),
)
PARAMETERS = (
    Tab(_("规则参数"), "organizations:parameters"),
    Tab(_("消息文字"), "organizations:wordings", REGION, REGULATORS),
)
FEEDBACK = (
    Tab(_("满意度"), "feedback:figures"),
    Tab(_("回访"), "feedback:calls"),
)
MEMBERS = (
    Tab(_("本单位人员"), "organizations:members", roles=OFFICERS),
    Tab(_("回避申报"), "organizations:interests", BUREAUS | {Kind.HR}),
)
WATCHED = (  # suspensions stand behind the door of the institutions
    "patrols:",
    "credit:",
    "live:",
    "leads:",
    "corrections:",
    "inspections:",
    "complaints:",
    "oversight:measure",
    "oversight:handover",
    "oversight:draft-",
    "oversight:step",
    "oversight:base",
    "oversight:basis",
    "oversight:enter-basis",
)
PATROLS = (
    Page(_("覆盖情况"), "patrols:map", also=("patrols:place", "patrols:institution")),
    Page(_("台账"), "patrols:duties"),
    Page(_("巡查记录"), "patrols:records"),
    Page(_("我的巡查"), "patrols:desk"),
)
DRAWS = (
    Page(_("抽查"), "inspections:index"),
    Page(_("检查任务"), "inspections:checks"),
    Page(_("年度计划"), "inspections:plans", roles=OFFICERS),
    Page(_("抽查事项清单"), "inspections:lists"),
)
CORRECTIONS = (
    Page(_("整改通知"), "corrections:index"),
    Page(_("问题清单"), "corrections:findings"),
)
CREDIT = (
    Page(_("信用记录"), "credit:index"),
    Page(_("机构信用档案"), "credit:files"),
    Page(_("年度等级"), "credit:grades"),
)
HELP = (
    Page(_("帮扶记录"), "assistance:index"),
    Page(_("对口关系"), "assistance:pairings"),
    Page(_("年度数"), "assistance:totals"),
)
WATCH = (
    Tab(_("巡查督考"), "patrols:map", BUREAUS, pages=PATROLS),
    Tab(_("巡查记录"), "patrols:records", SCHOOLS | BODIES),
    Tab(_("双随机"), "inspections:index", BUREAUS | {Kind.HR}, pages=DRAWS),
    Tab(_("抽查结果"), "inspections:checks", SCHOOLS),
    Tab(_("整改"), "corrections:index", BUREAUS, pages=CORRECTIONS),
    Tab(_("整改"), "corrections:index", SCHOOLS | BODIES),
    Tab(_("措施"), "oversight:measures", BUREAUS | SCHOOLS),
    Tab(_("移送"), "oversight:handovers", BUREAUS | {Kind.HR}),
    Tab(_("信用"), "credit:index", BUREAUS | SCHOOLS | {Kind.HR}, pages=CREDIT),
    Tab(_("投诉"), "complaints:index", BUREAUS | {Kind.HR}),
    Tab(_("投诉询问"), "complaints:inquiries", SCHOOLS | BODIES),
    Tab(_("线索"), "leads:index", BUREAUS),
    Tab(_("线索规则"), "leads:rules", SCHOOLS),
    Tab(_("远程查看"), "live:index", BUREAUS),
    Tab(_("小结与通报"), "bulletins:index", BODIES),
)
CHECKS = tuple(Tab(*page[:4]) for page in DRAWS[1::-1] + DRAWS[2:])  # an inspector's own first
EVALUATED = ("evaluation:", "assistance:", "duty:", "bulletins:")
EVALUATION = (
    Tab(_("年度评估"), "evaluation:index"),
    Tab(_("评估方案"), "evaluation:schemes", BUREAUS, OFFICERS),
    Tab(_("如果今天评估"), "evaluation:outlook", SCHOOLS, OFFICERS),
    Tab(_("帮扶"), "assistance:index", pages=HELP),
    Tab(_("履职得分"), "duty:index", BUREAUS, WRITERS),
    Tab(_("小结与通报"), "bulletins:index"),
)
# fmt: off
WORKBENCH = [  # groups of doors, with a line between them
    [
        Door(_("待办"), "checklist", "portal:home", ("portal:home",)),
    ],
    [
        Door(_("机构"), "building", "institutions:index",
             ("institutions:", "oversight:", "organizations:index", "organizations:register"),
             BUREAUS | SCHOOLS | BODIES | {Kind.HR}, tabs=INSTITUTIONS),
        Door(_("师资库"), "school", "teachers:index", ("teachers:", "classes:teacher_calendar"),
             BUREAUS | SCHOOLS | {Kind.ASSOCIATION}, OFFICERS),
        Door(_("大纲与题库"), "books", "syllabus:index", ("syllabus:", "questions:", "papers:"),
             BUREAUS, tabs=COURSES),
        Door(_("大纲与教材"), "books", "syllabus:index", ("syllabus:",),
             EVERY_KIND - BUREAUS, tabs=COURSES),
        Door(_("题库"), "file-check", "questions:index", ("questions:", "papers:"), BODIES,
             EXAMINERS, tabs=BANK),
        Door(_("题库"), "file-check", "questions:queue", ("questions:",),
             frozenset({Kind.ASSOCIATION}), EXPERTS, tabs=EXPERTS_BANK),
    ],
    [
        Door(_("异地备案"), "map-pin", "filings:index", ("filings:",), AWAY, OFFICERS),
        Door(_("开班"), "calendar-event", "classes:index",
             ("classes:", "attendance:", "teaching:", "feedback:", "filings:", "live:class"),
             BUREAUS | SCHOOLS, tabs=CLASSES),
        Door(_("考勤确认"), "user-check", "attendance:corrections",
             ("attendance:correction", "attendance:sheet"), SCHOOLS),
        Door(_("学员回访"), "phone", "feedback:calls", ("feedback:call", "feedback:figures"),
             SCHOOLS, REGISTRARS, tabs=FEEDBACK[::-1]),
        Door(_("考核机构确定"), "writing-sign", "venues:designations", ("venues:",),
             frozenset({Kind.HR}), OFFICERS),
        Door(_("考核"), "clipboard-check", "exams:index",
             ("exams:", "plans:", "practical:", "venues:", "marking:", "appeals:", "analysis:",
              "live:sitting", "live:session"),
             BUREAUS | BODIES, tabs=EXAMS),
        Door(_("监考"), "eye", "invigilation:index", ("invigilation:",), BODIES),
        Door(_("阅卷"), "pencil", "marking:queue", ("marking:",), BODIES, ASSESSORS),
        Door(_("实操评分"), "device-mobile", "practical:desk",
             ("practical:desk", "practical:sheet"), BODIES, frozenset({Role.ASSESSOR})),
        Door(_("证书"), "certificate", "certificates:index", ("certificates:",), CERTIFYING,
             UNASSIGNED),
        Door(_("满意度"), "chart-bar", "feedback:figures", ("feedback:figures", "feedback:call"),
             BUREAUS, tabs=FEEDBACK),
        Door(_("监管"), "shield-check", "patrols:map", WATCHED, BUREAUS, OFFICERS, tabs=WATCH),
        Door(_("监管"), "shield-check", "credit:index", WATCHED, SCHOOLS | {Kind.HR}, OFFICERS,
             tabs=WATCH),
        Door(_("监管"), "shield-check", "corrections:index", (*WATCHED, "bulletins:"), BODIES,
             OFFICERS, tabs=WATCH),
        Door(_("我的巡查"), "device-mobile", "patrols:desk", ("patrols:",), BUREAUS, INSPECTORS),
        Door(_("检查任务"), "clipboard-list", "inspections:checks", ("inspections:",),
             BUREAUS | {Kind.HR}, INSPECTORS, tabs=CHECKS),
        Door(_("远程查看"), "video", "live:index", ("live:",), BUREAUS, INSPECTORS),
        Door(_("投诉"), "message-report", "complaints:index", ("complaints:",),
             BUREAUS | {Kind.HR}, INSPECTORS),
        Door(_("评价"), "award", "evaluation:index", EVALUATED,
             BUREAUS | SCHOOLS, OFFICERS, tabs=EVALUATION),
        Door(_("年度评估"), "award", "evaluation:index", ("evaluation:",),
             frozenset({Kind.ASSOCIATION}), EXPERTS),
        Door(_("档案"), "archive", "archives:index", ("archives:",), CERTIFYING, UNASSIGNED),
    ],
    [
        Door(_("本单位人员"), "users", "organizations:members", ("organizations:",),
             roles=OFFICERS, tabs=MEMBERS),
        Door(_("回避申报"), "users", "organizations:interests", ("organizations:",),
             BUREAUS | {Kind.HR}, INSPECTORS),
        Door(_("规则参数"), "adjustments", "organizations:parameters",
             ("organizations:parameter", "organizations:wording", "organizations:deliver"),
             tabs=PARAMETERS),
    ],
]
# fmt: on
LEARNER = [
    Door(_("学习"), "book-2", "portal:home", ("portal:home", "teaching:", "feedback:")),
    Door(_("班级"), "users-group", "join:mine", ("join:mine", "join:transfer", "join:withdraw")),
    Door(_("考试"), "clipboard-check", "sit:mine", ("sit:", "appeals:")),
    Door(_("证书"), "certificate", "certificates:mine", ("certificates:",)),
    Door(_("我的"), "user-circle", "people:me", ("people:", "complain:mine", "complain:own")),
]
BODIES_IN_PUBLIC = (
    Tab(_("培训机构"), "portal:institutions"),
    Tab(_("考核机构"), "portal:bodies"),
)
TOLD_IN_PUBLIC = (
    Tab(_("信用公示"), "public-credit:index"),
    Tab(_("年度评估"), "evaluation:results"),
    Tab(_("双随机抽查"), "draws:index"),
    Tab(_("小结与通报"), "public-bulletins:index"),
)
PUBLIC = [
    Door(_("开班信息"), "calendar-event", "join:catalogue", ("join:catalogue",)),
    Door(
        _("机构"),
        "building",
        "portal:institutions",
        ("portal:institution", "portal:bodies"),
        tabs=BODIES_IN_PUBLIC,
    ),
    Door(_("培训大纲"), "books", "portal:syllabi", ("portal:syllabi",)),
    Door(_("证书查验"), "certificate", "verify:search", ("verify:search",)),
    Door(
        _("公示"),
        "file-text",
        "public-credit:index",
        ("public-credit:", "evaluation:results", "evaluation:year", "draws:", "public-bulletins:"),
        tabs=TOLD_IN_PUBLIC,
    ),
    Door(_("考试演练"), "clipboard-check", "sit:rehearsal", ("sit:rehearsal",)),
    Door(_("投诉举报"), "message-report", "complain:find", ("complain:",)),
]
FOOT = [Door(_("个人信息保护"), "", "portal:privacy", ("portal:privacy",))]
