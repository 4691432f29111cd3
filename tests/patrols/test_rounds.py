"""Many at once: shared out evenly, looked over, planned together or not at all."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make_patrols
from tests.make_patrols import duty, planned, wish
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.models import Message
from zhupei.organizations.models import Interest
from zhupei.patrols.actions import planning
from zhupei.patrols.actions.planning import SomeRefused
from zhupei.patrols.models import Duty, Patrol
from zhupei.patrols.rules.sharing import shared

MANY = reverse("patrols:plan-many")


@pytest.fixture(autouse=True)
def _inspectors(world):
    make_patrols.world_of_inspectors(world)


def duties(world, count=3):
    """Classes one after the other, as a bureau with one teacher has them, all open on one day."""
    first = timezone.localdate() + timedelta(days=30)
    found = [duty(world, starts_on=first + timedelta(days=10 * n)) for n in range(count)]
    open_on = {"opens_at": found[0].opens_at, "closes_at": found[0].closes_at}
    Duty.objects.filter(pk__in=[one.pk for one in found]).update(**open_on)
    return list(Duty.objects.filter(pk__in=[one.pk for one in found]).order_by("pk"))


def tie(user, organization):
    since = timezone.localdate() - timedelta(days=900)
    Interest.objects.create(user=user, organization=organization, kind="owner", since=since)


# ── Who goes where ───────────────────────────────────────────────────────────────────────────


def test_duties_are_shared_out_evenly():
    given = shared({duty: [1, 2, 3] for duty in range(7)}, dict.fromkeys(range(7), 1))

    loads = Counter(itertools.chain.from_iterable(given.values()))
    assert sorted(loads.values()) == [2, 2, 3]
    assert list(given) == list(range(7))


def test_whoever_can_go_anywhere_leaves_the_rest_to_those_who_cannot():
    free = {1: [1, 2], 2: [1, 2], 3: [2, 3], 4: [2, 3], 5: [1], 6: [1]}

    given = shared(free, dict.fromkeys(free, 1))

    loads = Counter(itertools.chain.from_iterable(given.values()))
    assert loads == {1: 2, 2: 2, 3: 2}
    assert all(set(people) <= set(free[one]) for one, people in given.items())


def test_what_is_handed_on_twice_is_even_as_well():
    """1 is heavy and can give to 2 only; 2 must give to 3 first."""
    free = {1: [1, 2], 2: [1, 2], 3: [1, 2], 4: [1, 2], 5: [2, 3], 6: [2, 3], 7: [1], 8: [1]}

    given = shared(free, dict.fromkeys(free, 1))

    loads = Counter(itertools.chain.from_iterable(given.values()))
    assert max(loads.values()) - min(loads.values()) <= 1


def test_as_many_as_are_wanted_go_together_and_too_few_are_what_there_is():
    given = shared({1: [1, 2, 3], 2: [1, 2, 3], 3: [1]}, {1: 2, 2: 2, 3: 2})

    assert all(len(set(given[one])) == 2 for one in (1, 2))
    assert given[3] == [1]
    assert shared({1: []}, {1: 1}) == {1: []}


# ── All or none ──────────────────────────────────────────────────────────────────────────────


def test_many_are_planned_together_with_one_event_each(world):
    found = duties(world)
    wishes = {one.pk: wish(one, world.yang) for one in found}

    sent = planning.plan_all(wishes, by=world.li)
    again = planning.plan_all(wishes, by=world.li)

    assert sent == again
    assert Patrol.objects.planned().count() == len(found)
    for patrol in sent:
        assert [event.verb for event in audit.own_history(patrol)] == ["patrol.planned"]
    assert set(Duty.objects.values_list("state", flat=True)) == {"planned"}
    assert Message.objects.filter(recipient=world.yang, title__contains="请您于").count() == 3


def test_one_that_cannot_be_keeps_all_from_being_planned(world):
    first, second, third = duties(world)
    tie(world.yang, world.school)
    wishes = {
        first.pk: wish(first, world.kang),
        second.pk: wish(second, world.yang),
        third.pk: wish(third, world.kang, day=timezone.localdate(third.closes_at) + timedelta(9)),
    }

    with pytest.raises(SomeRefused) as refusal:
        planning.plan_all(wishes, by=world.li)

    assert refusal.value.code == "some_refused"
    assert {pk: one.code for pk, one in refusal.value.rows.items()} == {
        second.pk: "recused", third.pk: "day_outside",
    }  # fmt: skip
    assert not Patrol.objects.exists()


def test_a_stranger_plans_none_of_them(world):
    one, other = duties(world, 2)
    wishes = {one.pk: wish(one, world.far_reviewer), other.pk: wish(other, world.far_reviewer)}

    with refused("not_allowed"):
        planning.plan_all(wishes, by=world.far_reviewer)


def test_what_somebody_else_planned_meanwhile_is_said(world):
    found = duty(world)
    asked = wish(found, world.kang, seen=0)
    other = planned(world, found, world.yang, by=world.zhou)

    with refused("planned_meanwhile") as refusal:
        planning.plan(found, asked, by=world.li)

    assert world.zhou.name in str(refusal.value)
    assert "杨志刚" in str(refusal.value)
    assert (
        planning.plan(found, asked._replace(seen=other.pk), by=world.li).members.get() == world.kang
    )


def test_the_page_of_one_says_it_beside_the_form_and_takes_the_second_word(world, as_user):
    found = duty(world)
    page, browser = reverse("patrols:plan", args=[found.pk]), as_user(world.li)
    asked = wish(found)
    words = {"key": str(asked.key), "seen": "0", "way": "on_site", "day": asked.day.isoformat()}
    words |= {"people": [world.kang.pk]}
    other = planned(world, found, world.yang, by=world.zhou)

    answer = browser.post(page, words)

    assert answer.status_code == 422
    assert "周敏已经安排了" in answer.text
    assert f'name="seen" value="{other.pk}"' in answer.text
    assert browser.post(page, words | {"seen": other.pk}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_two_at_once_plan_once_and_the_second_is_told(world):
    found = duties(world, 2)
    yang, kang = (
        {one.pk: wish(one, sent, seen=0) for one in found} for sent in (world.yang, world.kang)
    )

    def plan(wishes, by):
        try:
            planning.plan_all(wishes, by=by)
        except SomeRefused as refusal:
            return [one.code for one in refusal.rows.values()]
        return ["planned"]

    said = at_once(lambda: plan(yang, world.li), lambda: plan(kang, world.zhou))

    assert sorted(said) == [["planned"], ["planned_meanwhile"] * 2]
    assert Patrol.objects.count() == 2


# ── The page ─────────────────────────────────────────────────────────────────────────────────


def preview(browser, found, **said):
    return browser.get(MANY, {"duty": [one.pk for one in found]} | said)


def words_of(page):
    """What the browser would post from the page as it stands."""
    context = page.context
    words = {"key": context["key"], "day": context["day"].isoformat(), "list": context["list"]}
    words |= {"way": context["form"]["way"].value(), "how": context["form"]["how"].value()}
    words |= {"people": context["form"]["people"].value() or []}
    words |= {"row": [], "duty": []}
    for row in context["rows"]:
        pk = row["duty"].pk
        words["row"].append(pk)
        words["duty"] += [pk] if row["ticked"] else []
        words[f"seen-{pk}"] = row["seen"]
        words[f"people-{pk}"] = [one["user"].pk for one in row["people"] if one["goes"]]
    return words


def goes(page):
    return {
        row["duty"].pk: [one["user"].name for one in row["people"] if one["goes"]]
        for row in page.context["rows"]
    }


def test_the_ledger_offers_to_tick_what_can_be_planned(world, as_user):
    one, other = duties(world, 2)
    make_patrols.filed(world, other)

    page = as_user(world.li).get(reverse("patrols:duties"), {"all": "1"})

    assert f'name="duty" value="{one.pk}" checked' in page.text
    assert f'name="duty" value="{other.pk}"' not in page.text


def test_ticked_rows_are_shared_out_looked_over_and_confirmed(world, as_user):
    found = duties(world, 4)
    browser = as_user(world.li)

    page = preview(browser, found, list="state=owed&q=")
    loads = Counter(itertools.chain.from_iterable(goes(page).values()))
    assert loads == {"杨志刚": 2, "康巧玲": 2}  # the inspectors
    assert not Patrol.objects.exists()
    words = words_of(page)
    for _twice in range(2):
        answer = browser.post(MANY, words)
        assert answer.headers["Location"] == reverse("patrols:duties") + "?state=owed"

    assert Patrol.objects.planned().count() == 4
    assert "已安排 4 项" in browser.get(answer.headers["Location"]).text


def test_the_recused_are_named_with_the_reason_and_get_nothing(world, as_user):
    found = duties(world)
    tie(world.yang, world.school)

    page = preview(as_user(world.li), found)

    assert "杨志刚" in page.text
    assert "应当回避" in page.text
    assert not any("杨志刚" in people for people in goes(page).values())


def test_the_same_people_everywhere_and_who_is_busy_stays_free_of_more(world, as_user):
    *found, taken = duties(world)
    planned(world, taken, world.yang)
    browser = as_user(world.li)

    shares = preview(browser, found)
    these = preview(browser, found, how="these", people=[world.yang.pk, world.kang.pk])
    nobody = preview(browser, found, how="these")

    assert not any("杨志刚" in people for people in goes(shares).values())
    assert "当天已有 1 次" in shares.text
    assert all(sorted(people) == ["康巧玲", "杨志刚"] for people in goes(these).values())
    assert "请至少选一人" in nobody.text


def test_a_refusal_stands_beside_its_row_and_nothing_is_lost(world, as_user):
    first, second = duties(world, 2)
    browser = as_user(world.li)
    words = words_of(preview(browser, [first, second]))
    words |= {f"people-{one.pk}": [world.kang.pk] for one in (first, second)}
    planned(world, second, world.yang, by=world.zhou)

    page = browser.post(MANY, words)

    assert page.status_code == 422
    rows = {row["duty"].pk: row for row in page.context["rows"]}
    assert rows[first.pk]["refusal"] == ""
    assert world.zhou.name in rows[second.pk]["refusal"]
    assert goes(page)[first.pk] == ["康巧玲"]
    assert {row["ticked"] for row in rows.values()} == {True}
    assert Patrol.objects.count() == 1
    assert browser.post(MANY, words_of(page)).status_code == 302  # read, and confirmed again
    assert Patrol.objects.count() == 3


def test_a_day_on_which_one_has_nothing_to_see_leaves_that_one_out(world, as_user):
    far = duty(world, starts_on=timezone.localdate() + timedelta(days=190))
    near = duties(world, 2)

    page = preview(as_user(world.li), [*near, far])

    rows = {row["duty"].pk: row for row in page.context["rows"]}
    assert rows[far.pk]["ticked"] is False
    assert "日期应在" in rows[far.pk]["refusal"]
    words = words_of(page)
    assert as_user(world.li).post(MANY, words).status_code == 302
    assert set(Patrol.objects.values_list("duty", flat=True)) == {one.pk for one in near}


def test_nothing_ticked_is_said(world, as_user):
    found = duties(world, 1)
    browser = as_user(world.li)
    words = words_of(preview(browser, found)) | {"duty": []}

    assert "至少勾选一项" in browser.post(MANY, words).text
    empty = browser.get(MANY)
    assert empty.headers["Location"] == reverse("patrols:duties")
    assert "请先勾选" in browser.get(empty.headers["Location"]).text


def test_others_rows_are_not_there(world, as_user):
    found = duties(world, 1)

    assert preview(as_user(world.far_reviewer), found).status_code == 404
    assert preview(as_user(world.yang), found).status_code == 404
    assert preview(as_user(world.aygul), found).status_code == 404
    too_many = as_user(world.li).get(MANY, {"duty": list(range(1, 102))})
    assert too_many.status_code == 409
    assert "100 项" in too_many.text


def test_many_rows_cost_as_many_questions_as_few(world, as_user):
    found = duties(world, 3)
    browser = as_user(world.li)
    browser.get(MANY, {"duty": found[0].pk})

    counts = []
    for some in (found[:1], found):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert preview(browser, some).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]
