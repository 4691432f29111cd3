"""The road of an item: from its author to two experts, and into use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make, make_questions
from tests.make_questions import agree, awaited, content, fresh, latest, wearing
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.organizations.models import Role
from zhupei.questions import contents
from zhupei.questions.actions import items, reviews
from zhupei.questions.models import Item, ItemVersion, Opinion, QuestionSet
from zhupei.questions.views.items import MINE
from zhupei.questions.workflow import VERSION


@pytest.fixture
def bank(world):
    return make_questions.experts(world)


def say(opinion: Opinion, decision: str, **reasons: str) -> Opinion:
    by = wearing(opinion.expert)
    return reviews.decide(opinion, by=by, decision=decision, reasons=reasons)


def verbs_of(item) -> list[str]:
    return [event.verb.removeprefix("questions.") for event in audit.history(item)]


def test_two_experts_who_are_not_its_author_bring_an_item_into_use(bank):
    item = make_questions.in_review(bank)
    assert {one.expert for one in awaited(item)} == {bank.ye, bank.shi}
    assert ItemVersion.objects.drawable(bank.questions).filter(item=item).count() == 0

    first, second = awaited(item)
    say(first, "agree")
    assert fresh(item).state == "draft"
    say(second, "agree")

    item = fresh(item)
    assert (item.state, item.current, item.current.state) == ("published", item.latest, "published")
    assert ItemVersion.objects.drawable(bank.questions).filter(item=item).exists()
    assert ItemVersion.objects.drawable(bank.questions.job).filter(item=item).exists()
    assert verbs_of(item) == [
        "item_drafted", "version_submitted", "expert_asked", "expert_asked", "expert_agreed",
        "expert_agreed", "version_published", "item_published",
    ]  # fmt: skip


def test_a_version_in_force_names_its_author_its_readers_and_when(bank):
    version = make_questions.published(bank).current

    trace = ItemVersion.objects.traced().get(pk=version.pk).trace()

    assert trace["author"] == "任红梅"
    assert {(one["expert"], one["decision"]) for one in trace["readers"]} == {
        ("叶向东", "agree"),
        ("石磊", "agree"),
    }
    times = [trace["written_at"], trace["submitted_at"], *(r["at"] for r in trace["readers"])]
    assert times == sorted(times)
    assert trace["published_at"] >= times[-1]


def test_tracing_many_costs_no_more_than_tracing_one(bank, django_assert_num_queries):
    for number in range(3):
        make_questions.published(bank, stem=f"第 {number} 道不同的题")

    with django_assert_num_queries(3):
        assert len([one.trace() for one in ItemVersion.objects.traced().exclude(author=None)]) == 3


def test_what_two_send_back_returns_to_its_author_with_reasons(bank):
    item = make_questions.in_review(bank)
    first, second = awaited(item)
    say(first, "object", stem="问得不清楚。")
    say(second, "object", key="答案应为 C。")

    version = fresh(item).latest
    assert version.state == "returned"
    assert bank.ren.inbox.filter(title__contains="被退回修改").exists()
    reasons = {one.expert_name: one.reasons for one in Opinion.objects.all()}
    assert reasons == {
        first.expert_name: {"stem": "问得不清楚。"},
        second.expert_name: {"key": "答案应为 C。"},
    }
    event = audit.own_history(version).filter(verb="questions.expert_objected").first()
    assert event.facts["note"] == "题干：问得不清楚。"


def test_where_two_differ_a_third_is_asked_and_decides(bank):
    fourth = make.member("第四位专家", Role.EXPERT, bank.association)
    item = make_questions.in_review(bank)
    first, second = awaited(item)
    say(first, "agree")
    say(second, "object", stem="不严谨。")

    (third,) = awaited(item)
    assert third.expert_id not in {bank.ren.pk, first.expert_id, second.expert_id}
    assert fourth in {one.expert for one in Opinion.objects.all()}
    say(third, "agree")
    assert fresh(item).state == "published"


def test_where_two_differ_and_there_is_no_third_it_goes_back(bank):
    item = make_questions.in_review(bank)
    first, second = awaited(item)
    say(first, "object", stem="不严谨。")
    say(second, "agree")

    assert fresh(item).latest.state == "returned"


def test_nobody_reads_their_own_item_not_even_by_assignment(bank):
    item = make_questions.in_review(bank)
    opinion = awaited(item)[0]

    with refused("barred"):
        reviews.replace(opinion, bank.ren, by=bank.gu)
    with refused("not_allowed"):
        reviews.decide(opinion, by=bank.ren, decision="agree")


def test_who_wrote_an_earlier_version_does_not_read_the_next(bank):
    item = make_questions.published(bank)
    version = items.revise(item, by=bank.gu)
    reviews.submit(version, by=bank.gu)

    assert {one.expert for one in awaited(item)} == {bank.ye, bank.shi}  # Ren wrote the first


def test_with_too_few_experts_nothing_is_handed_in(bank):
    item = make_questions.draft(bank)
    bank.shi.memberships.update(until=timezone.localdate() - timedelta(days=1))

    with refused("too_few_experts"):
        reviews.submit(latest(item), by=bank.ren)
    assert fresh(item).latest.state == "draft"


def test_experts_read_nothing_without_a_point_of_the_syllabus(bank):
    version = latest(make_questions.draft(bank, point=""))
    [lacks] = contents.unfinished(contents.of(version), bank.questions.job)
    assert lacks.code == "point_missing"
    with refused("point_missing") as refusal:
        reviews.submit(version, by=version.author)

    assert refusal.value.field == "point"
    assert latest(version.item).state == "draft"
    make_questions.draft(bank)
    assert reviews.submit_all(bank.questions, by=bank.ren) == (1, 1)


def test_work_is_shared_in_turn(bank):
    make.member("第四位专家", Role.EXPERT, bank.association)
    for number in range(6):
        make_questions.draft(bank, stem=f"完全不同的第 {number} 题", by=bank.gu)

    assert reviews.submit_all(bank.questions, by=bank.gu) == (6, 0)

    asked = [one.expert_id for one in Opinion.objects.all()]
    assert {asked.count(expert) for expert in set(asked)} == {3}


def test_a_version_is_frozen_once_it_left_its_author(bank):
    item = make_questions.in_review(bank)

    with refused("frozen"):
        items.change(latest(item), content("别的题"), by=bank.ren)


def test_what_nobody_read_can_be_taken_back_what_somebody_read_cannot(bank):
    item = make_questions.in_review(bank)
    reviews.withdraw(latest(item), by=bank.ren)
    assert fresh(item).latest.state == "draft"
    assert not awaited(item)

    reviews.submit(latest(item), by=bank.ren)
    say(awaited(item)[0], "agree")
    with refused("already_read"):
        reviews.withdraw(latest(item), by=bank.ren)
    assert fresh(item).latest.state == "in_review"


def test_the_old_version_stays_in_force_until_the_new_one_was_read(bank):
    item = make_questions.published(bank)
    old = item.current
    version = items.revise(item, by=bank.ren, content=content("水平灰缝的厚度宜为多少？"))
    reviews.submit(version, by=bank.ren)

    drawn = ItemVersion.objects.drawable(bank.questions).filter(item=item)
    assert drawn.get() == old
    agree(item)
    assert drawn.get() == version
    old.refresh_from_db()
    assert (old.state, old.stem) == ("replaced", "砖砌体的水平灰缝厚度宜为多少？")
    assert fresh(item).current.number == 2


def test_one_version_at_a_time_is_on_its_way(bank):
    item = make_questions.published(bank)
    items.revise(item, by=bank.ren)

    with refused("on_its_way"):
        items.revise(item, by=bank.gu)


def test_a_version_given_up_leaves_the_old_one_in_force(bank):
    item = make_questions.published(bank)
    version = items.revise(item, by=bank.ren)

    with refused("note_required"):
        items.drop(version, by=bank.ren)
    items.drop(version, by=bank.ren, note="不改了")

    item = fresh(item)
    assert (item.latest, item.state) == (item.current, "published")
    assert items.revise(item, by=bank.ren).number == 3


def test_retiring_needs_a_reason_and_calls_off_what_is_on_its_way(bank):
    item = make_questions.published(bank)
    reviews.submit(items.revise(item, by=bank.ren), by=bank.ren)

    with refused("note_required"):
        items.retire(item, by=bank.gu)
    with refused("not_allowed"):
        items.retire(item, by=bank.ren, note="想停")
    items.retire(item, by=bank.gu, note="规范已废止")

    item = fresh(item)
    assert (item.state, item.latest.state) == ("retired", "dropped")
    assert not awaited(item)
    assert not ItemVersion.objects.drawable(bank.questions).filter(item=item).exists()
    with refused("retired"):
        items.revise(item, by=bank.gu)


def test_reasons_are_needed_to_send_back_and_a_decision_is_one_of_two(bank):
    opinion = awaited(make_questions.in_review(bank))[0]
    by = wearing(opinion.expert)

    with refused("reasons_missing"):
        reviews.decide(opinion, by=by, decision="object", reasons={"stem": "  "})
    with refused("decision_unknown"):
        reviews.decide(opinion, by=by, decision="none")
    with refused("part_unknown"):
        reviews.decide(opinion, by=by, decision="object", reasons={"colour": "红"})
    with refused("unprintable"):
        reviews.decide(opinion, by=by, decision="object", reasons={"stem": "\0"})
    reviews.decide(opinion, by=by, decision="agree")
    with refused("already_decided"):
        reviews.decide(opinion, by=by, decision="object", reasons={"": "反悔"})


def test_what_is_closed_takes_no_more_opinions(bank):
    item = make_questions.in_review(bank)
    opinion = awaited(item)[0]
    items.retire(item, by=bank.gu, note="不用了")

    with refused("review_closed"):
        say(opinion, "agree")


def test_the_region_asks_somebody_else(bank):
    fourth = make.member("第四位专家", Role.EXPERT, bank.association)
    item = make_questions.in_review(bank)
    opinion = awaited(item)[0]
    other = ({bank.ye, bank.shi, fourth} - {one.expert for one in awaited(item)}).pop()

    with refused("not_allowed"):
        reviews.replace(opinion, other, by=bank.ren)
    with refused("not_an_expert"):
        reviews.replace(opinion, bank.li, by=bank.gu)
    asked = reviews.replace(opinion, other, by=bank.gu)

    assert (asked.expert, asked.assigned_by) == (other, bank.gu)
    assert not Opinion.objects.filter(pk=opinion.pk).exists()
    assert audit.history(item).last().facts["expert"] == str(other)


def test_items_of_sets_that_are_not_published_are_not_drawn(bank):
    hidden = QuestionSet.objects.create(job=bank.questions.job, title="整理中")
    item = make_questions.published(bank, into=hidden)

    assert fresh(item).state == "published"
    assert not ItemVersion.objects.drawable(hidden).exists()
    assert not ItemVersion.objects.drawable(hidden.job).filter(item=item).exists()


@pytest.mark.parametrize("person", ["li", "aygul", "chen", "adil", "ma", "song"])
def test_only_experts_and_the_region_write(bank, person):
    with refused("not_allowed"):
        items.draft(bank.questions, content(), by=getattr(bank, person))


@pytest.mark.parametrize(
    ("person", "draft", "in_review", "published"),
    [
        ("gu", True, True, True),
        ("ren", True, True, True),  # wrote them
        ("ye", False, True, True),  # was asked
        ("li", False, False, False),
        ("chen", False, False, False),
        ("adil", False, False, False),
        ("song", False, False, False),
        ("nur", False, False, False),
    ],
)
def test_who_sees_an_item(bank, person, draft, in_review, published):
    built = [
        make_questions.draft(bank, stem="第一道草稿题目"),
        make_questions.in_review(bank, stem="第二道在审题目"),
        make_questions.published(bank, stem="第三道在用题目"),
    ]
    seen = set(Item.objects.visible_to(wearing(getattr(bank, person))))

    assert [item in seen for item in built] == [draft, in_review, published]


@pytest.mark.parametrize(
    ("person", "state", "moves"),
    [
        ("ren", "draft", ["submit", "drop"]),
        ("ren", "in_review", ["withdraw"]),
        ("ren", "returned", ["drop"]),
        ("ren", "published", []),
        ("gu", "draft", ["drop"]),
        ("gu", "in_review", []),
        ("gu", "returned", ["drop"]),
        ("ye", "draft", []),
        ("ye", "in_review", []),
        ("li", "draft", []),
        ("chen", "in_review", []),
    ],
)
def test_who_may_do_what_with_a_version(bank, person, state, moves):
    version = latest(getattr(make_questions, state)(bank))

    found = VERSION.available(version, wearing(getattr(bank, person)))
    assert [move.name for move in found if move.name in MINE] == moves


@pytest.mark.django_db(transaction=True)
def test_two_experts_who_agree_at_once_publish_once(bank):
    item = make_questions.in_review(bank)
    both = [(one, wearing(one.expert)) for one in awaited(item)]

    def agree_now(opinion, expert):
        return reviews.decide(opinion, by=expert, decision="agree").decision

    outcomes = at_once(*[lambda pair=pair: agree_now(*pair) for pair in both])

    assert outcomes == ["agree", "agree"]
    item = fresh(item)
    assert item.state == "published"
    assert verbs_of(item).count("version_published") == 1


@pytest.mark.django_db(transaction=True)
def test_one_expert_in_two_windows_says_one_thing(bank):
    opinion = awaited(make_questions.in_review(bank))[0]
    expert = wearing(opinion.expert)

    def say_it(decision):
        reviews.decide(opinion, by=expert, decision=decision, reasons={"": "理由"})
        return "said"

    outcomes = at_once(lambda: say_it("agree"), lambda: say_it("object"))

    assert sorted(outcomes) == ["already_decided", "said"]
