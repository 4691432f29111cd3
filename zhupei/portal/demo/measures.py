"""What the demo's authorities did about institutions: measures in every state, matters handed
over, credit records with all that can become of them, grades of an earlier year.
"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from zhupei.core import workdays
from zhupei.credit.actions import grades, objections, records, repairs
from zhupei.credit.models import CreditRecord
from zhupei.organizations.models import Role
from zhupei.oversight.actions import decisions, handovers, measures, reports
from zhupei.oversight.models import Handover, LegalBasis, Measure, MeasureKind
from zhupei.people.models import User
from zhupei.portal.demo import dossiers, people
from zhupei.portal.demo.beyond import SUSPENDED, Stage
from zhupei.portal.demo.region import HOME, School
from zhupei.portal.demo.stage import Story

COLLEAGUE = ("changji2", "韩雪梅")  # the second reviewer of the bureau the logins belong to
NEIGHBOUR, FAR, CITY = 3, 4, 0  # places of schools: the same bureau's, another's, the capital's
HETIAN = 9
RULE = "《办法》第二十三条"

# fmt: off
ACCUSED = {
    MeasureKind.TALK: "一季度三次开班计划因课程表与大纲不符被退回，负责人未到场说明。",
    MeasureKind.CORRECT: "现场检查时砌筑实训由无职业资格人员带班，工位没有防护。",
    MeasureKind.SUSPEND: "现场核查发现授课教师与备案不符、实训场地未按方案布置。",
}
STATED = "带班老师有证书，当天没有随身带；防护网已补装，附照片。"
EARLIER = (("B", "76.5"), ("A", "90.2"), ("B", "81"), ("C", "66.4"), ("B", "72.8"))
WEIGHED = "证书已核，予以采纳；防护网检查当天确未安装，不予采纳。"
# fmt: on


def stories(on: Stage) -> list[Story]:
    """Everything, of the part the logins belong to. The colleague is appointed first."""
    schools = on.part.schools
    bureau = _Bureau(on, schools[HOME].reviewer)
    return [
        talked(bureau, schools[NEIGHBOUR], -88),
        corrected(bureau, schools[HOME], -70),
        overdue(bureau, schools[NEIGHBOUR], -40),
        to_state(bureau, schools[HOME], -1),
        to_decide(bureau, schools[NEIGHBOUR], -4),
        to_hear(bureau, schools[NEIGHBOUR], -3),
        to_serve(bureau, schools[HOME], -16),
        dropped(bureau, schools[HOME], -52),
        taken_back(bureau, schools[NEIGHBOUR], -110),
        adopted(on, schools[SUSPENDED]),
        handed_over(on, schools[HETIAN], -3),
        penalised(bureau, schools[NEIGHBOUR], -60),
        being_written(bureau, schools[HOME], -1),
        repaired(on, schools[NEIGHBOUR]),
        repairable(bureau, schools[HOME]),
        objected(on, schools[FAR]),
        wrong(bureau, schools[HOME]),
        minor_ones(on, schools[CITY]),
        principal(on, schools[HETIAN]),
        graded(on),
    ]


class _Bureau:
    """A reviewer who writes up, and a colleague who decides."""

    def __init__(self, on: Stage, reviewer: User) -> None:
        self.on, self.reviewer = on, reviewer

    @property
    def colleague(self) -> User:
        login, name = COLLEAGUE
        found = User.objects.filter(username=login).first()
        if found is None:
            body, today = self.reviewer.acting.organization, timezone.localdate()
            found = people.employ(login, name, Role.REVIEWER, body, since=today)
        return found

    def drafted(self, school: School, kind: str) -> Measure:
        return measures.draft(
            school.organization,
            by=self.reviewer,
            kind=kind,
            facts=ACCUSED[MeasureKind(kind)],
            basis=basis("normative"),
            uploads=[dossiers.paper("现场检查记录")],
        )


def basis(rank: str) -> LegalBasis:
    """The first article of this rank: of the Measures, or of the law the HR department applies."""
    return LegalBasis.objects.filter(rank=rank, article__in=["第二十三条", "第六十二条"]).get()


def _stated(measure: Measure, school: School, *, hearing: bool = False) -> Measure:
    """The school speaks: that is all it has to say, or it wants a hearing."""
    papers = [dossiers.paper("职业资格证书")]
    return measures.state(
        measure,
        by=school.registrar,
        statement=STATED,
        hearing=hearing,
        waive=not hearing,
        uploads=papers,
    )


def _decided(by: User, measure: Measure, days: int, note: str) -> Measure:
    due = timezone.localdate() + timedelta(days=days)
    place = "局机关 302 会议室" if measure.kind == MeasureKind.TALK else ""
    weighed = WEIGHED if measure.stated_at else ""
    return decisions.decide(measure, by=by, note=note, weighed=weighed, due_on=due, place=place)


def talked(bureau: _Bureau, school: School, day: int) -> Story:
    """A talk that nobody spoke against, and that was held."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "talk"), by=bureau.reviewer)
    yield bureau.on.at(day + 14)
    found = _decided(bureau.colleague, found, 5, "约谈负责人，说明计划质量和整改安排。")
    yield bureau.on.at(day + 15)
    found = decisions.acknowledge(found, by=school.registrar)
    yield bureau.on.at(day + 19)
    paper = dossiers.paper("约谈记录")
    decisions.carry_out(found, by=bureau.reviewer, note="负责人到场，已作说明。", upload=paper)


def corrected(bureau: _Bureau, school: School, day: int) -> Story:
    """An order to correct, heard, carried out; an ordinary credit record came of it."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "correct"), by=bureau.reviewer)
    yield bureau.on.at(day + 2)
    found = _stated(found, school)
    yield bureau.on.at(day + 5)
    found = _decided(bureau.colleague, found, 15, "责令限期改正：更换带班人员，补装防护。")
    yield bureau.on.at(day + 6)
    found = decisions.acknowledge(found, by=school.registrar)
    record(bureau.colleague, school, "实训由无职业资格人员带班。", source=found)
    yield bureau.on.at(day + 12)
    measures.attach(found, by=school.registrar, upload=dossiers.paper("整改照片"))
    yield bureau.on.at(day + 14)
    decisions.carry_out(found, by=bureau.reviewer, note="现场核查，已改正。")


def overdue(bureau: _Bureau, school: School, day: int) -> Story:
    """Decided and served; the day is over and nothing came."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "correct"), by=bureau.reviewer)
    yield bureau.on.at(day + 14)
    found = _decided(bureau.colleague, found, 15, "责令限期改正：补装工位防护。")
    yield bureau.on.at(day + 16)
    decisions.serve(found, by=bureau.reviewer, how="post", upload=dossiers.paper("邮寄回执"))
    yield bureau.on.at(day + 32)
    decisions.escalate()


def to_state(bureau: _Bureau, school: School, day: int) -> Story:
    """The institution has just been told and may speak."""
    yield bureau.on.at(day)
    measures.notify(bureau.drafted(school, "correct"), by=bureau.reviewer)


def to_decide(bureau: _Bureau, school: School, day: int) -> Story:
    """The institution has spoken; the colleague has to decide."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "talk"), by=bureau.reviewer)
    yield bureau.on.at(day + 3)
    _stated(found, school)


def to_hear(bureau: _Bureau, school: School, day: int) -> Story:
    """The institution asked for a hearing, and was told when it is."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "correct"), by=bureau.reviewer)
    yield bureau.on.at(day + 1)
    found = _stated(found, school, hearing=True)
    yield bureau.on.at(day + 2)
    when = workdays.deadline(timezone.now(), 8) - timedelta(hours=8)
    measures.call_hearing(found, by=bureau.reviewer, at=when, place="局机关 201 会议室")


def to_serve(bureau: _Bureau, school: School, day: int) -> Story:
    """Decided yesterday; the institution has not acknowledged it yet."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "talk"), by=bureau.reviewer)
    yield bureau.on.at(-1, 10)
    _decided(bureau.colleague, found, 5, "约谈负责人，说明计划质量。")


def dropped(bureau: _Bureau, school: School, day: int) -> Story:
    """What the institution said was true."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "talk"), by=bureau.reviewer)
    yield bureau.on.at(day + 3)
    found = _stated(found, school)
    yield bureau.on.at(day + 4)
    decisions.drop(found, by=bureau.reviewer, note="课程表系统版本更新造成，机构没有过错。")


def taken_back(bureau: _Bureau, school: School, day: int) -> Story:
    """Decided, and taken back: its credit record fell with it."""
    yield bureau.on.at(day)
    found = measures.notify(bureau.drafted(school, "correct"), by=bureau.reviewer)
    yield bureau.on.at(day + 14)
    found = _decided(bureau.colleague, found, 15, "责令限期改正。")
    record(bureau.colleague, school, "实训工位没有防护。", source=found)
    yield bureau.on.at(day + 30)
    decisions.revoke(found, by=bureau.colleague, note="复核认定检查的不是本校工位，撤销决定。")
    records.follow_withdrawn()


def adopted(on: Stage, school: School) -> Story:
    """The stop of this week is told and may be spoken to: the urgent one first, then the order."""
    yield on.at(-1, 9)
    region = on.region
    found = measures.draft(
        school.organization,
        by=region.regulator,
        kind="suspend",
        facts=ACCUSED[MeasureKind.SUSPEND],
        basis=basis("normative"),
        uploads=[dossiers.paper("现场核查记录")],
    )
    measures.notify(found, by=region.regulator)


# ── Matters handed over ──────────────────────────────────────────────────────────────────────


def _matter(by: User, school: School, receiver: User, text: str) -> Handover:
    found = handovers.draft(
        school.organization,
        by=by,
        facts=text,
        basis=basis("law"),
        happened_until=timezone.localdate() - timedelta(days=20),
        receiver=receiver.acting.organization,
    )
    for title, proves in (("证明原件照片 12 张", "伪造的事实"), ("学员询问笔录 3 份", "交费经过")):
        upload = dossiers.paper(title)
        handovers.attach(found, by=by, upload=upload, title=title, proves=proves)
    return found


def handed_over(on: Stage, school: School, day: int) -> Story:
    """Waits for the HR department to take it on."""
    yield on.at(day)
    receiver = on.region.hr[str(school.organization.prefecture_id)]
    text = "招生简章许诺“包过”，并向学员出具自制的培训合格证明 12 份。"
    found = _matter(on.region.second, school, receiver, text)
    yield on.at(day, 15)
    handovers.send(found, by=on.region.regulator)


def penalised(bureau: _Bureau, school: School, day: int) -> Story:
    """Taken on, filed, told, decided: the penalty is reported back and entered as serious."""
    on = bureau.on
    receiver = on.region.hr[str(school.organization.prefecture_id)]
    yield on.at(day)
    found = _matter(bureau.reviewer, school, receiver, "出租办学许可证给他人招生，收取管理费。")
    yield on.at(day + 1)
    found = handovers.send(found, by=bureau.colleague)
    yield on.at(day + 3)
    found = reports.receive(found, by=receiver, receipt="昌人社收〔2026〕18号")
    for after, kind, number, text in (
        (6, "filed", "昌人社立字〔2026〕9号", "已立案调查。"),
        (25, "told", "昌人社罚告字〔2026〕5号", "已告知拟处罚的事实、理由和依据。"),
        (36, "penalised", "昌人社罚字〔2026〕5号", "警告，没收违法所得 3.2 万元。"),
    ):
        yield on.at(day + after)
        today = timezone.localdate()
        reports.report(found, by=receiver, kind=kind, day=today, text=text, paper_number=number)
    text = "出租办学许可证，被人社部门警告、没收违法所得。"
    hr = receiver.acting.organization
    record(bureau.colleague, school, text, "serious", source=found, authority=hr)


def being_written(bureau: _Bureau, school: School, day: int) -> Story:
    """Written up, with evidence; the colleague has to send it."""
    yield bureau.on.at(day, 16)
    receiver = bureau.on.region.hr[str(school.organization.prefecture_id)]
    _matter(bureau.reviewer, school, receiver, "使用伪造的教师资格证书申请增加培训工种。")


# ── Credit ───────────────────────────────────────────────────────────────────────────────────


def record(
    by: User, school: School, ground: str, seriousness: str = "ordinary", **more: Any
) -> CreditRecord:
    said = {"seriousness": seriousness, "ground": ground, "law": RULE} | more
    return records.enter(school.organization, by=by, decided_on=timezone.localdate(), **said)


def _asked(found: CreditRecord, school: School) -> Any:
    return repairs.file(
        found,
        by=school.registrar,
        account="已退还多收费用 46 人次，收费公示上墙，附银行回单和照片。",
        proof=dossiers.paper("退费银行回单"),
        commitment=dossiers.paper("信用承诺书"),
    )


def repaired(on: Stage, school: School) -> Story:
    """Ordinary, repaired after its shortest term."""
    yield on.at(-145)
    found = record(school.reviewer, school, "超出公示标准收取资料费。")
    yield on.at(-48)
    asked = _asked(found, school)
    yield on.at(-44)
    repairs.grant(asked, by=school.reviewer, note="退费属实，承诺书已存档。")


def repairable(bureau: _Bureau, school: School) -> Story:
    """One waits to be repaired; one is old enough, and nobody has asked yet."""
    yield bureau.on.at(-130)
    found = record(bureau.reviewer, school, "超出公示标准收取教材费。")
    yield bureau.on.at(-118)
    record(bureau.reviewer, school, "未按开班计划时间上课，未报告。")
    yield bureau.on.at(-2)
    _asked(found, school)


def objected(on: Stage, school: School) -> Story:
    """Serious, published, and objected to."""
    yield on.at(-33)
    found = record(school.reviewer, school, "组织他人顶替学员签到，涉及 9 人。", "serious")
    yield on.at(-2)
    objections.file(
        found,
        by=school.registrar,
        grounds="其中 4 人为同名学员，班级名册可以证明，应为 5 人。",
        evidence=dossiers.paper("班级名册"),
    )


def wrong(bureau: _Bureau, school: School) -> Story:
    """Withdrawn, because the objection was right."""
    yield bureau.on.at(-95)
    found = record(bureau.reviewer, school, "教学日志造假。")
    yield bureau.on.at(-93)
    asked = objections.file(
        found, by=school.registrar, grounds="日志由系统按课程表预填，教师已更正。"
    )
    yield bureau.on.at(-91)
    objections.uphold(asked, by=bureau.colleague, note="核对经过，更正在检查之前。")


def minor_ones(on: Stage, school: School) -> Story:
    """Minor: one ran out by itself, one is kept from the public, one is shown for a reason."""
    yield on.at(-148)
    record(school.reviewer, school, "学员意见簿没有放在教室。", "minor")
    yield on.at(-40)
    records.end_run_out()
    yield on.at(-30)
    record(school.reviewer, school, "收费公示牌字迹不清。", "minor")
    yield on.at(-20)
    why = "涉及正在报名的学员，需要提醒。"
    record(school.reviewer, school, "招生简章写错发证单位。", "minor", shown_why=why)


def principal(on: Stage, school: School) -> Story:
    """The practice credit of a principal."""
    yield on.at(-26)
    record(
        school.reviewer,
        school,
        "默许他人以本校名义在外地办班。",
        about="principal",
        person_name="托合提·卡德尔",
    )


def graded(on: Stage) -> Story:
    """The grades of the year before last, entered from the notice of that year."""
    yield on.at(-140)
    year = timezone.localdate().year - 2
    for place, school in enumerate(on.part.schools):
        grade, score = EARLIER[place % len(EARLIER)]
        grades.set_grade(
            school.organization,
            year,
            grade,
            Decimal(score),
            by=on.region.regulator,
            note="按当年通报补登",
        )
