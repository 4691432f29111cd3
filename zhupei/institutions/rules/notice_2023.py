"""What the notice of 2023 counted, as questions about plain values.

Whether an institution has managers, a head and teachers enough is decided by ``rules.staffing``
and its grade by ``rules.grades``, as for institutions of today; the rest is looked up. Figures of
parts are of those whose parts were assessed: 32 of the 35.

Source: notice, part 1 and part 2.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from zhupei.institutions.rules import grades, staffing
from zhupei.institutions.rules.grades import Points, Scale
from zhupei.institutions.rules.staffing import Staff, Tone

MANY: Final = 500  # people trained in a year, notice, part 1, section 3
OF_STAFF: Final = frozenset({"staff", "assessment"})
OF_TEACHING: Final = frozenset(
    {"teaching", "learners", "workshops", "safety", "logistics", "emergencies"}
)


@dataclass(frozen=True)
class Parts:
    """What was found out about an institution whose parts were assessed."""

    staff: Staff
    policies: frozenset[str]
    roster_by_trade: bool
    tenure: str
    practice: str  # meets, lacks, none
    practice_renewed: bool
    practice_shared: bool
    ledgers_complete: bool
    fire_hazard: bool
    rooms_equipped: bool
    teaching_rules: str  # complete, consistent, unsound
    preparation_complete: bool
    logs_complete: bool
    proper_textbooks: bool
    feedback: bool
    records_complete: bool
    platform: str
    helps_county: bool
    people_trained: int
    built_base: bool


@dataclass(frozen=True)
class Case:
    """One of the 35. ``parts`` is None where they were not assessed, ``points`` where it left."""

    name: str
    standing: str
    stand_ins: bool
    points: Points | None
    scale: Scale
    parts: Parts | None

    @property
    def grade(self) -> str:
        """The grade of its points, or "" without any."""
        return (
            grades.grade(grades.total(self.points, self.scale), self.scale) if self.points else ""
        )


def managers_fit(parts: Parts) -> bool:
    return staffing.managers(parts.staff).tone is Tone.OK


def below_the_least(parts: Parts) -> bool:
    """Fewer managers than an institution of a single category needs."""
    return (staffing.managers(parts.staff).has or 0) < parts.staff.limits.managers


def manages_several(parts: Parts) -> bool:
    return staffing.managers_of_several(parts.staff) is not None


def head_fits(parts: Parts) -> bool:
    return staffing.head(parts.staff).tone is Tone.OK


def trades_covered(parts: Parts) -> bool:
    return all(finding.tone is Tone.OK for finding in staffing.teachers(parts.staff))


def shares_teachers(parts: Parts) -> bool:
    found = staffing.shared(parts.staff)
    return found is not None and found.tone is Tone.WARN


def papers_complete(parts: Parts) -> bool:
    found = staffing.papers(parts.staff)
    return found is not None and found.tone is Tone.OK


class Statement(NamedTuple):
    """One figure of the notice: where it stands, what it says, and whom it counts.

    ``of_parts`` says that only institutions whose parts were assessed can be counted.
    """

    where: str
    says: str
    figure: int
    counts: Callable[[Case], bool]
    of_parts: bool = True


def _part(holds: Callable[[Parts], bool]) -> Callable[[Case], bool]:
    """The question, asked of an institution whose parts were assessed."""
    return lambda case: case.parts is not None and holds(case.parts)


def count(statement: Statement, cases: Sequence[Case]) -> int:
    """The figure these institutions make for a statement.

    Source: notice, part 1 and part 2.
    """
    return sum(statement.counts(case) for case in cases)


def assessed(cases: Sequence[Case]) -> int:
    """Of how many the parts were assessed: what the figures of parts are to be read against."""
    return sum(case.parts is not None for case in cases)


# fmt: off
STATEMENTS: Final = (
    Statement("一", "评估的培训机构", 35, lambda case: bool(case.name), of_parts=False),
    Statement("一", "A 类机构", 16, lambda case: case.grade == "A", of_parts=False),
    Statement("一", "B 类机构", 13, lambda case: case.grade == "B", of_parts=False),
    Statement("一", "C 类机构", 5, lambda case: case.grade == "C", of_parts=False),
    Statement("一", "自愿退出", 1, lambda case: case.standing == "left", of_parts=False),
    Statement("一（一）1", "专职管理人员 3 名以上且每增一类增 1 名", 22, _part(managers_fit)),
    Statement("一（一）1", "负责人高级职称且 2 年以上教学管理经验", 25, _part(head_fits)),
    Statement("一（一）1", "建立工作人员管理制度和考核细则", 9,
              _part(lambda parts: parts.policies >= OF_STAFF)),
    Statement("一（一）1", "其中六项管理制度健全", 4,
              _part(lambda parts: parts.policies >= OF_STAFF | OF_TEACHING)),
    Statement("一（一）2", "各专业工种师资不少于 2 人", 16, _part(trades_covered)),
    Statement("一（一）2", "分专业工种建立师资花名册", 25,
              _part(lambda parts: parts.roster_by_trade)),
    Statement("一（一）2", "聘用协议、社保缴费记录齐全", 32, _part(papers_complete)),
    Statement("一（一）3", "场地自有产权", 16, _part(lambda parts: parts.tenure == "owned")),
    Statement("一（一）3", "场地租赁", 16, _part(lambda parts: parts.tenure == "leased")),
    Statement("一（一）4", "实训条件满足需求，台账完整", 16,
              _part(lambda parts: parts.practice == "meets" and parts.ledgers_complete)),
    Statement("一（一）4", "更新实训场地和设备", 4, _part(lambda parts: parts.practice_renewed)),
    Statement("一（一）4", "依托企业或技工学校实训", 3, _part(lambda parts: parts.practice_shared)),
    Statement("一（二）1", "教学制度、方案与大纲相符", 26,
              _part(lambda parts: parts.teaching_rules != "unsound")),
    Statement("一（二）1", "其中制度、教案、档案、检查记录健全", 20,
              _part(lambda parts: parts.teaching_rules == "complete")),
    Statement("一（二）2", "培训准备充分齐全", 28, _part(lambda parts: parts.preparation_complete)),
    Statement("一（二）3", "建立培训效果反馈机制", 26, _part(lambda parts: parts.feedback)),
    Statement("一（二）4", "自有网课平台", 8, _part(lambda parts: parts.platform == "own")),
    Statement("一（二）4", "使用他人网课平台", 24, _part(lambda parts: parts.platform == "others")),
    Statement("一（三）", "帮助对口县（市）培训", 18, _part(lambda parts: parts.helps_county)),
    Statement("一（三）", "其中全年 500 人次以上", 17,
              _part(lambda parts: parts.helps_county and parts.people_trained >= MANY)),
    Statement("一（三）", "帮助建立实训基地", 3, _part(lambda parts: parts.built_base)),
    Statement("二（一）1", "专职管理人员少于 3 名", 10, _part(below_the_least)),
    Statement("二（一）1", "未建全工作人员制度、考核细则", 23,
              _part(lambda parts: not parts.policies >= OF_STAFF)),
    Statement("二（一）2", "师资未达专业工种人数", 16,
              _part(lambda parts: not trades_covered(parts))),
    Statement("二（一）2", "其中一名教师多家共用", 8,
              _part(lambda parts: not trades_covered(parts) and shares_teachers(parts))),
    Statement("二（一）2", "未分专业工种建立花名册", 7,
              _part(lambda parts: not parts.roster_by_trade)),
    Statement("二（一）3", "机房、多媒体不能满足要求", 12,
              _part(lambda parts: not parts.rooms_equipped)),
    Statement("二（一）3", "本年度未开展实训", 6,
              _part(lambda parts: parts.practice == "none")),
    Statement("二（一）3", "实训设备达不到要求", 10,
              _part(lambda parts: parts.practice == "lacks")),
    Statement("二（一）3", "台账、清单、使用记录不全", 11,
              _part(lambda parts: not parts.ledgers_complete)),
    Statement("二（一）3", "其中存在消防安全隐患", 1,
              _part(lambda parts: parts.fire_hazard and not parts.ledgers_complete)),
    Statement("二（二）1", "教学制度不健全，无教学检查记录", 6,
              _part(lambda parts: parts.teaching_rules == "unsound")),
    Statement("二（二）1", "教学资料不完整", 4,
              _part(lambda parts: not parts.preparation_complete)),
    Statement("二（二）1", "教学日志不完整、考勤签字不严谨", 15,
              _part(lambda parts: not parts.logs_complete)),
    Statement("二（二）2", "未使用规范教材", 26, _part(lambda parts: not parts.proper_textbooks)),
    Statement("二（二）3", "未建立反馈机制", 6, _part(lambda parts: not parts.feedback)),
    Statement("二（二）3", "成绩档案、反馈表不完整", 7,
              _part(lambda parts: not parts.records_complete)),
    Statement("二（二）4", "雇佣社会人员冒名顶替参训", 5, lambda case: case.stand_ins,
              of_parts=False),
    Statement("二（二）4", "暂停培训业务", 4, lambda case: case.standing == "suspended",
              of_parts=False),
)
# fmt: on
