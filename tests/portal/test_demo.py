"""The demo region, built once in small: a thing in every state, and something to do today.

What the tests do to it is rolled back, so that each of them finds it as it was built.
"""

import json
from datetime import time, timedelta
from itertools import islice

import pytest
import time_machine
from django.apps import apps
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.portal.conftest import SEED, acting, user_of
from zhupei.analysis.models import Lead
from zhupei.appeals.models import Misconduct
from zhupei.appeals.workflow import CASE
from zhupei.attendance import actions as attendance
from zhupei.certificates.models import Certificate
from zhupei.certificates.models import State as CertificateState
from zhupei.classes.actions import enrolment
from zhupei.classes.models import Invitation, Lesson, TrainingClass
from zhupei.classes.models import State as ClassState
from zhupei.core import audit
from zhupei.core.models import Event, Workday
from zhupei.credit.models import CreditRecord, Grade, RecordState, Repair
from zhupei.evaluation.models import Answer, Objection, Outlook, Scheme, Veto
from zhupei.evaluation.verify import check
from zhupei.exams.access import may_decide_correction
from zhupei.exams.actions import attempts
from zhupei.exams.actions.eligibility import verdicts
from zhupei.exams.models import Candidate, ItemCorrection, Plan, Sitting
from zhupei.exams.models import State as SittingState
from zhupei.exams.rules import Reason
from zhupei.inspections import verifying
from zhupei.inspections.models import Draw
from zhupei.invigilation.views import shown
from zhupei.organizations.models import Division, Kind, Organization
from zhupei.oversight.models import Handover, Measure, MeasureState
from zhupei.patrols.actions.rolls import offers
from zhupei.people import rules
from zhupei.people.models import Person, User
from zhupei.portal import todo
from zhupei.portal.demo import build, logins, names, rooms
from zhupei.practical.models import Session
from zhupei.syllabus.models import Job

DAY = timedelta(days=1)


@pytest.mark.slow
def test_there_is_a_class_a_sitting_and_a_certificate_in_every_state(region):
    assert set(TrainingClass.objects.values_list("state", flat=True)) == set(ClassState)
    assert set(Sitting.objects.values_list("state", flat=True)) == set(SittingState)
    assert set(Certificate.objects.values_list("state", flat=True)) == set(CertificateState)
    assert TrainingClass.objects.count() == 36
    assert Sitting.objects.count() == 18


def has_a_look_to_take():
    inspector = User.objects.get(username="jiancha-changji")
    waiting = [one for one in todo.todos(inspector) if one.url.startswith("/patrols/visits/")]
    return [one for one in waiting if one.due > timezone.now()]


@pytest.mark.slow
def test_the_inspector_has_a_look_to_take_while_a_lesson_goes_on(region):
    assert has_a_look_to_take()
    visits = User.objects.get(username="jiancha-changji").patrols.planned()
    now = timezone.now()
    assert any(
        offer.hour.around(now) for visit in visits.select_related("duty") for offer in offers(visit)
    )


@pytest.mark.slow
def test_exams_are_held_while_people_work(region):
    """10:00 to 19:30 Beijing time; but the one everybody may try goes on now, whenever that is."""
    exams = [*Session.objects.values_list("opens_at", "closes_at")]
    exams += [
        (one.starts_at, one.ends_at) for one in Sitting.objects.exclude(title__contains="今日场")
    ]
    hours = {timezone.localtime(begin).time() for begin, _end in exams}
    ends = {timezone.localtime(end).time() for _begin, end in exams}
    assert time(10) <= min(hours)
    assert max(ends) <= time(19, 30)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("model", "rare"),
    [
        ("institutions.Admission", set()),
        ("filings.Filing", {"cancelled"}),
        ("teachers.Teacher", {"removed"}),
        ("syllabus.Textbook", {"retired"}),
        ("classes.Waiting", {"taken", "lapsed", "left", "ended"}),
        ("classes.Enrolment", set()),
        ("questions.QuestionSet", {"retired"}),
        ("questions.Item", set()),
        ("questions.ItemVersion", {"dropped"}),
        ("patrols.Duty", set()),
        ("patrols.Patrol", set()),
        ("corrections.Finding", set()),
        ("corrections.Order", set()),
        ("corrections.Extension", {"granted", "refused"}),
        ("assistance.Assistance", {"cancelled"}),
        ("inspections.Draw", {"called_off"}),
        ("inspections.Inspection", {"signing"}),
        ("practical.Session", {"closed"}),
        ("exams.ItemCorrection", {"withdrawn", "replaced"}),
        ("practical.Rubric", {"retired"}),
        ("exams.Plan", {"cancelled"}),
        ("marking.Script", {"open", "disputed"}),
    ],
)
def test_there_is_one_in_every_state_worth_showing(region, model, rare):
    found = apps.get_model(model)
    states = {state for state, _label in found._meta.get_field("state").flatchoices}
    assert set(found.objects.values_list("state", flat=True)) >= states - rare


@pytest.mark.slow
def test_every_draw_of_the_demo_is_drawn_again_with_the_same_outcome(region):
    draws = list(Draw.objects.public())
    assert len(draws) == 4
    assert [verifying.faults(draw) for draw in draws] == [[], [], [], []]


@pytest.mark.slow
def test_exams_leave_marks_by_people_figures_and_one_whose_resits_are_used_up(region):
    third = Sitting.objects.get(title__contains="第 2 次补考")
    failed = third.attempts.get(passed=False)
    enrolment = failed.candidate.enrolment
    coming = Sitting.objects.filter(state=SittingState.DRAFT).first()
    assert verdicts(coming, [enrolment])[enrolment.pk].reasons == (Reason.NO_RESIT_LEFT,)

    assert third.attempts.filter(passed=True).exists()
    assert third.scripts.filter(readings__turn=3).count() == 1
    assert set(third.study.forms.values_list("items", flat=True)) == {4}
    turns = apps.get_model("practical.Turn").objects.standing()
    assert turns.filter(session__state="fixed", settled_at=None).exclude(differences=[]).exists()
    assert turns.filter(session__state="released").count() == 2
    assert apps.get_model("papers.Assembly").objects.filter(trial=True).exists()


@pytest.mark.slow
def test_a_plan_holds_theory_and_practice_and_the_bureau_asks_about_it(region):
    told = Plan.objects.get(state="notified")
    assert (told.sittings.count(), told.sessions.count()) == (3, 2)
    assert not told.sessions.filter(number=None).exists()
    assert told.questions.get().replied_at is None
    drafted = Plan.objects.get(state="draft")
    assert drafted.sessions.get().number is None


@pytest.mark.slow
def test_items_are_put_right_and_the_region_has_one_to_decide(region):
    """Where everybody is given the points, nobody's mark falls."""
    in_force = ItemCorrection.objects.get(state="in_force")
    assert in_force.sitting.state == SittingState.RELEASED
    assert in_force.ruling == "all"
    assert in_force.outcome["changed"] > 0
    assert in_force.outcome["falling"] == 0
    waiting = ItemCorrection.objects.get(state="proposed")
    assert may_decide_correction(acting("ting"), waiting)


@pytest.mark.slow
def test_a_case_at_the_bench_waits_for_somebody_else_to_decide(region):
    case = Misconduct.objects.get(turn__isnull=False)

    assert case.state == "stated"
    assert case.evidence.exists()
    for name, may in (("kaowu02", False), ("kaowu02b", True)):
        assert ("decide" in {m.name for m in CASE.available(case, acting(name))}) is may


@pytest.mark.slow
def test_what_was_taught_left_its_record_and_people_said_what_they_think(region):
    """An institution is suspended, a class of it frozen, its certificates marked."""
    assert TrainingClass.objects.filter(frozen_since__isnull=False).exists()
    assert Certificate.objects.filter(review_since__isnull=False).exists()
    for model in ("LessonLog", "Evidence", "TeachingCheck", "HandOut"):
        assert apps.get_model("teaching", model).objects.exists()
    for model in ("Tally", "Ballot", "SelfEvaluation", "FollowUp"):
        assert apps.get_model("feedback", model).objects.exists()
    assert apps.get_model("classes.SecondReading").objects.exists()
    looks = apps.get_model("live.Look").objects
    assert {"fine", "wrong"} <= set(looks.values_list("outcome", flat=True))
    assert apps.get_model("leads.Lead").objects.filter(judged_at__isnull=False).exists()


def test_the_region_has_its_bodies(region):
    counts = {kind: Organization.objects.filter(kind=kind).count() for kind in Kind}

    assert counts[Kind.PREFECTURE_AUTHORITY] == 14
    assert counts[Kind.INSTITUTION] == 16
    assert counts[Kind.HR] == counts[Kind.EDUCATION] == 14
    assert counts[Kind.ASSESSMENT_BODY] == 3
    assert all(Organization.objects.bureaus().values_list("complaint_phone", flat=True))


def test_the_record_of_the_demo_is_whole_and_says_that_it_is_simulated(region):
    assert list(audit.broken_links()) == []
    assert not Event.objects.exclude(facts__simulated=True).exists()
    assert Event.objects.filter(at__lt=timezone.now() - 100 * DAY).exists()


def test_the_same_seed_gives_the_same_people(region):
    cast = {(one.name, one.id_number) for one in islice(names.people(names.chance(SEED)), 700)}
    people = {(one.name, one.id_number) for one in Person.objects.all()}

    assert len(people) > 100
    assert people <= cast


def test_everybody_has_a_number_that_nobody_has(region):
    today = timezone.localdate()
    for person in Person.objects.all():
        assert person.id_number.startswith("650000")
        assert rules.id_number_fault(person.id_number, on=today) is None
        assert rules.age(person.birth_date, on=today) >= 18
        assert rules.is_mobile(person.phone)
        assert rules.name_fault(person.name) is None


def test_everybody_in_the_list_of_logins_can_sign_in(region):
    people = json.loads((region / logins.FILE).read_text())

    assert set(logins.OFFICES) <= {p["username"] for p in people}
    assert len(people) > len(logins.OFFICES) + 3  # the learners and teachers of the moment
    assert all(authenticate(username=p["username"], password=p["password"]) for p in people)


def test_the_learner_with_a_lesson_can_sign_in_to_it(region):
    learner = user_of(region, "学员（现在有课）")
    lesson = Lesson.objects.at(timezone.now()).get(
        training_class__enrolments__person=learner.person
    )
    code = attendance.code_now(lesson, timezone.now())

    assert attendance.sign_in(lesson, by=learner, code=code).credited_seconds > 0


def test_the_learner_with_a_seat_can_begin_the_exam(region):
    learner = user_of(region, "学员（现在可以考试）")
    seat = Candidate.objects.get(person=learner.person, sitting__state=SittingState.SEALED)

    assert attempts.start(seat, by=learner).closes_at > timezone.now() + timedelta(hours=4)


def test_the_learner_who_is_invited_can_confirm(region):
    learner = user_of(region, "学员（有邀请待答复）")
    invitation = Invitation.objects.open().get(id_index=learner.person.id_index)

    assert enrolment.confirm(invitation, by=learner, consents=["training"]).person == learner.person


def test_a_review_is_due_on_the_next_working_day(region):
    due = TrainingClass.objects.awaiting_review().filter(due_at__gt=timezone.now()).first().due_at

    assert timezone.localdate(due) > timezone.localdate()
    assert due < timezone.now() + 12 * DAY


def test_there_is_a_certificate_left_to_issue(region):
    released = Sitting.objects.filter(state=SittingState.RELEASED)

    assert released.filter(attempts__passed=True, attempts__certificate__isnull=True).exists()


def test_a_refresh_on_the_same_day_adds_nothing(region):
    assert build.refresh() == 0


def test_a_refresh_days_later_adds_a_lesson_an_exam_and_an_invitation(region):
    with time_machine.travel(timezone.now() + 10 * DAY, tick=False):
        assert build.refresh() > 0  # a class of before may be in a lesson just then
        assert user_of(region, "学员（现在有课）")
        assert user_of(region, "学员（现在可以考试）")
        assert user_of(region, "学员（有邀请待答复）")
        assert has_a_look_to_take()
        assert build.refresh() == 0


def test_what_the_database_stamps_is_as_old_as_its_deed(region):
    oldest = Invitation.objects.earliest("invited_at")

    assert oldest.invited_at < timezone.now() - 30 * DAY


def test_the_demo_is_built_only_in_an_empty_database(region):
    with pytest.raises(CommandError, match="空的数据库"):
        call_command("demo_data")


def test_the_reference_data_can_be_loaded_again(db):
    first = build.load_reference()
    counts = [model.objects.count() for model in (Division, Job, Workday)]

    call_command("load_reference")

    assert build.load_reference() == first
    assert [model.objects.count() for model in (Division, Job, Workday)] == counts
    assert Division.objects.prefectures().count() == 14


def test_nobody_is_left_without_the_one_password(region):
    assert {user.password for user in User.objects.all()} == {User.objects.first().password}


@pytest.mark.slow
def test_the_board_of_the_exam_that_runs_now_has_seats_in_every_state(region):
    now = timezone.now()
    sitting = logins.candidate_of(now).sitting
    counts = shown.picture(sitting)["counts"]
    assert (counts["hand"], counts["paused"]) == (1, 1), counts
    assert counts["arrived"] >= 1, counts  # somebody may begin

    heard = rooms.go_on(timezone.now())

    going_on = sitting.attempts.open().filter(paused_at__isnull=True).count()
    assert heard == going_on - 1
    assert sitting.room_log.opened_by in {one.user for one in sitting.invigilators.all()}


@pytest.mark.slow
def test_there_is_a_measure_a_handover_and_a_credit_record_in_every_state(region):
    told = set(Measure.objects.values_list("state", flat=True))
    assert told >= set(MeasureState) - {MeasureState.DRAFT, MeasureState.LIFTED}
    handed = set(Handover.objects.values_list("state", flat=True))
    assert handed >= {"draft", "sent", "penalised"}
    assert set(CreditRecord.objects.values_list("state", flat=True)) == set(RecordState)
    assert set(Repair.objects.values_list("state", flat=True)) >= {"filed", "granted"}
    assert CreditRecord.objects.public().exists()
    assert Grade.objects.current().exists()


def test_one_year_was_evaluated_to_its_notice_and_the_next_has_begun(region):
    last, this = Scheme.objects.order_by("year")

    assert (last.state, this.state) == ("announced", "frozen")
    assert set(last.evaluations.values_list("state", flat=True)) == {"decided", "exited"}
    assert len(set(last.evaluations.values_list("grade", flat=True))) > 2
    assert all(row.computed_at >= last.ends_at for row in last.evaluations.all())
    assert set(Objection.objects.values_list("state", flat=True)) == {"upheld", "rejected"}
    assert Veto.objects.standing().exists()
    states = set(this.evaluations.values_list("state", flat=True))
    assert states == {"open", "reported", "scored", "reviewed"}
    assert this.evaluations.filter(answers__differ=True, state="scored").exists()
    assert Outlook.objects.exists()
    for scheme in (last, this):
        assert list(check(scheme)) == []


def test_indicators_tell_institutions_apart(region):
    """No figure of the demo is the same for everybody for want of anything to count."""
    found = Answer.objects.filter(evaluation__scheme=Scheme.objects.latest("year"))
    for code in ("1.4.2", "4.1"):
        values = set(found.filter(indicator__code=code).values_list("value", flat=True))
        assert len(values) > 1, code


def test_misconduct_is_there_to_be_looked_at(region):
    assert sorted(Misconduct.objects.values_list("state", "breach")) == [
        ("decided", "cheating"),
        ("opened", "order"),
        ("stated", "order"),
    ]
    assert {lead.state for lead in Lead.objects.all()} == {"open", "confirmed"}
