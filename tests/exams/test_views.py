"""The pages: who gets them, what is on them, and how many questions they ask the database."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make, make_exams, make_plans
from zhupei.exams.actions import attempts, sittings
from zhupei.exams.models import Attempt, Candidate, Sitting, State


@pytest.fixture(autouse=True)
def no_build(monkeypatch):
    """The pages are asked without a build of the front end."""
    monkeypatch.setattr("zhupei.core.templatetags.assets._chunk", lambda source: {"file": source})


def page(client, name, *args):
    return client.get(reverse(name, args=args))


def words(response):
    return response.content.decode()


def test_a_stranger_hears_that_there_is_no_such_sitting(world, as_user):
    sitting = make_exams.sealed_sitting(world)

    for user in (world.aygul, world.far_reviewer, world.mayra, world.adil):
        for name in ("exams:detail", "exams:edit", "exams:progress", "exams:seating"):
            assert page(as_user(user), name, sitting.pk).status_code == 404


def test_the_bureau_looks_on_and_changes_nothing(world, as_user):
    sitting = make_exams.notified_sitting(world)
    client = as_user(world.li)

    shown = page(client, "exams:detail", sitting.pk)

    assert shown.status_code == 200
    assert not shown.context["moves"]
    assert page(client, "exams:edit", sitting.pk).status_code == 403
    assert page(client, "exams:seating", sitting.pk).status_code == 403
    assert client.post(reverse("exams:move", args=[sitting.pk, "cancel"])).status_code == 403


def test_a_sitting_is_planned_with_a_form(world, as_user):
    client = as_user(world.chen)
    starts = timezone.localtime() + timedelta(days=3)
    fields = {
        "title": "土建施工员 第 5 场",
        "blueprint": make_exams.blueprint(world).pk,
        "room": world.exam_room.pk,
        "starts_at": f"{starts:%Y-%m-%dT%H:%M}",
        "minutes": 60,
        "forms": 2,
    }

    response = client.post(reverse("exams:draft"), fields)

    sitting = Sitting.objects.get()
    assert response.url == reverse("exams:detail", args=[sitting.pk])
    assert sitting.job == world.blueprint.job
    assert f"{timezone.localtime(sitting.starts_at):%Y-%m-%dT%H:%M}" == fields["starts_at"]


def test_a_refusal_about_a_field_stands_beside_it_and_keeps_what_was_typed(world, as_user):
    fields = {
        "title": "第 5 场",
        "blueprint": make_exams.blueprint(world).pk,
        "room": world.exam_room.pk,
        "starts_at": "2020-01-01T10:00",
        "minutes": 60,
        "forms": 2,
    }

    response = as_user(world.chen).post(reverse("exams:draft"), fields)

    assert response.status_code == 422
    assert "开考时间已经过去" in str(response.context["form"].errors["starts_at"])
    assert 'value="第 5 场"' in words(response)


def test_the_plan_is_changed_with_the_form(world, as_user):
    sitting = make_exams.notified_sitting(world)
    fields = {
        "title": sitting.title,
        "blueprint": make_exams.blueprint(world).pk,
        "room": world.exam_room.pk,
        "starts_at": f"{timezone.localtime(sitting.starts_at):%Y-%m-%dT%H:%M}",
        "minutes": 90,
        "forms": 2,
    }

    as_user(world.chen).post(reverse("exams:edit", args=[sitting.pk]), fields)

    sitting.refresh_from_db()
    assert sitting.minutes == 90


def test_the_seating_page_ticks_who_may_and_says_why_others_may_not(world, as_user):
    taught = make_exams.taught_class(world)
    adil = make_exams.trained(taught, world.adil)
    make_exams.trained(taught, world.mayra, share=50)
    sitting = make_exams.draft_sitting(world)
    client = as_user(world.chen)

    shown = words(page(client, "exams:seating", sitting.pk))
    client.post(reverse("exams:seating", args=[sitting.pk]), {"enrolment": [adil.pk]})

    assert re.findall(r'name="enrolment" value="(\d+)"', shown) == [str(adil.pk)]
    assert "学时不足：已计 12，需 21.6 学时" in shown
    assert sitting.candidates.get().person == world.adil.person


def test_without_anybody_eligible_the_page_says_so(world, as_user):
    sitting = make_exams.draft_sitting(world)

    assert "没有符合条件的学员" in words(page(as_user(world.chen), "exams:seating", sitting.pk))


def test_a_forged_tick_is_refused_again_by_the_action(world, as_user):
    barred = make_exams.trained(make_exams.taught_class(world), world.adil, share=50)
    sitting = make_exams.draft_sitting(world)

    response = as_user(world.chen).post(
        reverse("exams:seating", args=[sitting.pk]), {"enrolment": [barred.pk]}
    )

    assert response.status_code == 409
    assert not sitting.candidates.exists()


def test_a_seat_is_taken_back(world, as_user):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sitting = make_exams.draft_sitting(world)
    [candidate] = sittings.seat(sitting, [enrolment], by=world.chen)

    as_user(world.chen).post(reverse("exams:unseat", args=[sitting.pk, candidate.pk]))

    assert not Candidate.objects.exists()


def test_a_second_click_on_a_move_gets_a_sentence(world, as_user):
    sitting = make_exams.draft_sitting(world)
    client = as_user(world.chen)
    address = reverse("exams:move", args=[sitting.pk, "notify"])

    first, second = client.post(address), client.post(address)

    assert (first.status_code, second.status_code) == (302, 409)
    assert "已是“已告知”" in words(second)


def test_an_unknown_move_is_no_page(world, as_user):
    sitting = make_exams.draft_sitting(world)

    address = reverse("exams:move", args=[sitting.pk, "approve"])
    assert as_user(world.chen).post(address).status_code == 404


def test_the_seed_is_secret_until_the_end(world, as_user):
    sitting = make_exams.sealed_sitting(world)
    client = as_user(world.chen)

    seed = make_exams.paper_of(sitting).seed
    assert seed not in words(page(client, "exams:detail", sitting.pk))
    with time_machine.travel(make_exams.during(sitting, 70)):
        sittings.close(sitting, by=None)
    assert seed in words(page(client, "exams:detail", sitting.pk))


def test_the_list_is_narrowed_by_its_address(world, as_user):
    make_exams.draft_sitting(world, title="第 1 场")
    make_exams.notified_sitting(world, title="第 2 场")
    client = as_user(world.chen)

    shown = client.get(reverse("exams:index"), {"state": "notified"}).context["page"]
    found = client.get(reverse("exams:index"), {"q": "第 1"}).context["page"]

    assert [sitting.title for sitting in shown] == ["第 2 场"]
    assert [sitting.title for sitting in found] == ["第 1 场"]


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["exams:index", "exams:detail", "exams:progress"])
def test_a_page_asks_the_same_for_one_candidate_and_for_many(world, as_user, name):
    one = make_exams.sealed_sitting(world)
    many = make_exams.sealed_sitting(
        world,
        *(make.learner() for _ in range(5)),
        starts_at=timezone.now() + timedelta(days=5),
    )
    with time_machine.travel(make_exams.during(many)):
        for candidate in many.candidates.all():
            attempts.start(candidate, by=candidate.person.account)
    client = as_user(world.chen)
    args = [[]] * 2 if name == "exams:index" else [[one.pk], [many.pk]]

    client.get(reverse(name, args=args[0]))
    few, more = (queries(client, reverse(name, args=each)) for each in args)

    assert few == more <= 14


def test_the_seating_page_asks_the_same_for_one_and_for_many(world, as_user):
    taught = make_exams.taught_class(world)
    sitting = make_exams.draft_sitting(world)
    address = reverse("exams:seating", args=[sitting.pk])
    client = as_user(world.chen)
    make_exams.trained(taught, world.adil)
    few = queries(client, address)
    for _ in range(5):
        make_exams.trained(taught, make.learner())

    assert queries(client, address) == few


# ── The candidate ────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def sitting(world):
    return make_exams.sealed_sitting(world)


@pytest.fixture
def seat(world, sitting):
    return make_exams.seat_of(sitting, world.adil)


def test_the_list_says_where_and_when(world, sitting, as_user):
    shown = words(page(as_user(world.adil), "sit:mine"))

    assert sitting.title in shown
    assert "座位 1" in shown
    assert "还有 2 天 23 小时" in shown


def test_somebody_elses_seat_is_no_page(world, seat, as_user):
    for user in (world.mayra, world.chen, world.li):
        assert page(as_user(user), "sit:door", seat.pk).status_code == 404
        start = reverse("sit:start", args=[seat.pk])
        assert as_user(user).post(start).status_code == 404
    assert not Attempt.objects.begun().exists()


@pytest.mark.parametrize(("minutes", "has_button"), [(-1, False), (1, True), (61, False)])
def test_the_door_has_a_button_only_while_the_sitting_runs(
    world, sitting, seat, as_user, minutes, has_button
):
    client = as_user(world.adil)

    with time_machine.travel(make_exams.during(sitting, minutes)):
        client.force_login(world.adil)
        shown = words(page(client, "sit:door", seat.pk))

    assert ('data-part="start">' in shown) is has_button


def paper_of(response):
    return json.loads(re.search(r'<script id="exam-paper"[^>]*>(.*?)</script>', words(response))[1])


@pytest.fixture
def sat(world, sitting, seat, client):
    """Adil at his exam: the client signed in, and the attempt, during the sitting."""
    with time_machine.travel(make_exams.during(sitting)):
        client.force_login(world.adil)
        client.post(reverse("sit:start", args=[seat.pk]))
        yield client, Attempt.objects.get()


def test_the_paper_carries_no_key_and_the_candidates_own_order(sat, sitting):
    client, attempt = sat

    paper = paper_of(page(client, "sit:paper", attempt.pk))

    assert sorted(item["place"] for item in paper["items"]) == list(range(20))
    for item in paper["items"]:
        sealed = attempt.paper.places[item["place"]]
        assert item["stem"] == sealed["stem"]
        assert dict(item["options"]) == dict(zip("ABCD", sealed["options"], strict=False))
        assert not {"key", "keys"} & set(item)
    assert paper["closes"] - paper["grace"] == int(sitting.ends_at.timestamp() * 1000)
    assert paper["hot"] == "http://testserver:8001"


def test_the_paper_brings_what_the_server_holds(sat):
    client, attempt = sat
    make_exams.answer(attempt, {3: "B"})

    [[place, choice, _turn]] = paper_of(page(client, "sit:paper", attempt.pk))["answers"]

    assert (place, choice) == (3, "B")


def test_a_fresh_ticket_is_given_to_the_candidate_alone(world, sat):
    client, attempt = sat

    fresh = page(client, "sit:ticket", attempt.pk).json()
    client.force_login(world.mayra)

    assert len(fresh["ticket"]) == 40
    assert fresh["handedIn"] is False
    assert page(client, "sit:ticket", attempt.pk).status_code == 404
    assert page(client, "sit:paper", attempt.pk).status_code == 404
    assert client.post(reverse("sit:hand_in", args=[attempt.pk])).status_code == 404


def test_a_browser_without_scripts_saves_the_form(sat):
    client, attempt = sat

    client.post(reverse("sit:save", args=[attempt.pk]), {"item-0": "B", "item-9": ["D", "A"]})

    assert attempt.choices() == {0: "B", 9: "AD"}
    assert 'value="B" checked' in words(page(client, "sit:paper", attempt.pk))


def test_handing_in_leads_to_a_receipt_with_the_mark(sat, sitting):
    client, attempt = sat
    make_exams.answer(attempt, make_exams.right(sitting, 13))

    response = client.post(reverse("sit:hand_in", args=[attempt.pk]), follow=True)

    shown = words(response)
    assert response.redirect_chain[-1][0] == reverse("sit:result", args=[attempt.pk])
    assert "65 分" in shown
    assert "13 / 20 题" in shown
    assert response.context["receipt"] in shown
    assert page(client, "sit:paper", attempt.pk).status_code == 302


def test_a_browser_without_scripts_hands_in_with_its_last_answers(sat):
    client, attempt = sat

    client.post(reverse("sit:save", args=[attempt.pk]), {"item-0": "B", "hand_in": "1"})

    attempt.refresh_from_db()
    assert attempt.handed_in_at
    assert attempt.choices() == {0: "B"}


def test_a_cancelled_sitting_stays_in_the_list_as_cancelled(world, sitting, as_user):
    sittings.cancel(sitting, by=world.chen, note="停电")

    shown = words(page(as_user(world.adil), "sit:mine"))

    assert str(State.CANCELLED.label) in shown
    assert "进考场" not in shown


def test_a_superscript_is_no_number_of_an_exam_or_a_plan(world, as_user):
    client = as_user(world.chen)
    plan = make_plans.draft(world)

    assert client.get(reverse("exams:draft"), {"plan": "²"}).status_code == 200
    taken = client.post(reverse("plans:take-in", args=[plan.pk]), {"sittings": ["²"]})

    assert taken.status_code == 409
    assert not plan.sittings.exists()


def test_a_superscript_is_no_number_of_an_incident(world, as_user):
    seat = make_exams.seat_of(make_exams.sealed_sitting(world, world.adil), world.adil)

    opening = as_user(world.chen).get(
        reverse("appeals:open-case", args=[seat.pk]), {"incident": "²"}
    )

    assert opening.status_code == 200
