"""Long rosters come in by the worker, in parts, and a worker that dies leaves nothing half done."""

import io
from unittest import mock

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make, make_attendance, make_classes
from tests.refusals import refused
from zhupei.classes import jobs
from zhupei.classes.actions import importing, roster
from zhupei.core import audit
from zhupei.core.models import CopyAddress, Letter, LongJob, Message, TextMessage, WaitingFile
from zhupei.organizations.models import Membership

ROWS = 7


@pytest.fixture(autouse=True)
def short_parts(monkeypatch) -> None:
    """Seven rows are long, three a part."""
    monkeypatch.setattr(importing, "AT_ONCE", 5)
    monkeypatch.setattr(importing, "PART", 3)


def sheet(rows: int = ROWS, first: int = 1) -> SimpleUploadedFile:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["姓名", "身份证号", "手机号"])
        for n in range(rows):
            born = make.date(1985, 3, 1 + n)
            cells = ["热依汗", make.id_number(first + n, born), f"136{first + n:08d}"]
            page.write_row(n + 1, 0, cells)
    return SimpleUploadedFile("名册.xlsx", out.getvalue())


def asked(world, training_class, rows: int = ROWS) -> tuple[LongJob, dict]:
    """A long roster confirmed, and what the worker is given."""
    file = roster.receive(training_class, by=world.aygul, upload=sheet(rows))
    job = importing.confirm(file, training_class, by=world.aygul)
    assert isinstance(job, LongJob)
    worker = {
        "waiting": str(file.pk),
        "training_class": training_class.pk,
        "membership": world.aygul.acting.pk,
        "progress": job.pk,
    }
    return job, worker


def test_a_short_roster_is_imported_while_the_page_waits(world, as_user):
    planned = make_classes.planned_class(world)
    file = roster.receive(planned, by=world.aygul, upload=sheet(5))

    answer = as_user(world.aygul).post(reverse("classes:import_roster", args=[file.pk]))

    assert answer.url == reverse("classes:roster", args=[planned.pk])
    assert planned.invitations.count() == 5
    assert not LongJob.objects.exists()


def test_a_long_roster_is_handed_to_the_worker_and_its_page_shows_how_far_it_is(world, as_user):
    planned = make_classes.planned_class(world)
    file = roster.receive(planned, by=world.aygul, upload=sheet())
    browser = as_user(world.aygul)

    answer = browser.post(reverse("classes:import_roster", args=[file.pk]))

    here = reverse("classes:importing", args=[file.pk])
    assert answer.url == here
    assert f"0 / {ROWS}" in browser.get(here).text
    assert not planned.invitations.exists()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s", [importing.IMPORT]
        )
        assert cursor.fetchone()
    assert browser.get(reverse("classes:rehearsal", args=[file.pk])).url == here
    jobs.import_roster(
        waiting=str(file.pk),
        training_class=planned.pk,
        membership=world.aygul.acting.pk,
        progress=LongJob.objects.get().pk,
    )
    part = browser.get(here, headers={"HX-Request": "true"}).text
    assert f"已邀请 {ROWS} 人" in part
    assert "<html" not in part
    assert as_user(world.wang).get(here).status_code == 404


def test_the_worker_invites_everybody_part_by_part_and_tells_who_asked(world):
    planned = make_classes.planned_class(world)
    job, worker = asked(world, planned)

    jobs.import_roster(**worker)

    job.refresh_from_db()
    assert (job.outcome, job.done, job.total) == ("done", ROWS, ROWS)
    assert planned.invitations.count() == ROWS
    parts = audit.own_history(planned).filter(verb="class.invited")
    assert [event.facts["count"] for event in parts] == [3, 3, 1]
    assert {event.actor_id for event in parts} == {world.aygul.pk}
    assert Message.objects.filter(recipient=world.aygul, title=job.title).count() == 1


def test_a_worker_that_died_goes_on_where_it_stopped(world):
    training_class = make_attendance.class_with_learners(world)
    job, worker = asked(world, training_class)
    with (
        mock.patch.object(roster, "invite", side_effect=_dies_after(roster.invite, parts=1)),
        pytest.raises(MemoryError),
    ):
        jobs.import_roster(**worker)
    job.refresh_from_db()
    assert (job.outcome, job.done) == ("running", 3)

    jobs.import_roster(**worker)

    job.refresh_from_db()
    assert (job.outcome, job.done) == ("done", ROWS)
    fresh = training_class.invitations.filter(name="热依汗")
    assert fresh.count() == ROWS
    texts = [one.phone for one in TextMessage.objects.all() if "请您参加" in one.text]
    assert sorted(texts) == sorted(one.phone for one in fresh)


def _dies_after(real, parts):
    left = [parts]

    def invite(*args, **kwargs):
        if not left[0]:
            raise MemoryError
        left[0] -= 1
        return real(*args, **kwargs)

    return invite


def test_run_again_after_the_end_it_does_nothing(world):
    planned = make_classes.planned_class(world)
    _job, worker = asked(world, planned)
    jobs.import_roster(**worker)
    told = Message.objects.count()

    jobs.import_roster(**worker)

    assert planned.invitations.count() == ROWS
    assert Message.objects.count() == told


def test_a_file_under_way_is_not_confirmed_again_and_an_imported_one_neither(world):
    planned = make_classes.planned_class(world)
    _job, worker = asked(world, planned)
    file = WaitingFile.objects.get()

    with refused("import_under_way"):
        importing.confirm(file, planned, by=world.aygul)
    jobs.import_roster(**worker)
    file.refresh_from_db()
    with refused("already_imported"):
        importing.confirm(file, planned, by=world.aygul)
    assert file.sealed == ""


def test_only_who_sent_a_long_roster_imports_it(world):
    planned = make_classes.planned_class(world)
    file = roster.receive(planned, by=world.aygul, upload=sheet())
    colleague = make.member("同事", "registrar", world.school)

    with refused("not_allowed"):
        importing.confirm(file, planned, by=colleague)


def test_who_is_known_is_passed_over_and_not_counted(world):
    planned = make_classes.planned_class(world)
    file = roster.receive(planned, by=world.aygul, upload=sheet(2))
    importing.confirm(file, planned, by=world.aygul)

    job, worker = asked(world, planned)
    jobs.import_roster(**worker)

    job.refresh_from_db()
    assert job.total == ROWS - 2
    assert planned.invitations.count() == ROWS


def test_when_it_may_go_on_no_longer_the_asker_reads_why(world):
    planned = make_classes.planned_class(world)
    job, worker = asked(world, planned)
    Membership.objects.filter(pk=worker["membership"]).update(role="teacher")

    jobs.import_roster(**worker)

    job.refresh_from_db()
    assert job.outcome == "failed"
    assert "不能为" in job.result
    assert WaitingFile.objects.get().taken_at is None


def test_those_with_an_account_are_told_in_as_many_statements_however_many_they_are(world):
    training_class = make_attendance.class_with_learners(world)
    known = [make.learner(f"学员甲{'乙' * n}") for n in range(7)]
    CopyAddress.objects.create(user=known[0], address="a@example.org", confirmed_at=timezone.now())
    rows = [make_classes.roster_row(one.name, id_number=one.person.id_number) for one in known]

    with CaptureQueriesContext(connection) as few:
        invitations = roster.invite(training_class, by=world.aygul, rows=rows[:1])
    with CaptureQueriesContext(connection) as more:
        invitations += roster.invite(training_class, by=world.aygul, rows=rows[1:])

    assert len(few) >= len(more)
    for user, invitation in zip(known, invitations, strict=True):
        assert invitation.token in Message.objects.get(recipient=user).url
    assert invitations[0].token in Letter.objects.get().text
