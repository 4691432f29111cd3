"""The package of a practical exam: what is in it, and that every mark follows from the taps."""

import csv
import json
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import make_practical
from tests.archives.test_recompute import replace, says
from tests.refusals import refused
from zhupei.archives import actions, recompute_marks
from zhupei.archives.access import may_make_for_session
from zhupei.archives.contents import practical as contents
from zhupei.core import bag
from zhupei.core.errors import NotAllowed
from zhupei.practical.actions import sessions, turns
from zhupei.practical.models import Session
from zhupei.practical.rules import marks
from zhupei.practical.rules.marks import Judgement, Method

POINTS = st.decimals(0, 100, places=1)
SHEETS = st.lists(st.tuples(POINTS, st.booleans()), min_size=2, max_size=3)


@given(SHEETS, st.sampled_from(["median", "nearest"]), st.integers(0, 30))
def test_its_mark_is_the_mark_of_the_rule(sheets, method, deviation):
    figures = {"pass_mark": "60.00", "deviation": str(deviation), "method": method}
    judged = [Judgement(*one) for one in sheets]
    limits = {"deviation": Decimal(deviation), "pass_mark": Decimal(60)}
    open_still = len(judged) == marks.PAIR and marks.differ(*judged, **limits)

    found = recompute_marks.outcome([recompute_marks.Judged(*one) for one in sheets], figures)

    if open_still:
        assert found is None
    else:
        rule = marks.outcome(judged, pass_mark=Decimal(60), method=Method(method))
        assert found == tuple(rule)


@pytest.fixture
def session(world) -> Session:
    """Adil passed, with a picture; Mayra's two differed, and a third assessor decided."""
    made = make_practical.for_the_site(world)["practical_session"]
    with time_machine.travel(made.closes_at, tick=False):
        return sessions.close(made, by=world.chen)


@pytest.fixture
def folder(world, session, unpacked):
    return unpacked(actions.make(session, by=world.chen)) / "data"


def table(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_a_judge_needs_is_in_it(world, session, folder):
    assert set(contents.REQUIRED) <= {path.name for path in folder.iterdir()}
    [turn] = table(folder / "轮次.csv")
    person = world.adil.person
    assert (turn["姓名"], turn["标识"]) == (person.name, person.id_index)
    assert json.loads((folder / "评分表.json").read_text()) == session.rubric.content
    [picture] = table(folder / "取证.csv")
    assert (folder / picture["存放"]).read_bytes().startswith(b"\xff\xd8\xff")
    assert {row["结果"] for row in table(folder / "四性检测报告.csv")} <= {"通过", "待人工"}
    assert bag.verify(folder.parent) == []
    whole = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert person.id_number.encode() not in whole
    assert person.phone.encode() not in whole


def test_an_untouched_session_agrees(folder):
    assert "重算 1 个轮次：成绩、结论和指纹全部相符" in says(folder)


def test_where_a_third_one_decided_it_agrees_too(world, unpacked):
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    make_practical.judged(turn, world.kurban, {"c1": "40", "c2": "40", "c3": "20"})
    make_practical.judged(turn, world.jin, {"c1": "0", "c2": "40", "c3": "12"})
    with time_machine.travel(turn.starts_at, tick=False):
        turns.call_third(turn, world.hua, by=world.chen)
    make_practical.judged(turn, world.hua, {"c1": "24", "c2": "35", "c3": "12"})
    with time_machine.travel(session.closes_at, tick=False):
        session = sessions.close(session, by=world.chen)

    folder = unpacked(actions.make(session, by=world.li)) / "data"

    assert [row["成绩"] for row in table(folder / "轮次.csv")] == ["71.00"]
    assert "重算 1 个轮次：成绩、结论和指纹全部相符" in says(folder)
    replace(folder / "评分规则.json", '"median"', '"nearest"')
    assert "重算 61.50 合格，记录 71.00 合格，不符" in says(folder)


def test_a_mark_somebody_raised_is_named(folder):
    [turn] = table(folder / "轮次.csv")
    replace(folder / "轮次.csv", turn["成绩"], "99.00")

    assert "记录 99.00 合格，不符" in says(folder)


def test_a_tap_somebody_changed_is_named(folder):
    [first, *_others] = [tap for tap in table(folder / "点按.csv") if tap["类别"] == "评分"]
    replace(folder / "点按.csv", f"{first['哪一项']},{first['内容']},", f"{first['哪一项']},0,")

    found = says(folder)

    assert "不符" in found
    assert "与事件记录中提交时的总分不符" in found


def test_a_rubric_somebody_changed_is_named(folder):
    replace(folder / "评分表.json", "墙面垂直度", "墙面平整度")

    assert "评分表与其摘要不符" in says(folder)


def test_who_makes_one_and_when(world, session):
    running = make_practical.draft_session(world, title="第 2 场")
    with refused("session_not_over"):
        actions.make(running, by=world.chen)
    for who in ("gu", "kurban", "aygul", "far_reviewer", "adil"):
        user = getattr(world, who)
        user.acting = user.memberships.first()
        assert not may_make_for_session(user, session)
        with pytest.raises(NotAllowed):
            actions.make(session, by=user)
    assert actions.make(session, by=world.li).title == f"一场一档（实操） {session.title}"


def test_it_is_made_from_the_page_of_the_session_and_offered_on_the_list(as_user, world, session):
    client = as_user(world.chen)
    make = reverse("archives:make-session", args=[session.pk])
    assert make in client.get(reverse("archives:index")).content.decode()
    assert make in client.get(reverse("practical:session", args=[session.pk])).content.decode()

    page = client.post(make, follow=True).content.decode()

    assert "每一次点按" in page
    assert reverse("practical:session", args=[session.pk]) in page
    assert make not in client.get(reverse("archives:index")).content.decode()
    assert as_user(world.wang).post(make).status_code == 404
