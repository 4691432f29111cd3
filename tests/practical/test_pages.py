"""Pages of practical exams: plan, board, turn, paper; desk and sheet; a learner's own turn."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_pictures, make_practical
from tests.make_practical import FAIR, POOR
from zhupei.practical.actions import turns
from zhupei.practical.models import Picture, Session, Tap

pytestmark = pytest.mark.django_db


def at(name, *args):
    return reverse(f"practical:{name}", args=[getattr(one, "pk", one) for one in args])


def local(moment):
    return f"{timezone.localtime(moment):%Y-%m-%dT%H:%M}"


def form(world, **changed):
    plan = make_practical.plan(world)
    return {
        "title": plan["title"],
        "rubric": plan["rubric"].pk,
        "room": plan["room"].pk,
        "stations": "2",
        "opens_at": local(plan["opens_at"]),
        "closes_at": local(plan["closes_at"]),
        "change_minutes": "10",
        "pause_begins": "13:00",
        "pause_ends": "15:00",
    } | changed


@pytest.fixture
def turn(world):
    session = make_practical.fixed_session(world)
    turn = make_practical.turn_of(session, world.adil)
    with time_machine.travel(turn.starts_at + timedelta(minutes=40), tick=False):
        yield turn


def test_an_examiner_plans_a_session_on_pages(world, as_user):
    make_practical.officials(world)
    browser = as_user(world.chen)
    page = browser.post(at("draft"), form(world), follow=True)
    session = Session.objects.get()
    assert "第一轮" not in page.text or session.pause is not None
    assert timezone.localtime(session.pause_from).hour == 13

    browser.post(at("move", session, "notify"))
    [enrolment] = make_practical.trained(world, world.adil)
    shown = browser.get(at("people", session)).text
    assert "阿迪力·吾守尔" in shown
    chosen = {"enrolment": [enrolment.pk], "panel": [world.kurban.pk, world.jin.pk]}
    browser.post(at("people", session), chosen)
    page = browser.post(at("move", session, "fix"), follow=True).text

    assert "已排定" in page
    assert "库尔班·艾买提" in page
    assert "抽签种子" in page


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"stations": "9"}, "只有 4 个工位"),
        ({"pause_ends": ""}, "要一起写"),
        ({"pause_ends": "12:00"}, "午休结束要晚于午休开始"),
        ({"rubric": ""}, "请选择评分表"),
    ],
)
def test_a_bad_plan_keeps_what_was_typed_and_says_why_beside_the_field(
    world, as_user, changed, sentence
):
    make_practical.officials(world)
    page = as_user(world.chen).post(at("draft"), form(world, **changed))

    assert page.status_code == 422
    assert sentence in page.text
    assert "砌筑工 第 1 场实操" in page.text


def test_a_plan_is_changed_until_the_turns_are_fixed(world, as_user):
    session = make_practical.draft_session(world)
    browser = as_user(world.chen)
    assert "pause_begins" in browser.get(at("edit", session)).text
    browser.post(at("edit", session), form(world, title="改名"))

    session.refresh_from_db()
    assert session.title == "改名"


def test_the_board_shows_no_points_before_all_have_handed_in(world, as_user, turn):
    make_practical.judged(turn, world.kurban, FAIR)
    browser = as_user(world.chen)

    assert "已提交 1/2" in browser.get(at("session", turn.session)).text
    assert "谁也不会提前看到" in browser.get(at("turn", turn)).text
    assert browser.get(at("paper", turn)).status_code == 409
    make_practical.judged(turn, world.jin, FAIR)
    page = browser.get(at("turn", turn)).text
    assert "66 分" in page
    assert "墙面垂直度" in page
    paper = browser.get(at("paper", turn)).text
    assert "签名" in paper
    assert "用本人账号提交" in paper


def test_an_examiner_handles_a_turn_on_its_page(world, as_user, turn):
    browser = as_user(world.chen)
    browser.post(at("miss", turn))
    browser.post(at("arrive", turn))
    turn.refresh_from_db()
    assert (turn.absent, turn.arrived_at) == (False, timezone.now())
    jin = make_practical.sheet_of(turn, world.jin)
    said = {"sheet": jin.pk, "assessor": world.kurban.pk, "note": "病了"}
    page = browser.post(at("replace", turn), said)
    assert page.status_code == 422
    assert "已经在评这一轮" in page.text
    browser.post(at("replace", turn), said | {"assessor": world.hua.pk})
    make_practical.judged(turn, world.kurban, FAIR)
    make_practical.judged(turn, world.hua, POOR)
    page = browser.post(at("third", turn), {"assessor": world.hua.pk})
    assert page.status_code == 422
    browser.post(at("third", turn), {"assessor": world.jin.pk})

    assert [one.assessor for one in turn.sheets.order_by("place")] == [
        world.kurban,
        world.hua,
        world.jin,
    ]


def test_a_turn_is_taken_again_from_its_page(world, as_user, turn):
    browser = as_user(world.chen)
    said = {"trouble": "equipment", "note": "搅拌机坏了", "station": "2"}
    page = browser.post(at("again", turn), said | {"starts_at": local(turn.starts_at)})
    assert page.status_code == 422
    assert "搅拌机坏了" in page.text

    later = local(turn.ends_at + timedelta(minutes=30))
    page = browser.post(at("again", turn), said | {"starts_at": later}, follow=True).text

    assert "这是重考的轮次" in page
    assert "作废" in browser.get(at("turn", turn)).text


@pytest.mark.parametrize("name", ["turn", "paper", "arrive", "miss"])
def test_strangers_find_no_turn(world, as_user, turn, name):
    for user in (world.far_reviewer, world.aygul, world.adil, world.kurban):
        method = "post" if name in {"arrive", "miss"} else "get"
        assert getattr(as_user(user), method)(at(name, turn)).status_code == 404
    if name in {"arrive", "miss"}:
        assert as_user(world.li).post(at(name, turn)).status_code == 403


# ── The assessor ─────────────────────────────────────────────────────────────────────────────


def test_the_desk_lists_ones_own_turns_and_keeps_todays_sheets(world, as_user, turn):
    sheet = make_practical.sheet_of(turn, world.kurban)
    page = as_user(world.kurban).get(at("desk"))

    assert "阿迪力·吾守尔" in page.text
    assert at("sheet", sheet) in page.context["pages"]
    assert "现在没有您的轮次" in as_user(world.hua).get(at("desk")).text
    assert as_user(world.chen).get(at("desk")).status_code == 404


def test_a_sheet_is_its_assessors_alone(world, as_user, turn):
    sheet = make_practical.sheet_of(turn, world.kurban)

    for user in (world.jin, world.hua, world.chen, world.adil):
        for name in ("sheet", "sync", "add-evidence"):
            method = "get" if name == "sheet" else "post"
            assert getattr(as_user(user), method)(at(name, sheet)).status_code == 404


def test_scoring_works_without_script(world, as_user, turn):
    browser = as_user(world.kurban)
    sheet = make_practical.sheet_of(turn, world.kurban)
    said = {"c1": "24", "note-c1": "左上角偏 6 mm", "c2": "30", "here": "1"}
    page = browser.post(at("sheet", sheet), said, follow=True).text
    assert 'value="左上角偏 6 mm"' in page
    assert Tap.objects.count() == 4

    refused = browser.post(at("sheet", sheet), said | {"hand_in": "1"})
    assert refused.status_code == 422
    assert "还有 1 个评分点没有评" in refused.text
    page = browser.post(at("sheet", sheet), said | {"c3": "20", "hand_in": "1"}, follow=True)

    assert "已提交，不能再改" in page.text
    assert Tap.objects.count() == 6  # what was known already was not sent again


def test_a_picture_is_added_without_script(world, as_user, turn):
    browser = as_user(world.kurban)
    sheet = make_practical.sheet_of(turn, world.kurban)
    picture = make_pictures.photo("墙.jpg")

    assert browser.post(at("add-evidence", sheet), {}).status_code == 409
    browser.post(at("add-evidence", sheet), {"file": picture})

    piece = Picture.objects.get()
    answer = browser.get(at("evidence", piece))
    assert answer.getvalue().startswith(b"\xff\xd8")
    assert as_user(world.jin).get(at("evidence", piece)).status_code == 404


def body(user, *marks, **changed):
    said = {"user": user.pk, "phone": "A", "now": now(), "marks": list(marks)} | changed
    return {"data": json.dumps(said), "content_type": "application/json"}


def now():
    return round(timezone.now().timestamp() * 1000)


def mark(**changed):
    said = {"id": str(uuid4()), "kind": "points", "about": "c1", "value": "40", "at": now()}
    return said | changed


def test_the_phone_is_answered_in_json(world, as_user, turn):
    sheet = make_practical.sheet_of(turn, world.kurban)
    browser = as_user(world.kurban)
    good, bad = mark(), mark(value="39")

    answer = browser.post(at("sync", sheet), **body(world.kurban, good, bad))

    marks = answer.json()["marks"]
    assert marks[0] == {"id": good["id"], "kept": True}
    assert (marks[1]["kept"], marks[1]["code"]) == (False, "points_not_allowed")
    other = browser.post(at("sync", sheet), **body(world.jin, mark()))
    assert (other.status_code, other.json()["code"]) == (409, "other_person")
    page = browser.get(at("sheet", sheet))
    assert [tap["value"] for tap in page.context["data"]["deeds"]] == ["40"]


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": None},
        {"marks": [1]},
        {"marks": [{"kind": "x"}]},
        {"marks": [{"kind": "points", "id": "x"}]},
        {"marks": [{"kind": "points", "id": str(uuid4()), "about": 1}]},
        {"phone": ""},
        {"now": "x"},
    ],
)
def test_what_is_not_our_own_shape_is_a_400_with_a_sentence(world, as_user, turn, changed):
    sheet = make_practical.sheet_of(turn, world.kurban)
    answer = as_user(world.kurban).post(at("sync", sheet), **body(world.kurban, **changed))

    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_assessors_see_the_scores_of_all_once_the_turn_is_settled(world, as_user, turn):
    make_practical.judged(turn, world.kurban, FAIR)
    make_practical.judged(turn, world.jin, POOR)
    sheet = make_practical.sheet_of(turn, world.kurban)
    assert "成绩已定" not in as_user(world.kurban).get(at("sheet", sheet)).text
    turns.call_third(turn, world.hua, by=world.chen)
    third = make_practical.sheet_of(turn, world.hua)
    assert "您是第三人" in as_user(world.hua).get(at("sheet", third)).text

    make_practical.judged(turn, world.hua, FAIR)

    page = as_user(world.kurban).get(at("sheet", sheet)).text
    assert "成绩已定" in page
    assert "华国强" in page


def test_the_worker_is_served_above_the_pages_it_keeps(client):
    answer = client.get(at("worker"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"


# ── The learner ──────────────────────────────────────────────────────────────────────────────


def test_a_learner_sees_place_and_time_among_their_exams(world, as_user):
    session = make_practical.notified_session(world)
    make_practical.trained(world, world.adil)
    browser = as_user(world.adil)
    assert session.title not in browser.get(reverse("sit:mine")).text
    session = make_practical.fixed_session(
        world,
        opens_at=session.closes_at + timedelta(hours=2),
        closes_at=session.closes_at + timedelta(hours=9),
    )
    turn = make_practical.turn_of(session, world.adil)

    page = browser.get(reverse("sit:mine")).text
    assert "1 号工位" in page
    assert "北京时间" in page
    own = browser.get(at("own-turn", turn)).text
    assert "出现下面任何一条即不合格" in own
    assert as_user(world.mayra).get(at("own-turn", turn)).status_code == 404


def test_results_are_shown_per_criterion_after_the_release_only(world, as_user):
    session = make_practical.settled_session(world)
    turn = make_practical.turn_of(session, world.adil)
    with time_machine.travel(session.closes_at + timedelta(hours=1), tick=False):
        browser = as_user(world.adil)
        assert "66" not in browser.get(at("own-turn", turn)).text
        assert "等待公布" in browser.get(reverse("sit:mine")).text
        examiner = as_user(world.chen)
        assert examiner.post(at("move", session, "close")).status_code == 302
        assert examiner.post(at("move", session, "release")).status_code == 302
        browser = as_user(world.adil)

        page = browser.get(at("own-turn", turn)).text
        assert "66 分" in page
        assert "墙面垂直度" in page
        assert "库尔班" not in page  # assessors stay unnamed
        assert "66 分" in browser.get(reverse("sit:mine")).text
        assert world.adil.inbox.filter(title__contains="实操成绩已公布").exists()
