"""The verbs of a sitting: each does what it says, or refuses with its code and changes nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_exams, make_papers
from tests.exams.outcomes import refused, verbs_of
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.exams import jobs
from zhupei.exams.actions import attempts, sittings, tellings
from zhupei.exams.models import State
from zhupei.papers.rules import digest
from zhupei.people.models import Consent


def test_a_plan_belongs_to_the_prefecture_of_its_body(world):
    sitting = make_exams.draft_sitting(world)

    assert (sitting.prefecture_id, sitting.division_id) == ("652300", "652301")
    assert sitting.number is None
    assert verbs_of(sitting) == ["sitting.drafted"]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"starts_at": timezone.now() - timedelta(minutes=1)}, "starts_in_past"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(world, fields, code):
    assert refused(make_exams.draft_sitting, world, **fields) == code


def test_a_room_of_somebody_else_is_refused(world):
    assert refused(make_exams.draft_sitting, world, room=world.room) == "room_not_yours"


def test_the_blueprint_has_to_be_of_the_job(world):
    other = make.job("CLY", "材料员")

    assert refused(make_exams.draft_sitting, world, job=other) == "blueprint_other_job"


def test_an_unpublished_blueprint_is_refused(world):
    draft = make_papers.drafted_blueprint(world)

    code = refused(make_exams.draft_sitting, world, blueprint=draft)

    assert code == "blueprint_not_published"


def test_only_an_examiner_of_an_assessment_body_plans(world):
    fields = make_exams.plan(world)

    with pytest.raises(NotAllowed):
        sittings.draft(world.body, by=world.li, **fields)
    with pytest.raises(NotAllowed):
        sittings.draft(world.school, by=world.aygul, **fields)


def test_notifying_gives_a_number_and_tells_the_bureau_of_the_prefecture(world):
    sitting = make_exams.notified_sitting(world)
    second = make_exams.notified_sitting(
        world, starts_at=timezone.now() + timedelta(days=4), title="第 2 场"
    )

    year = timezone.localdate().year
    assert (sitting.number, second.number) == (f"KH-{year}-0001", f"KH-{year}-0002")
    assert sitting.state == State.NOTIFIED
    assert world.li.inbox.count() == 2
    assert sitting.number in world.li.inbox.order_by("pk").first().title
    assert not world.far_reviewer.inbox.exists()


def test_the_notice_goes_to_nobody_who_left_the_bureau(world):
    world.zhou.memberships.update(until=timezone.localdate() - timedelta(days=1))
    sitting = make_exams.notified_sitting(world)

    tellings.plan_notified(sitting)

    assert world.li.inbox.count() == 2
    assert not world.zhou.inbox.exists()


def test_a_sitting_whose_start_has_passed_cannot_be_notified(world):
    sitting = make_exams.draft_sitting(world)

    with time_machine.travel(sitting.starts_at):
        assert refused(sittings.notify, sitting, by=world.chen) == "already_started"
    sitting.refresh_from_db()
    assert (sitting.state, sitting.number) == (State.DRAFT, None)


def test_one_room_holds_one_sitting_at_a_time(world):
    sitting = make_exams.notified_sitting(world)
    clash = make_exams.draft_sitting(world, starts_at=sitting.ends_at - timedelta(minutes=1))
    after = make_exams.draft_sitting(world, starts_at=sitting.ends_at)

    assert refused(sittings.notify, clash, by=world.chen) == "room_taken"
    assert sittings.notify(after, by=world.chen).state == State.NOTIFIED


def test_a_change_after_the_notice_is_told_and_recorded(world):
    sitting = make_exams.notified_sitting(world)

    changed = sittings.change(sitting, by=world.chen, minutes=90)

    assert changed.minutes == 90
    event = audit.own_history(sitting).last()
    assert event.verb == "sitting.changed"
    assert (event.facts["before"], event.facts["after"]) == ({"minutes": "60"}, {"minutes": "90"})
    assert world.li.inbox.count() == 2


def test_a_change_of_nothing_leaves_no_trace(world):
    sitting = make_exams.draft_sitting(world)

    sittings.change(sitting, by=world.chen, title=sitting.title)

    assert verbs_of(sitting) == ["sitting.drafted"]


def test_the_job_cannot_change_under_seated_people(world):
    sitting = make_exams.draft_sitting(world)
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sittings.seat(sitting, [enrolment], by=world.chen)
    other = make.job("CLY", "材料员")
    bank = make_papers.published_blueprint(world, job=other)

    code = refused(sittings.change, sitting, by=world.chen, job=other, blueprint=bank)

    assert code == "has_candidates"


def test_sealing_freezes_forms_that_were_assembled_for_it_alone(world):
    sitting = make_exams.sealed_sitting(world)

    papers = list(sitting.papers.all())
    assert (sitting.state, sitting.pass_mark, sitting.grace_seconds) == (State.SEALED, 60, 30)
    assert [paper.label for paper in papers] == ["A", "B"]
    for paper in papers:
        assert paper.sha256 == digest(paper.places)
        assert paper.places == paper.form.places
        assert paper.keys == {int(place): key for place, key in paper.form.keys.items()}
        assert not any("key" in item for item in paper.places)
        assert paper.seed == paper.form.assembly.seed
        assert not paper.form.assembly.trial
    assert world.adil.inbox.filter(title__contains="考试通知").exists()
    facts = audit.own_history(sitting).last().facts
    assert facts["papers"] == {paper.label: paper.sha256 for paper in papers}


def test_everybody_has_an_attempt_after_the_sealing_and_neighbours_other_forms(world):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra, make.learner())

    rows = sitting.attempts.order_by("candidate__seat")
    assert "".join(row.paper.label for row in rows) in {"ABA", "BAB"}
    assert {row.started_at for row in rows} == {None}
    assert {row.closes_at for row in rows} == {sitting.ends_at + timedelta(seconds=30)}
    assert len({row.seed for row in rows}) == 3
    assert {world.adil.pk, world.mayra.pk} < {row.account_id for row in rows}


def test_sealing_without_candidates_is_refused(world):
    sitting = make_exams.notified_sitting(world)

    assert refused(sittings.seal, sitting, by=world.chen) == "no_candidates"


def test_sealing_with_too_few_items_says_what_is_missing(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    strict = make_papers.published_blueprint(world)
    strict.overlap = 0
    strict.save(update_fields=["overlap"])
    sitting = make_exams.notified_sitting(world, blueprint=strict)
    sittings.seat(sitting, [enrolment], by=world.chen)
    make_exams.watch(sitting, by=world.chen)

    assert refused(sittings.seal, sitting, by=world.chen) == "cannot_assemble"
    assert not sitting.papers.exists()


def test_sealing_after_the_start_is_refused(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sitting = make_exams.notified_sitting(world)
    sittings.seat(sitting, [enrolment], by=world.chen)

    with time_machine.travel(sitting.starts_at):
        assert refused(sittings.seal, sitting, by=world.chen) == "already_started"


def test_who_lost_their_entitlement_stops_the_sealing(world):
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    sitting = make_exams.notified_sitting(world)
    sittings.seat(sitting, [enrolment], by=world.chen)
    Consent.objects.update(withdrawn_at=timezone.now())

    assert refused(sittings.seal, sitting, by=world.chen) == "not_eligible"


def test_after_sealing_nothing_changes(world):
    sitting = make_exams.sealed_sitting(world)
    candidate = sitting.candidates.get()

    assert refused(sittings.change, sitting, by=world.chen, minutes=90) == "sealed"
    assert refused(sittings.seat, sitting, [candidate.enrolment], by=world.chen) == "sealed"
    assert refused(sittings.unseat, candidate, by=world.chen) == "sealed"
    assert refused(sittings.seal, sitting, by=world.chen) == "wrong_state"


def test_closing_waits_for_the_end_or_for_everybody(world):
    sitting = make_exams.sealed_sitting(world)

    with time_machine.travel(make_exams.during(sitting)):
        attempt = make_exams.started_attempt(sitting, world.adil)
        assert refused(sittings.close, sitting, by=world.chen) == "not_over"
        attempts.hand_in(attempt, by=world.adil)
        closed = sittings.close(sitting, by=world.chen)

    assert closed.state == State.CLOSED


def test_the_clock_hands_in_marks_and_closes(world):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    with time_machine.travel(make_exams.during(sitting)):
        attempt = make_exams.started_attempt(sitting, world.adil)
        make_exams.answer(attempt, make_exams.right(sitting, 12))

    with time_machine.travel(sitting.ends_at + timedelta(seconds=29), tick=False):
        assert sittings.close_overdue() == 0
    with time_machine.travel(sitting.ends_at + timedelta(seconds=31)):
        assert sittings.close_overdue() == 2
        assert sittings.close_overdue() == 0

    attempt.refresh_from_db()
    sitting.refresh_from_db()
    assert (attempt.mark, attempt.passed, attempt.handed_in_by_clock) == (60, True, True)
    assert sitting.state == State.CLOSED
    event = audit.own_history(sitting).last()
    assert (event.facts["sat"], event.facts["absent"], event.actor_name) == (1, 1, "")


def test_releasing_tells_those_who_sat(world):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    with time_machine.travel(make_exams.during(sitting)):
        make_exams.started_attempt(sitting, world.adil)
    with time_machine.travel(sitting.ends_at + timedelta(minutes=5)):
        sittings.close(sitting, by=world.chen)
        released = sittings.release(sitting, by=world.chen)

    assert released.state == State.RELEASED
    assert world.adil.inbox.filter(title__contains="成绩已公布").exists()
    assert not world.mayra.inbox.filter(title__contains="成绩已公布").exists()


def test_cancelling_needs_a_reason_and_tells_everybody(world):
    sitting = make_exams.sealed_sitting(world)

    assert refused(sittings.cancel, sitting, by=world.chen, note=" ") == "note_required"
    sittings.cancel(sitting, by=world.chen, note="机房停电")

    assert world.adil.inbox.filter(title__contains="考核取消", body="机房停电").exists()
    assert world.li.inbox.filter(title__contains="已取消").exists()


def test_a_sitting_that_has_begun_cannot_be_cancelled(world):
    sitting = make_exams.sealed_sitting(world)

    with time_machine.travel(sitting.starts_at):
        code = refused(sittings.cancel, sitting, by=world.chen, note="机房停电")
    assert code == "already_started"


def test_the_job_of_the_clock_does_the_same(world):
    sitting = make_exams.sealed_sitting(world)

    with time_machine.travel(sitting.ends_at + timedelta(minutes=1)):
        jobs.close_overdue.func(0)

    sitting.refresh_from_db()
    assert sitting.state == State.CLOSED
