"""The pages of the room: who reaches them, what they say, what stays after a mistake."""

from datetime import timedelta

import pytest

from tests import make_exams, make_invigilation
from zhupei.exams import slips
from zhupei.invigilation.actions import door
from zhupei.invigilation.models import CheckIn, Incident, Reason, RoomLog, Signature, Verdict


@pytest.fixture
def sitting(room):
    return make_invigilation.watched_sitting(room, room.adil, room.mayra)


@pytest.fixture
def adil(room, sitting):
    return make_exams.seat_of(sitting, room.adil)


@pytest.fixture(autouse=True)
def before(sitting):
    with make_invigilation.before_the_start(sitting):
        yield


PAGES = ("door/", "incidents/", "incidents/new/", "log/", "safe-browser/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["bai", "kurban", "wang", "adil"])
def test_who_does_not_watch_this_sitting_finds_nothing(room, sitting, as_user, page, who):
    browser = as_user(getattr(room, who))

    assert browser.get(f"/room/{sitting.pk}/{page}").status_code == 404


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", ["nur", "dong", "chen", "li"])
def test_who_watches_it_or_looks_on_reaches_every_page(room, sitting, as_user, page, who):
    assert as_user(getattr(room, who)).get(f"/room/{sitting.pk}/{page}").status_code == 200


def test_my_sittings_are_listed_and_no_others(room, sitting, as_user):
    assert sitting.title in as_user(room.nur).get("/room/").content.decode()
    assert sitting.title not in as_user(room.bai).get("/room/").content.decode()


def test_a_candidate_is_found_by_seat_name_and_the_last_four(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/{adil.pk}/"

    for words in (str(adil.seat), "阿迪力", adil.person.id_last_four):
        answer = browser.get(f"/room/{sitting.pk}/door/", {"q": words})
        assert answer["Location"] == there, words
    page = browser.get(f"/room/{sitting.pk}/door/", {"q": "张三"}).content.decode()
    assert "没有和“张三”相符的考生" in page


def test_a_slip_is_scanned_and_one_of_another_sitting_is_not_taken(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/"

    answer = browser.get(there, {"q": slips.token(adil)})
    assert answer["Location"] == f"{there}{adil.pk}/"
    later = sitting.ends_at + timedelta(days=9)
    other = make_exams.sealed_sitting(room, room.sun, starts_at=later)
    answer = browser.get(there, {"q": slips.token(make_exams.seat_of(other, room.sun))})
    assert answer.status_code == 409
    assert "另一场" in answer.content.decode()
    assert browser.get(there, {"q": "ZKforged"}).status_code == 409


def test_the_page_does_not_show_the_four_digits_it_asks_for(room, sitting, adil, as_user):
    page = as_user(room.nur).get(f"/room/{sitting.pk}/door/{adil.pk}/").content.decode()

    assert f"{adil.person.id_number[:4]}**********····" in page
    assert adil.person.masked_id_number not in page


def test_letting_in_and_the_list_of_those_not_here_yet(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/{adil.pk}/"

    wrong = browser.post(there, {"method": "document", "last_four": "0000", "note": "戴口罩"})
    assert wrong.status_code == 422
    text = wrong.content.decode()
    assert "证件号码后四位与报名信息不一致" in text
    assert "戴口罩" in text
    right = {"method": "document", "last_four": adil.person.id_last_four}
    assert browser.post(there, right)["Location"] == f"/room/{sitting.pk}/door/"

    page = browser.get(f"/room/{sitting.pk}/door/").content.decode()
    assert "还没到 1 人" in page
    assert "玛依拉" in page
    assert "阿迪力" not in page.split("还没到 1 人")[1]
    again = browser.get(there).content.decode()
    assert "已由 努尔兰·哈力克 于" in again


def test_sending_away_through_the_page(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/{adil.pk}/refuse/"

    assert browser.post(there, {"reason": ""}).status_code == 422
    kept = browser.post(there, {"reason": Reason.OTHER, "note": " "})
    assert kept.status_code == 422
    assert "请写明不予入场的原因" in kept.content.decode()
    browser.post(there, {"reason": Reason.FORGED, "note": "照片有换过的痕迹"})

    assert CheckIn.objects.get().verdict == Verdict.REFUSED
    page = browser.get(f"/room/{sitting.pk}/door/", {"list": "refused"}).content.decode()
    assert "证件疑似伪造或涂改" in page


def test_undoing_an_entry_through_the_page(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/{adil.pk}/"
    browser.post(there, {"method": "document", "last_four": adil.person.id_last_four})

    kept = browser.post(f"{there}undo/", {"note": ""})
    assert kept.status_code == 422
    assert browser.post(f"{there}undo/", {"note": "点错了人"})["Location"] == there
    page = browser.get(there).content.decode()
    assert "准予入场</button>" in page
    assert "努尔兰·哈力克 于" in page
    assert "点错了人" in page
    waiting = browser.get(f"/room/{sitting.pk}/door/").content.decode()
    assert "还没到 2 人" in waiting
    assert as_user(room.li).post(f"{there}undo/", {"note": "x"}).status_code == 403


def test_who_has_begun_stays_in(room, sitting, adil, as_user):
    make_invigilation.admitted(adil, by=room.nur)
    browser = as_user(room.nur)
    there = f"/room/{sitting.pk}/door/{adil.pk}/"
    assert "撤销入场" in browser.get(there).content.decode()
    with make_invigilation.before_the_start(sitting, -1):
        make_exams.started_attempt(sitting, room.adil)

    assert "入场不能再撤销" in browser.get(there).content.decode()
    kept = browser.post(f"{there}undo/", {"note": "x"})
    assert kept.status_code == 422
    assert "已经开始作答" in kept.content.decode()


def test_a_bureau_looks_on_and_finds_no_buttons(room, sitting, adil, as_user):
    browser = as_user(room.li)

    page = browser.get(f"/room/{sitting.pk}/door/{adil.pk}/").content.decode()
    assert "准予入场</button>" not in page
    answer = browser.post(
        f"/room/{sitting.pk}/door/{adil.pk}/",
        {"method": "document", "last_four": adil.person.id_last_four},
    )
    assert answer.status_code == 403


def test_an_incident_through_the_page(room, sitting, adil, as_user):
    browser = as_user(room.nur)
    said = {"candidate": adil.pk, "kind": "machine", "severity": "note", "note": "蓝屏"}

    kept = browser.post(f"/room/{sitting.pk}/incidents/new/", said | {"note": ""})
    assert kept.status_code == 422
    browser.post(f"/room/{sitting.pk}/incidents/new/", said)
    noted = Incident.objects.get()
    browser.post(f"/room/{sitting.pk}/incidents/{noted.pk}/settle/", {"outcome": "换备用机"})

    page = browser.get(f"/room/{sitting.pk}/incidents/").content.decode()
    assert "蓝屏" in page
    assert "换备用机" in page
    only_open = browser.get(f"/room/{sitting.pk}/incidents/", {"open": "1"}).content.decode()
    assert "蓝屏" not in only_open
    assert browser.get(f"/room/{sitting.pk}/incidents/{noted.pk}/photo/").status_code == 404


def test_a_candidate_of_another_sitting_is_no_choice(room, sitting, as_user):
    other = make_exams.sealed_sitting(room, room.sun)
    stranger = make_exams.seat_of(other, room.sun)

    page = as_user(room.nur).post(
        f"/room/{sitting.pk}/incidents/new/",
        {"candidate": stranger.pk, "kind": "machine", "severity": "note", "note": "x"},
    )

    assert page.status_code == 422
    assert not Incident.objects.exists()


def test_the_log_from_opening_to_two_signatures(room, sitting, as_user):
    log = f"/room/{sitting.pk}/log/"
    browser = as_user(room.nur)

    kept = browser.post(f"{log}open/", {"room_ready": "on"})
    assert kept.status_code == 422
    assert "请在说明里写清楚怎么处理" in kept.content.decode()
    browser.post(f"{log}open/", make_invigilation.CHECKS)
    browser.post(f"{log}close/", {"note": "全程正常"})
    browser.post(f"{log}sign/")
    as_user(room.dong).post(f"{log}sign/")

    assert RoomLog.objects.get().closing_note == "全程正常"
    assert Signature.objects.count() == 2
    page = browser.get(log).content.decode()
    assert "须 2 名监考员签名" not in page
    assert page.count("在监考日志上签名") == 2
    assert "玛依拉" in page  # absent


def test_the_setting_of_the_safe_browser_through_the_page(room, sitting, as_user):
    there = f"/room/{sitting.pk}/safe-browser/"
    browser = as_user(room.chen)

    kept = browser.post(there, {"exam_keys": "3.7: abc"})
    assert kept.status_code == 422
    assert "3.7: abc" in kept.content.decode()
    browser.post(there, {"exam_keys": ""})
    page = browser.get(there).content.decode()
    assert "退出密码" in page
    browser.post(f"{there}lift/")
    assert "本场不要求" in browser.get(there).content.decode()
    assert as_user(room.nur).post(there, {"exam_keys": ""}).status_code == 403


def test_refusing_twice_is_two_lines_and_one_candidate(room, sitting, adil):
    door.refuse(adil, by=room.nur, reason=Reason.NO_DOCUMENT)
    door.refuse(adil, by=room.dong, reason=Reason.NO_DOCUMENT)

    assert [one.by for one in CheckIn.objects.all()] == [room.nur, room.dong]
