"""Studying a released sitting, judging what it brings up."""

import numpy as np
import pytest

from tests import make, make_analysis, make_exams, make_marking, make_officials
from tests import make_item_corrections as make_corrections
from tests.analysis.test_rules import independent
from zhupei.analysis import jobs, rules, similarity
from zhupei.analysis.access import may_accuse, may_judge, may_study
from zhupei.analysis.actions import leads, studies
from zhupei.analysis.models import ItemFigures, Lead, SittingFigures
from zhupei.analysis.parameters import LEAST
from zhupei.appeals.actions import cases
from zhupei.appeals.models import Misconduct
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import Message
from zhupei.exams.actions import marks, sittings
from zhupei.exams.models import Sitting
from zhupei.marking.models import Script
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
    reached = [float(mark) for mark in sitting.attempts.values_list("mark", flat=True)]
    assert form.mean == pytest.approx(sum(reached) / 8, abs=0.01)
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


def test_an_item_is_judged_by_all_who_answered_it_whichever_form_they_had(world):
    """Two sittings of five: neither tells enough alone, together they do."""
    make.parameter_value(LEAST, 10, make.LONG_AGO)
    first = make_analysis.study(world, people=5)
    assert not first.items.exclude(doubts=[]).exists()

    second = make_analysis.study(world, people=5)

    seen = set(first.items.values_list("version", flat=True))
    flagged = set(second.items.exclude(doubts=[]).values_list("version", flat=True))
    assert flagged
    assert flagged <= seen


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
    assert not found.sitting.attempts.filter(mark=None).exists()


def test_nobody_copied_no_lead(world):
    assert not make_analysis.study(world, copying=False).leads.exists()


def test_a_study_may_be_made_again_and_judged_leads_stay(world):
    found = make_analysis.study(world)
    lead = leads.confirm(found.leads.get(), by=world.li, note="录像核对过")

    again = studies.study(found.sitting, by=world.gu)

    assert again == found
    assert found.leads.get() == lead
    assert found.items.count() == 20


def test_marks_given_by_people_are_in_the_figures(world):
    """Every figure of the form and its items is computed again from the readings, with numpy."""
    users = [make.learner() for _ in range(6)]
    sitting = make_marking.dealt(world, *users)
    given = {}
    for n, script in enumerate(Script.objects.filter(sitting=sitting).order_by("place", "pk")):
        for reading in script.readings.all():
            make_marking.give(reading, str(n % 5), str((n * n) % 7))
        given[script.attempt_id, script.place] = (n % 5 + (n * n) % 7) / 10
    sittings.release(sitting, by=world.chen)

    found = studies.study(sitting)

    paper = sitting.papers.get()
    points = [float(paper.points[place]) for place in range(4)]
    shares = [
        [given.get((one.pk, place), 1.0) for place in range(4)]
        for one in sitting.attempts.order_by("pk")
    ]
    with np.errstate(invalid="ignore"):  # what everybody chose right does not vary
        other = independent(shares, points)
    form = found.forms.get()
    assert (form.people, form.items) == (6, 4)
    reached = [float(mark) for mark in sitting.attempts.values_list("mark", flat=True)]
    assert form.mean == pytest.approx(sum(reached) / 6, abs=0.01)
    for name in ("alpha", "sem", "mean"):
        assert getattr(form, name) == pytest.approx(other[name], abs=1e-6)
    for item in found.items.all():
        assert item.share == pytest.approx(other["share"][item.place], abs=1e-6)
        if paper.marking.kinds[item.place] == "essay":
            assert item.rest == pytest.approx(other["rest"][item.place], abs=1e-6)
            assert item.options == []


def test_void_attempts_and_cases_that_stand_are_left_out(world):
    make_officials.add(world)
    sitting = make_analysis.released_sitting(world, 8)
    whole = studies.study(sitting)
    (lead,) = whole.leads.all()
    copied, honest = whole.forms.get().mean, sitting.candidates.order_by("seat")[4]
    void = sitting.attempts.get(candidate=lead.first)
    marks.void(void, by=world.chen, note="抄袭")
    case = cases.open_case(honest, by=world.chen, uploads=[], breach="order", facts="不听提醒")

    jobs.study_all(0)
    found = SittingFigures.objects.get()

    assert (found.people, found.left_out, sum(found.marks)) == (6, 2, 6)
    form = found.forms.get()
    kept = sitting.attempts.exclude(pk__in=[void.pk, honest.attempt.pk])
    expected = [float(mark) for mark in kept.values_list("mark", flat=True)]
    assert form.people == 6
    assert form.mean == pytest.approx(sum(expected) / 6, abs=0.01) != copied
    assert set(found.items.values_list("people", flat=True)) == {6}
    assert found.leads.get().first == lead.first  # who copied is asked of all
    assert audit.history(found).order_by("id").last().facts["left_out"] == 2

    cases.drop(case, by=world.chen, note="误会")
    jobs.study_all(0)
    jobs.study_all(0)
    found.refresh_from_db()
    assert (found.people, found.left_out) == (7, 1)
    assert audit.history(found).count() == 3


def test_a_sitting_of_nothing_but_void_attempts_has_no_figures(world):
    sitting = make_analysis.released_sitting(world, 2, copying=False)
    for one in sitting.attempts.all():
        marks.void(one, by=world.chen, note="替考")

    found = studies.study(sitting)

    assert (found.people, found.left_out) == (0, 2)
    assert not found.forms.exists()
    assert not found.items.exists()


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
    before = list(lead.study.sitting.attempts.values_list("mark", "passed"))

    assert code(lambda: leads.dismiss(lead, by=world.li, note=" ")) == "note_required"
    judged = leads.dismiss(lead, by=world.li, note="同桌复习同一份错题")
    assert (judged.state, judged.judged_by_name) == ("dismissed", str(world.li))
    assert code(lambda: leads.confirm(lead, by=world.li, note="x")) == "wrong_state"
    leads.reopen(lead, by=world.gu, note="有新录像")
    judged = leads.confirm(lead, by=world.gu, note="看过录像")

    assert judged.state == "confirmed"
    assert list(lead.study.sitting.attempts.values_list("mark", "passed")) == before
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


def test_the_body_is_told_of_a_confirmed_lead_and_opens_a_case_from_it(world):
    lead = make_analysis.lead(world)
    assert (
        code(lambda: leads.open_case(lead, lead.first, by=world.chen, facts="x")) == "not_allowed"
    )
    assert not Message.objects.filter(recipient=world.chen, title__contains="雷同").exists()

    assert not may_accuse(world.chen, lead)

    lead = leads.confirm(lead, by=world.li, note="看过录像")

    assert (may_accuse(world.chen, lead), may_accuse(world.li, lead)) == (True, False)
    told = Message.objects.get(recipient=world.chen, title__contains="雷同线索成立")
    assert (told.body, told.url) == ("看过录像", f"/analysis/leads/{lead.pk}/")
    assert not Misconduct.objects.exists()
    third = lead.study.sitting.candidates.exclude(pk__in=[lead.first_id, lead.second_id])[0]
    assert code(lambda: leads.open_case(lead, third, by=world.chen, facts="x")) == "other_lead"
    assert code(lambda: leads.open_case(lead, lead.first, by=world.li, facts="x")) == "not_allowed"
    case = leads.open_case(lead, lead.second, by=world.chen, facts="比对表属实")
    assert (case.breach, case.state) == ("alike", "opened")
    paper = case.evidence.get().file
    assert (paper.name, paper.media_type) == ("答案雷同比对表.pdf", "application/pdf")
    assert code(lambda: leads.open_case(lead, lead.second, by=world.chen, facts="x")) == "case_open"


@pytest.mark.parametrize(("ruling", "items"), [("new_key", 20), ("void", 19), ("all", 19)])
def test_items_put_right_are_counted_as_they_were_and_the_sitting_is_studied_again(
    world, ruling, items
):
    sitting = make_analysis.released_sitting(world, 6)
    before = studies.study(sitting)
    version = make_corrections.version_at(sitting)
    made_at = before.made_at

    make_corrections.in_force(world, sitting, ruling=ruling, keys=["C"])
    assert studies.study_all() == 1

    found = SittingFigures.objects.get(pk=before.pk)
    assert found.made_at > made_at
    assert found.items.count() == items
    now = [one.share for one in found.items.filter(version=version)]
    answers = [one.choices().get(0, "") for one in sitting.attempts.all()]
    assert now == ([answers.count("C") / 6] if ruling == "new_key" else [])
    marks_now = [float(mark) for mark in sitting.attempts.values_list("mark", flat=True)]
    assert found.forms.get().mean == pytest.approx(sum(marks_now) / 6, abs=0.01)
    assert studies.study_all() == 0
