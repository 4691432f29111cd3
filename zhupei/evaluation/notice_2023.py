"""The notice of 2023, counted by the rules of the evaluation: facts of a file of 35 institutions
in, points of every indicator out, and the notice's figures with their denominators.

The file has the points of each block and what was found of each part, not the points of each part;
so grades come of the blocks, and findings of the indicators. Where the notice only says yes or no,
one thing of its kind is counted.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from zhupei.evaluation import seed
from zhupei.evaluation.facts.staff import of_staff
from zhupei.evaluation.rules import points, totals
from zhupei.evaluation.rules.points import Points, Status
from zhupei.institutions.rules.completeness import POLICIES
from zhupei.institutions.rules.notice_2023 import OF_STAFF, OF_TEACHING, Case, Parts

LINES: Final = {line.code: line for line in seed.TREE}
LEAST: Final = 60
Facts = Mapping[str, Mapping[str, Any]]


class Judged(NamedTuple):
    """One institution: its facts, the points of each indicator by code, and its grade."""

    case: Case
    facts: Facts
    found: Mapping[str, Points]
    grade: str

    def full(self, code: str) -> bool:
        one = self.found[code]
        return one.status == Status.SCORED and one.value == one.of

    def lost(self, code: str) -> bool:
        one = self.found[code]
        return one.status == Status.SCORED and one.value != one.of


def facts_of(case: Case) -> Facts:
    """The facts of an institution as the readers would give them; none of one not assessed."""
    if case.parts is None:
        return {}
    return {**of_staff(0, case.parts.staff), **_file(case.parts), **_year(case.parts)}


def _file(parts: Parts) -> dict[str, dict[str, Any]]:
    fitting = int(parts.practice == "meets")
    trained = parts.practice != "none"
    return {
        "policies": {"has": len(parts.policies), "needed": len(POLICIES)},
        "roster": {"trades": 1, "listed": int(parts.roster_by_trade), "lessons": 0, "by_roster": 0},
        "tenure": {"rooms": 1, "lasting": 1},
        "computers": {
            "rooms": 1,
            "classes": 1,
            "fitting": int(parts.rooms_equipped),
            "computers": int(parts.rooms_equipped),
            "largest": 1,
        },
        "fire": {"rooms": 1, "checked": int(not parts.fire_hazard)},
        "stations": {"practised": int(trained), "fitting": fitting},
        "equipment": {"practised": int(trained), "equipped": fitting},
        "practice_held": {"due": 1, "held": int(trained)},
        "ledgers": {
            "practised": 1,
            "months": 1,
            "used_months": int(parts.ledgers_complete),
            "equipment": 1,
            "consumables": 1,
        },
        "online_platform": {"lessons": 1, "holding": 1},
    }


def _year(parts: Parts) -> dict[str, dict[str, Any]]:
    whole = int(parts.preparation_complete)
    sound = int(parts.teaching_rules != "unsound")
    return {
        "logs": {"lessons": 1, "logged": int(parts.logs_complete)},
        "checks": {"classes": 1, "checked": sound, "evaluated": sound},
        "lesson_plans": {"units": 1, "planned": whole},
        "resources": {"classes": 1, "with_resources": whole},
        "books": {"owed": 1, "confirmed": int(parts.proper_textbooks), "taken_back": 0},
        "follow_up": {"learners": 1, "reached": int(parts.feedback)},
        "records": {
            "classes": 1,
            "packed": int(parts.records_complete),
            "heard": int(parts.records_complete),
        },
        "trained": {"completed": parts.people_trained, "people": parts.people_trained},
        "helped": {"times": int(parts.helps_county)},
        "bases": {"bases": int(parts.built_base)},
    }


def judge(case: Case) -> Judged:
    """The points of every indicator, and the grade of the blocks; stand-ins are a veto."""
    facts = facts_of(case)
    found = {
        line.code: points.apply(
            line.rule, line.rule_version, facts.get(line.rule, {}), line.points, line.figures
        )
        for line in seed.TREE
        if line.rule
    }
    return Judged(case, facts, found, _grade(case))


def _grade(case: Case) -> str:
    """The letter; ``out`` for the one that left of its own will."""
    if case.points is None:
        return "out"
    scale, given = case.scale, case.points
    blocks = {
        "basics": (scale.basics, given.basics),
        "teaching": (scale.teaching, given.teaching),
        "bureau": (scale.bureau, given.bureau),
        "bonus": (scale.bonus, given.bonus),
    }
    lines = [
        totals.Line(name, Decimal(of), Status.SCORED, Decimal(value))
        for name, (of, value) in blocks.items()
    ]
    total = totals.total(lines, scale, least=LEAST)
    return totals.grade(total, scale, vetoed=case.stand_ins)


class Statement(NamedTuple):
    """One figure of the notice, and whom it counts; of those assessed in parts, or of all."""

    where: str
    says: str
    figure: int
    counts: Callable[[Judged], bool]
    of_parts: bool = True


def _graded(letter: str) -> Callable[[Judged], bool]:
    return lambda one: one.grade == letter


def _full(*codes: str) -> Callable[[Judged], bool]:
    return lambda one: all(one.full(code) for code in codes)


def _lost(*codes: str) -> Callable[[Judged], bool]:
    return lambda one: all(one.lost(code) for code in codes)


def _parts(holds: Callable[[Parts], bool]) -> Callable[[Judged], bool]:
    return lambda one: one.case.parts is not None and holds(one.case.parts)


# fmt: off
STATEMENTS: Final = (
    Statement("一", "评估的培训机构", 35, lambda one: bool(one.case.name), of_parts=False),
    Statement("一", "A 类机构", 16, _graded("A"), of_parts=False),
    Statement("一", "B 类机构", 13, _graded("B"), of_parts=False),
    Statement("一", "C 类机构", 5, _graded("C"), of_parts=False),
    Statement("一", "自愿退出", 1, _graded("out"), of_parts=False),
    Statement("一（一）1", "专职管理人员 3 名以上且每增一类增 1 名", 22, _full("1.1.1")),
    Statement("一（一）1", "负责人高级职称且 2 年以上教学管理经验", 25, _full("1.1.2")),
    Statement("一（一）1", "建立工作人员管理制度和考核细则", 9,
              _parts(lambda parts: parts.policies >= OF_STAFF)),
    Statement("一（一）1", "其中六项管理制度健全", 4,
              lambda one: one.full("1.1.3") and _parts(
                  lambda parts: parts.policies >= OF_STAFF | OF_TEACHING)(one)),
    Statement("一（一）2", "各专业工种师资不少于 2 人", 16, _full("1.2.1")),
    Statement("一（一）2", "分专业工种建立师资花名册", 25, _full("1.2.2")),
    Statement("一（一）2", "聘用协议、社保缴费记录齐全", 32, _full("1.2.3")),
    Statement("一（一）4", "实训条件满足需求，台账完整", 16, _full("1.4.1", "1.4.2", "1.4.4")),
    Statement("一（二）1", "教学制度、方案与大纲相符", 26, _full("2.1.5")),
    Statement("一（二）2", "培训准备充分齐全", 28, _full("2.2.3", "2.2.4")),
    Statement("一（二）3", "建立培训效果反馈机制", 26, _full("2.3.1")),
    Statement("一（三）", "帮助对口县（市）培训", 18, _full("4.2")),
    Statement("一（三）", "其中全年 500 人次以上", 17, _full("4.1", "4.2")),
    Statement("一（三）", "帮助建立实训基地", 3, _full("4.3")),
    Statement("二（一）1", "专职管理人员少于 3 名", 10, _lost("1.1.1")),
    Statement("二（一）2", "师资未达专业工种人数", 16, _lost("1.2.1")),
    Statement("二（一）2", "其中一名教师多家共用", 8, _lost("1.2.1", "1.2.4")),
    Statement("二（一）2", "未分专业工种建立花名册", 7, _lost("1.2.2")),
    Statement("二（一）3", "机房、多媒体不能满足要求", 12, _lost("1.3.2")),
    Statement("二（一）3", "本年度未开展实训", 6, _lost("1.4.3")),
    Statement("二（一）3", "实训设备达不到要求", 10, _lost("1.4.2")),
    Statement("二（一）3", "台账、清单、使用记录不全", 11, _lost("1.4.4")),
    Statement("二（一）3", "其中存在消防安全隐患", 1, _lost("1.3.3", "1.4.4")),
    Statement("二（二）1", "教学制度不健全，无教学检查记录", 6, _lost("2.1.5")),
    Statement("二（二）1", "教学资料不完整", 4, _lost("2.2.3")),
    Statement("二（二）1", "教学日志不完整、考勤签字不严谨", 15, _lost("2.1.3")),
    Statement("二（二）2", "未使用规范教材", 26, _lost("2.2.5")),
    Statement("二（二）3", "未建立反馈机制", 6, _lost("2.3.1")),
    Statement("二（二）3", "成绩档案、反馈表不完整", 7, _lost("2.3.2")),
    Statement("二（二）4", "雇佣社会人员冒名顶替参训（否决）", 5,
              lambda one: one.case.stand_ins, of_parts=False),
    Statement("二（二）4", "暂停培训业务", 4, lambda one: one.case.standing == "suspended",
              of_parts=False),
)
# fmt: on


def count(statement: Statement, judged: Iterable[Judged]) -> int:
    """The figure these institutions make for a statement."""
    return sum(statement.counts(one) for one in judged)


def assessed(code: str, judged: Iterable[Judged]) -> int:
    """Of how many an indicator was scored: the denominator of its figures."""
    return sum(one.found[code].status == Status.SCORED for one in judged)
