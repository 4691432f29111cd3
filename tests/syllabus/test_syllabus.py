"""Syllabi: written by the region, fixed once published."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make
from tests.refusals import refused
from zhupei.core import audit
from zhupei.syllabus import actions
from zhupei.syllabus.access import may_write
from zhupei.syllabus.models import Syllabus
from zhupei.syllabus.rules.content import ethics_is_taught

ETHICS = {"title": "职业道德", "theory_hours": 4, "practice_hours": 0, "is_ethics": True}
PLANS = {"title": "识图", "theory_hours": 8, "practice_hours": 4, "is_ethics": False}


def draft(world, *, units=(ETHICS, PLANS), version: str = "2027.1") -> Syllabus:
    return actions.draft(
        make.job(),
        by=world.gu,
        units=list(units),
        version=version,
        effective_from=date(2027, 1, 1),
    )


def typed(**fields) -> dict[str, object]:
    """The head of a version as a browser sends it."""
    return {
        "job": make.job().pk,
        "version": "2027.1",
        "effective_from": "2027-01-01",
        "online_hours_limit": "0",
        "basis": "",
        "level": "",
    } | fields


@pytest.mark.parametrize(
    ("units", "taught"),
    [([], False), ([False], False), ([False, False], False), ([True], True), ([False, True], True)],
)
def test_one_unit_of_ethics_is_enough(units, taught):
    assert ethics_is_taught(units) is taught


@pytest.mark.parametrize("person", ["li", "aygul", "wang", "chen", "ma", "adil"])
def test_only_the_region_writes_syllabi(world, person):
    somebody = getattr(world, person)

    assert may_write(world.gu, world.syllabus)
    assert not may_write(somebody, world.syllabus)
    with refused("not_allowed"):
        actions.draft(make.job(), by=somebody, units=[ETHICS], version="x")
    with refused("not_allowed"):
        actions.change(world.syllabus, by=somebody, version="x")
    with refused("not_allowed"):
        actions.retire(world.syllabus, by=somebody, note="x")


def test_a_draft_keeps_its_units_in_order(world):
    syllabus = draft(world)

    assert syllabus.state == "draft"
    assert [(u.position, u.title, u.hours) for u in syllabus.units.all()] == [
        (1, "职业道德", 4),
        (2, "识图", 12),
    ]
    assert audit.own_history(syllabus).get().facts == {"units": 2}


def test_one_version_of_a_job_exists_once(world):
    with refused("version_taken") as refusal:
        draft(world, version=world.syllabus.version)
    assert refusal.value.field == "version"
    assert str(refusal.value) == "“土建施工员”已有 2026.1 版。请换一个版本号。"


def test_a_draft_may_be_rewritten_and_published(world):
    syllabus = actions.change(draft(world), by=world.gu, version="2027.2")
    assert (syllabus.version, syllabus.units.count()) == ("2027.2", 2)

    published = actions.publish(syllabus, by=world.gu)

    assert published.state == "published"
    verbs = [event.verb for event in audit.own_history(syllabus)]
    assert verbs == ["syllabus.drafted", "syllabus.changed", "syllabus.published"]


@pytest.mark.parametrize(
    ("units", "code"), [([], "no_units"), ([PLANS], "ethics_missing")], ids=["none", "no ethics"]
)
def test_a_syllabus_that_lacks_something_is_not_published(world, units, code):
    syllabus = draft(world, units=units)

    with refused(code):
        actions.publish(syllabus, by=world.gu)
    syllabus.refresh_from_db()
    assert syllabus.state == "draft"


def test_what_is_published_cannot_be_changed(world):
    with refused("published_is_fixed"):
        actions.change(world.syllabus, by=world.gu, version="2027.9")
    assert world.syllabus.units.count() == 3


def test_taking_it_out_of_use_needs_a_reason(world):
    with refused("note_required"):
        actions.retire(world.syllabus, by=world.gu)
    assert actions.retire(world.syllabus, by=world.gu, note="有新版").state == "retired"


def test_a_unit_without_hours_cannot_be_stored(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        draft(world, units=[ETHICS | {"theory_hours": 0}])


def test_the_hours_of_a_syllabus_are_those_of_its_units(world):
    draft(world, units=[])

    hours = dict(Syllabus.objects.with_hours().values_list("version", "hours"))
    assert hours["2026.1"] == 24


def test_the_region_starts_a_syllabus_and_goes_on_with_its_units(world, as_user):
    page = as_user(world.gu).post(reverse("syllabus:draft"), typed(), follow=True)

    syllabus = Syllabus.objects.get(version="2027.1")
    assert page.redirect_chain[-1][0] == reverse("syllabus:tree", args=[syllabus.pk])
    assert "还没有单元" in page.text


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"version": "2026.1"}, "已有 2026.1 版"),
        ({"version": ""}, "必填"),
        ({"level": "5"}, "不分等级"),
        ({"effective_from": "明年"}, "日期"),
    ],
)
def test_a_form_that_cannot_be_comes_back_with_the_reason_and_what_was_typed(
    world, as_user, form, words
):
    page = as_user(world.gu).post(reverse("syllabus:draft"), typed(basis="建人九号", **form))

    assert page.status_code == 422
    assert words in page.text
    assert "建人九号" in page.text
    assert not Syllabus.objects.filter(state="draft").exists()


def test_the_head_of_a_draft_is_edited_on_its_page(world, as_user):
    syllabus = draft(world)
    edit = reverse("syllabus:edit", args=[syllabus.pk])

    as_user(world.gu).post(edit, typed(version="2027.3", seen="0"))

    syllabus.refresh_from_db()
    assert (syllabus.version, syllabus.mark) == ("2027.3", 1)


def test_a_head_somebody_else_changed_meanwhile_is_not_overwritten(world, as_user):
    syllabus = draft(world)
    edit = reverse("syllabus:edit", args=[syllabus.pk])
    browser = as_user(world.gu)
    actions.change(syllabus, by=world.gu, basis="新文件")

    page = browser.post(edit, typed(version="2027.4", seen="0"))

    assert page.status_code == 422
    assert "有人改过这份大纲" in page.text
    assert "2027.4" in page.text
    syllabus.refresh_from_db()
    assert (syllabus.version, syllabus.basis) == ("2027.1", "新文件")
    browser.post(edit, typed(version="2027.4", seen=page.context["form"]["seen"].value()))
    syllabus.refresh_from_db()
    assert syllabus.version == "2027.4"


def test_editing_what_is_published_says_why_not(world, as_user):
    page = as_user(world.gu).post(
        reverse("syllabus:edit", args=[world.syllabus.pk]), typed(version="2026.1", seen="0")
    )

    assert "已发布的大纲不能改。请另起一个版本。" in page.text


def test_the_buttons_move_it(world, as_user):
    syllabus = draft(world)
    browser = as_user(world.gu)

    page = browser.post(reverse("syllabus:move", args=[syllabus.pk, "publish"]), follow=True)

    assert "已发布" in page.text
    assert browser.post(reverse("syllabus:move", args=[syllabus.pk, "burn"])).status_code == 404
    refusal = browser.post(reverse("syllabus:move", args=[syllabus.pk, "retire"]))
    assert refusal.status_code == 409
    assert 'data-code="note_required"' in refusal.text


@pytest.mark.parametrize(
    ("person", "published", "drafted"),
    [("gu", 200, 200), ("li", 200, 404), ("aygul", 200, 404), ("adil", 200, 404)],
)
def test_a_draft_is_the_region_s_own(world, as_user, person, published, drafted):
    browser = as_user(getattr(world, person))
    hidden = draft(world)

    assert browser.get(reverse("syllabus:detail", args=[world.syllabus.pk])).status_code == (
        published
    )
    assert browser.get(reverse("syllabus:detail", args=[hidden.pk])).status_code == drafted
    if person != "gu":
        assert browser.get(reverse("syllabus:draft")).status_code == 404
        assert browser.get(reverse("syllabus:edit", args=[world.syllabus.pk])).status_code == 404


@pytest.mark.parametrize("rows", [3, 300])
def test_the_list_costs_the_same_for_three_and_for_three_hundred(
    world, as_user, rows, django_assert_num_queries
):
    Syllabus.objects.bulk_create(
        Syllabus(job=make.job(), version=str(n), effective_from=make.LONG_AGO, state="published")
        for n in range(rows)
    )
    browser = as_user(world.gu)

    with django_assert_num_queries(6):
        page = browser.get(reverse("syllabus:index"))

    assert page.context["page"].paginator.count == rows + 1
    assert (
        not browser.get(reverse("syllabus:index"), {"q": "没有的岗位"}).context["page"].object_list
    )
