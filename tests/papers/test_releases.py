"""A sealed set let to one blueprint: the machine draws from it, nobody reads it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_papers
from tests.make_papers import row
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.papers.access import may_look
from zhupei.papers.actions import assembling, blueprints, releases
from zhupei.papers.bank import Bank
from zhupei.papers.models import Assembly, Blueprint, Release, Use
from zhupei.portal import todo
from zhupei.questions.actions import items, sealing
from zhupei.questions.models import Case, Item, ItemVersion, Keyholder, QuestionSet
from zhupei.syllabus.models import Category, Job

pytestmark = pytest.mark.django_db
SECRET = "统考秘题"


@pytest.fixture
def sealed(world):
    return make_papers.sealed_set(world)


@pytest.fixture
def blueprint(world, sealed):
    """Of the sealed set alone, still a draft: ten single choices."""
    return make_papers.blueprint_of(world, row("single", 10), question_set=sealed)


def held(blueprint) -> int:
    return len(Bank.of(blueprint).items)


def ask(world, blueprint, sealed, **fields) -> Release:
    said = {"by": world.second, "until": timezone.localdate(), "reason": "统考"} | fields
    return releases.propose(blueprint, sealed, **said)


def deeds(sealed) -> list[str]:
    return [event.verb for event in audit.own_history(sealed)][-3:]


def test_two_who_are_named_let_one_blueprint_draw_from_it(world, sealed, blueprint):
    other = make_papers.blueprint_of(world, row("single", 10), question_set=sealed)
    made = ask(world, blueprint, sealed)
    assert held(blueprint) == 0
    assert world.third.inbox.filter(title__contains="放行").exists()
    assert not world.gu.inbox.filter(title__contains="放行").exists()
    assert [one.title for one in todo.todos(world.third) if str(one.kind) == "封存题库放行"] == [
        str(sealed)
    ]

    releases.confirm(made, by=world.third)

    assert (held(blueprint), held(other)) == (20, 0)
    assert not ItemVersion.objects.drawable(sealed).exists()
    assert not ItemVersion.objects.drawable(sealed.job).filter(item__question_set=sealed).exists()
    assert deeds(sealed)[1:] == ["questions.release_asked", "questions.released_to_blueprint"]


def test_a_blueprint_of_the_whole_job_has_it_beside_the_other_sets(world, sealed):
    blueprint = make_papers.blueprint_of(world, row("single", 10))
    before = held(blueprint)

    make_papers.released(world, blueprint, sealed)

    assert held(blueprint) == before + 20


def test_the_body_draws_and_the_set_has_it_on_record(world, sealed, blueprint):
    make_papers.released(world, blueprint, sealed)
    blueprint = blueprints.publish(blueprint, by=world.gu)

    made = assembling.assemble(blueprint, forms=2, by=world.chen)

    items = {place["stem"] for form in made.forms.all() for place in form.places}
    assert all(stem.startswith(SECRET) for stem in items)
    event = audit.own_history(sealed).get(verb="questions.drawn_unread")
    assert (event.actor_id, event.facts["count"], event.facts["forms"]) == (
        world.chen.pk,
        len(items),
        2,
    )
    people = [world.gu, world.second, world.chen]
    assert not any(may_look(user, form) for user in people for form in made.forms.all())


def test_a_trial_shows_figures_to_its_author_and_the_items_to_the_named(
    world, sealed, blueprint, as_user
):
    make_papers.released(world, blueprint, sealed)
    browser = as_user(world.gu)

    made = assembling.rehearse(blueprint, forms=1, by=world.gu)

    form = made.forms.get()
    assert audit.own_history(sealed).filter(verb="questions.drawn_unread").count() == 1
    for name, pk in [("detail", blueprint.pk), ("edit", blueprint.pk), ("assembly", made.pk)]:
        page = browser.get(reverse(f"papers:{name}", args=[pk]))
        assert (page.status_code, SECRET in page.text) == (200, False)
    assert reverse("papers:form", args=[form.pk]) not in page.text
    for name in ("form", "keys"):
        page = browser.get(reverse(f"papers:{name}", args=[form.pk]))
        assert (page.status_code, SECRET in page.text) == (403, False)
    page = as_user(world.third).get(reverse("papers:form", args=[form.pk]))
    assert SECRET in page.text
    assert audit.own_history(sealed).last().verb == "questions.items_viewed"


def test_what_was_tried_before_the_set_was_sealed_is_closed_with_it(world):
    form = make_papers.tried(world).forms.first()
    assert may_look(world.gu, form)

    sealing.seal(world.questions, by=world.gu)

    assert not may_look(world.gu, form)
    with pytest.raises(NotAllowed):
        assembling.look(form, by=world.gu)


def test_it_ends_by_one_by_its_day_and_with_the_seal(world, sealed, blueprint):
    made = make_papers.released(world, blueprint, sealed, days=3)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert held(blueprint) == 0
        with refused("over"):
            releases.end(made, by=world.third)
    sealing.ask_unseal(sealed, by=world.gu, note="考完了")
    sealing.unseal(sealed, by=world.second)
    assert held(blueprint) == 20  # open to all who keep the bank
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        sealing.seal(sealed, by=world.gu)
        assert held(blueprint) == 0


def test_once_ended_nothing_more_is_drawn_and_it_may_be_let_anew(world, sealed, blueprint):
    made = make_papers.released(world, blueprint, sealed)
    with refused("released_already"):
        ask(world, blueprint, sealed)

    releases.end(made, by=world.second)

    assert held(blueprint) == 0
    assert deeds(sealed)[-1] == "questions.release_ended"
    assert ask(world, blueprint, sealed).confirmed_at is None


def test_one_alone_lets_nothing(world, sealed, blueprint):
    made = ask(world, blueprint, sealed)
    with refused("second_person"):
        releases.confirm(made, by=world.second)
    releases.confirm(made, by=world.third)
    with refused("confirmed_already"):
        releases.confirm(made, by=world.third)
    Keyholder.objects.filter(user=world.third).update(ended_at=timezone.now(), ended_by=world.gu)
    with pytest.raises(NotAllowed):
        releases.end(made, by=world.third)


@pytest.mark.parametrize("person", ["gu", "chen", "li", "adil"])
def test_who_is_not_named_lets_nothing(world, sealed, blueprint, person):
    user = getattr(world, person)
    with pytest.raises(NotAllowed):
        ask(world, blueprint, sealed, by=user)
    made = ask(world, blueprint, sealed)
    for verb in (releases.confirm, releases.end):
        with pytest.raises(NotAllowed):
            verb(made, by=user)


def test_what_cannot_be_let(world, sealed, blueprint):
    today = timezone.localdate()
    with refused("reason_missing"):
        ask(world, blueprint, sealed, reason=" ")
    for day in (today - timedelta(days=1), today + timedelta(days=367)):
        with refused("until_out_of_range"):
            ask(world, blueprint, sealed, until=day)
    other = make_papers.sealed_set(world, items=1)
    with refused("other_set"):
        ask(world, blueprint, other)
    job = Job.objects.create(code="HG", name="焊工", category=Category.TRADE)
    strange = make_papers.sealed_set(world, items=1, job=job)
    with refused("other_job"):
        ask(world, blueprint, strange)
    made = make_papers.released(world, blueprint, sealed)
    blueprints.retire(blueprints.publish(blueprint, by=world.gu), by=world.gu, note="旧")
    releases.end(made, by=world.third)
    with refused("retired"):
        ask(world, blueprint, sealed)


def test_it_is_let_on_the_page_of_the_blueprint(world, sealed, blueprint, as_user):
    here = reverse("papers:detail", args=[blueprint.pk])
    said = {"question_set": sealed.pk, "until": "", "reason": "统考"}
    address = reverse("papers:release", args=[blueprint.pk])
    assert "封存题库放行" not in as_user(world.gu).get(here).text
    browser = as_user(world.second)
    assert browser.get(here).context["release_form"]

    assert browser.post(address, said).status_code == 422
    late = timezone.localdate() + timedelta(days=400)
    page = browser.post(address, said | {"until": late.isoformat()})
    assert (page.status_code, "最长一年" in page.text) == (422, True)
    browser.post(address, said | {"until": timezone.localdate().isoformat()})

    made = blueprint.releases.get()
    confirm = reverse("papers:move-release", args=[made.pk, "confirm"])
    assert confirm not in browser.get(here).text
    assert confirm not in as_user(world.gu).get(here).text
    assert as_user(world.chen).post(confirm).status_code == 404
    third = as_user(world.third)
    assert confirm in third.get(here).text
    third.post(confirm)
    assert held(blueprint) == 20
    assert "已确认，可以抽题" in as_user(world.gu).get(here).text
    as_user(world.third).post(reverse("papers:move-release", args=[made.pk, "end"]))
    assert held(blueprint) == 0


def test_a_blueprint_may_name_a_sealed_set_and_has_nothing_until_it_is_let(world, sealed, as_user):
    blueprint = make_papers.blueprint_of(world, row("single", 10))

    page = as_user(world.gu).get(reverse("papers:edit", args=[blueprint.pk]))

    assert f"{sealed}（封存，放行后才抽题）" in page.text
    made = make_papers.blueprint_of(world, row("single", 10), question_set=sealed)
    with refused("bank_too_small"):
        blueprints.publish(made, by=world.gu)


def test_what_stood_on_a_form_of_an_exam_is_not_drawn_again_while_it_is_sealed(
    world, sealed, blueprint
):
    make_papers.released(world, blueprint, sealed)
    other = make_papers.blueprint_of(world, row("single", 8), question_set=sealed)
    make_papers.released(world, other, sealed)
    assembling.rehearse(blueprint, forms=1, by=world.gu)
    assert (held(blueprint), held(other)) == (20, 20)  # a trial is sat by nobody
    blueprint = blueprints.publish(blueprint, by=world.gu)

    first = drawn(assembling.assemble(blueprint, forms=1, by=world.chen))

    assert (held(blueprint), held(other)) == (10, 10)
    second = drawn(assembling.assemble(blueprint, forms=1, by=world.chen))
    assert not first & second
    with refused("cannot_assemble"):
        assembling.assemble(blueprint, forms=1, by=world.chen)
    sealing.ask_unseal(sealed, by=world.gu, note="考完了")
    sealing.unseal(sealed, by=world.second)
    assert held(blueprint) == 20


def drawn(made) -> set[int]:
    return {place["item"] for form in made.forms.all() for place in form.places}


def test_neither_a_next_version_nor_the_rest_of_its_case_is_drawn(world):
    sealed = make_papers.sealed_set(world, items=4)
    case = Case.objects.create(question_set=sealed, text="某工地基坑开挖。")
    said = [
        make_papers.content(0, "识图与构造", case=case, position=n, stem=f"秘案第 {n} 问")
        for n in (1, 2)
    ]
    asked, rest = make.items_in_force(sealed, said)
    blueprint = make_papers.blueprint_of(world, row("single", 4), question_set=sealed)
    make_papers.released(world, blueprint, sealed)
    alone = ItemVersion.objects.filter(item__question_set=sealed, case=None).first()
    assert {asked.pk, rest.pk, alone.pk} <= set(Bank.of(blueprint).versions)
    sat = Assembly.objects.create(
        blueprint=blueprint,
        seed="7",
        asked={},
        status="optimal",
        gap=0,
        seconds=1,
        versions={},
        made_at=timezone.now(),
        made_by_name="陈",
    )
    Use.objects.bulk_create(Use(assembly=sat, version=one, forms=1) for one in (asked, alone))

    following = items.revise(alone.item, by=world.second)
    ItemVersion.objects.filter(pk=alone.pk).update(state="replaced")
    ItemVersion.objects.filter(pk=following.pk).update(state="published")
    Item.objects.filter(pk=alone.item_id).update(current=following)

    assert not {asked.pk, rest.pk, alone.pk, following.pk} & set(Bank.of(blueprint).versions)
    assert held(blueprint) == 3


@pytest.mark.django_db(transaction=True)
def test_two_sittings_sealed_at_once_share_no_item_of_a_sealed_set(world):
    sealed = make_papers.sealed_set(world)
    both = [make_papers.blueprint_of(world, row("single", 10), question_set=sealed) for _ in "ab"]
    for one in both:
        make_papers.released(world, one, sealed)
        blueprints.publish(one, by=world.gu)

    first, second = at_once(
        *[lambda one=one: assembling.assemble(one, forms=1, by=world.chen) for one in both]
    )

    assert not drawn(first) & drawn(second)


def test_it_is_agreed_to_only_while_the_proposer_is_named_and_the_blueprint_used(
    world, sealed, blueprint
):
    made = ask(world, blueprint, sealed)
    key = Keyholder.objects.holding().get(user=world.second)
    sealing.end(key, by=world.gu)
    with refused("proposer_gone"):
        releases.confirm(made, by=world.third)
    sealing.confirm(sealing.name(sealed, world.second, by=world.gu, reason="又"), by=world.third)
    Blueprint.objects.filter(pk=blueprint.pk).update(state="retired")
    with refused("retired"):
        releases.confirm(made, by=world.third)
    Blueprint.objects.filter(pk=blueprint.pk).update(state="draft")
    assert releases.confirm(made, by=world.third).confirmed_by == world.third


def test_a_page_sent_back_offers_the_same_sets_as_before(world, sealed, as_user):
    blueprint = make_papers.blueprint_of(world, row("single", 10))
    job = Job.objects.create(code="HG", name="焊工", category=Category.TRADE)
    make_papers.sealed_set(world, items=1, job=job)
    QuestionSet.objects.create(
        job=sealed.job, title="无人具名", sealed_at=timezone.now(), sealed_by=world.gu
    )
    browser = as_user(world.second)
    here = browser.get(reverse("papers:detail", args=[blueprint.pk]))

    again = browser.post(reverse("papers:release", args=[blueprint.pk]), {"reason": "统考"})

    offered = [
        list(page.context["release_form"].fields["question_set"].queryset) for page in (here, again)
    ]
    assert offered == [[sealed], [sealed]]


def test_the_page_asks_no_more_the_more_sets_are_let(
    world, sealed, as_user, django_assert_max_num_queries
):
    blueprint = make_papers.blueprint_of(world, row("single", 10))
    make_papers.released(world, blueprint, sealed)
    browser, here = as_user(world.third), reverse("papers:detail", args=[blueprint.pk])
    browser.get(here)
    with django_assert_max_num_queries(60) as before:
        browser.get(here)
    for _more in range(2):
        make_papers.released(world, blueprint, make_papers.sealed_set(world, items=1))

    with django_assert_max_num_queries(len(before)):
        page = browser.get(here)

    assert [line["may_end"] for line in page.context["releases"]] == [True] * 3
