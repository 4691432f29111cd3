"""Complaints of the demo: one in every state worth seeing."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.utils import timezone

from zhupei.complaints.actions import (
    channels,
    complainant,
    extending,
    filing,
    handling,
    inquiries,
    joining,
)
from zhupei.complaints.actions.filing import Told
from zhupei.complaints.actions.handling import Elsewhere
from zhupei.complaints.models import Complaint
from zhupei.complaints.targets import Target
from zhupei.people.models import User
from zhupei.portal.demo.beyond import Stage
from zhupei.portal.demo.region import School
from zhupei.portal.demo.stage import Story

HOURS = "工作日 10:00–14:00、16:00–20:00（北京时间）"
DAY = timedelta(days=1)
UPHELD, PARTLY, NOT_UPHELD = "upheld", "partly", "not_upheld"


class Row(NamedTuple):
    """One complaint: about which school, how long ago, how far it has got, how it ended."""

    school: int
    day: int
    kind: str
    text: str
    until: str
    outcome: str = ""
    score: int = 0


# fmt: off
ROWS = (
    Row(2, -1, "teacher", "昨天下午的实操课老师没有来，让我们自己看视频。", "registered"),
    Row(2, -3, "fees", "报名时说教材费已经包含，开课又收 120 元，没有开票。", "assigned"),
    Row(3, -6, "textbooks", "结课那天把发给我们的书都收回去了，说下一批还要用。", "asked"),
    Row(0, -9, "stand_in", "有三个人从来没有上过课，点名时别人替他们扫码。", "answered"),
    Row(2, -30, "fees", "补考要交 300 元才给安排，网上没有写。", "rated", UPHELD, 5),
    Row(3, -40, "promises", "招生的人说不用来上课也保证拿证，来了才知道不是。", "rated", PARTLY, 4),
    Row(1, -36, "exam", "考场里有人打电话，监考老师没有管。", "rated", NOT_UPHELD, 2),
    Row(4, -25, "safety", "实训棚的配电箱没有盖子，电线拖在水里。", "replied", UPHELD),
    Row(2, -20, "hours", "说好 24 学时，实际只上了两个半天。", "reopened", NOT_UPHELD, 1),
    Row(5, -26, "fees", "不开发票，只给收据。", "late"),
    Row(6, -8, "promises", "抖音上的广告写着“内部渠道，三天拿证”。", "referred"),
    Row(7, -12, "other", "食堂的饭太贵。", "refused"),
    Row(3, -5, "textbooks", "结课那天把发给我们的书收回去了，说下一批学员还要用。", "joined"),
    Row(1, -13, "forced", "单位和学校一起要求我们报名，不报名就不让上工地。", "extended"),
)
STATEMENT = {
    "fees": "请说明近期各班收取教材费、补考费的依据、公示情况，并附票据。",
    "forced": "请说明近期各班怎样招收学员、与用工单位有什么约定，并附报名材料。",
    "textbooks": "请说明教材发放和结课后的处理，并附学员签收记录。",
    "stand_in": "请说明近期各班签到如何核对，并附现场影像。",
    "promises": "请说明招生宣传由谁负责、用了哪些说法，并附宣传材料。",
    "exam": "请说明当场考试的监考安排和情况记录。",
    "safety": "请说明实训场地用电检查情况，并附检查记录。",
    "hours": "请说明该时段各班实际上课的时间，并附教学日志。",
}
# fmt: on
FINDING = {
    UPHELD: "查看了票据、签到和现场影像，反映的情况存在。",
    PARTLY: "查看了材料并询问了有关人员，一部分情况存在，其余没有证据。",
    NOT_UPHELD: "查看了签到、影像和记录，没有发现反映的情况。",
}


def stories(on: Stage) -> list[Story]:
    """Every row, and the bureaus that say when they can be reached."""
    return [reached(on), *(_story(on, row) for row in ROWS)]


def reached(on: Stage) -> Story:
    """Each bureau publishes at which hours it takes complaints."""
    yield on.at(-145)
    for officer in on.region.reviewers.values():
        here = officer.memberships.select_related("organization").get().organization
        channels.set_channel(here, by=officer, phone=here.complaint_phone, hours=HOURS)


def _story(on: Stage, row: Row) -> Iterator[datetime]:
    school = on.part.schools[row.school]
    yield on.at(row.day, 9)
    made = _filed(on, row, school)
    if row.until in {"registered", "late"}:
        return
    yield on.at(row.day, 16)
    made = handling.assign(made, by=school.reviewer, investigator=school.reviewer)
    if row.until == "assigned":
        return
    yield on.at(row.day + 1, 12)
    if row.until in {"referred", "refused"}:
        _sent_away(made, row, by=school.reviewer)
        return
    if row.until == "joined":
        others = joining.joinable(made).filter(state="accepted")
        joining.join(made, by=school.reviewer, leading=others[0])
        return
    yield from _looked_into(on, made, row, school)


def _filed(on: Stage, row: Row, school: School) -> Complaint:
    """Every second one gives a name."""
    who = next(on.cast)
    named = ROWS.index(row) % 2 == 0
    body = school.organization
    told = Told(
        kind=row.kind,
        text=row.text,
        target=Target(body.prefecture, body),
        wish="请查实，把结果告诉我。",
        named=named,
        name=who.name if named else "",
        phone=who.phone if named else "",
    )
    return filing.file(told).complaint


def _sent_away(made: Complaint, row: Row, *, by: User) -> None:
    if row.until == "referred":
        to = Elsewhere(outside="当地市场监督管理局")
        handling.transfer(made, by=by, to=to, reason="涉及虚假广告，由市场监管部门查处")
    else:
        handling.refuse(
            made, by=by, ground="remit", text="食堂价格不属于住房城乡建设部门职责，请向学校反映。"
        )


def _looked_into(on: Stage, made: Complaint, row: Row, school: School) -> Iterator[datetime]:
    by = school.reviewer
    made = handling.accept(made, by=by, text=handling.suggested(made, "accept"))
    inquiry = inquiries.ask(made, by=by, statement=STATEMENT[row.kind])
    if row.until == "asked":
        return
    if row.until == "extended":
        yield from _extended(on, made, row, school)
        return
    yield on.at(row.day + 3, 12)
    inquiries.answer(inquiry, by=school.registrar, text="已组织自查，有关材料备查。")
    if row.until == "answered":
        return
    yield on.at(row.day + 6, 12)
    handling.note(made, by=by, text="到校查看，询问了两名学员。")
    made = handling.decide(made, by=by, outcome=row.outcome, finding=FINDING[row.outcome])
    made = handling.reply(made, by=by, text=handling.suggested(made, "reply"))
    if row.until == "replied":
        return
    yield on.at(row.day + 8, 20)
    complainant.rate(made, score=row.score)
    if row.until == "reopened":
        complainant.reopen(made, text="我有当天的照片，教室里没有人上课。")


def _extended(on: Stage, made: Complaint, row: Row, school: School) -> Iterator[datetime]:
    """The bureau has one reviewer: the region allows it."""
    reason = "需要向用工单位和外地学员核实"
    until = timezone.localdate(made.close_due) + 10 * DAY
    yield on.at(row.day + 6, 12)
    wish = extending.ask(made, by=school.reviewer, until=until, reason=reason)
    yield on.at(row.day + 7, 12)
    extending.grant(wish, by=on.region.regulator, reason=reason)
