"""The indicator tree a new scheme starts from. Titles and order are those of the notice of 2023;
points and figures are proposals the region may change before it freezes the scheme.

Source: project register of facts, §10; notice, part 1 and part 2.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from zhupei.evaluation.models.scheme import Block, Source

A, M, X = Source.AUTO, Source.HUMAN, Source.BOTH
ORGANIZATION, TEACHERS, PLACES, PRACTICE = "组织机构", "师资队伍", "场地", "实训条件"
DAILY, PREPARATION, EFFECT, ONLINE, CONDUCT = (
    "日常管理", "培训准备", "教学评价与考核", "网课平台", "培训行为",
)  # fmt: skip
LOCAL, TASKS = "属地日常管理", "完成任务与帮扶"
NEWER = dict.fromkeys(
    ("applied_first", "records", "pass_rate", "patrols", "closure", "complaints", "trained"), 2
)  # rules that are no longer the first of their name
ONE, TWO = "2023 通报一（一）", "2023 通报一（二）"


class Line(NamedTuple):
    """One indicator as the seed has it; ``rule`` "" where nobody but people can tell."""

    code: str
    block: str
    section: str
    title: str
    points: Decimal
    source: str
    rule: str
    formula: str
    law: str
    figures: Mapping[str, Any]
    rule_version: int = 1


def _line(
    head: tuple[str, str, str, str], points: int, source: str, rule: str, told: tuple[str, str],
    **figures: Any,
) -> Line:  # fmt: skip
    code, block, section, title = head
    version = NEWER.get(rule, 1)
    return Line(code, block, section, title, Decimal(points), source, rule, *told, figures, version)


B1, B2, B3, B4 = Block.BASICS, Block.TEACHING, Block.BUREAU, Block.BONUS
# fmt: off
TREE: tuple[Line, ...] = (
    _line(("1.1.1", B1, ORGANIZATION, "专职管理人员"), 4, X, "managers",
          ("3 名，每增一类培训加 1 名；每缺 1 名扣 2 分", f"{ONE}1"), per_missing=2),
    _line(("1.1.2", B1, ORGANIZATION, "负责人"), 2, X, "head",
          ("高级及以上职称得一半，2 年以上教学管理经历得一半", f"{ONE}1")),
    _line(("1.1.3", B1, ORGANIZATION, "制度"), 4, M, "policies",
          ("八项制度每项 0.5 分，人工核对文本；系统给出现行制度数作参考", f"{ONE}1")),
    _line(("1.2.1", B1, TEACHERS, "每专业工种师资不少于 2 人"), 5, A, "trades_covered",
          ("达标专业工种数 ÷ 许可专业工种数 × 分值", f"{ONE}2")),
    _line(("1.2.2", B1, TEACHERS, "分专业工种花名册"), 2, A, "roster",
          ("有在聘教师的工种占比得一半；由在册教师上的课占比得一半", f"{ONE}2")),
    _line(("1.2.3", B1, TEACHERS, "教师业务档案"), 3, X, "teacher_files",
          ("资格审核、聘书协议、专职社保都齐的教师占比 × 分值", f"{ONE}2")),
    _line(("1.2.4", B1, TEACHERS, "教师不多家共用"), 2, A, "sharing",
          ("每有 1 名教师同时被其他机构聘用扣 1 分", "2023 通报二（一）2"), per_case=1),
    _line(("1.3.1", B1, PLACES, "办公、教学场所权属"), 2, X, "tenure",
          ("自有或租期有效的场地占比 × 分值", f"{ONE}3")),
    _line(("1.3.2", B1, PLACES, "机房、多媒体满足教学考试"), 3, X, "computers",
          ("人数不超过教室座位的班占比得一半；机位 ÷ 最大班人数得一半", "2023 通报二（一）3")),
    _line(("1.3.3", B1, PLACES, "消防与安全"), 3, M, "fire",
          ("现场核查；系统给出消防检查在期内的场地占比作参考。重大隐患未改是否决项", "第十三条")),
    _line(("1.4.1", B1, PRACTICE, "工位数与布置"), 3, X, "stations",
          ("工位够最大班用的实操工种占比 × 分值", f"{ONE}4")),
    _line(("1.4.2", B1, PRACTICE, "设备"), 2, X, "equipment",
          ("台账有可用设备的实操工种占比 × 分值", f"{ONE}4")),
    _line(("1.4.3", B1, PRACTICE, "实操课程开出率"), 3, A, "practice_held",
          ("实际上了的实操课 ÷ 应上的实操课 × 分值", f"{ONE}4")),
    _line(("1.4.4", B1, PRACTICE, "设备台账、耗材、使用记录"), 2, X, "ledgers",
          ("设备台账、耗材清单、有实操的月份都有使用记录，各三分之一；全年未开实训得 0 分",
           "2023 通报二（一）3")),
    _line(("2.1.1", B2, DAILY, "教学管理制度与大纲方案一致"), 2, M, "",
          ("人工核查制度、大纲、方案是否一致", f"{TWO}1")),
    _line(("2.1.2", B2, DAILY, "开班、考试先申请后实施"), 3, A, "applied_first",
          ("先开课后提交，或者现场查到和申请的计划不一致的，班和考核每 1 次扣 1.5 分",
           f"{TWO}1；第十二条、第二十条"), per_case="1.5"),
    _line(("2.1.3", B2, DAILY, "教学日志完整"), 3, A, "logs",
          ("有日志的课 ÷ 已上的课 × 分值", "2023 通报二（二）1")),
    _line(("2.1.4", B2, DAILY, "学员考勤严谨"), 3, A, "attendance",
          ("本人签到的人次 ÷ 到课人次 × 分值；查实 1 次代签得 0 分", "2023 通报二（二）1")),
    _line(("2.1.5", B2, DAILY, "教学检查记录"), 3, A, "checks",
          ("有教学检查的班占比得一半；交了质量自评的班占比得一半", "2023 通报二（二）1；第十四条")),
    _line(("2.2.1", B2, PREPARATION, "培训计划、方案"), 3, A, "plan_hours",
          ("课表学时和实操学时都达到大纲的班占比 × 分值", f"{TWO}2")),
    _line(("2.2.2", B2, PREPARATION, "开班审批材料"), 2, A, "first_time",
          ("从未被退回的计划 ÷ 提交的计划 × 分值", f"{TWO}2")),
    _line(("2.2.3", B2, PREPARATION, "教案"), 2, X, "lesson_plans",
          ("有教案的单元 ÷ 所上单元 × 分值", f"{TWO}2")),
    _line(("2.2.4", B2, PREPARATION, "教学资源"), 2, X, "resources",
          ("附有教学资源的班占比 × 分值", f"{TWO}2")),
    _line(("2.2.5", B2, PREPARATION, "规范教材人手一册、不回收"), 3, X, "books",
          ("本人确认领到的教材 ÷ 应发教材 × 分值；查实回收 1 次得 0 分", "2023 通报二（二）2")),
    _line(("2.3.1", B2, EFFECT, "效果反馈与回访"), 3, A, "follow_up",
          ("回访到的学员达到结班学员的 30% 得满分，不足按比例", f"{TWO}3"), target=30),
    _line(("2.3.2", B2, EFFECT, "成绩档案、反馈表齐全"), 3, A, "records",
          ("结班的班已归档占比得一半，有学员反馈占比得一半", "2023 通报二（二）3")),
    _line(("2.3.3", B2, EFFECT, "合格率、取证率统计准确"), 3, A, "pass_rate",
          ("自报的合格率、取证率与系统相差 1 个百分点以内得满分，此后每差 1 个百分点扣 0.5 分",
           "2023 通报二（二）3"), allowed=1, per_point="0.5"),
    _line(("2.3.4", B2, EFFECT, "学员满意度"), 3, A, "satisfaction",
          ("匿名评价均分 4.5 以上得满分，3 以下得 0 分，中间按比例", f"{TWO}3；第十四条"),
          none=3, full="4.5"),
    _line(("2.4.1", B2, ONLINE, "网课平台合规"), 2, M, "online_platform",
          ("核查评估备案和第三方监管；系统给出评估是否在期内作参考。不上网课的不适用", f"{TWO}4")),
    _line(("2.4.2", B2, ONLINE, "网课内容合法、符合大纲"), 2, M, "",
          ("人工抽查课件", f"{TWO}4")),
    _line(("2.4.3", B2, ONLINE, "过程抓拍与监测"), 2, A, "online_measured",
          ("按间隔完成的抓拍 ÷ 应抓拍 × 分值；不上网课的不适用，平台没有报数的未评", f"{TWO}4")),
    _line(("2.4.4", B2, ONLINE, "线上测试、数据导出"), 2, A, "online_measured",
          ("导出成功的测试 ÷ 应导出 × 分值；不上网课的不适用，平台没有报数的未评", f"{TWO}4")),
    _line(("2.5.1", B2, CONDUCT, "培训行为规范"), 4, A, "conduct",
          ("查实问题按轻重扣分：轻微 0.5，一般 1，严重 4。组织冒名顶替是否决项",
           "2023 通报二（二）4"),
          minor="0.5", ordinary=1, serious=4),
    _line(("3.1", B3, LOCAL, "属地巡查配合"), 3, X, "patrols",
          ("课在课表的时间、地点上的巡查 ÷ 做了的巡查 × 分值，由属地核对配合情况；没有巡查过的未评",
           "2023 通报三（一）4")),
    _line(("3.2", B3, LOCAL, "问题整改闭环"), 3, A, "closure",
          ("按期整改的 ÷ 到期的整改通知 × 分值，已答复待核查的不计；没有整改通知得满分",
           "2023 通报三（一）")),
    _line(("3.3", B3, LOCAL, "资料报送及时"), 2, A, "reporting",
          ("按时写的日志 ÷ 写了的日志 × 分值", f"{TWO}1")),
    _line(("3.4", B3, LOCAL, "投诉处理"), 2, A, "complaints",
          ("按期说明情况的询问占比 × 分值，每有 1 件属实扣 0.5 分；没有询问和属实投诉得满分",
           "第二十四条；2023 通报三（二）"),
          per_case="0.5"),
    _line(("4.1", B4, TASKS, "年度技术工种培训 500 人次以上"), 3, A, "trained",
          ("学满学时结业的技术工种学员达到目标人次得满分，不到不加", "2023 通报一（三）"),
          target=500),
    _line(("4.2", B4, TASKS, "帮扶对口县（市）"), 2, M, "helped",
          ("核查帮扶记录", "2023 通报一（三）")),
    _line(("4.3", B4, TASKS, "帮助对口县（市）建立实训基地"), 3, M, "bases",
          ("核查基地和使用情况", "2023 通报一（三）")),
    _line(("4.4", B4, TASKS, "竞赛、工匠、示范"), 2, M, "",
          ("核查证书和文件", "2023 通报一（三）")),
)
# fmt: on
