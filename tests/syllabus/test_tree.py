"""Writing the tree of a draft: by verbs, and from its page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make_syllabus
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.syllabus import actions
from zhupei.syllabus.actions import tree
from zhupei.syllabus.models import Topic, Unit

NEW = {"title": "质量检查", "theory_hours": 4, "practice_hours": 0}


@pytest.fixture
def walls(world) -> Unit:
    """The second unit of a draft; it has five topics."""
    return make_syllabus.draft(world.gu).units.get(position=2)


def drawn(unit: Unit) -> list[str]:
    """The topics as they are read, a dot for every line above; parents are what they say."""
    topics = list(unit.topics.select_related("parent"))
    assert [topic.position for topic in topics] == list(range(1, len(topics) + 1))
    for topic in topics:
        assert (topic.parent.depth if topic.parent else 0) == topic.depth - 1
    return [f"{'.' * (topic.depth - 1)}{topic.title}" for topic in topics]


def test_topics_are_written_with_their_units(walls):
    assert drawn(walls) == ["砖墙", ".一顺一丁", "..转角", ".三顺一丁", "石墙"]
    assert walls.topics.get(title="转角").parent.title == "一顺一丁"


def test_a_unit_is_added_changed_moved_and_removed(world, walls):
    syllabus = walls.syllabus
    unit = tree.add_unit(syllabus, by=world.gu, **NEW)
    tree.move_unit(unit, "up", by=world.gu)
    tree.change_unit(unit, by=world.gu, theory_hours=6, title="质量")
    assert [u.title for u in syllabus.units.all()] == ["职业道德", "质量", "砌筑工艺"]

    tree.remove_unit(walls, by=world.gu)

    assert [(u.position, u.title) for u in syllabus.units.all()] == [(1, "职业道德"), (2, "质量")]
    assert not Topic.objects.exists()
    verbs = [event.verb.partition(".")[2] for event in audit.own_history(syllabus)]
    assert verbs == ["drafted", "unit_added", "unit_moved", "unit_changed", "unit_removed"]
    changed = audit.own_history(syllabus).get(verb="syllabus.unit_changed").facts["changed"]
    assert changed == {"理论学时": ["4", "6"], "单元": ["质量检查", "质量"]}


def test_topics_are_added_changed_moved_and_removed(world, walls):
    new = tree.add_topic(walls, by=world.gu, title="砌块墙", requirement="know")
    tree.move_topic(new, "up", by=world.gu)
    tree.move_topic(new, "indent", by=world.gu)
    assert drawn(walls) == ["砖墙", ".一顺一丁", "..转角", ".三顺一丁", ".砌块墙", "石墙"]

    below = tree.add_topic(walls, by=world.gu, below=new, title="排块", requirement="know")
    tree.move_topic(new, "outdent", by=world.gu)
    tree.change_topic(below, by=world.gu, title="排块图", requirement="master")
    tree.remove_topic(walls.topics.get(title="一顺一丁"), by=world.gu)

    assert drawn(walls) == ["砖墙", ".三顺一丁", "砌块墙", ".排块图", "石墙"]
    removed = audit.own_history(walls.syllabus).get(verb="syllabus.topic_removed")
    assert removed.facts["gone"] == 2


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"theory_hours": 0}, "unit_without_hours", "theory_hours"),
        ({"online_hours": 5}, "online_over_theory", "online_hours"),
    ],
)
def test_a_unit_that_cannot_be(world, walls, fields, code, field):
    with refused(code) as refusal:
        tree.add_unit(walls.syllabus, by=world.gu, **(NEW | fields))
    assert refusal.value.field == field
    with refused(code):
        tree.change_unit(walls.syllabus.units.first(), by=world.gu, **{"theory_hours": 4} | fields)


def test_steps_that_do_not_exist(world, walls):
    with refused("no_such_step"):
        tree.move_unit(walls, "down", by=world.gu)
    with refused("no_such_step"):
        tree.move_topic(walls.topics.first(), "up", by=world.gu)
    with refused("too_deep") as refusal:
        deepest = walls.topics.get(title="转角")
        tree.add_topic(walls, by=world.gu, below=deepest, title="x", requirement="know")
    assert refusal.value.field == "title"


def test_the_database_keeps_three_levels_and_known_requirements(walls):
    parent = walls.topics.first()
    for wrong in ({"depth": 4}, {"depth": 1}, {"requirement": "guess"}):
        said = {"depth": 2, "requirement": "know"} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            Topic.objects.create(unit=walls, parent=parent, position=9, title="x", **said)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.filter(pk=walls.pk).update(online_hours=9)


def test_who_read_an_older_state_is_told_and_changes_nothing(world, walls):
    seen = walls.syllabus.mark
    tree.add_unit(walls.syllabus, by=world.gu, seen=seen, **NEW)

    for verb in (
        lambda: tree.add_unit(walls.syllabus, by=world.gu, seen=seen, **NEW),
        lambda: tree.change_unit(walls, by=world.gu, seen=seen, title="别的"),
        lambda: tree.remove_unit(walls, by=world.gu, seen=seen),
        lambda: tree.move_topic(walls.topics.last(), "up", by=world.gu, seen=seen),
        lambda: actions.change(walls.syllabus, by=world.gu, seen=seen, version="x"),
    ):
        with refused("changed_meanwhile"):
            verb()
    assert walls.syllabus.units.count() == 3


def test_what_is_published_has_a_fixed_tree_and_strangers_write_nothing(world, walls):
    with refused("not_allowed"):
        tree.add_unit(walls.syllabus, by=world.li, **NEW)
    actions.publish(walls.syllabus, by=world.gu)
    for verb in (
        lambda: tree.add_unit(walls.syllabus, by=world.gu, **NEW),
        lambda: tree.remove_topic(walls.topics.first(), by=world.gu),
    ):
        with refused("published_is_fixed"):
            verb()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_at_once_one_is_told(world):
    unit = make_syllabus.draft(world.gu).units.get(position=2)

    def save(title: str) -> str:
        tree.change_unit(unit, by=world.gu, seen=0, title=title)
        return "saved"

    outcomes = at_once(lambda: save("甲"), lambda: save("乙"))

    assert sorted(outcomes) == ["changed_meanwhile", "saved"]


# The page


def page_of(unit: Unit, name: str, *keys) -> str:
    return reverse(f"syllabus:{name}", args=[unit.syllabus_id, *keys])


def test_the_whole_tree_is_on_the_page(world, as_user, walls):
    page = as_user(world.gu).get(page_of(walls, "tree"))

    assert "砌筑工 五级（初级工） 2027.1" in page.text
    assert all(title in page.text for title in ("砌筑工艺", "一顺一丁", "转角"))
    assert 'name="seen" value="0"' in page.text


def test_a_line_is_saved_with_and_without_script(world, as_user, walls):
    browser = as_user(world.gu)
    save = page_of(walls, "unit", walls.pk, "save")
    typed = {"title": "砌墙", "theory_hours": "8", "practice_hours": "28", "online_hours": ""}

    plain = browser.post(save, typed | {"seen": "0"})
    assert plain.status_code == 302
    redrawn = browser.post(
        save, typed | {"seen": "1", "is_ethics": "on"}, headers={"HX-Request": "1"}
    )

    assert redrawn.status_code == 200
    assert redrawn.text.lstrip().startswith('<div class="stack" id="tree">')
    walls.refresh_from_db()
    assert (walls.title, walls.online_hours, walls.is_ethics) == ("砌墙", 0, True)


def test_all_steps_have_a_button_that_works(world, as_user, walls):
    browser = as_user(world.gu)
    last = walls.topics.last()
    add = page_of(walls, "add_topic", walls.pk)
    browser.post(add, {"title": "砌块", "requirement": "know", "below": last.pk, "seen": "0"})
    for mark, (step, key) in enumerate(
        [("up", last.pk), ("down", last.pk), ("indent", last.pk), ("outdent", last.pk)], 1
    ):
        assert browser.post(page_of(walls, "topic", key, step), {"seen": mark}).status_code == 302
    browser.post(page_of(walls, "topic", walls.topics.first().pk, "remove"), {"seen": "5"})
    browser.post(page_of(walls, "unit", walls.pk, "up"), {"seen": "6"})
    typed = {"title": "验收", "theory_hours": "2", "seen": "7"}
    browser.post(page_of(walls, "add_unit"), typed)

    assert drawn(walls) == ["石墙", ".砌块"]
    assert [u.title for u in walls.syllabus.units.all()] == ["砌筑工艺", "职业道德", "验收"]


def test_nothing_typed_is_lost_when_somebody_was_faster(world, as_user, walls):
    browser = as_user(world.gu)
    tree.add_unit(walls.syllabus, by=world.gu, **NEW)
    typed = {"title": "我写的单元名", "theory_hours": "9", "practice_hours": "1", "seen": "0"}

    page = browser.post(page_of(walls, "unit", walls.pk, "save"), typed)

    assert page.status_code == 422
    assert "有人改过这份大纲" in page.text
    assert 'value="我写的单元名"' in page.text
    assert 'name="seen" value="1"' in page.text
    again = browser.post(page_of(walls, "unit", walls.pk, "save"), typed | {"seen": "1"})
    assert again.status_code == 302


def test_what_was_typed_into_a_line_that_is_gone_is_said(world, as_user, walls):
    topic = walls.topics.last()
    tree.remove_topic(topic, by=world.gu)

    typed = {"title": "我写的知识点", "requirement": "know", "seen": "0"}
    page = as_user(world.gu).post(page_of(walls, "topic", topic.pk, "save"), typed)

    assert page.status_code == 422
    assert "刚被别人删除" in page.text
    assert "我写的知识点" in page.text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "必填"),
        ({"theory_hours": "-1"}, "0"),
        ({"theory_hours": "1000"}, "999"),
        ({"theory_hours": "0", "practice_hours": "0"}, "这个单元还没有学时"),
        ({"online_hours": "9"}, "不能多于理论学时"),
    ],
)
def test_a_line_that_cannot_be_says_why_beside_what_was_typed(world, as_user, walls, typed, words):
    form = {"title": "质量", "theory_hours": "4", "practice_hours": "0", "seen": "0"} | typed
    page = as_user(world.gu).post(page_of(walls, "add_unit"), form)

    assert page.status_code == 422
    assert words in page.text
    assert walls.syllabus.units.count() == 2


def test_the_editor_is_the_region_s_own_and_of_drafts(world, as_user, walls):
    assert as_user(world.li).get(page_of(walls, "tree")).status_code == 404
    assert as_user(world.li).post(page_of(walls, "add_unit"), NEW).status_code == 404
    browser = as_user(world.gu)
    assert browser.post(page_of(walls, "unit", walls.pk, "burn"), {"seen": 0}).status_code == 404
    actions.publish(walls.syllabus, by=world.gu)
    assert browser.get(page_of(walls, "tree")).status_code == 302


@pytest.mark.parametrize("topics", [3, 300])
def test_the_editor_costs_the_same_for_three_and_for_three_hundred_topics(
    world, as_user, walls, topics, django_assert_num_queries
):
    walls.topics.all().delete()
    Topic.objects.bulk_create(
        Topic(unit=walls, depth=1, position=n, title=f"点{n}", requirement="know")
        for n in range(topics)
    )
    browser = as_user(world.gu)

    with django_assert_num_queries(8):
        browser.get(page_of(walls, "tree"))
