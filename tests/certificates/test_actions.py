"""Issuing, printing, revoking, fetching: what happens, what is refused, what is recorded."""

import pytest
from django.conf import settings
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make, make_certificates, make_exams
from tests.together import at_once
from zhupei.certificates import actions, jobs, signing
from zhupei.certificates.authority import demo_authority
from zhupei.certificates.models import Certificate, Reason, State
from zhupei.core import audit, files
from zhupei.core.errors import Refused
from zhupei.core.models import LongJob


@pytest.fixture(autouse=True)
def keys_of_its_own(settings, tmp_path):
    settings.SIGNING_DIR = tmp_path / "signing"


def refused(verb, *args, **kwargs) -> str:
    with pytest.raises(Refused) as refusal:
        verb(*args, **kwargs)
    assert str(refusal.value)
    return refusal.value.code


def test_everybody_who_passed_gets_a_numbered_certificate_and_nobody_else(world):
    sitting = make_certificates.released_sitting(
        world, world.adil, world.mayra, failing=(world.sun,)
    )

    made = actions.issue(sitting, by=world.chen)

    year = made[0].issued_on.year
    assert [one.number for one in made] == [f"ZP-{year}-6523-00000{n}" for n in (1, 2)]
    assert {one.person for one in made} == {world.adil.person, world.mayra.person}
    assert {one.national_number for one in made} == {None}
    assert (made[0].hours, made[0].institution, made[0].organization) == (
        24,
        world.school,
        world.body,
    )
    [event] = audit.own_history(made[0])
    assert (event.verb, event.facts["hours"]) == ("certificate.issued", 24)
    assert audit.own_history(sitting).last().verb == "certificate.batch_issued"
    assert world.adil.inbox.filter(title__contains="证明已签发").exists()
    assert not world.sun.inbox.filter(title__contains="证明").exists()


def test_hours_are_those_that_counted_and_never_rounded_up(world):
    sitting = make_certificates.released_sitting(world)
    attempt = make_certificates.attempt_of(sitting, world.adil)
    lesson = attempt.candidate.enrolment.attendance.first()
    lesson.credited_seconds -= 60
    lesson.save()

    assert actions.issue_one(attempt, by=world.chen).hours == 23


def test_issuing_twice_issues_nobody_twice(world):
    sitting = make_certificates.released_sitting(world)
    actions.issue(sitting, by=world.chen)

    assert refused(actions.issue, sitting, by=world.chen) == "all_issued"
    attempt = make_certificates.attempt_of(sitting, world.adil)
    assert refused(actions.issue_one, attempt, by=world.chen) == "already_issued"
    assert Certificate.objects.count() == 1


def test_marks_that_are_not_released_are_not_certified(world):
    sitting = make_certificates.marked_sitting(world)

    assert refused(actions.issue, sitting, by=world.chen) == "not_released"


def test_who_failed_is_not_certified(world):
    sitting = make_certificates.released_sitting(world, world.mayra, failing=(world.adil,))
    attempt = make_certificates.attempt_of(sitting, world.adil)

    assert refused(actions.issue_one, attempt, by=world.chen) == "not_passed"


def test_a_sitting_nobody_passed_has_nothing_to_issue(world):
    sitting = make_exams.sealed_sitting(world)
    type(sitting).objects.filter(pk=sitting.pk).update(state="released")

    assert refused(actions.issue, sitting, by=world.chen) == "nobody_passed"


@pytest.mark.parametrize("person", ["aygul", "li", "wang", "gu", "adil"])
def test_only_the_assessment_body_issues(world, person):
    sitting = make_certificates.released_sitting(world)

    assert refused(actions.issue, sitting, by=getattr(world, person)) == "not_allowed"


def test_a_job_makes_each_file_and_the_asker_sees_how_far_it_is(world):
    sitting = make_certificates.released_sitting(world, world.adil, world.mayra)
    first, second = actions.issue(sitting, by=world.chen)
    waiting = ProcrastinateJob.objects.filter(task_name=actions.PRINT)
    assert [job.args for job in waiting.order_by("id")] == [
        {"certificate": first.pk},
        {"certificate": second.pk},
    ]

    jobs.print_certificate(first.pk)
    progress = LongJob.objects.get(owner=world.chen)
    assert (progress.outcome, progress.done, progress.total) == ("running", 1, 2)
    jobs.print_certificate(first.pk)  # a worker that died after its work does it again
    jobs.print_certificate(second.pk)

    progress.refresh_from_db()
    first.refresh_from_db()
    assert (progress.outcome, progress.done) == ("done", 2)
    assert audit.own_history(first).filter(verb="certificate.printed").count() == 1
    assert world.chen.inbox.filter(title__startswith="制作证书").count() == 1
    authority = demo_authority(settings.SIGNING_DIR)
    assert signing.verify(files.read(first.file), authority.roots).trusted


def test_a_name_no_font_can_draw_is_said_and_can_be_tried_again(world):
    rare = make.learner("王\U00030000")
    certificate = make_certificates.certificate(world, rare)

    jobs.print_certificate(certificate.pk)

    certificate.refresh_from_db()
    assert certificate.file is None
    assert audit.own_history(certificate).last().verb == "certificate.not_printed"
    assert LongJob.objects.get(owner=world.chen).outcome == "failed"
    actions.print_again(certificate, by=world.chen)
    assert LongJob.objects.filter(owner=world.chen, outcome="waiting").count() == 1


def test_a_file_that_is_there_is_not_made_again(world):
    certificate = make_certificates.certificate(world, print_now=True)

    assert refused(actions.print_again, certificate, by=world.chen) == "already_printed"
    assert refused(actions.print_again, certificate, by=world.aygul) == "not_allowed"


def test_revoking_is_recorded_and_the_holder_told(world):
    certificate = make_certificates.certificate(world)

    revoked = actions.revoke(certificate, by=world.chen, note="替考", reason=Reason.EXAM_BREACH)

    assert (revoked.state, revoked.revoked_for) == (State.REVOKED, Reason.EXAM_BREACH)
    assert revoked.revoked_at
    event = audit.own_history(certificate).last()
    assert (event.verb, event.facts["note"]) == ("certificate.revoked", "替考")
    assert "考核违规" in audit.sentence(event)
    assert world.adil.inbox.filter(title__contains="已被撤销", body__contains="替考").exists()


@pytest.mark.parametrize(
    ("person", "note", "code"),
    [("chen", "  ", "note_required"), ("aygul", "因", "not_allowed"), ("gu", "因", "not_allowed")],
)
def test_revoking_needs_the_issuer_and_a_reason(world, person, note, code):
    certificate = make_certificates.certificate(world)

    assert refused(actions.revoke, certificate, by=getattr(world, person), note=note) == code
    certificate.refresh_from_db()
    assert certificate.state == State.VALID


def test_a_revoked_certificate_is_not_revoked_again(world):
    certificate = make_certificates.certificate(world)
    actions.revoke(certificate, by=world.chen, note="发错")

    assert refused(actions.revoke, certificate, by=world.chen, note="发错") == "wrong_state"


def test_fetching_is_an_event_unless_it_is_ones_own(world):
    certificate = make_certificates.certificate(world, print_now=True)
    before = audit.own_history(certificate).count()

    assert actions.fetch(certificate, by=world.adil).name == f"{certificate.number}.pdf"
    assert audit.own_history(certificate).count() == before
    actions.fetch(certificate, by=world.aygul)
    assert audit.own_history(certificate).last().verb == "certificate.downloaded"


def test_what_cannot_be_fetched(world):
    certificate = make_certificates.certificate(world)

    assert refused(actions.fetch, certificate, by=world.adil) == "not_printed"
    assert refused(actions.fetch, certificate, by=world.ma) == "not_allowed"
    actions.revoke(certificate, by=world.chen, note="发错")
    assert refused(actions.fetch, certificate, by=world.adil) == "revoked"


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_sittings_certified_at_once_share_one_run_of_numbers():
    world = make.world()
    two = make_certificates.released_sitting(world, world.adil, world.mayra)
    one = make_certificates.released_sitting(world, world.sun)

    for_two, for_one = at_once(
        lambda: actions.issue(two, by=world.chen), lambda: actions.issue(one, by=world.chen)
    )

    given = sorted(certificate.number for certificate in [*for_two, *for_one])
    assert [number[-6:] for number in given] == ["000001", "000002", "000003"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_presses_at_once_issue_once():
    world = make.world()
    sitting = make_certificates.released_sitting(world)

    def press() -> str:
        actions.issue(sitting, by=world.chen)
        return "issued"

    assert sorted(at_once(press, press)) == ["all_issued", "issued"]
