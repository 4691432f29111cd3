"""Draws by chance in the demo: one that is over, one being checked, one that waits for its seed."""

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from zhupei.inspections.actions import (
    checking,
    drafts,
    drawing,
    filling,
    freezing,
    lists,
    plans,
    publishing,
    seeds,
)
from zhupei.inspections.models import Draw, Inspection, ItemList
from zhupei.organizations.actions import interests
from zhupei.organizations.models import Membership, Organization, Role
from zhupei.people.models import User
from zhupei.portal.demo import people, pictures
from zhupei.portal.demo.beyond import Stage
from zhupei.portal.demo.stage import Story

CHANGJI, KASHI = "652300", "653100"
# fmt: off
ITEMS = (
    ("1.1", "办学许可证在有效期内，办学内容与许可一致", "institution", "general",
     "民办教育促进法第十二条", "看许可证正本，核对所办班的职业（工种）"),
    ("1.2", "专职管理人员、负责人资格符合规定", "institution", "general", "办法第九条",
     "看聘任文件、社保缴纳记录"),
    ("1.3", "收费项目和标准公示，与收取的一致", "institution", "general",
     "民办教育促进法第三十八条", "看公示栏，抽 5 份票据"),
    ("1.4", "消防设施完好，疏散通道畅通", "institution", "key", "消防法第十六条",
     "逐层走一遍，看灭火器压力和有效期"),
    ("1.5", "实训场地工位、设备与备案一致，电气安全", "institution", "key",
     "安全生产法第三十六条", "清点工位，看配电箱和漏电保护"),
    ("2.1", "到课人数与考勤记录一致", "class", "key", "办法第十三条", "按名单点名，对照当堂签到"),
    ("2.2", "授课教师与课程表一致", "class", "general", "办法第十三条", "核对教师证件"),
    ("2.3", "教材人手一册，没有收回", "class", "general", "办法第十三条", "问 5 名学员"),
    ("3.1", "入场核验、座位和考场记录齐全", "sitting", "key", "办法第二十条",
     "看核验记录和监考日志"),
)
HOUSING = (("jiancha-changji1", "巴特尔"), ("jiancha-changji2", "陈秋菊"),
           ("jiancha-changji3", "阿依努尔·热合曼"))
DEPARTMENT = (("jiancha1", "冯国栋"), ("jiancha2", "迪丽娜尔·吾甫尔"), ("jiancha3", "沈玉琴"),
              ("jiancha4", "哈力木拉提·阿不都"))
HR = (("jiancha-renshe", "谢春霞"), ("jiancha-renshe2", "木合塔尔·司马义"))
KASHGAR = (("jiancha-kashi1", "祖农·依明"), ("jiancha-kashi2", "罗建华"))
FAULT = ("二层疏散通道堆放模板，一处安全出口锁闭。", "serious")
WORDS = ("博斯腾湖今年第一场雪落在十一月初三", "昌吉的糖葫芦要趁冷吃才脆，谁说都没用")
# fmt: on


def stories(on: Stage) -> list[Story]:
    """The list, the plans, and a draw in every state."""
    return [_changji(on), _department(on), _kashgar(on)]


def _employ(organization: Organization, names: tuple[tuple[str, str], ...], since: date) -> None:
    for username, name in names:
        people.employ(username, name, Role.INSPECTOR, organization, since=since)


def _list(on: Stage) -> ItemList:
    """The list in force; whoever comes first has it published."""
    found = ItemList.objects.in_force().first()
    if found is None:
        by = on.region.regulator
        found = lists.draft(by=by, title="住房城乡建设领域职业培训抽查事项清单")
        names = ("code", "title", "target", "grip", "law", "method")
        for row in ITEMS:
            lists.add_item(found, by=by, **dict(zip(names, row, strict=True)))
        found = lists.publish(found, by=by)
    return found


def _plan(by: User, *rows: dict[str, Any]) -> list[Any]:
    plan = plans.draft(by.acting.organization, by=by, year=timezone.localdate().year)
    for row in rows:
        plans.add_row(plan, by=by, **row)
    return sorted(plans.publish(plan, by=by).rows.select_related("plan"), key=lambda row: row.pk)


def _row(title: str, month: int, percent: int, **said: Any) -> dict[str, Any]:
    fixed = {"target": "institution", "grip": "key", "joint": False}
    return fixed | {"title": title, "month": month, "percent": percent} | said


def _draft(by: User, row: Any, found: ItemList, **said: Any) -> Draw:
    target = row.target if row else said["target"]
    fields = {
        "title": row.title if row else "",
        "planned": row,
        "target": target,
        "percent": row.percent if row else 0,
        "items": found.items.about(target).filter(grip=row.grip if row else "key"),
        "bodies": [by.acting.organization],
        "check_by": timezone.localdate() + timedelta(days=20),
    }
    return drafts.draft(by.acting.organization, by=by, **(fields | said))


def _lottery(draw: Draw, by: User, when: Any, number: int) -> None:
    drafts.name_event(
        draw,
        by=by,
        description=f"体彩排列5 第 {when:%y}{number} 期开奖号码（五位，依次）",
        source="中国体彩网、《中国体育报》",
        happens_at=when,
    )


def _type(draw: Draw, value: str, *typists: User) -> None:
    for one in draw.inputs.filter(kind="event"):
        for person in typists:
            seeds.type_in(one, by=person, value=value)


def _inspect(inspection: Inspection, fault: tuple[str, str] | None = None) -> Inspection:
    """Look at every item, perhaps find something at the last; everybody signs."""
    going = [one.inspector.user for one in inspection.assignments.filter(out_at__isnull=True)]
    items = list(inspection.draw.items.all())
    said = {item.pk: filling.Said("good") for item in items}
    if fault:
        said[items[0].pk] = filling.Said("bad", fault[1], fault[0])
    filling.answer(inspection, by=going[0], said=said)
    shot = pictures.brickwork("检查现场")
    filling.attach(inspection, by=going[0], upload=shot, item=items[0])
    outcome = "ordered" if fault else "clean"
    found = filling.hand_in(
        inspection, by=going[0], visited_on=timezone.localdate(), outcome=outcome
    )
    for person in going[1:]:
        found = checking.sign(found, by=person)
    return found


def _changji(on: Stage) -> Story:
    """The first half year drawn, checked and published, with HR; what comes next in preparation."""
    by, hr = on.region.reviewers[CHANGJI], on.region.hr[CHANGJI]
    yield on.at(-120)
    found = _list(on)
    member = _people_of_changji(on, by, hr)
    first, second, classes = _plan(
        by,
        _row("培训机构联合抽查", 8, 50, joint=True),
        _row("培训机构消防安全抽查", 12, 50),
        _row("在办培训班抽查", 11, 10, target="class"),
    )
    yield on.at(-75)
    bodies = [by.acting.organization, hr.acting.organization]
    draw = _draft(by, first, found, bodies=bodies, housing_count=1, hr_count=1)
    _lottery(draw, by, on.at(-74, 20), 201)
    draw = freezing.freeze(draw, by=by)
    yield on.at(-73, 9)
    _type(draw, "47016", by, member)
    draw = drawing.draw(draw, by=by)
    yield on.at(-68)
    for place, inspection in enumerate(draw.inspections.order_by("place")):
        _inspect(inspection, None if place else FAULT)
    yield on.at(-60)
    publishing.publish_signed(draw, by=by)
    yield on.at(-1)
    today = timezone.localdate()
    draw = _draft(by, classes, found, since=today, until=today + timedelta(days=60))
    _lottery(draw, by, on.at(2, 20), 330)
    freezing.freeze(draw, by=by)
    _draft(by, second, found)


def _people_of_changji(on: Stage, by: User, hr: User) -> User:
    """Inspectors of both departments; one has a cousin at a school. Returns that one."""
    today = timezone.localdate()
    _employ(by.acting.organization, HOUSING, today)
    _employ(hr.acting.organization, HR, today)
    member = Membership.objects.select_related("user").get(user__username=HOUSING[0][0])
    school, since = on.part.schools[2].organization, today - timedelta(days=900)
    interests.declare(member, school, kind="relative", since=since, by=member.user)
    return member.user


def _department(on: Stage) -> Story:
    """The region draws among all institutions; some were visited, one is to be published."""
    by = on.region.regulator
    yield on.at(-119)
    found = _list(on)
    _employ(by.acting.organization, DEPARTMENT, timezone.localdate())
    row, _later = _plan(by, _row("全区培训机构抽查", 11, 30), _row("全区培训机构复查", 12, 10))
    yield on.at(-14)
    draw = _draft(by, row, found)
    drafts.commit(draw, by=by, committer="自治区住建厅机关纪委", words=WORDS[0])
    drafts.commit(draw, by=by, committer="新疆建设教育协会", words=WORDS[1])
    draw = freezing.freeze(draw, by=by)
    yield on.at(-13)
    for one, words in zip(draw.inputs.all(), WORDS, strict=True):
        seeds.open_commitment(one, by=by, value=words)
    draw = drawing.draw(draw, by=by)
    first, second, *_others = draw.inspections.order_by("place")
    yield on.at(-7)
    publishing.publish(_inspect(first), by=by)
    yield on.at(-2)
    _inspect(second, ("实训棚 2 处配电箱没有漏电保护。", "ordinary"))


def _kashgar(on: Stage) -> Story:
    """Drawn outside the plan; the lottery is over, and one of two has typed it in."""
    by = on.region.reviewers[KASHI]
    yield on.at(-3)
    found = _list(on)
    _employ(by.acting.organization, KASHGAR, timezone.localdate())
    draw = _draft(
        by,
        None,
        found,
        title="培训机构消防安全专项抽查",
        target="institution",
        percent=50,
        outside_because="冬季施工前消防安全专项行动",
    )
    _lottery(draw, by, on.at(-2, 20), 328)
    draw = freezing.freeze(draw, by=by)
    yield on.at(-1, 9)
    _type(draw, "90355", by)
