"""The pages before the start: map, invigilators, papers, questions of the bureau."""

from datetime import timedelta
from io import BytesIO

import pytest
import python_calamine as calamine
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make, make_exams, make_officials
from tests.exams.outcomes import refused, verbs_of
from tests.refusals import refused as refusal_of
from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import LongJob, Message
from zhupei.exams import jobs, printing, slips
from zhupei.exams.access import may_ask
from zhupei.exams.actions import invigilators, materials, seating, sittings
from zhupei.exams.models import Candidate, PlanQuestion, SlipBatch
from zhupei.exams.parameters import DOOR_OPENS
from zhupei.venues.models import Seat

PDF = b"%PDF-"


def page(browser, name, *args):
    return browser.get(reverse(f"exams:{name}", args=args)).content.decode()


def test_the_map_shows_who_sits_where_and_moves_them(world, as_user):
    sitting = make_exams.notified_sitting(world)
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    (candidate,) = sittings.seat(sitting, [enrolment], by=world.chen)
    browser = as_user(world.chen)
    text = page(browser, "map", sitting.pk)
    assert "阿迪力" in text
    assert "备用" in text
    spare = Seat.objects.filter(room=world.exam_room).spares().first()
    where = reverse("exams:reseat", args=[sitting.pk, candidate.pk])

    empty = browser.post(where, {"place": spare.pk})
    assert empty.status_code == 422
    assert "请写明换座位的原因" in empty.content.decode()
    browser.post(where, {"place": spare.pk, "note": "靠近通道"})
    candidate.refresh_from_db()
    assert candidate.place == spare
    browser.post(reverse("exams:arrange", args=[sitting.pk]))
    candidate.refresh_from_db()
    assert candidate.place != spare
    assert as_user(world.li).get(where).status_code == 403


def test_after_the_sealing_the_map_tells_the_forms(world, as_user):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)

    text = page(as_user(world.chen), "map", sitting.pk)
    assert "<span>A</span>" in text
    assert "<span>B</span>" in text


def test_an_examiner_calls_and_the_called_answers_on_their_own_page(world, as_user):
    make_officials.add(world)
    sitting = make_exams.notified_sitting(world)
    address = reverse("exams:watch", args=[sitting.pk])
    member = world.nur.memberships.get().pk
    assert as_user(world.nur).get(address).status_code == 404
    assert as_user(world.chen).post(address, {"member": ""}).status_code == 422
    as_user(world.chen).post(address, {"member": member, "chief": "on"})

    browser = as_user(world.nur)
    assert "请您监考" in browser.get(reverse("portal:home")).content.decode()
    assert "接受监考" in browser.get(address).content.decode()
    row = sitting.invigilators.get()
    browser.post(reverse("exams:answer-call", args=[sitting.pk, row.pk, "accept"]))
    row.refresh_from_db()
    assert row.state == "accepted"
    assert "还不能封卷" in page(as_user(world.chen), "watch", sitting.pk)
    answer = as_user(world.nur).post(
        reverse("exams:answer-call", args=[sitting.pk, row.pk, "decline"]), {"note": "出差"}
    )
    assert answer.url == reverse("portal:home")
    assert as_user(world.nur).get(address).status_code == 404


def test_who_is_busy_elsewhere_is_named_beside_the_field(world, as_user):
    make_officials.add(world)
    first = make_exams.draft_sitting(world, title="另一场")
    second = make_exams.draft_sitting(world, room=make.room(world.body))
    invigilators.call(first, world.nur, by=world.chen)

    answer = as_user(world.chen).post(
        reverse("exams:watch", args=[second.pk]), {"member": world.nur.memberships.get().pk}
    )
    assert answer.status_code == 422
    assert "另一场" in answer.content.decode()


@pytest.mark.parametrize("kind", printing.FOR_THE_DOOR)
def test_the_papers_of_the_room_are_for_those_who_watch(world, as_user, kind):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    address = reverse("exams:paper", args=[sitting.pk, kind])

    answer = as_user(world.chen).get(address)
    assert answer.content.startswith(PDF)
    assert answer["Content-Type"] == "application/pdf"
    watching = sitting.invigilators.first().user
    assert as_user(watching).get(address).status_code == 403  # days before
    with time_machine.travel(make_exams.during(sitting, -60)):
        assert as_user(watching).get(address).content.startswith(PDF)
        assert as_user(world.li).get(address).status_code == 403


def test_a_slip_says_when_the_door_opens_and_shuts(world):
    make.parameter_value(DOOR_OPENS, 40, make.LONG_AGO)
    starts_at = timezone.now().replace(hour=3, minute=0, second=0) + timedelta(days=3)
    sitting = make_exams.sealed_sitting(world, starts_at=starts_at)  # 11:00 in Beijing

    assert printing.rules_of(sitting)[0] == (
        "凭本人有效身份证件和准考证入场，10:20起核对身份，11:30后不准入场。"
    )


def test_nothing_is_printed_for_nobody(world, as_user):
    sitting = make_exams.notified_sitting(world)

    with refusal_of("nobody_seated"):
        printing.for_the_rooms(sitting, "door")
    assert (
        as_user(world.chen).get(reverse("exams:paper", args=[sitting.pk, "nothing"])).status_code
        == 404
    )


def test_learners_download_their_own_slip_once_the_plan_was_notified(world, as_user):
    sitting = make_exams.draft_sitting(world)
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    (candidate,) = sittings.seat(sitting, [enrolment], by=world.chen)
    address = reverse("sit:slip", args=[candidate.pk])
    assert as_user(world.adil).get(address).status_code == 409

    sittings.notify(sitting, by=world.chen)
    assert as_user(world.adil).get(address).content.startswith(PDF)
    assert "下载准考证" in as_user(world.adil).get(reverse("sit:mine")).content.decode()
    for name in ("mayra", "chen", "li"):
        assert as_user(getattr(world, name)).get(address).status_code == 404


def test_all_slips_are_made_by_the_worker(world, as_user):
    sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    browser = as_user(world.chen)
    browser.post(reverse("exams:make-slips", args=[sitting.pk]))
    batch = SlipBatch.objects.get()
    assert browser.get(reverse("exams:slip-file", args=[batch.pk])).status_code == 404

    jobs.print_slips(batch.pk)
    jobs.print_slips(batch.pk)  # twice without harm
    batch.refresh_from_db()
    assert LongJob.objects.get().outcome == "done"
    answer = browser.get(reverse("exams:slip-file", args=[batch.pk]))
    assert b"".join(answer.streaming_content).startswith(PDF)
    assert "2 张准考证已生成" in page(browser, "papers", sitting.pk)
    assert as_user(world.li).get(reverse("exams:slip-file", args=[batch.pk])).status_code == 403
    assert "sitting.slips_asked" in verbs_of(sitting)


def test_a_name_no_font_knows_ends_the_job_with_its_reason(world):
    sitting = make_exams.sealed_sitting(world)
    world.adil.person.name = "\U0002a6d0"
    world.adil.person.save()

    batch = materials.ask_for_slips(sitting, by=world.chen)
    jobs.print_slips(batch.pk)
    job = LongJob.objects.get()
    assert job.outcome == "failed"
    assert "\U0002a6d0" in job.result


def test_slips_are_refused_where_there_are_none(world):
    draft = make_exams.draft_sitting(world)

    assert refused(materials.ask_for_slips, draft, by=world.chen) == "not_notified"
    notified = sittings.notify(draft, by=world.chen)
    assert refused(materials.ask_for_slips, notified, by=world.chen) == "nobody_seated"
    with pytest.raises(NotAllowed):
        materials.ask_for_slips(notified, by=world.li)


def test_the_code_of_a_slip_names_its_candidate(world):
    sitting = make_exams.sealed_sitting(world)
    candidate = Candidate.objects.select_related("sitting").get()
    code = slips.token(candidate)

    assert slips.read(f" {code}\n") == candidate
    for wrong in ("", "https://example.org/", "ZK", code[:-1], "ZK" + "A" * 40):
        with pytest.raises(Refused) as refusal:
            slips.read(wrong)
        assert refusal.value.code == "slip_unknown"
    with time_machine.travel(make_exams.during(sitting, 60 + 25 * 60)):
        assert refused(slips.read, code) == "slip_expired"


def test_a_seat_taken_back_voids_its_slip(world):
    sitting = make_exams.notified_sitting(world)
    enrolment = make_exams.trained(make_exams.taught_class(world), world.adil)
    (candidate,) = sittings.seat(sitting, [enrolment], by=world.chen)
    code = slips.token(candidate)
    seating.unseat(candidate, by=world.chen)

    assert refused(slips.read, code) == "slip_void"


def test_the_bureau_asks_back_and_the_body_answers(world, as_user):
    sitting = make_exams.notified_sitting(world)
    ask = reverse("exams:ask", args=[sitting.pk])
    assert as_user(world.li).post(ask, {"text": " "}).status_code == 422
    as_user(world.li).post(ask, {"text": "考场有几名监考？"})
    asked = PlanQuestion.objects.get()
    assert Message.objects.filter(recipient=world.chen, title__contains="询问").exists()
    assert "考场有几名监考" in page(as_user(world.chen), "papers", sitting.pk)

    answer = reverse("exams:reply", args=[sitting.pk, asked.pk])
    assert as_user(world.li).post(answer, {"text": "我来答"}).status_code == 403
    as_user(world.chen).post(answer, {"text": "四名"})
    asked.refresh_from_db()
    assert (asked.reply, asked.replied_by) == ("四名", world.chen)
    assert Message.objects.filter(recipient=world.li, body="四名").exists()
    assert refused(materials.reply, asked, by=world.chen, text="再答") == "replied_already"
    assert refused(materials.reply, asked, by=world.chen, text="") == "text_missing"
    assert [event.verb for event in audit.own_history(sitting)][-2:] == [
        "sitting.asked",
        "sitting.replied",
    ]


@pytest.mark.parametrize(
    ("person", "may"),
    [("li", True), ("gu", True), ("far_reviewer", False), ("chen", False), ("aygul", False)],
)
def test_who_may_ask_back(world, person, may):
    assert may_ask(getattr(world, person), make_exams.notified_sitting(world)) is may
    assert not may_ask(getattr(world, person), make_exams.draft_sitting(world))


def test_who_may_be_seated_is_exported_with_the_reasons(world, as_user):
    sitting = make_exams.draft_sitting(world)
    taught = make_exams.taught_class(world)
    make_exams.trained(taught, world.adil)
    make_exams.trained(taught, world.mayra, share=50)
    address = reverse("exams:entitled", args=[sitting.pk])

    content = as_user(world.chen).get(address).content
    book = calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    rows = {row[0]: row for row in book.get_sheet_by_index(0).to_python()}
    assert rows[world.adil.name][7] == "能"
    assert rows[world.mayra.name][7] == "不能"
    assert "学时不足" in rows[world.mayra.name][8]
    assert as_user(world.li).get(address).status_code == 403
