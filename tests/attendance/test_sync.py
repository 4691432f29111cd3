"""The door marks come in by, and the pages beside it: sheets, corrections, the service worker."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests.make_attendance import code, enrolment, photo, proposed
from zhupei.attendance import actions
from zhupei.attendance.models import Attendance, Correction, PaperSheet, RollMark
from zhupei.attendance.parameters import SIGN_OUT


def milliseconds(moment) -> int:
    return round(moment.timestamp() * 1000)


def said(world, lesson, **changes) -> dict:
    """What our own page sends: Adil is here."""
    now = milliseconds(timezone.now())
    adil = enrolment(lesson.training_class, world.adil)
    mark = {"id": str(uuid4()), "enrolment": adil.pk, "kind": "here", "at": now}
    mark |= changes.pop("mark", {})
    return {"user": world.ma.pk, "phone": "A", "now": now, "marks": [mark]} | changes


def send(browser, lesson, body):
    body = body if isinstance(body, bytes) else json.dumps(body)
    address = reverse("attendance:sync", args=[lesson.pk])
    return browser.post(address, body, content_type="application/json")


def test_what_a_phone_sends_is_on_the_roll(world, as_user, lesson):
    body = said(world, lesson)

    answer = send(as_user(world.ma), lesson, body)

    assert answer.status_code == 200
    assert answer.json()["marks"] == [{"id": body["marks"][0]["id"], "kept": True}]
    row = Attendance.objects.get()
    assert answer.json()["rows"][str(row.enrolment_id)]["said"] == "10:00 到（离线点名）"


def test_what_rules_forbid_comes_back_with_its_reason(world, as_user, lesson):
    body = said(world, lesson, mark={"enrolment": 987_654_321})

    answer = send(as_user(world.ma), lesson, body)

    (one,) = answer.json()["marks"]
    assert (answer.status_code, one["kept"], one["code"]) == (200, False, "wrong_class")
    assert one["reason"] == "这名学员不在这个班。"


def test_marks_of_another_account_wait_for_their_owner(world, as_user, lesson):
    answer = send(as_user(world.ma), lesson, said(world, lesson, user=world.aygul.pk))

    assert (answer.status_code, answer.json()["code"]) == (409, "other_person")
    assert "请由填的人登录后上传" in answer.json()["sentence"]


@pytest.mark.parametrize("person", ["wang", "li", "gu", "chen", "adil", "sun"])
def test_somebody_elses_lesson_is_not_there(world, as_user, lesson, person):
    user = getattr(world, person)

    answer = send(as_user(user), lesson, said(world, lesson, user=user.pk))

    assert answer.status_code == 404
    assert not RollMark.objects.exists()


def test_signed_out_one_is_led_to_the_door(world, client, lesson):
    answer = send(client, lesson, said(world, lesson))

    assert answer.status_code == 302
    assert not RollMark.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"[" * 100_000,
        b"null",
        b"[]",
        b'"marks"',
        b"{}",
        b'{"user": 1, "phone": "A", "now": NaN, "marks": []}',
        b'{"user": 1, "phone": "A", "now": 1e999, "marks": []}',
        b" " * 300_000,
    ],
    ids=range(10),
)
def test_what_is_no_document_of_ours_is_refused_with_a_sentence(world, as_user, lesson, body):
    answer = send(as_user(world.ma), lesson, body)

    assert answer.status_code == 400
    assert answer.json()["sentence"]


@pytest.mark.parametrize(
    "changes",
    [
        {"user": "1"},
        {"user": True},
        {"user": -1},
        {"user": 2**70},
        {"phone": ""},
        {"phone": "x" * 41},
        {"phone": "a\x00b"},
        {"phone": ["A"]},
        {"now": 0},
        {"now": 10**18},
        {"now": "2027-03-17"},
        {"now": 1.5},
        {"marks": {}},
        {"marks": [None]},
        {"marks": [[]]},
        {"marks": [{}] * 501},
        {"mark": {"id": "x"}},
        {"mark": {"id": None}},
        {"mark": {"kind": "drunk"}},
        {"mark": {"kind": ["here"]}},
        {"mark": {"kind": {"a": 1}}},
        {"mark": {"enrolment": "1 OR 1=1"}},
        {"mark": {"enrolment": None}},
        {"mark": {"at": -1}},
        {"mark": {"at": "now"}},
    ],
    ids=str,
)
def test_hostile_values_are_refused_with_a_sentence(world, as_user, lesson, changes):
    answer = send(as_user(world.ma), lesson, said(world, lesson, **changes))

    assert answer.status_code == 400
    assert answer.json()["code"] == "malformed"
    assert answer.json()["sentence"]
    assert not RollMark.objects.exists()


def test_sending_needs_the_token_of_the_site(world, lesson, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(world.ma)

    assert send(client, lesson, said(world, lesson)).status_code == 403


def test_the_page_for_the_phone_holds_names_and_nothing_more(world, as_user, lesson):
    page = as_user(world.ma).get(reverse("attendance:offline", args=[lesson.pk]))

    assert "阿迪力·吾守尔" in page.context["data"]["rows"][1]["name"] + page.text
    assert world.adil.person.id_number not in page.text
    assert world.adil.person.phone not in page.text
    assert "no-store" in page["Cache-Control"]


def test_the_service_worker_stands_above_the_rolls(client, db):
    answer = client.get(reverse("attendance:worker"))

    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert b"zhupei-roll-pages" in answer.content
    assert not answer.content.lstrip().startswith(b"import")


# ── Paper ────────────────────────────────────────────────────────────────────────────────────


def test_a_sheet_is_printed_with_its_number_and_the_way_back(world, as_user, lesson):
    page = as_user(world.ma).get(reverse("attendance:paper", args=[lesson.pk]))

    assert f"Q{lesson.pk:06d}" in page.text
    assert "阿迪力·吾守尔" in page.text
    assert page.context["entry"].endswith(reverse("attendance:enter", args=[lesson.pk]))


def ticked(lesson, user, **more) -> dict:
    pk = enrolment(lesson.training_class, user).pk
    return {f"here_{pk}": "on", f"arrived_{pk}": "10:05", f"left_{pk}": ""} | more


def test_a_sheet_is_entered_and_a_second_person_compares_it(world, as_user, lesson):
    address = reverse("attendance:enter", args=[lesson.pk])
    browser = as_user(world.ma)
    assert browser.get(address).status_code == 200

    page = browser.post(address, ticked(lesson, world.adil) | {"photo": photo()}, follow=True)

    sheet = PaperSheet.objects.get()
    assert "等第二个人对照照片确认" in page.text
    assert "这一条是您提出的" in page.text  # the button says why it is not for Ma
    second = as_user(world.aygul)
    pages = [reverse("attendance:sheet", args=[sheet.pk]), reverse("attendance:corrections")]
    assert all(str(sheet) in second.get(one).text for one in pages)
    picture = second.get(reverse("attendance:photo", args=[sheet.pk]))
    assert picture["Content-Type"] == "image/jpeg"
    assert b"".join(picture).startswith(b"\xff\xd8")  # reading it to the end closes it
    second.post(reverse("attendance:sheet_move", args=[sheet.pk, "confirm"]))
    assert Attendance.objects.get().method == "paper"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"photo": ""}, "请附上签好字的签到表照片"),
        ({"photo": "pdf"}, "只是名字像"),
        ({"arrived": ""}, "到课的请写到达时间。"),
        ({"arrived": "03:00"}, "到达时间应在"),
        ({"here": ""}, "一个人都没有勾选"),
    ],
)
def test_a_sheet_that_cannot_be_comes_back_with_what_was_typed(
    world, as_user, lesson, change, words
):
    pk = enrolment(lesson.training_class, world.adil).pk
    typed = ticked(lesson, world.adil) | {"photo": photo()}
    typed |= {f"{name}_{pk}": value for name, value in change.items() if name != "photo"}
    if "photo" in change:
        typed["photo"] = photo("表.pdf") if change["photo"] else ""

    page = as_user(world.ma).post(reverse("attendance:enter", args=[lesson.pk]), typed)

    assert page.status_code == 422
    assert words in page.text
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("person", "status"),
    [("aygul", 200), ("ma", 200), ("li", 200), ("gu", 200), ("wang", 404), ("adil", 404)],
)
def test_who_sees_a_sheet_and_its_photo(world, as_user, lesson, person, status):
    lines = [actions.Line(enrolment(lesson.training_class, world.adil), lesson.starts_at)]
    sheet = actions.enter_sheet(lesson, by=world.ma, lines=lines, upload=photo())
    browser = as_user(getattr(world, person))

    for name in ("sheet", "photo"):
        page = browser.get(reverse(f"attendance:{name}", args=[sheet.pk]))
        assert page.status_code == status
        list(page)


# ── Corrections ──────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_corrections_costs_the_same_for_one_and_for_three(
    world, as_user, lesson, count, django_assert_num_queries
):
    browser = as_user(world.aygul)
    for held in lesson.training_class.lessons.all()[:count]:
        Correction.objects.create(
            lesson=held,
            enrolment=enrolment(lesson.training_class, world.adil),
            note="x",
            proposed_by=world.ma,
            proposed_at=timezone.now(),
        )

    with django_assert_num_queries(7):
        page = browser.get(reverse("attendance:corrections"))

    assert len(page.context["rows"]) == count


@pytest.mark.parametrize(
    ("query", "found"), [("", 1), ("?q=阿迪力", 1), ("?q=孙", 0), ("?state=confirmed", 0)]
)
def test_corrections_are_looked_for_by_name_and_state(world, as_user, lesson, query, found):
    proposed(lesson, world.adil, by=world.ma)

    page = as_user(world.aygul).get(reverse("attendance:corrections") + query)

    assert len(page.context["rows"]) == found


def test_a_decision_needs_a_reason_beside_the_button(world, as_user, lesson):
    found = proposed(lesson, world.adil, by=world.ma)
    reject = reverse("attendance:correction_move", args=[found.pk, "reject"])

    assert as_user(world.aygul).post(reject, {"note": ""}).status_code == 409
    as_user(world.aygul).post(reject, {"note": "监控里没有人"})
    found.refresh_from_db()
    assert found.state == "rejected"


def test_a_learner_has_no_list_of_corrections(world, as_user, lesson):
    assert as_user(world.adil).get(reverse("attendance:corrections")).status_code == 404


# ── States of a sign-in ──────────────────────────────────────────────────────────────────────


def sign_page(as_user, user, lesson):
    return as_user(user).get(reverse("attendance:sign", args=[lesson.pk]))


def test_the_second_person_on_one_phone_reads_what_to_do(world, client, lesson):
    for user in (world.adil, world.mayra):
        client.force_login(user)  # the cookie of the phone stays
        client.get(reverse("attendance:scan", args=[lesson.pk, code(lesson)]))
        page = client.post(reverse("attendance:sign", args=[lesson.pk]), follow=True)

    assert "等教师确认" in page.text
    assert "确认以前先记 0" in page.text
    assert "作弊" not in page.text
    row = Attendance.objects.get(enrolment__person=world.mayra.person)
    assert (row.waiting, len(row.device)) == (True, 32)
    client.force_login(world.ma)
    roll = client.get(reverse("attendance:roll", args=[lesson.pk]))
    assert roll.context["waiting"] == 1
    assert "同一部手机：" in roll.text
    client.post(reverse("attendance:presence", args=[lesson.pk, row.enrolment_id, "confirm"]))
    row.refresh_from_db()
    assert row.credited_seconds == lesson.seconds


def test_a_forged_phone_cookie_is_a_new_phone(world, client, lesson):
    for user in (world.adil, world.mayra):
        client.force_login(user)
        client.cookies["zhupei_phone"] = "forged"
        client.post(reverse("attendance:sign", args=[lesson.pk]), {"code": code(lesson)})

    assert not Attendance.objects.filter(waiting=True).exists()
    assert len(set(Attendance.objects.values_list("device"))) == 2


def test_signing_in_again_says_that_it_was_done(world, as_user, lesson):
    browser, address = as_user(world.adil), reverse("attendance:sign", args=[lesson.pk])
    browser.post(address, {"code": code(lesson)})

    page = browser.post(address, {"code": code(lesson)}, follow=True)

    assert "您已经签到，不用再签。" in page.text
    assert "10:00 已签到，准时" in page.text


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(-40, "开放签到"), (0, "屏幕上的 6 位数字"), (12, "现在签到算迟到"), (500, "这节课已经结束")],
)
def test_the_page_says_where_the_lesson_stands(world, as_user, lesson, morning, minutes, words):
    morning.move_to(lesson.starts_at + timedelta(minutes=minutes))

    assert words in sign_page(as_user, world.adil, lesson).text


def test_signing_out_at_the_end_is_one_tap_as_well(world, client, lesson, morning):
    make.parameter_value(SIGN_OUT, "yes", timezone.localdate(), prefecture="652300")
    actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at)
    client.force_login(world.adil)
    client.get(reverse("attendance:scan", args=[lesson.pk, code(lesson)]))
    assert "点一下完成签退" in client.get(reverse("attendance:sign", args=[lesson.pk])).text

    page = client.post(reverse("attendance:sign", args=[lesson.pk]), {"deed": "out"}, follow=True)

    assert "签退成功。" in page.text
    assert Attendance.objects.get().signed_out_at == lesson.ends_at


def test_who_forgot_to_sign_out_stands_on_the_roll(world, as_user, lesson, morning):
    make.parameter_value(SIGN_OUT, "yes", timezone.localdate(), prefecture="652300")
    row = actions.sign_in(lesson, by=world.adil, code=code(lesson))
    morning.move_to(lesson.ends_at + timedelta(minutes=31))
    browser = as_user(world.ma)

    assert "未签退" in browser.get(reverse("attendance:roll", args=[lesson.pk])).text
    browser.post(reverse("attendance:presence", args=[lesson.pk, row.enrolment_id, "stay"]))

    assert "未签退" not in browser.get(reverse("attendance:roll", args=[lesson.pk])).text


def test_guessing_a_code_is_stopped(world, as_user, lesson):
    browser, address = as_user(world.adil), reverse("attendance:sign", args=[lesson.pk])

    for number in range(8):
        page = browser.post(address, {"code": f"00000{number}"})
    assert "这一分钟里输错太多次了" in page.text

    page = browser.post(address, {"code": code(lesson)})
    assert not Attendance.objects.exists()
