"""What was found wrong in the demo and put right, or not; and help given to counties."""

from datetime import timedelta
from typing import Any, NamedTuple

from django.utils import timezone

from zhupei.assistance.actions import help as assistance
from zhupei.assistance.actions import pairings
from zhupei.assistance.models import Assistance
from zhupei.corrections.actions import (
    answers,
    clock,
    disputes,
    extensions,
    findings,
    orders,
    verifying,
)
from zhupei.corrections.models import Finding, Order
from zhupei.organizations.models import Division
from zhupei.portal.demo import dossiers, pictures
from zhupei.portal.demo.beyond import Stage
from zhupei.portal.demo.region import School
from zhupei.portal.demo.stage import Story


class Fault(NamedTuple):
    """One thing that is wrong."""

    kind: str
    severity: str
    text: str
    law: str = "第十四条"


# fmt: off
EXTINGUISHERS = Fault("safety", "serious", "实操场地 4 具灭火器已过检验有效期，安全出口堆放砖块。")
STATIONS = Fault("premises", "ordinary", "砌筑实训工位 12 个，当期每批 18 人，工位不足。")
REGISTER = Fault("routine", "minor", "两节课的教学日志没有写当天实训内容。", "第十三条")
TEXTBOOKS = Fault("preparation", "ordinary", "上一期学员的教材收回后发给本期学员重复使用。")
ROSTER = Fault("teachers", "ordinary", "砌筑工专业只有 1 名教师，未按专业建立师资花名册。")
MARKS = Fault("records", "minor", "成绩档案中 3 名学员的反馈表没有归档。", "第十三条")
MACHINES = Fault("premises", "ordinary", "机房 40 台电脑中 6 台不能使用，使用记录缺 2 周。")
STAFF = Fault("staff", "ordinary", "专职管理人员 2 名，少于 3 名；没有考核细则。")
CONDUCT = Fault("conduct", "serious", "课堂点名时 2 人与名册照片不符，正在核实身份。", "第二十三条")
ANSWER = {
    "cause": "管理员岗位调整后，没有明确由谁每月检查。",
    "corrective": "已当日整改：更换到期器材、清理通道、补齐记录，附整改后照片。",
    "preventive": "明确由教务主任负责，每月 1 日检查并签字，检查表上墙。",
}
HALF = {
    "cause": "上一批切割机到货晚，工位没有摆全。",
    "corrective": "已订购 6 个工位，预计下周到货。",
}
# fmt: on


def stories(on: Stage) -> list[Story]:
    """An order in every state, findings nobody has acted on, and help in every state."""
    schools = on.part.schools
    return [
        closed(on, schools[2], -75, [REGISTER, EXTINGUISHERS]),
        closed(on, schools[0], -60, [TEXTBOOKS]),
        closed(on, schools[4], -52, [MARKS], late=True),
        returned_and_closed(on, schools[1], -45),
        returned(on, schools[3], -12),
        overdue(on, schools[4], -24),
        answered(on, schools[6], -8),
        in_progress(on, schools[2], -4),
        withdrawn(on, schools[7], -16),
        disputed(on, schools[5], -2),
        disputed(on, schools[8], -30, "uphold"),
        disputed(on, schools[0], -34, "change"),
        disputed(on, schools[6], -38, "concede"),
        just_found(on, schools[2], -1),
        just_found(on, schools[8], -2),
        helping(on, schools[2]),
        helping_less(on, schools[0]),
    ]


def _found(school: School, *faults: Fault) -> list[Finding]:
    by = school.reviewer
    return [
        findings.find(
            school.organization,
            by.acting.organization,
            by=by,
            kind=one.kind,
            severity=one.severity,
            text=one.text,
            law=one.law,
            uploads=[pictures.brickwork("检查现场")] if one.kind in {"safety", "premises"} else [],
        )
        for one in faults
    ]


def _answer(order: Order, school: School) -> Order:
    for one in order.findings.filter(state="ordered"):
        photo = pictures.brickwork("整改后")
        answers.save(order, one, by=school.registrar, words=ANSWER, upload=photo)
    return answers.submit(order, by=school.registrar)


def _verify(order: Order, school: School, back: str = "", *, on_site: bool = False) -> Order:
    waiting = order.rounds.get(submitted_at__isnull=False, verified_at__isnull=True)
    pending = order.findings.filter(state="ordered")
    verdicts = {
        one.pk: ("returned", back) if back and place == 0 else ("accepted", "")
        for place, one in enumerate(pending)
    }
    look: verifying.Look = {
        "method": "on_site" if on_site else "papers",
        "visited_on": timezone.localdate() if on_site else None,
        "note": "" if back else "已整改到位。",
    }
    seen = verifying.mark_of(waiting)
    return verifying.verify(order, by=school.reviewer, seen=seen, verdicts=verdicts, look=look)


def closed(
    on: Stage, school: School, day: int, faults: list[Fault], *, late: bool = False
) -> Story:
    """Found, ordered, put right and closed; perhaps too late."""
    yield on.at(day, 10)
    found = _found(school, *faults)
    yield on.at(day, 16)
    order = orders.issue(found, by=school.reviewer, note="整改期间不得在该场地上课。")
    yield on.at(day + 1, 9)
    orders.receive(order, by=school.registrar)
    yield order.due_at + timedelta(days=2) if late else on.at(day + 4, 11)
    if late:
        clock.escalate()
    order = _answer(order, school)
    yield timezone.now() + timedelta(days=2)
    _verify(order, school, on_site=True)


def returned_and_closed(on: Stage, school: School, day: int) -> Story:
    """Right only at the second try."""
    yield on.at(day)
    order = orders.issue(_found(school, STAFF, MARKS), by=school.reviewer)
    yield on.at(day + 5)
    order = _answer(order, school)
    yield on.at(day + 7)
    order = _verify(order, school, back="聘任文件没有盖章，社保缴纳记录缺 1 人。")
    yield on.at(day + 10)
    order = _answer(order, school)
    yield on.at(day + 12)
    _verify(order, school)


def returned(on: Stage, school: School, day: int) -> Story:
    """Sent back the other day."""
    yield on.at(day)
    order = orders.issue(_found(school, ROSTER, REGISTER), by=school.reviewer)
    yield on.at(day + 6)
    order = _answer(order, school)
    yield on.at(day + 9)
    _verify(order, school, back="新聘教师的职业资格证书看不清，请重新上传。")


def overdue(on: Stage, school: School, day: int) -> Story:
    """Not answered at all; bureau and region were told."""
    yield on.at(day)
    order = orders.issue(_found(school, EXTINGUISHERS), by=school.reviewer)
    yield order.due_at + timedelta(hours=1)
    clock.escalate()


def answered(on: Stage, school: School, day: int) -> Story:
    """Waits for the bureau."""
    yield on.at(day)
    order = orders.issue(_found(school, MACHINES), by=school.reviewer)
    yield on.at(-1, 17)
    _answer(order, school)


def in_progress(on: Stage, school: School, day: int) -> Story:
    """Half an answer, and a wish for more time."""
    yield on.at(day)
    order = orders.issue(_found(school, STATIONS), by=school.reviewer)
    yield on.at(day + 1)
    orders.receive(order, by=school.registrar)
    answers.save(order, order.findings.get(), by=school.registrar, words=HALF)
    yield on.at(-1, 15)
    until = timezone.localdate(order.due_at) + timedelta(days=10)
    reason = "工位由厂家定制，合同约定下周到货，附合同。"
    extensions.ask(order, by=school.registrar, until=until, reason=reason)


def withdrawn(on: Stage, school: School, day: int) -> Story:
    """It was no fault after all."""
    yield on.at(day)
    (found,) = _found(school, TEXTBOOKS)
    orders.issue([found], by=school.reviewer)
    yield on.at(day + 3)
    findings.withdraw(found, by=school.reviewer, note="机构出示领用签收单，教材为新购，登记有误。")


def disputed(on: Stage, school: School, day: int, verdict: str = "") -> Story:
    """The institution sees it otherwise."""
    yield on.at(day, 10)
    faults = [MACHINES] if verdict else [MACHINES, REGISTER]
    found, *_others = _found(school, *faults)
    order = orders.issue([found, *_others], by=school.reviewer)
    yield on.at(day, 16)
    orders.receive(order, by=school.registrar)
    paper = dossiers.paper("维修单和机房使用登记")
    reason = (
        "6 台中 4 台当天在更换硬盘，次日已修好，附维修单；使用记录没有缺，检查时由值班教师带走。"
    )
    raised = disputes.dispute(found, by=school.registrar, reason=reason, uploads=[paper])
    if not verdict:
        return
    yield on.at(day + 1, 16)
    by = school.reviewer
    if verdict == "concede":
        disputes.concede(raised, by=by, note="核对维修单和使用登记，属实，撤回。")
        return
    if verdict == "uphold":
        disputes.uphold(raised, by=by, note="维修单日期在检查之后，维持。")
    else:
        text = "机房 40 台电脑中 2 台不能使用。"
        said: findings.Said = {"text": text, "law": found.law, "severity": "minor"}
        said["kind"] = found.kind
        disputes.change(raised, by=by, note="使用记录齐全，4 台已修好。", said=said)
    yield on.at(day + 6, 11)
    order = _answer(order, school)
    yield on.at(day + 8, 11)
    _verify(order, school)


def just_found(on: Stage, school: School, day: int) -> Story:
    """Nothing has come of it yet but for what was put right on the spot."""
    yield on.at(day, 12)
    _serious, _again, small = _found(school, CONDUCT, EXTINGUISHERS, REGISTER)
    findings.settle(small, by=school.reviewer, note="教师当场补写，已核对。")


# ── Help to counties ─────────────────────────────────────────────────────────────────────────


def _county(code: str) -> Division:
    return Division.objects.select_related("parent").get(code=code)


def _help(school: School, kind: str, code: str, title: str, **more: Any) -> Assistance:
    today = timezone.localdate()
    said: Any = {
        "county": _county(code),
        "title": title,
        "story": "与当地住建局商定后派 3 名教师驻点，白天实操、晚上理论，结束后统一考核。",
        "started_on": today - timedelta(days=12),
        "ended_on": today - timedelta(days=1),
        "training_class": None,
        "typed": None,
        "stations": None,
        "address": "",
    }
    row = assistance.draft(school.organization, kind, by=school.registrar, said=said | more)
    paper = dossiers.paper("花名册和签到表" if kind == "training" else "共建协议")
    assistance.attach(row, by=school.registrar, upload=paper)
    photo = pictures.brickwork("现场照片")
    assistance.attach(row, by=school.registrar, upload=photo)
    return row


def helping(on: Stage, school: School) -> Story:
    """Paired by the region; trains, builds a base, and has more under way."""
    yield on.at(-140)
    ground = "自治区住建行业社会化帮扶工作方案"
    for code in ("653122", "653125"):
        pairings.assign(
            school.organization,
            _county(code),
            by=on.region.regulator,
            since=timezone.localdate(),
            ground=ground,
        )
    there = on.region.reviewers["653100"]
    yield on.at(-90)
    row = _help(school, "training", "653122", "疏勒县砌筑工、钢筋工培训", typed=126)
    assistance.submit(row, by=school.registrar)
    yield on.at(-86)
    assistance.confirm(row, by=there)
    yield on.at(-50)
    base = _help(
        school,
        "base",
        "653125",
        "莎车县建筑技术工种实训基地",
        address="莎车县职业技术学校院内",
        stations=36,
    )
    assistance.submit(base, by=school.registrar)
    yield on.at(-47)
    assistance.confirm(base, by=there)
    yield on.at(-6)
    waiting = _help(school, "training", "653125", "莎车县抹灰工培训", typed=84)
    assistance.submit(waiting, by=school.registrar)
    yield on.at(-1)
    _help(school, "training", "653122", "疏勒县架子工安全培训", typed=45)


def helping_less(on: Stage, school: School) -> Story:
    """Sent back once; and one that turned out not to be true."""
    yield on.at(-110)
    there = on.region.reviewers["653200"]
    row = _help(school, "training", "653223", "皮山县防水工培训", typed=300)
    assistance.submit(row, by=school.registrar)
    yield on.at(-104)
    assistance.confirm(row, by=there)
    yield on.at(-70)
    assistance.revoke(row, by=there, note="回访花名册中 40 人，只有 9 人参加过，其余待查。")
    yield on.at(-9)
    again = _help(school, "training", "653223", "皮山县木工培训", typed=52)
    assistance.submit(again, by=school.registrar)
    yield on.at(-5)
    assistance.send_back(again, by=there, note="签到表缺后两天，请补齐。")
