"""Pages of patrols: map, ledger, planning, the form with and without script, records."""

import json
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from tests import make_patrols, make_pictures
from tests.make_patrols import during, duty, filed, planned, wish
from zhupei.core import sheets
from zhupei.corrections.models import Finding
from zhupei.patrols import checklist
from zhupei.patrols.actions import filing, ledger
from zhupei.patrols.models import Deed, Duty, Patrol, Photo


def at(name, *args):
    return reverse(f"patrols:{name}", args=[getattr(one, "pk", one) for one in args])


def period(found):
    day = timezone.localdate(found.closes_at).isoformat()
    return {"since": day, "until": day}


@pytest.fixture(autouse=True)
def _inspectors(world):
    make_patrols.world_of_inspectors(world)


# ── From above ───────────────────────────────────────────────────────────────────────────────


def test_the_map_has_a_number_and_a_word_for_every_prefecture(world, as_user):
    found = duty(world)
    with time_machine.travel(found.closes_at, tick=False):
        ledger.close_overdue()

    page = as_user(world.gu).get(at("map"), period(found))

    tiles = {tile.division.pk: tile for tile in page.context["tiles"]}
    assert (tiles["652300"].number, tiles["652300"].grade.tone) == ("0%", "bad")
    assert (tiles["653100"].number, tiles["653100"].grade.tone) == ("—", "none")
    assert "漏巡多" in page.text
    assert "无到期" in page.text


def test_each_begins_where_they_have_something_to_see(world, as_user):
    def led_to(person):
        return as_user(person).get(at("map")).headers.get("Location")

    assert led_to(world.li) == at("place", "652300")
    assert led_to(world.yang) == at("desk")
    assert led_to(world.aygul) == at("records")
    assert as_user(world.adil).get(at("map")).status_code == 404


def test_from_the_prefecture_down_to_the_class(world, as_user):
    found = duty(world)
    browser = as_user(world.li)

    place = browser.get(at("place", "652300"), period(found))
    assert at("institution", world.school) in place.text
    body = browser.get(at("institution", world.school), period(found))
    assert at("duty", found) in body.text
    assert browser.get(at("duty", found)).status_code == 200


def test_another_bureau_sees_nothing_of_it(world, as_user):
    found = duty(world)
    browser = as_user(world.far_reviewer)

    for page in (at("place", "652300"), at("institution", world.school), at("duty", found)):
        assert browser.get(page).status_code == 404
    assert found.title not in browser.get(at("duties")).text


def test_the_ledger_is_filtered_and_taken_away(world, as_user):
    one, two = duty(world), make_patrols.sitting_duty(world, world.adil)
    browser = as_user(world.li)

    page = browser.get(at("duties"), {"kind": "theory", "q": "土建"})
    assert [row["duty"] for row in page.context["rows"]] == [two]
    assert browser.get(at("duties"), {"state": "missed", "q": "没有"}).context["rows"] == []
    answer = browser.get(at("export"), {"kind": "class", "q": one.title})
    rows = list(sheets.read(BytesIO(answer.content)).sheets[0].rows())
    assert rows[1].cells[1] == one.title
    assert as_user(world.yang).get(at("export")).status_code == 404


# ── Planning ─────────────────────────────────────────────────────────────────────────────────


def plan_words(found, *people, **changed):
    asked = wish(found, *people)
    said = {"key": str(asked.key), "way": "on_site", "day": asked.day.isoformat()}
    return said | {"people": [one.pk for one in people]} | changed


def test_somebody_is_sent_from_the_page(world, as_user):
    found = duty(world)
    words = plan_words(found, world.yang)
    browser = as_user(world.li)

    for _twice in range(2):
        assert browser.post(at("plan", found), words).status_code == 302

    assert Patrol.objects.get().members.get() == world.yang


def test_whoever_must_stay_away_cannot_be_ticked_and_reads_why(world, as_user):
    found = duty(world)
    world.yang.interests.create(
        organization=world.school,
        kind="employed",
        since=timezone.localdate() - timedelta(days=900),
        until=timezone.localdate() - timedelta(days=300),
    )
    browser = as_user(world.li)

    page = browser.get(at("plan", found))
    assert "应当回避" in page.text
    assert "disabled" in page.text
    words = plan_words(found, world.yang)
    answer = browser.post(at("plan", found), words)
    assert answer.status_code == 422
    assert "应当回避" in answer.text
    assert words["day"] in answer.text  # what was chosen is still there
    assert not Patrol.objects.exists()


def test_a_form_without_people_keeps_what_was_chosen(world, as_user):
    found = duty(world)
    words = plan_words(found, way="remote")

    answer = as_user(world.li).post(at("plan", found), words)

    assert answer.status_code == 422
    assert "请至少选一人" in answer.text
    assert answer.context["form"]["way"].value() == "remote"


def test_who_goes_today_themself_is_led_to_the_form(world, as_user):
    found = duty(world)
    with time_machine.travel(during(found), tick=False):
        answer = as_user(world.li).post(at("plan", found), plan_words(found, world.li))

    assert answer.headers["Location"] == at("visit", Patrol.objects.get())


def test_what_is_done_is_planned_again_on_its_own_page_only(world, as_user):
    found = duty(world)
    filed(world, found)
    browser = as_user(world.li)

    assert "再安排现场巡查" in browser.get(at("duty", found)).text
    listed = browser.get(at("duties"))
    assert [row["free"] for row in listed.context["rows"]] == [False]
    words = plan_words(found, world.kang)
    assert browser.post(at("plan", found), words).status_code == 302
    assert Patrol.objects.planned().get().members.get() == world.kang


def test_nobody_chooses_people_for_what_is_over(world, as_user):
    found = duty(world)
    filed(world, found)
    with time_machine.travel(found.closes_at + timedelta(days=1), tick=False):
        answer = as_user(world.li).get(at("plan", found))
        assert "再安排" not in as_user(world.li).get(at("duty", found)).text

    assert answer.status_code == 409
    assert "已经结束" in answer.text


def test_beside_the_map_stands_what_ends_within_a_week(world, as_user):
    found = duty(world)

    for days, there in ((8, 0), (6, 1)):
        with time_machine.travel(found.closes_at - timedelta(days=days), tick=False):
            page = as_user(world.li).get(at("place", "652300"))
            assert len(page.context["soon"]) == there


def test_calling_off_from_the_page(world, as_user):
    patrol = planned(world, duty(world))

    assert as_user(world.yang).post(at("move", patrol, "call_off")).status_code == 404
    assert as_user(world.li).post(at("move", patrol, "leave"), {"note": "x"}).status_code == 409
    as_user(world.li).post(at("move", patrol, "call_off"), {"note": "车坏了"})

    patrol.refresh_from_db()
    assert patrol.state == "called_off"


def test_the_reason_of_a_miss_is_asked_on_its_page(world, as_user):
    found = duty(world)
    with time_machine.travel(found.closes_at, tick=False):
        ledger.close_overdue()
        browser = as_user(world.li)
        assert "为什么没有巡查" in browser.get(at("duty", found)).text
        empty = browser.post(at("explain", found), {"ground": "people", "note": ""})
        assert empty.status_code == 422
        browser.post(at("explain", found), {"ground": "people", "note": "人手不足，两人请假"})
        page = browser.get(at("duty", found))

    assert "人手不足，两人请假" in page.text
    assert "为什么没有巡查" not in page.text


# ── The form ─────────────────────────────────────────────────────────────────────────────────


def body(user, *marks, **changed):
    said = {
        "user": user.pk,
        "phone": "A",
        "now": round(timezone.now().timestamp() * 1000),
        "marks": list(marks),
    }
    return {"data": json.dumps(said | changed), "content_type": "application/json"}


def mark(kind, about="", value=""):
    now = round(timezone.now().timestamp() * 1000)
    return {"id": str(uuid.uuid4()), "kind": kind, "about": about, "value": value, "at": now}


def test_a_phone_sends_its_form_and_again(world, as_user):
    patrol = planned(world, duty(world))
    with time_machine.travel(during(patrol.duty), tick=False):
        browser = as_user(world.yang)
        marks = [mark("answer", item.key, "good") for item in checklist.CLASS]
        marks.append(mark("photo", "", make_patrols.shot(world.yang).value))
        sent = body(world.yang, *marks, mark("hand_in"))
        for _twice in range(2):
            answer = browser.post(at("sync", patrol), **sent)
            assert all(one["kept"] for one in answer.json()["marks"])
        assert browser.get(at("visit", patrol)).headers["Location"] == at("record", patrol)

    assert Duty.objects.get().looks == 1


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": "x"},
        {"marks": [{"id": "x"}]},
        {"marks": [{"id": str(uuid.uuid4()), "kind": "burn"}]},
        {"marks": [{"id": str(uuid.uuid4()), "kind": "answer", "about": "x" * 41}]},
        {"now": "yesterday"},
    ],
)
def test_what_no_page_of_ours_sends_is_400(world, as_user, changed):
    patrol = planned(world, duty(world))

    answer = as_user(world.yang).post(at("sync", patrol), **body(world.yang, **changed))
    assert answer.status_code == 400
    assert answer.json()["sentence"]


def test_anothers_deeds_and_a_wild_clock_are_refused_with_a_sentence(world, as_user):
    patrol = planned(world, duty(world))
    browser = as_user(world.yang)

    wrong = browser.post(at("sync", patrol), **body(world.kang))
    wild = browser.post(at("sync", patrol), **body(world.yang, now=946_684_800_001))
    assert (wrong.status_code, wrong.json()["code"]) == (409, "other_person")
    assert (wild.status_code, wild.json()["code"]) == (409, "clock_too_wrong")
    assert as_user(world.kang).post(at("sync", patrol), **body(world.kang)).status_code == 404


def test_the_form_works_without_script(world, as_user):
    patrol = planned(world, duty(world, world.adil))
    enrolment = patrol.duty.training_class.enrolments.get()
    answers = {item.key: "good" for item in checklist.CLASS} | {"note-log": "缺一天"}
    with time_machine.travel(during(patrol.duty), tick=False):
        browser = as_user(world.yang)
        page = browser.get(at("visit", patrol))
        offer = page.context["offer"]
        assert world.adil.person.name in page.text
        roll = {"draw": offer.ticket, f"roll-{enrolment.pk}": "absent"}
        browser.post(at("visit", patrol), {"plan": "good", "save": "1"})
        gap = browser.post(at("visit", patrol), {"plan": "good", "hand_in": "1"})
        assert gap.status_code == 422
        assert "还有 7 项没有填" in gap.text
        browser.post(at("add-photo", patrol), {"file": make_pictures.photo()})
        browser.post(at("visit", patrol), answers | roll | {"hand_in": "1"})
        page = browser.get(at("record", patrol))

    assert "缺一天" in page.text
    assert Deed.objects.count() == 13  # what was known already was not sent again
    assert Duty.objects.get().state == "done"


def test_a_photo_without_script_says_what_was_taken_out(world, as_user):
    patrol = planned(world, duty(world))
    with time_machine.travel(during(patrol.duty), tick=False):
        browser = as_user(world.yang)
        assert browser.post(at("add-photo", patrol)).status_code == 409
        said = {"file": make_pictures.photo(), "about": "safety"}
        page = browser.post(at("add-photo", patrol), said, follow=True)
        shown = browser.get(at("photo", Photo.objects.get()))

    assert "已去掉拍摄地点（GPS）" in page.text
    assert b"Exif" not in b"".join(shown)
    assert as_user(world.kang).get(at("photo", Photo.objects.get())).status_code == 404


def test_the_desk_keeps_todays_forms_and_drops_what_was_called_off(world, as_user):
    one = planned(world, duty(world))
    day = timezone.localdate() + timedelta(days=30)
    two = planned(world, duty(world, starts_on=day))
    make_patrols.planning.call_off(two, by=world.li, note="改期")

    page = as_user(world.yang).get(at("desk"))

    assert at("visit", one) in page.context["pages"]
    assert at("visit", two) not in page.text
    assert as_user(world.aygul).get(at("desk")).status_code == 404


# ── Records ──────────────────────────────────────────────────────────────────────────────────


def test_a_fault_becomes_a_finding_with_its_photo(world, as_user):
    patrol = planned(world, duty(world))
    with time_machine.travel(during(patrol.duty), tick=False):
        photo = {"file": make_pictures.photo(), "about": "safety"}
        as_user(world.yang).post(at("add-photo", patrol), photo)
        note = make_patrols.deed("note", "safety", "灭火器过期")
        sent = [*make_patrols.answers(patrol, "safety"), note, make_patrols.deed("hand_in")]
        make_patrols.send(patrol, world.yang, sent)

    finding = Finding.objects.about(patrol).get()
    assert finding.text == "培训场所存在安全隐患：灭火器过期"
    assert (finding.severity, finding.kind, finding.law) == ("serious", "safety", "第十三条")
    assert finding.files.get().file == Photo.objects.get().file
    assert finding.source_path == at("record", patrol)
    assert "灭火器过期" in as_user(world.li).get(at("record", patrol)).text


def test_a_body_from_elsewhere_is_left_to_the_region(world):
    found = duty(world)
    Duty.objects.filter(pk=found.pk).update(
        prefecture="653100", authority=world.other_bureau, division="653101"
    )
    found.refresh_from_db()
    patrol = planned(world, found, world.far_reviewer, by=world.far_reviewer)
    with time_machine.travel(during(found), tick=False):
        form = make_patrols.whole(patrol, world.far_reviewer, "log")
        sent = [*form, make_patrols.deed("hand_in")]
        assert set(make_patrols.codes(make_patrols.send(patrol, world.far_reviewer, sent))) == {""}

    assert not Finding.objects.exists()
    patrol.refresh_from_db()
    assert filing.note_faults(patrol, [], {}, by=world.far_reviewer) == []
    assert world.gu.inbox.get(title__contains="请转办学机构属地").url == at("record", patrol)


def test_who_was_looked_at_sees_answers_and_of_the_roll_only_numbers(world, as_user):
    patrol = filed(world, duty(world, world.adil), "log", absent=[])
    browser = as_user(world.aygul)

    listed = browser.get(at("records"))
    page = browser.get(at("record", patrol))

    assert patrol.duty.title in listed.text
    assert "应到 1 人，抽 1 人" in page.text
    assert world.adil.person.name not in page.text
    assert world.adil.person.name in as_user(world.li).get(at("record", patrol)).text
    assert as_user(world.wang).get(at("record", patrol)).status_code == 404
