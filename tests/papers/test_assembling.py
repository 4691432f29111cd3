"""Forms made of a blueprint: for a sitting, and to look at."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_papers
from tests.make_papers import row
from tests.papers.test_blueprints import refused
from zhupei.core import audit, files
from zhupei.core.errors import NotAllowed
from zhupei.papers import rules
from zhupei.papers.actions import assembling, blueprints, measures
from zhupei.papers.actions.measures import Measured
from zhupei.papers.bank import Bank
from zhupei.papers.models import Assembly, Form, Measurement, Use
from zhupei.papers.parameters import MEASURED_LEAST
from zhupei.questions.models import ItemVersion, Picture

pytestmark = pytest.mark.django_db
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
    "08d763f8cfc0000000030001"
)


def test_forms_for_a_sitting_hold_what_the_blueprint_says(world):
    ready = make_papers.published_blueprint(world, 12)

    made = assembling.assemble(ready, forms=2, by=world.chen, seed="abc")

    first, second = made.forms.all()
    assert (first.label, second.label, made.seed, made.trial) == ("A", "B", "abc", False)
    assert len(first.places) == 12
    assert [place["kind"] for place in first.places] == ["single"] * 4 + ["multiple"] * 4 + [
        "judge"
    ] * 4
    assert set(first.points.values()) == {"1"}
    assert first.sha256 == rules.digest(first.places)
    by_key = ItemVersion.objects.in_bulk([place["item"] for place in first.places])
    assert first.keys == {str(n): by_key[place["item"]].key for n, place in enumerate(first.places)}
    assert abs(first.difficulty - second.difficulty) < 0.1
    assert made.status == "optimal/in_turn"
    event = audit.history(ready).get(verb="papers.assembled")
    assert event.facts["forms"] == {"A": first.sha256, "B": second.sha256}


def test_the_same_seed_makes_the_same_forms_again(world):
    ready = make_papers.published_blueprint(world, 12)

    first = assembling.rehearse(ready, forms=2, by=world.gu, seed="abc")
    again = assembling.rehearse(ready, forms=2, by=world.gu, seed="abc")

    assert [f.sha256 for f in first.forms.all()] == [f.sha256 for f in again.forms.all()]
    assert first.asked == again.asked


def test_a_form_at_rest_cannot_be_read(world):
    made = make_papers.tried(world)
    form = made.forms.first()

    stored = Form.objects.raw("SELECT id, encode(sealed, 'escape') AS raw FROM papers_form")[0].raw

    assert form.places[0]["stem"] not in stored


def test_only_what_is_published_is_sat(world):
    draft = make_papers.drafted_blueprint(world)

    refused(
        lambda: assembling.assemble(draft, forms=1, by=world.chen), "not_published", "blueprint"
    )
    assert assembling.rehearse(draft, forms=1, by=world.gu).trial


def test_who_may_have_forms_made(world):
    ready = make_papers.published_blueprint(world)

    for user in (world.aygul, world.li, world.adil):
        with pytest.raises(NotAllowed):
            assembling.assemble(ready, forms=1, by=user)
    for user in (world.chen, world.aygul):
        with pytest.raises(NotAllowed):
            assembling.rehearse(ready, forms=1, by=user)


@pytest.mark.parametrize("forms", [0, 13])
def test_a_number_of_forms_that_makes_sense(world, forms):
    ready = make_papers.published_blueprint(world)

    refused(
        lambda: assembling.assemble(ready, forms=forms, by=world.chen),
        "forms_out_of_range",
        "forms",
    )


def test_what_cannot_be_made_says_what_is_missing(world):
    empty = make_papers.blueprint_of(world)
    tight = make_papers.drafted_blueprint(world, 20, overlap=0)

    refused(lambda: assembling.rehearse(empty, forms=1, by=world.gu), "no_rows")
    refusal = refused(
        lambda: assembling.rehearse(tight, forms=2, by=world.gu), "cannot_assemble", "forms"
    )

    assert "两套卷最多相同 0 题做不到，按题库现有的题至少要 10 题" in str(refusal)
    assert not Assembly.objects.exists()


def test_items_of_forms_that_are_sat_count_as_used_and_those_of_trials_do_not(world):
    ready = make_papers.published_blueprint(world, 12)
    assembling.rehearse(ready, forms=2, by=world.gu)
    assert not any(item.used for item in Bank.of(ready).items)

    assembling.assemble(ready, forms=2, by=world.chen)

    assert sum(item.used for item in Bank.of(ready).items) == 24
    assert sum(Use.objects.filter(assembly__trial=False).values_list("forms", flat=True)) == 24
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert not any(item.used for item in Bank.of(ready).items)


def test_the_limit_of_exposure_holds_over_several_assemblies(world):
    ready = make_papers.published_blueprint(world, 12, exposure=1)
    assembling.assemble(ready, forms=2, by=world.chen)

    refusal = refused(
        lambda: assembling.assemble(ready, forms=1, by=world.chen), "cannot_assemble", "forms"
    )

    assert "题库里没用满次数的只有 2 题（另有 8 题已用满）" in str(refusal)


def test_a_case_stands_whole_with_its_text_and_pictures_inside(world):
    questions = make_papers.rich_questions({"识图与构造": 12})
    version = ItemVersion.objects.filter(case__isnull=False).first()
    file = files.keep(PIXEL, name="图.png", media_type="image/png", by=None)
    Picture.objects.create(case=version.case, file=file, alt="基坑剖面", position=0)
    Picture.objects.create(version=version, file=file, alt="支护", position=0)
    ready = make_papers.blueprint_of(
        world, row(count=2), row("case", 3, points="2.5"), question_set=questions
    )

    (form,) = assembling.rehearse(ready, forms=1, by=world.gu).forms.all()

    groups = [place["group"] for place in form.places]
    assert groups[:2] == [None, None]
    assert [group["number"] for group in groups[2:]] == [1, 1, 1]
    assert [place["stem"] for place in form.places[2:]] == [f"案例第 {n} 问" for n in (1, 2, 3)]
    assert groups[2]["pictures"][0]["alt"] == "基坑剖面"
    (picture,) = form.places[2]["pictures"]
    assert picture["src"].startswith("data:image/png;base64,iVBOR")
    assert form.points["4"] == "2.5"


def test_a_form_that_will_be_sat_is_looked_at_by_nobody(world):
    ready = make_papers.published_blueprint(world)
    sat = assembling.assemble(ready, forms=1, by=world.gu).forms.get()
    trial = assembling.rehearse(ready, forms=1, by=world.gu).forms.get()

    for user, form in [(world.gu, sat), (world.chen, sat), (world.chen, trial)]:
        with pytest.raises(NotAllowed):
            assembling.look(form, by=user)
    shown = assembling.look(trial, by=world.gu, keys=True)

    assert shown.keys == trial.keys
    event = audit.history(ready).get(verb="papers.keys_viewed")
    assert event.facts["form"] == trial.pk


def test_assemblies_and_forms_are_seen_by_the_region_only(world):
    make_papers.tried(world)

    for user, count in [(world.gu, 2), (world.chen, 0), (world.li, 0)]:
        user.acting = user.memberships.get()
        assert Form.objects.visible_to(user).count() == count


def test_what_was_measured_is_used_once_enough_people_answered(world):
    ready = make_papers.published_blueprint(world)
    version, other = make_papers.versions(world.questions)[:2]
    measures.note({version.pk: Measured(50, 0.8, 0.4), other.pk: Measured(49, 0.8, 0.4)})

    by_key = {item.key: item for item in Bank.of(ready).items}

    assert by_key[version.pk].share == 0.8
    assert by_key[version.pk].slope == pytest.approx(rules.slope(0.4, 0.8))
    assert by_key[other.pk].share is None
    make.parameter_value(MEASURED_LEAST, 40, make.LONG_AGO)
    assert {item.key: item for item in Bank.of(ready).items}[other.pk].share == 0.8


def test_what_is_measured_again_replaces_what_was_known(world):
    version = make_papers.versions(world.questions)[0]
    measures.note({version.pk: Measured(50, 0.8, 0.4)})
    measures.note({version.pk: Measured(90, 0.7, None)})

    found = Measurement.objects.get()
    assert (found.people, found.share, found.rest) == (90, 0.7, None)


def test_a_blueprint_for_all_sets_of_a_job_draws_from_all(world):
    make_papers.rich_questions()
    made = make_papers.blueprint_of(world, row(point="识图与构造", count=5), row("judge", 3))

    assert blueprints.publish(made, by=world.gu)
    assert len(Bank.of(made).items) == 30 + 63
