"""Which version is in force, copying one, and what two of them differ in."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make, make_syllabus
from tests.refusals import refused
from zhupei.core import audit
from zhupei.syllabus import actions
from zhupei.syllabus.actions import tree
from zhupei.syllabus.compare import lines
from zhupei.syllabus.models import Level, Syllabus
from zhupei.syllabus.precheck import checks


def in_force(on: date) -> set[str]:
    return set(Syllabus.objects.in_force(on).values_list("version", flat=True))


def test_of_the_published_versions_the_newest_in_effect_is_in_force(world):
    for version, first in [("一", "2027-01-01"), ("二", "2027-06-01"), ("三", "2027-06-01")]:
        day = date.fromisoformat(first)
        make_syllabus.published(world.gu, version=version, effective_from=day)
    make_syllabus.draft(world.gu, version="四", effective_from=date(2027, 2, 1))
    other = make_syllabus.published(world.gu, level="4", effective_from=date(2027, 3, 1))

    site = world.syllabus.version
    assert in_force(date(2026, 12, 31)) == {site}
    assert in_force(date(2027, 5, 31)) == {site, "一", other.version}
    assert in_force(date(2027, 6, 1)) == {site, "三", other.version}


def test_what_was_taken_out_of_use_is_not_in_force_but_still_read(world, as_user):
    actions.retire(world.syllabus, by=world.gu, note="有新版")

    assert in_force(date(2027, 1, 1)) == set()
    page = as_user(world.aygul).get(reverse("syllabus:detail", args=[world.syllabus.pk]))
    assert "已停用" in page.text


def test_a_copy_begins_as_the_old_version_is(world):
    old = make_syllabus.published(world.gu, basis="建人九号")

    new = actions.copy(old, by=world.gu, version="2028.1", effective_from=date(2028, 1, 1))

    assert (new.state, new.level, new.basis) == ("draft", "5", "建人九号")
    assert [line.kind for line in lines(old, new)] == ["same", "same"]
    titles = new.units.get(position=2).topics.values_list("title", "parent__title")
    assert ("转角", "一顺一丁") in list(titles)
    copied = audit.own_history(new).get(verb="syllabus.copied")
    assert audit.sentence(copied).endswith("从“砌筑工 五级（初级工） 2027.1”复制出这一版")
    with refused("version_taken"):
        actions.copy(old, by=world.gu, version="2028.1", effective_from=date(2028, 1, 1))
    with refused("not_allowed"):
        actions.copy(old, by=world.li, version="2028.2", effective_from=date(2028, 1, 1))


def test_the_difference_of_two_versions_stands_on_a_page(world, as_user):
    old = make_syllabus.published(world.gu)
    new = actions.copy(old, by=world.gu, version="2028.1", effective_from=date(2028, 1, 1))
    walls = new.units.get(position=2)
    tree.change_unit(walls, by=world.gu, practice_hours=32)
    tree.change_topic(walls.topics.get(title="石墙"), by=world.gu, requirement="master")
    tree.remove_topic(walls.topics.get(title="转角"), by=world.gu)
    tree.add_unit(new, by=world.gu, title="质量检查", theory_hours=4)

    address = reverse("syllabus:difference", args=[new.pk, old.pk])
    page = as_user(world.gu).get(address)

    assert [line.kind for line in page.context["lines"]] == ["same", "changed", "added"]
    assert (page.context["hours_before"].all, page.context["hours_after"].all) == (40, 48)
    assert "理论 8 · 实操 32 · 可线上 4" in page.text
    assert "<del>了解</del> <ins>掌握</ins>" in page.text
    assert as_user(world.li).get(address).status_code == 404  # one of the two is a draft
    other = reverse("syllabus:difference", args=[old.pk, world.syllabus.pk])
    assert as_user(world.gu).get(other).status_code == 404


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"level": ""}, "level_missing"), ({"online_hours_limit": 5}, "online_not_placed")],
)
def test_a_trade_needs_its_level_and_online_hours_a_place(world, fields, code):
    syllabus = make_syllabus.draft(world.gu, **fields)

    with refused(code):
        actions.publish(syllabus, by=world.gu)


def test_a_site_post_has_no_level_and_what_is_not_offered_no_syllabus(world):
    with refused("level_not_for_posts") as refusal:
        make_syllabus.draft(world.gu, job=make.job())
    assert refusal.value.field == "level"
    others = make_syllabus.trade("T1000", "其它")
    others.offered = False
    with refused("job_not_offered") as refusal:
        make_syllabus.draft(world.gu, job=others)
    assert refusal.value.field == "job"


def test_a_level_the_register_does_not_know_cannot_be_stored(world):
    assert {Level.FIVE, Level.ONE, Level.HELPER} < set(Level)
    with pytest.raises(IntegrityError), transaction.atomic():
        Syllabus.objects.filter(pk=world.syllabus.pk).update(level="9")


def test_the_shares_are_shown_against_the_figures_of_the_day(world):
    syllabus = make_syllabus.draft(world.gu, online_hours_limit=4)

    found = {str(check.title): check for check in checks(syllabus, list(syllabus.units.all()))}

    assert found["实操比例"].tone == "ok"
    assert found["实操比例"].facts.startswith("实操 28 / 总 40 学时，占 70%，应不低于 60%（各地")
    assert found["线上比例"].tone == "ok"
    assert found["职业道德必修"].facts == "职业道德，共 4 学时"
    units = list(world.syllabus.units.all())
    assert "实操比例" not in {str(check.title) for check in checks(world.syllabus, units)}


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"units": [make_syllabus.ETHICS | {"theory_hours": 20}]}, "实操比例"),
        ({"online_hours_limit": 5}, "线上比例"),
        ({"units": [make_syllabus.WALLS]}, "职业道德必修"),
    ],
)
def test_what_is_out_of_proportion_is_said(world, fields, title):
    syllabus = make_syllabus.draft(world.gu, **fields)

    found = {str(check.title): check for check in checks(syllabus, list(syllabus.units.all()))}

    assert found[title].tone in {"warn", "bad"}


def test_a_copy_is_made_on_a_page(world, as_user):
    browser = as_user(world.gu)
    copy = reverse("syllabus:copy", args=[world.syllabus.pk])
    form = {"version": "2026.1", "effective_from": "2027-03-01", "basis": "新文", "level": ""}

    assert browser.get(copy).status_code == 200
    taken = browser.post(copy, form)
    assert taken.status_code == 422
    assert "已有 2026.1 版" in taken.text
    page = browser.post(copy, form | {"version": "2027.1"}, follow=True)

    assert "施工工艺与管理" in page.text
    assert as_user(world.li).get(copy).status_code == 404


def test_the_list_is_narrowed_by_what_the_address_says(world, as_user):
    make_syllabus.published(world.gu)
    browser = as_user(world.aygul)

    def found(**address) -> list[str]:
        page = browser.get(reverse("syllabus:index"), address).context["page"]
        return [str(syllabus.job) for syllabus in page]

    assert found() == ["土建施工员", "砌筑工"]
    assert found(category="trade") == found(level="5") == found(q="砌筑") == ["砌筑工"]
    assert found(state="draft") == []
