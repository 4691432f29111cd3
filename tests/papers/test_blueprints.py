"""Blueprints: what may be said in one, by whom, and when it may be used."""

import pytest

from tests import make, make_officials, make_papers
from tests.make_papers import row
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.papers.access import may_draw, may_keep
from zhupei.papers.actions import blueprints
from zhupei.papers.bank import Bank, rows_of, units_of
from zhupei.papers.models import Blueprint
from zhupei.papers.rules import Row
from zhupei.questions.actions import flags
from zhupei.questions.models import Pair
from zhupei.syllabus.models import Category, Job, Topic

pytestmark = pytest.mark.django_db


def refused(deed, code: str, field: str | None = None) -> Refused:
    with pytest.raises(Refused) as refusal:
        deed()
    assert (refusal.value.code, refusal.value.field) == (code, field)
    return refusal.value


def test_a_blueprint_is_drafted_filled_and_published(world):
    made = blueprints.draft(make.job(), by=world.gu, title=" 土建施工员 A ", minutes=90)
    made = blueprints.change(made, by=world.gu, mark=0, rows=[row("single", 5, points=2)])

    made = blueprints.publish(made, by=world.gu)

    assert (made.title, made.state, made.mark) == ("土建施工员 A", "published", 1)
    assert rows_of(made) == [row("single", 5, points=2)]
    verbs = [event.verb for event in audit.history(made).order_by("id")]
    assert verbs == ["papers.drafted", "papers.changed", "papers.published"]


def test_two_of_one_job_have_two_names(world):
    blueprints.draft(make.job(), by=world.gu, title="甲")

    refused(lambda: blueprints.draft(make.job(), by=world.gu, title="甲"), "title_taken", "title")


def test_a_site_post_has_no_level_and_a_set_belongs_to_its_job(world):
    other = Job.objects.create(code="HG", name="焊工", category=Category.TRADE)

    def draft(job, **fields):
        return lambda: blueprints.draft(job, by=world.gu, title="甲", **fields)

    refused(draft(make.job(), level="5"), "no_levels", "level")
    refused(draft(other, question_set=world.questions), "other_job", "question_set")
    assert draft(other, level="5")().level == "5"


def test_a_published_one_is_fixed_and_copied_to_be_changed(world):
    made = make_papers.published_blueprint(world)

    refused(
        lambda: blueprints.change(made, by=world.gu, mark=made.mark, rows=[]), "published_is_fixed"
    )
    copy = blueprints.copy(made, by=world.gu, title="另一份")

    assert (copy.state, rows_of(copy)) == ("draft", rows_of(made))


def test_who_saves_what_was_changed_meanwhile_loses_nothing(world):
    made = make_papers.blueprint_of(world, row(count=3))

    refused(
        lambda: blueprints.change(made, by=world.gu, mark=0, rows=[row(count=9)]),
        "changed_meanwhile",
    )
    assert rows_of(made) == [row(count=3)]


def test_a_form_has_its_limits(world):
    made = make_papers.blueprint_of(world)

    def change(*rows):
        return lambda: blueprints.change(made, by=world.gu, mark=made.mark, rows=rows)

    refused(change(row(count=150), row("judge", 51)), "too_many_items")
    refused(change(*[row(point=f"{n}") for n in range(121)]), "too_many_rows")


def test_what_the_bank_cannot_give_is_not_published(world):
    empty = make_papers.blueprint_of(world)
    hard = make_papers.blueprint_of(world, row("multiple", 6, point="识图", band="hard"))

    refused(lambda: blueprints.publish(empty, by=world.gu), "no_rows")
    refusal = refused(lambda: blueprints.publish(hard, by=world.gu), "bank_too_small")

    assert "识图 × 多选题 × 难：要 6 题，题库只有 0 题，还缺 6 题。" in str(refusal)
    hard.refresh_from_db()
    assert hard.state == "draft"


def test_what_is_held_back_is_missing_at_once(world):
    made = make_papers.published_blueprint(world)
    held = len(Bank.of(made).items)
    version = next(iter(Bank.of(made).versions.values()))

    flags.hold_back(version, reason="第 3 题：改答案")

    assert len(Bank.of(made).items) == held - 1
    assert version.pk not in Bank.of(made).versions


def test_retiring_wants_a_reason(world):
    made = make_papers.published_blueprint(world)

    refused(lambda: blueprints.retire(made, by=world.gu), "note_required", "note")
    assert blueprints.retire(made, by=world.gu, note="大纲换了").state == "retired"


def test_a_quick_one_has_the_proportions_of_the_bank(world):
    made = blueprints.proportional(world.questions, items=20, minutes=60, by=world.gu)

    rows = rows_of(made)
    assert sum(row.count for row in rows) == 20
    assert {row.kind: row.count for row in rows} == {"single": 7, "multiple": 7, "judge": 6}
    assert made.question_set == world.questions
    refused(
        lambda: blueprints.proportional(world.questions, items=31, minutes=60, by=world.gu),
        "items_missing",
        "items",
    )


def test_cases_of_the_bank_have_their_share_as_wholes(world):
    questions = make_papers.rich_questions({"识图与构造": 12})

    made = blueprints.proportional(questions, items=15, minutes=60, by=world.gu)

    assert sum(row.count for row in rows_of(made)) == 15
    assert {row.count for row in rows_of(made) if row.kind == "case"} == {3}
    made.title = "x"
    few = blueprints.proportional(questions, items=5, minutes=60, by=world.gu)
    assert not [row for row in rows_of(few) if row.kind == "case"]


def test_only_the_region_keeps_blueprints(world):
    draft = make_papers.blueprint_of(world, row())

    for deed in (
        lambda: blueprints.draft(make.job(), by=world.chen, title="乙"),
        lambda: blueprints.change(draft, by=world.chen, mark=draft.mark, rows=[]),
        lambda: blueprints.publish(draft, by=world.chen),
        lambda: blueprints.copy(draft, by=world.chen, title="乙"),
    ):
        with pytest.raises(NotAllowed):
            deed()


def test_who_sees_and_may_do_what(world):
    make_officials.add(world)
    draft = make_papers.blueprint_of(world, row())
    ready = make_papers.published_blueprint(world)

    def seen(user) -> set[Blueprint]:
        return set(Blueprint.objects.visible_to(user))

    world.gu.acting = world.gu.memberships.get()
    assert seen(world.gu) == {draft, ready}
    assert may_keep(world.gu, draft)
    assert may_draw(world.gu, ready)
    for user, sees in [
        (world.chen, {ready}),
        (world.nur, set()),
        (world.jin, set()),
        (world.ren, set()),
        (world.aygul, set()),
        (world.li, set()),
    ]:
        user.acting = user.memberships.get()
        assert seen(user) == sees, user
        assert not may_keep(user, draft)
        assert may_draw(user, ready) is bool(sees)
        assert not may_draw(user, draft)
    assert not seen(world.adil)


# ── What may be drawn ────────────────────────────────────────────────────────────────────────


def test_a_topic_counts_for_the_unit_it_lies_below(world):
    unit = world.syllabus.units.get(title="识图与构造")
    above = Topic.objects.create(
        unit=unit, depth=1, position=1, title="平面图", requirement="master"
    )
    Topic.objects.create(
        unit=unit, parent=above, depth=2, position=2, title="轴线", requirement="know"
    )
    make.items_in_force(world.questions, [make_papers.content(0, "轴线")])
    made = make_papers.blueprint_of(world, question_set=world.questions)

    bank = Bank.of(made)

    (item,) = [item for item in bank.items if item.point == "轴线"]
    assert item.under == {"识图与构造", "平面图"}
    assert Row("识图与构造", "single", "", 1).takes(item)
    assert units_of(made) == ["职业道德与法规", "识图与构造", "施工工艺与管理"]


def test_known_duplicates_reach_assembly(world):
    first, second = make_papers.versions(world.questions)[:2]
    Pair.objects.create(first=first.item, second=second.item, score=1, verdict="same")
    other = make_papers.versions(world.questions)[2]
    Pair.objects.create(first=first.item, second=other.item, score=1, verdict="different")

    assert Bank.of(make_papers.blueprint_of(world)).alike == {(first.pk, second.pk)}


def test_a_share_of_the_size_is_the_limit_of_what_two_forms_share(world):
    made = make_papers.blueprint_of(world, overlap=15, exposure=3)

    limits = Bank.of(made).limits(made, [row(count=25)])

    assert (limits.overlap, limits.exposure) == (3, 3)
