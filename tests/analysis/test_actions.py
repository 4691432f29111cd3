"""Studying a released sitting, judging what it brings up."""

import pytest

from tests import make, make_analysis, make_exams, make_officials
from zhupei.analysis import jobs, rules, similarity
from zhupei.analysis.access import may_judge, may_study
from zhupei.analysis.actions import leads, studies
from zhupei.analysis.models import ItemFigures, Lead, SittingFigures
from zhupei.analysis.parameters import LEAST
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.exams.models import Sitting
from zhupei.papers.models import Measurement
from zhupei.questions.models import Review

pytestmark = pytest.mark.django_db


def code(deed) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    assert str(refusal.value)
    return refusal.value.code


def test_a_released_sitting_is_studied(world):
    sitting = make_analysis.released_sitting(world, 8)

    found = studies.study(sitting)

    assert found.people == 8
    assert sum(found.marks) == 8
    form = found.forms.get()
    marks = [float(mark) for mark in sitting.attempts.values_list("mark", flat=True)]
    assert form.mean == pytest.approx(sum(marks) / 8, abs=0.01)
    assert (form.people, form.items) == (8, 20)
    assert found.items.count() == 20
    item = found.items.first()
    assert sum(people for answer, _r, people, *_ in item.options if len(answer) < 2) >= 8
    event = audit.history(found).get()
    assert (event.verb, event.facts["people"]) == ("analysis.studied", 8)


def test_figures_of_an_item_are_those_of_its_answers(world):
    """The share is counted again from the stored answers."""
    sitting = make_analysis.released_sitting(world, 8)
    found = studies.study(sitting)
    paper = sitting.papers.get()

    for item in found.items.all():
        given = [one.choices().get(item.place, "") for one in sitting.attempts.all()]
        right = [answer == paper.keys[item.place] for answer in given]
        assert item.share == pytest.approx(sum(right) / 8)
        assert item.version_id == paper.places[item.place]["item"]


def test_what_is_measured_is_kept_for_assembly_over_all_sittings(world):
    first = studies.study(make_analysis.released_sitting(world, 4))
    version = first.items.first().version_id
    share = first.items.first().share

    make_analysis.study(world, people=6)

    known = Measurement.objects.get(version=version)
    parts = ItemFigures.objects.filter(version=version).values_list("people", "share", "rest")
    expected = rules.pooled(list(parts))
    assert (known.people, known.share) == (expected.people, pytest.approx(expected.share))
    assert known.people in {4, 10}
    assert known.people == 10 or known.share == share


def test_doubtful_items_are_told_once_enough_people_answered(world):
    assert not make_analysis.study(world, people=5).items.exclude(doubts=[]).exists()
    make.parameter_value(LEAST, 5, make.LONG_AGO)

    found = make_analysis.study(world, people=5)

    assert found.items.exclude(doubts=[]).exists()
    counted = SittingFigures.objects.with_counts().get(pk=found.pk).doubtful
    assert counted == found.items.exclude(doubts=[]).count()


def test_doubtful_items_are_put_before_experts_once(world):
    make_officials.add(world)
    make.parameter_value(LEAST, 5, make.LONG_AGO)

    found = make_analysis.study(world, people=5)
    doubtful = set(found.items.exclude(doubts=[]).values_list("version", flat=True))
    asked = Review.objects.filter(cause="flagged")

    assert set(asked.values_list("version", flat=True)) == doubtful
    assert asked.first().facts["people"] == 5
    studies.study(found.sitting)
    assert asked.count() == len(doubtful)
    assert audit.history(found).order_by("id").last().facts["asked"] == 0


def test_without_experts_the_page_still_tells(world):
    make.parameter_value(LEAST, 5, make.LONG_AGO)

    found = make_analysis.study(world, people=5)

    assert found.items.exclude(doubts=[]).exists()
    assert not Review.objects.exists()


def test_who_copied_the_neighbour_is_a_lead_with_its_evidence(world):
    found = make_analysis.study(world)

    lead = found.leads.get()
    one, other = found.sitting.candidates.order_by("seat")[:2]
    assert {lead.first, lead.second} == {one, other}
    places = [(seat.row, seat.column) for seat in (one.place, other.place)]
    assert lead.distance == similarity.distance(*places)
    assert (lead.near, lead.state) == (lead.distance <= 2, "open")
    assert lead.same == lead.both == len(lead.evidence)
    assert lead.chance < lead.adjusted < 0.01
    assert all(one == other for _version, one, other, _alike, _others in lead.evidence)
    assert 20 <= found.pairs <= 28
    marks = list(found.sitting.attempts.values_list("mark", flat=True))
    assert None not in marks


def test_nobody_copied_no_lead(world):
    assert not make_analysis.study(world, copying=False).leads.exists()


def test_a_study_may_be_made_again_and_judged_leads_stay(world):
    found = make_analysis.study(world)
    lead = leads.confirm(found.leads.get(), by=world.li, note="录像核对过")

    again = studies.study(found.sitting, by=world.gu)

    assert again == found
    assert found.leads.get() == lead
    assert found.items.count() == 20


def test_only_what_is_released_is_studied(world):
    sealed = make_exams.sealed_sitting(world, world.adil)

    assert code(lambda: studies.study(sealed)) == "not_released"
    for user in (world.chen, world.li):
        with pytest.raises(NotAllowed):
            studies.study(sealed, by=user)
    assert may_study(None, sealed)


def test_nobody_sat_nothing_to_study(world):
    sitting = make_exams.sealed_sitting(world, world.adil)
    Sitting.objects.filter(pk=sitting.pk).update(state="released")

    assert code(lambda: studies.study(sitting)) == "nobody_sat"
    assert studies.study_all() == 0


def test_the_clock_studies_each_sitting_once(world):
    sitting = make_analysis.released_sitting(world, 3)

    jobs.study_all(0)
    jobs.study_all(0)

    assert SittingFigures.objects.get().sitting == sitting


def test_people_judge_with_a_reason_and_nothing_follows(world):
    lead = make_analysis.lead(world)
    marks = list(lead.study.sitting.attempts.values_list("mark", "passed"))

    assert code(lambda: leads.dismiss(lead, by=world.li, note=" ")) == "note_required"
    judged = leads.dismiss(lead, by=world.li, note="同桌复习同一份错题")
    assert (judged.state, judged.judged_by_name) == ("dismissed", str(world.li))
    assert code(lambda: leads.confirm(lead, by=world.li, note="x")) == "wrong_state"
    leads.reopen(lead, by=world.gu, note="有新录像")
    judged = leads.confirm(lead, by=world.gu, note="看过录像")

    assert judged.state == "confirmed"
    assert list(lead.study.sitting.attempts.values_list("mark", "passed")) == marks
    verbs = [event.verb for event in audit.history(lead).order_by("id")]
    assert verbs == [
        "analysis.lead_dismissed",
        "analysis.lead_reopened",
        "analysis.lead_confirmed",
    ]


def test_who_sees_and_judges(world):
    make_officials.add(world)
    lead = make_analysis.lead(world)

    for user, sees_lead, sees_study in [
        (world.gu, True, True),
        (world.li, True, False),
        (world.far_reviewer, False, False),
        (world.chen, False, False),
        (world.nur, False, False),
        (world.ren, False, False),
        (world.aygul, False, False),
    ]:
        user.acting = user.memberships.get()
        assert Lead.objects.visible_to(user).exists() is sees_lead, user
        assert may_judge(user, lead) is sees_lead, user
        assert SittingFigures.objects.visible_to(user).exists() is sees_study, user
        assert ItemFigures.objects.visible_to(user).exists() is sees_study, user
    assert not Lead.objects.visible_to(world.adil).exists()
