"""Builders of draws by chance: each walks one there by its verbs.

Li runs the draws of the Changji bureau; *Yang*, *Kang* and *Ding* inspect for it, *Mo* for the HR
department of Changji, *Guan* for the region.
"""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_officials
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
from zhupei.inspections.models import (
    Assignment,
    Draw,
    Inspection,
    ItemList,
    Plan,
    PlannedDraw,
)
from zhupei.organizations.models import Kind, Role

ITEMS = [
    ("1.1", "办学许可证在有效期内并悬挂", "institution", "general", "民办教育促进法第十二条"),
    ("1.2", "专职管理人员配备", "institution", "general", "办法第九条"),
    ("1.3", "消防设施完好、通道畅通", "institution", "key", "消防法第十六条"),
    ("2.1", "学员考勤与实到相符", "class", "key", "办法第十三条"),
    ("2.2", "教学日志与课表一致", "class", "general", "办法第十三条"),
    ("3.1", "入场核验与考场记录", "sitting", "key", "办法第二十条"),
]
VALUE = "07341"


def people(world: SimpleNamespace) -> SimpleNamespace:
    """Inspectors, once."""
    if not hasattr(world, "yang"):
        make_officials.add(world)
    if not hasattr(world, "ding"):
        world.ding = make.member("丁秀梅", Role.INSPECTOR, world.bureau)
    return world


def item_list(world: SimpleNamespace) -> ItemList:
    """The list in force."""
    found = ItemList.objects.in_force().first()
    if found is None:
        found = lists.draft(by=world.gu, title="住建领域职业培训抽查事项清单")
        for code, title, target, grip, law in ITEMS:
            lists.add_item(
                found, by=world.gu, code=code, title=title, target=target, grip=grip, law=law
            )
        found = lists.publish(found, by=world.gu)
    return found


def planned(**said: Any) -> dict[str, Any]:
    """One line of a plan."""
    return {
        "title": "上半年培训机构抽查",
        "target": "institution",
        "grip": "key",
        "month": 6,
        "percent": 50,
        "joint": False,
    } | said


def plan(world: SimpleNamespace, *, published: bool = True) -> Plan:
    """Two draws a year."""
    made = plans.draft(world.bureau, by=world.li, year=timezone.localdate().year)
    plans.add_row(made, by=world.li, **planned())
    plans.add_row(made, by=world.li, **planned(title="下半年联合抽查", month=11, joint=True))
    return plans.publish(made, by=world.li) if published else made


def row(world: SimpleNamespace) -> PlannedDraw:
    """The first line of the plan of this year."""
    promised = Plan.objects.public().filter(authority=world.bureau)
    found = promised.first() or plan(world)
    return found.rows.first()


def schools(world: SimpleNamespace, count: int) -> list[Any]:
    """More institutions in Changji."""
    names = (f"昌吉第 {n} 职业培训学校" for n in range(1, count + 1))
    return [make.organization(Kind.INSTITUTION, name, "652301") for name in names]


def fields(world: SimpleNamespace, **said: Any) -> dict[str, Any]:
    """What a legal draw says."""
    target = said.get("target", "institution")
    return {
        "title": "2026 年上半年培训机构双随机抽查",
        "planned": row(world) if target == "institution" and "planned" not in said else None,
        "outside_because": "" if target == "institution" else "投诉集中，专项抽查",
        "target": target,
        "percent": 50,
        "items": item_list(world).items.about(target).filter(grip="key"),
        "bodies": [world.bureau],
        "check_by": timezone.localdate() + timedelta(days=30),
    } | said


def draft(world: SimpleNamespace, **said: Any) -> Draw:
    people(world)
    item_list(world)
    return drafts.draft(world.bureau, by=world.li, **fields(world, **said))


def lottery() -> datetime:
    """When the numbers come out."""
    return timezone.now() + timedelta(hours=6)


def with_event(draw: Draw, world: SimpleNamespace) -> Draw:
    """A lottery is named."""
    drafts.name_event(
        draw,
        by=world.li,
        description="体彩排列5 第 26330 期开奖号码",
        source="中国体彩网",
        happens_at=lottery(),
    )
    return draw


def ready(world: SimpleNamespace, **said: Any) -> Draw:
    """Everything settled, nothing frozen."""
    return with_event(draft(world, **said), world)


def frozen(world: SimpleNamespace, **said: Any) -> Draw:
    return freezing.freeze(ready(world, **said), by=world.li)


def after_lottery() -> time_machine.travel:
    """The next hours."""
    return time_machine.travel(lottery() + timedelta(hours=1), tick=False)


def known(draw: Draw, world: SimpleNamespace, value: str = VALUE) -> Draw:
    """The seed is typed in by two; the clock stands after the lottery."""
    for one in draw.inputs.all():
        for person in (world.li, world.yang):
            seeds.type_in(one, by=person, value=value)
    return draw


def drawn(world: SimpleNamespace, **said: Any) -> Draw:
    """Drawn after the lottery; the clock comes back."""
    made = frozen(world, **said)
    with after_lottery():
        return drawing.draw(known(made, world), by=world.li)


def going(inspection: Inspection) -> list[Any]:
    """The users who go there."""
    rows = inspection.assignments.filter(out_at__isnull=True).select_related("inspector__user")
    return [type(one.inspector.user).objects.get(pk=one.inspector.user_id) for one in rows]


def good(inspection: Inspection) -> dict[int, filling.Said]:
    """Everything complies."""
    return {item.pk: filling.Said("good") for item in inspection.draw.items.all()}


def recorded(inspection: Inspection, **said: Any) -> Inspection:
    """Looked at and signed by one, the day after the draw."""
    first = going(inspection)[0]
    filling.answer(inspection, by=first, said=said.pop("answers", good(inspection)))
    result = {"visited_on": timezone.localdate(), "outcome": "clean"} | said
    return filling.hand_in(inspection, by=first, **result)


def signed(inspection: Inspection, **said: Any) -> Inspection:
    """Signed by everybody."""
    found = recorded(inspection, **said)
    for person in going(inspection)[1:]:
        found = checking.sign(found, by=person)
    return found


def published(inspection: Inspection, world: SimpleNamespace, **said: Any) -> Inspection:
    return publishing.publish(signed(inspection, **said), by=world.li)


def tomorrow() -> time_machine.travel:
    """Noon of the day after."""
    return time_machine.travel(timezone.now() + timedelta(days=1), tick=False)


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """One of each, in the state its addresses want: Li's, and Yang and Kang inspect."""
    if not hasattr(world, "yang"):
        make_officials.add(world)
    world.ding = None  # two inspectors, so that both go everywhere
    listed = item_list(world)
    open_plan = plans.draft(world.bureau, by=world.li, year=timezone.localdate().year + 1)
    open_row = plans.add_row(open_plan, by=world.li, **planned())
    world.fourth_school = make.organization(Kind.INSTITUTION, "准东职业培训学校", "652301")
    draw = drawn(world, percent=100)
    first, second = draw.inspections.order_by("place")[:2]
    with tomorrow():
        published(first, world)
        picture = filling.attach(
            second, by=world.yang, upload=ContentFile(b"%PDF-1.7", "现场记录.pdf")
        )
    draft_list = lists.draft(by=world.gu)
    return {
        "item_list": draft_list,
        "list_item": draft_list.items.first(),
        "inspection_plan": open_plan,
        "planned_draw": open_row,
        "open_draw": ready(world, again_because="第一次抽中的已经停办"),
        "frozen_draw": frozen(world, again_because="第一次抽中的已经停办"),
        "drawn_draw": draw,
        "drawn_number": SimpleNamespace(pk=draw.number),
        "inspection": second,
        "inspection_picture": picture,
        "listed": listed,
    }


def grow(things: dict[str, Any], wanted: int, many: Any, every: Any) -> None:
    """As many draws, plans, and objects of one draw (by the copiers of ``make_many``)."""
    many(every(Draw, pk=things["open_draw"]), wanted)
    authority = Plan.objects.get(pk=things["inspection_plan"]).authority_id
    years = iter(set(range(2020, 2101)) - {row.year for row in every(Plan, authority=authority)})
    many(every(Plan, pk=things["inspection_plan"]), min(wanted, 30), year=lambda _row: next(years))
    many(every(PlannedDraw, pk=things["planned_draw"]), wanted)
    first = Inspection.objects.filter(draw=things["drawn_draw"]).order_by("-place").first()
    assert first is not None
    places = [first.place + n for n in range(1, wanted + 1)]
    keys = [f"institution/{9_000_000 + place}" for place in places]
    made = many([first], wanted, place=places, key=keys)
    for assignment in every(Assignment, inspection=things["inspection"]):
        many([assignment], len(made), inspection=made)


def _each(names: str, said: Any) -> dict[str, Any]:
    return {f"inspections:{name}": said for name in names.split()}


SITE_PEOPLE = {
    "inspections": "li",
    "draws": None,
    **_each("list item remove-item lists draft-list publish-list", "gu"),
    **_each("checks inspection answer sync picture sign reopen", "yang"),
    "inspections:worker": None,
}
SITE_OBJECTS = {
    "inspections": {"pk": "drawn_draw", "kind": "inspectors", "name": "call_off"},
    "inspections:remove-input": {"pk": "open_draw", "place": 1},
    "inspections:value": {"pk": "frozen_draw", "place": 1},
    "inspections:remove-row": {"pk": "planned_draw"},
    "inspections:replace": {"pk": "inspection", "place": 1},
    "inspections:picture": {"pk": "inspection_picture"},
    **_each("edit freeze name-event commit", {"pk": "open_draw"}),
    **_each("list publish-list", {"pk": "item_list"}),
    **_each("item remove-item", {"pk": "list_item"}),
    **_each("plan publish-plan", {"pk": "inspection_plan"}),
    **_each("inspection answer sync sign reopen publish", {"pk": "inspection"}),
    "draws": {"number": "drawn_number", "place": 1},
}
