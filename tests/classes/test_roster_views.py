"""The people of a class on the workbench, and importing them from a spreadsheet."""

from datetime import timedelta
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import make, make_attendance, make_classes
from tests.refusals import refused
from zhupei.classes.actions import plan, roster
from zhupei.classes.events import ClassEvent
from zhupei.classes.models import Invitation
from zhupei.core import audit, waiting
from zhupei.core.models import WaitingFile

ROSTERS = Path(__file__).parent.parent / "data" / "rosters"


def address(name, training_class):
    return reverse(f"classes:{name}", args=[training_class.pk])


def test_the_tab_counts_everybody_on_the_roster_however_they_came(world, as_user):
    training_class = make_attendance.class_with_learners(world)

    page = as_user(world.aygul).get(address("roster", training_class))

    [tab] = [tab for tab in page.context["tabs"] if tab["current"]]
    assert tab["count"] == page.context["page"].paginator.count > 0


def test_numbers_are_masked_until_asked_for_and_asking_is_recorded(world, as_user):
    planned = make_classes.planned_class(world)
    row = make_classes.roster_row()
    roster.invite(planned, by=world.aygul, rows=[row])
    plan.submit(planned, by=world.aygul)
    browser = as_user(world.li)

    masked = browser.get(address("roster", planned)).content.decode()
    whole = browser.post(address("roster", planned))

    assert row.value.id_number not in masked
    assert row.value.id_number in whole.content.decode()
    assert "no-store" in whole["Cache-Control"]
    event = audit.own_history(planned).last()
    assert (event.verb, event.facts["count"]) == (ClassEvent.IDENTITIES_VIEWED, 1)
    assert row.value.id_number not in str(event.facts)


def test_the_teacher_may_not_ask_for_whole_numbers(world, as_user):
    submitted = make_classes.submitted_class(world)

    assert as_user(world.ma).post(address("roster", submitted)).status_code == 403


def test_those_who_came_by_themselves_are_on_the_list_too(world, as_user):
    approved = make_classes.approved_class(world)
    roster.invite(approved, by=world.aygul, rows=[make_classes.roster_row("名册上的人")])
    approved.enrolments.create(person=world.sun.person, enrolled_at=timezone.now())

    page = as_user(world.aygul).get(address("roster", approved))

    assert [one["name"] for one in page.context["people"]] == ["名册上的人", world.sun.name]


def test_the_second_page_goes_on_where_the_first_ended(world, as_user):
    approved = make_classes.approved_class(world)
    roster.invite(approved, by=world.aygul, rows=[make_classes.roster_row() for _ in range(50)])
    approved.enrolments.create(person=world.sun.person, enrolled_at=timezone.now())

    page = as_user(world.aygul).get(address("roster", approved), {"page": 2})

    assert [one["name"] for one in page.context["people"]] == [world.sun.name]


def send(browser, training_class, name="报名花名册.xlsx"):
    upload = SimpleUploadedFile(name, (ROSTERS / name).read_bytes())
    return browser.post(address("send_roster", training_class), {"file": upload}, follow=True)


def test_a_roster_is_rehearsed_then_imported_without_sending_it_again(world, as_user):
    planned = make_classes.planned_class(world)
    browser = as_user(world.aygul)

    report = send(browser, planned).context["report"]
    assert not Invitation.objects.exists()
    browser.post(report["confirm_url"])

    assert Invitation.objects.count() == report["good"] > 0
    assert report["good"] + report["refused"] == report["total"]
    assert WaitingFile.objects.get().sealed == ""


def test_a_rehearsal_names_whom_it_would_invite_from_which_sheet(world, as_user):
    planned = make_classes.planned_class(world)

    page = send(as_user(world.aygul), planned, "两个班.xls")

    good = page.context["good"]
    assert len(good) == page.context["report"]["good"]
    assert len({one["sheet"] for one in good}) == 2
    assert all(one["name"] and "*" in one["id_number"] for one in good)


def test_confirming_a_roster_twice_invites_once(world, as_user):
    planned = make_classes.planned_class(world)
    browser = as_user(world.aygul)
    report = send(browser, planned).context["report"]

    browser.post(report["confirm_url"])
    second = browser.post(report["confirm_url"])

    assert second.status_code == 409
    assert "已经导入过" in second.content.decode()
    assert Invitation.objects.count() == report["good"]


def test_the_same_roster_sent_again_says_that_its_people_are_known(world, as_user):
    planned = make_classes.planned_class(world)
    browser = as_user(world.aygul)
    browser.post(send(browser, planned).context["report"]["confirm_url"])

    again = send(browser, planned)

    assert again.context["known"] == again.context["report"]["good"]


def test_a_file_that_is_no_roster_is_refused_beside_its_field(world, as_user):
    planned = make_classes.planned_class(world)

    page = send(as_user(world.aygul), planned, "其实是PDF.xlsx")

    assert page.status_code == 422
    assert "PDF" in page.context["form"].errors["file"][0]
    assert not WaitingFile.objects.exists()


def test_nobody_else_sees_a_waiting_roster(world, as_user):
    planned = make_classes.planned_class(world)
    send(as_user(world.aygul), planned)
    sent = WaitingFile.objects.get()
    colleague = make.member("另一位教务员", make.Role.REGISTRAR, world.school)

    for name in ("rehearsal", "corrected"):
        url = reverse(f"classes:{name}", args=[sent.pk])
        assert as_user(colleague).get(url).status_code == 404
        assert as_user(world.wang).get(url).status_code == 404


def test_nobody_imports_a_roster_somebody_else_sent(world, as_user):
    planned = make_classes.planned_class(world)
    send(as_user(world.aygul), planned)
    colleague = make.member("另一位教务员", make.Role.REGISTRAR, world.school)

    with refused("not_allowed"):
        roster.confirm_import(WaitingFile.objects.get(), planned, by=colleague)


def test_the_template_and_the_corrected_file_are_spreadsheets(world, as_user):
    planned = make_classes.planned_class(world)
    browser = as_user(world.aygul)
    report = send(browser, planned).context["report"]

    for url in (address("roster_template", planned), report["corrected_url"]):
        assert browser.get(url).content.startswith(b"PK")


def test_a_roster_nobody_imported_is_forgotten_after_two_days(world, as_user):
    planned = make_classes.planned_class(world)
    send(as_user(world.aygul), planned)
    assert waiting.forget() == 0

    WaitingFile.objects.update(sent_at=timezone.now() - timedelta(days=3))

    assert waiting.forget() == 1


def test_a_stranger_shows_nobody_whole_numbers(world):
    submitted = make_classes.submitted_class(world)

    for stranger in (world.wang, world.gu, world.ma):
        with refused("not_allowed"):
            roster.show_identities(submitted, by=stranger, count=1)
