"""Filling, publishing and retiring question sets."""

import pytest
from django.core.files.base import ContentFile

from tests import make, make_questions
from tests.questions.formats.test_sheet import GOOD, HEAD
from tests.refusals import refused
from tests.spreadsheets import xlsx
from zhupei.core import audit
from zhupei.questions import actions
from zhupei.questions.access import may_keep, may_see_items
from zhupei.questions.models import QuestionSet

BAD = GOOD | {"题干": "没有答案的题？", "答案": ""}


def spreadsheet(*rows: dict[str, object]) -> ContentFile:
    def fill(book) -> None:
        page = book.add_worksheet("题库")
        page.write_row(0, 0, HEAD)
        for number, row in enumerate(rows, 1):
            page.write_row(number, 0, [row.get(title, "") for title in HEAD])

    return ContentFile(xlsx(fill), "试题.xlsx")


def started(world, title: str = "2027 题库") -> QuestionSet:
    return actions.start(make.job(), by=world.gu, title=title)


def filled(world) -> QuestionSet:
    question_set = started(world)
    file = actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD, BAD))
    actions.take_in(question_set, file, by=world.gu)
    return question_set


@pytest.mark.parametrize("person", ["li", "aygul", "chen", "adil"])
def test_only_the_region_keeps_the_bank(world, person):
    somebody = getattr(world, person)
    question_set = started(world)

    assert may_keep(world.gu, question_set)
    assert not may_keep(somebody, question_set)
    assert not may_see_items(somebody, question_set)
    with refused("not_allowed"):
        actions.start(make.job(), by=somebody, title="别的题库")
    with refused("not_allowed"):
        actions.receive(question_set, by=somebody, upload=spreadsheet(GOOD))
    with refused("not_allowed"):
        actions.look(question_set, by=somebody)
    with refused("not_allowed"):
        actions.publish(question_set, by=somebody)


def test_a_title_is_taken_once_for_a_job(world):
    started(world)

    with refused("title_taken") as refusal:
        started(world)
    assert refusal.value.field == "title"


def test_the_good_rows_come_in_and_the_record_counts_the_others(world):
    question_set = filled(world)

    item = question_set.items.get().latest
    assert (item.kind, item.key, item.options) == (
        "single",
        "D",
        ["公司级", "项目级", "班组级", "个人级"],
    )
    event = audit.own_history(question_set).last()
    assert event.facts == {
        "file": "试题.xlsx",
        "format": "sheet",
        "count": 1,
        "passed_over": 0,
        "refused": 1,
    }
    assert audit.sentence(event) == "顾海 从“试题.xlsx”导入 1 题，0 题已在库中"


def test_a_dry_run_stores_nothing_and_can_be_repeated(world):
    question_set = started(world)
    file = actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD, BAD))

    for _ in range(2):
        reading = actions.rehearse(file)
        assert (len(reading.drafts), len(reading.unread)) == (1, 1)
    assert not question_set.items.exists()


def test_the_same_file_does_not_come_in_twice(world):
    question_set = started(world)
    file = actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD))
    actions.take_in(question_set, file, by=world.gu)

    with refused("already_imported"):
        actions.take_in(question_set, file, by=world.gu)
    again = actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD))
    assert actions.take_in(question_set, again, by=world.gu) == 0
    assert question_set.items.count() == 1
    assert audit.own_history(question_set).last().facts["passed_over"] == 1


def test_an_empty_set_is_not_published(world):
    with refused("no_items"):
        actions.publish(started(world), by=world.gu)


def test_only_what_was_read_makes_a_set_worth_publishing(world):
    question_set = filled(world)

    with refused("no_items"):
        actions.publish(question_set, by=world.gu)
    make_questions.read_all(world, question_set)
    assert actions.publish(question_set, by=world.gu).state == "published"


def test_a_retired_set_takes_nothing_more(world):
    question_set = world.questions
    file = actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD))
    actions.retire(question_set, by=world.gu, note="换新题库")

    with refused("set_retired"):
        actions.receive(question_set, by=world.gu, upload=spreadsheet(GOOD))
    with refused("set_retired"):
        actions.take_in(question_set, file, by=world.gu)


def test_what_comes_from_a_file_is_a_draft_of_whoever_brought_it(world):
    version = filled(world).items.get().latest

    assert (version.state, version.author, version.author_name) == ("draft", world.gu, "顾海")


def test_retiring_needs_a_reason(world):
    with refused("note_required"):
        actions.retire(world.questions, by=world.gu)
    assert actions.retire(world.questions, by=world.gu, note="题目泄露").state == "retired"


def test_every_look_at_the_keys_is_on_record(world):
    actions.look(world.questions, by=world.gu)

    (event,) = audit.own_history(world.questions)
    assert (event.verb, event.actor_name) == ("questions.items_viewed", "顾海")


def test_assessment_bodies_know_of_published_sets_only(world):
    hidden = started(world)

    assert set(QuestionSet.objects.visible_to(world.gu)) == {hidden, world.questions}
    assert set(QuestionSet.objects.visible_to(world.chen)) == {world.questions}
    for person in (world.aygul, world.li, world.adil, world.ma):
        assert not QuestionSet.objects.visible_to(person).exists()
