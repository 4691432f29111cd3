"""An item put right after it was answered: proposed by one, decided by another, marked for all."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests import make, make_exams, make_marking
from tests import make_item_corrections as make_corrections
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message
from zhupei.exams import rules
from zhupei.exams.access import (
    may_decide_correction,
    may_propose,
    may_replace_correction,
    may_withdraw_correction,
)
from zhupei.exams.actions import attempts, corrections, marks, sittings
from zhupei.exams.models import CorrectionState, ItemCorrection
from zhupei.marking.models import Reading
from zhupei.questions.actions import flags, reviews
from zhupei.questions.models import ItemVersion, Opinion

D = Decimal


@pytest.fixture
def released(world):
    """Four items of the same worth; everybody chose B twice and got 8 of 10 twice: 90 points."""
    return make_marking.released(world, world.adil, world.mayra)


def mark_of(sitting, user):
    return make_marking.attempt_of(sitting, user).mark


def test_another_key_changes_the_marks_of_all_who_had_the_item(world, released):
    row = make_corrections.in_force(world, released)

    assert row.state == CorrectionState.IN_FORCE
    assert row.outcome == {"marked": 2, "changed": 2, "passing": 0, "falling": 0}
    assert mark_of(released, world.adil) == D("65.00")
    agreed = Event.objects.get(verb="item_correction.agreed")
    assert (agreed.facts["ruling"], agreed.facts["keys"], agreed.facts["changed"]) == (
        "new_key",
        ["A"],
        2,
    )
    told = Message.objects.filter(recipient=world.adil).latest("pk")
    assert "由 90.00 分改为 65.00 分，合格" in told.title


def test_several_answers_may_be_right(world, released):
    assert make_corrections.in_force(world, released, keys=["A", "B"]).outcome["changed"] == 0

    assert mark_of(released, world.adil) == D("90.00")


@pytest.mark.parametrize(("ruling", "mark"), [("all", "95.00"), ("void", "86.67")])
def test_points_for_all_or_for_nobody(world, released, ruling, mark):
    place = make_corrections.place_of(released, "essay" if ruling == "all" else "single")

    make_corrections.in_force(world, released, place, ruling=ruling)

    assert mark_of(released, world.adil) == D(mark)


@pytest.mark.parametrize(
    ("said", "drawn"),
    [
        ({}, False),
        ({"keys": ["A", "B"]}, False),
        ({"ruling": "void"}, False),
        ({"ruling": "all"}, True),
    ],
)
def test_what_was_put_right_is_not_drawn_until_experts_agree_to_it(world, released, said, drawn):
    version = make_corrections.version_at(released)
    sealed = released.papers.get().sealed_sha256
    others = drawable(world) - {version}

    make_corrections.in_force(world, released, **said)

    assert (version in drawable(world)) is drawn
    assert others <= drawable(world)
    assert released.papers.get().sealed_sha256 == sealed
    for opinion in Opinion.objects.awaited().filter(review__version=version):
        reviews.decide(opinion, by=opinion.expert, decision="agree")
    assert version in drawable(world)


def test_the_key_of_the_bank_given_back_in_a_sitting_holds_nothing_back(world, released):
    version = make_corrections.version_at(released)
    make_corrections.in_force(world, released, ruling="all")

    make_corrections.in_force(world, released, keys=["B"])

    assert version in drawable(world)
    assert not version.reviews.open().exists()


def drawable(world) -> set[ItemVersion]:
    return set(ItemVersion.objects.drawable(world.written.job))


def test_who_falls_and_who_passes_is_told_beforehand_and_done_so(world):
    sitting = make_marking.marked(world, world.adil, world.mayra, points=("1", "1"))
    sittings.release(sitting, by=world.chen)
    assert make_marking.attempt_of(sitting, world.adil).passed  # two choices right, 20 % twice: 60
    row = make_corrections.proposed(world, sitting)
    before = (Event.objects.count(), Message.objects.count())

    found = corrections.outcome(row)

    assert (Event.objects.count(), Message.objects.count()) == before
    assert found.counts == {"marked": 2, "changed": 2, "passing": 0, "falling": 2}
    assert corrections.agree(row, by=world.gu).outcome == found.counts
    assert not make_marking.attempt_of(sitting, world.adil).passed
    again = make_corrections.proposed(world, sitting, keys=["B"])
    assert corrections.outcome(again).counts["passing"] == 2
    assert corrections.agree(again, by=world.gu).state == CorrectionState.IN_FORCE
    row.refresh_from_db()
    assert row.state == CorrectionState.REPLACED
    assert mark_of(sitting, world.adil) == D("60.00")


def test_before_the_release_nobody_but_the_body_is_told(world):
    sitting = make_marking.marked(world)

    make_corrections.in_force(world, sitting)

    assert mark_of(sitting, world.adil) == D("65.00")
    assert not Message.objects.filter(recipient=world.adil, title__contains="更正").exists()
    assert "已生效" in Message.objects.filter(recipient=world.chen).latest("pk").title


def test_what_people_have_still_to_judge_is_marked_by_the_corrected_key_then(world):
    sitting = make_marking.dealt(world)
    make_corrections.in_force(world, sitting, ruling="all")
    essay = make_corrections.place_of(sitting, "essay")
    make_corrections.in_force(world, sitting, essay, ruling="void")

    for reading in Reading.objects.exclude(script__place=essay):
        make_marking.give(reading, "4", "6")

    assert mark_of(sitting, world.adil) == D("100.00")


def test_a_void_mark_stays_void_and_a_later_review_marks_by_the_correction(world, released):
    marks.void(make_marking.attempt_of(released, world.mayra), by=world.chen, note="替考")

    assert make_corrections.in_force(world, released).outcome["marked"] == 1

    assert mark_of(released, world.mayra) == D("90.00")
    again = marks.again(make_marking.attempt_of(released, world.adil), by=world.chen, note="x")
    assert again.mark == D("65.00")


def test_the_region_proposes_only_where_experts_objected_and_another_one_decides(world, released):
    version = make_corrections.version_at(released)
    said = {"ruling": "all", "reason": "专家认为题干有误"}
    with refused("experts_not_heard"):
        corrections.propose(released, version, by=world.gu, **said)
    objected(version)

    row = corrections.propose(released, version, by=world.gu, **said)

    assert row.by_experts
    with pytest.raises(NotAllowed):
        corrections.agree(row, by=world.gu)
    second = make_corrections.second_regulator(world)
    assert corrections.agree(row, by=second).decided_by == second


def objected(version: ItemVersion) -> None:
    """Two experts say that something is wrong with it."""
    row = flags.flag(version, by=None, reason="区分度为负", facts={})
    for opinion in row.opinions.all():
        reviews.decide(opinion, by=opinion.expert, decision="object", reasons={"key": "答案有误"})


def test_what_cannot_be_proposed(world, released):
    version = make_corrections.version_at(released)
    essay = make_corrections.version_at(released, make_corrections.place_of(released, "essay"))

    def ask(about=version, by=world.chen, **fields):
        said = {"ruling": "new_key", "keys": ["A"], "reason": "x"} | fields
        return corrections.propose(released, about, by=by, **said)

    strange = ItemVersion.objects.exclude(
        pk__in=[one["item"] for one in released.papers.get().places]
    ).first()
    if strange:
        with refused("not_in_sitting"):
            ask(strange)
    for code, fields in [
        ("reason_missing", {"reason": " "}),
        ("key_missing", {"keys": []}),
        ("key_impossible", {"keys": ["H"]}),
        ("key_impossible", {"keys": ["AB"]}),
        ("as_before", {"keys": ["B"]}),
    ]:
        with refused(code):
            ask(**fields)
    with refused("key_of_people"):
        ask(essay)
    with pytest.raises(NotAllowed):
        ask(by=world.li)
    ask()
    with refused("proposed_already"):
        ask(keys=["A", "B"])


def test_nothing_is_put_right_before_the_end_nor_until_nothing_is_left(world):
    when = timezone.now() + timedelta(days=9)
    running = make_exams.sealed_sitting(world, make.learner(), starts_at=when)
    with refused("not_over"):
        corrections.propose(
            running, make_corrections.version_at(running), by=world.chen, ruling="all", reason="x"
        )
    sitting = make_marking.released(world)
    for place in range(3):
        make_corrections.in_force(world, sitting, place, ruling="void")

    with refused("nothing_left"):
        make_corrections.proposed(world, sitting, 3, ruling="void")


def test_it_is_rejected_with_reasons_or_withdrawn(world, released):
    row = make_corrections.proposed(world, released)
    with pytest.raises(NotAllowed):
        corrections.withdraw(row, by=world.gu)
    with refused("note_required"):
        corrections.reject(row, by=world.gu, note=" ")

    assert corrections.reject(row, by=world.gu, note="原答案正确").state == "rejected"

    assert "未获同意" in Message.objects.filter(recipient=world.chen).latest("pk").title
    second = make_corrections.proposed(world, released)
    assert corrections.withdraw(second, by=world.chen).state == "withdrawn"
    with refused("wrong_state"):
        corrections.agree(second, by=world.gu)
    assert mark_of(released, world.adil) == D("90.00")
    assert [e.verb for e in audit.own_history(second)] == [
        "item_correction.proposed",
        "item_correction.withdrawn",
    ]


@pytest.mark.parametrize(
    ("person", "sees", "proposes", "decides"),
    [
        ("chen", 1, True, False),
        ("gu", 1, True, True),
        ("li", 1, False, False),
        ("far_reviewer", 0, False, False),
        ("aygul", 0, False, False),
        ("kurban", 0, False, False),
        ("adil", 0, False, False),
    ],
)
def test_who_sees_proposes_and_decides(world, released, person, sees, proposes, decides):
    row = make_corrections.proposed(world, released)
    user = getattr(world, person)
    user.acting = user.memberships.first()

    assert ItemCorrection.objects.visible_to(user).count() == sees
    assert may_propose(user, released) is proposes
    assert may_decide_correction(user, row) is decides
    assert may_replace_correction(user, row) is decides
    assert may_withdraw_correction(user, row) is (person == "chen")


def test_the_rule_takes_the_best_of_several_keys_and_counts_what_is_left():
    marking = rules.Marking(
        ["multiple", "judge", "essay"],
        {0: "AB", 1: "A", 2: {"rubric": []}},
        {0: D(2), 1: D(1), 2: D(1)},
        {
            0: rules.Correction(rules.Ruling.NEW_KEY, ("AC", "ABC")),
            1: rules.Correction(rules.Ruling.VOID),
            2: rules.Correction(rules.Ruling.ALL),
        },
    )

    for answer, mark in [("ABC", "100.00"), ("AC", "100.00"), ("AB", "33.33"), ("", "33.33")]:
        shares = rules.by_machine(marking, {0: answer, 1: "A"})
        assert rules.final_mark(marking, shares) == D(mark)
    assert marking.right(0) == ["AC", "ABC"]
    assert marking.right(1) == ["A"]


def test_markers_wait_from_before_the_marks_are_computed(world, released, monkeypatch):
    row, done = make_corrections.proposed(world, released), []
    lock, compute = attempts.locked, corrections.outcome
    monkeypatch.setattr(attempts, "locked", lambda rows: done.append(len(rows)) or lock(rows))
    monkeypatch.setattr(corrections, "outcome", lambda it: done.append("outcome") or compute(it))

    corrections.agree(row, by=world.gu)

    assert done[:2] == [2, "outcome"]


def test_two_proposals_that_together_leave_nothing_are_not_both_agreed_to(world):
    sitting = make_marking.released(world)
    for place in range(2):
        make_corrections.in_force(world, sitting, place, ruling="void")
    first, second = (make_corrections.proposed(world, sitting, n, ruling="void") for n in (2, 3))
    corrections.agree(first, by=world.gu)

    assert corrections.outcome(second).changes[0].mark is None
    with refused("nothing_left"):
        corrections.agree(second, by=world.gu)


def test_a_void_attempt_keeps_its_nought_while_essays_are_unread(world):
    sitting = make_marking.dealt(world)
    attempt = marks.void(make_marking.attempt_of(sitting, world.adil), by=world.chen, note="替考")

    marks.again(attempt, by=world.chen, note="迟到的答案")

    attempt.refresh_from_db()
    assert (attempt.mark, attempt.passed) == (0, False)


@pytest.mark.parametrize(("ruling", "asked"), [("new_key", 1), ("void", 1), ("all", 0)])
def test_the_experts_of_the_bank_are_asked_about_an_item_at_fault(world, released, ruling, asked):
    row = make_corrections.in_force(world, released, ruling=ruling)

    reviews_of_it = row.version.reviews.filter(cause="flagged")
    assert reviews_of_it.count() == asked
    assert all("教材第 37 页" in one.reason for one in reviews_of_it)
