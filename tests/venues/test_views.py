"""The pages of venues as people use them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests import make, make_venues
from zhupei.institutions.models import Room
from zhupei.venues.models import Designation, Seat, Site
from zhupei.venues.sentences import CHECKLIST


def draft_words(world, **said):
    today = timezone.localdate()
    return {
        "organization": world.body.pk,
        "jobs": [make.job().pk],
        "valid_from": today.isoformat(),
        "valid_until": (today + timedelta(days=365)).isoformat(),
        "conditions": "",
    } | said


def test_housing_drafts_uploads_and_signs_and_hr_signs_as_well(world, as_user):
    browser = as_user(world.li)
    answer = browser.post(reverse("venues:draft"), draft_words(world))
    one = Designation.objects.exclude(pk=world.designation.pk).get()
    assert answer.url == reverse("venues:designation", args=[one.pk])
    assert "请先上传" in browser.get(answer.url).content.decode()
    upload = {"kind": "minutes", "file": make_venues.paper()}
    assert browser.post(reverse("venues:attach", args=[one.pk]), upload).status_code == 302
    browser.post(reverse("venues:move", args=[one.pk, "sign"]))

    assert "待签署的考核机构确定" in as_user(world.tao).get("/inbox/").content.decode()
    assert "待您签署" in as_user(world.tao).get("/home/").content.decode()
    as_user(world.tao).post(reverse("venues:move", args=[one.pk, "complete"]))
    one.refresh_from_db()
    assert one.state == "in_force"
    public = as_user(world.adil).get(reverse("portal:bodies")).content.decode()
    assert world.body.name in public
    assert one.number in public


def test_what_was_typed_stays_beside_what_is_wrong(world, as_user):
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    said = draft_words(world, valid_until=yesterday, conditions="至多 60 人")

    answer = as_user(world.li).post(reverse("venues:draft"), said)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "结束早于开始" in text
    assert "至多 60 人" in text
    assert list(Designation.objects.all()) == [world.designation]


def test_a_draft_is_changed_and_a_disguised_paper_is_refused(world, as_user):
    one = make_venues.draft(world)
    browser = as_user(world.tao)

    browser.post(reverse("venues:edit", args=[one.pk]), draft_words(world, conditions="只考理论"))
    one.refresh_from_db()
    assert one.conditions == "只考理论"
    upload = {"kind": "minutes", "file": make_venues.paper("意见.exe")}
    answer = browser.post(reverse("venues:attach", args=[one.pk]), upload)
    assert answer.status_code == 422
    assert one.documents.count() == 1
    browser.post(reverse("venues:remove", args=[one.documents.get().pk]))
    assert one.documents.count() == 0


def test_the_list_narrows_and_says_whose_turn_it_is(world, as_user):
    make_venues.signed_by_housing(world)
    browser = as_user(world.tao)

    assert "等您签署" in browser.get(reverse("venues:designations")).content.decode()
    found = browser.get(reverse("venues:designations") + "?q=没有这个").content.decode()
    assert "清除筛选" in found
    assert "等待" in as_user(world.li).get(reverse("venues:designations")).content.decode()


def test_an_examiner_enters_a_site_sets_a_room_and_draws_its_seats(world, as_user):
    browser = as_user(world.chen)
    said = {
        "name": "昌吉职教园考点", "division": "652301", "address": "北京南路 12 号",
        "contact": "陈静", "contact_phone": "0994-2345678",
    }  # fmt: skip
    browser.post(reverse("venues:add-site"), said)
    site = Site.objects.get(name="昌吉职教园考点")
    again = browser.post(reverse("venues:add-site"), said)
    assert again.status_code == 422
    assert "已有一个考点叫" in again.content.decode()
    room = Room.objects.create(organization=world.body, name="机房 9", seats=40, use="computers")
    placed = browser.post(reverse("venues:place-room", args=[site.pk]), {"room": room.pk})
    layout = {"rows": 3, "columns": 5, "spares": 1, "machines": "PC-"}
    browser.post(placed.url + "layout/", layout)
    assert Seat.objects.filter(room=room).count() == 15
    page = browser.get(placed.url).content.decode()
    assert "PC-15" in page
    assert "备用机 1 台" in page
    too_many = browser.post(placed.url + "layout/", layout | {"rows": 20, "columns": 20})
    assert too_many.status_code == 422
    assert "至多 99 个" in too_many.content.decode()


def test_a_press_on_a_seat_does_what_was_chosen_above_the_map(world, as_user):
    hall = make_venues.with_seats(world)
    browser = as_user(world.chen)
    page = reverse("venues:room", args=[hall.pk])
    assert (
        f'name="seat" value="{Seat.objects.first().pk}"' not in browser.get(page).content.decode()
    )
    assert 'name="tool" value="spare"' in browser.get(page + "?tool=spare").content.decode()

    seat = Seat.objects.filter(room=hall.room).first()
    answer = browser.post(page + "press/", {"tool": "spare", "seat": seat.pk})
    seat.refresh_from_db()
    assert seat.spare
    assert answer.url == f"{page}?tool=spare#seat-{seat.pk}"
    assert browser.post(page + "press/", {"tool": "spare"}).status_code == 409
    assert as_user(world.li).post(page + "press/", {}).status_code == 403


def test_a_seat_says_its_machine(world, as_user):
    hall = make_venues.with_seats(world)
    seat = Seat.objects.filter(room=hall.room).first()
    page = reverse("venues:seat", args=[seat.pk])

    taken = as_user(world.chen).post(page, {"number": 2})
    assert taken.status_code == 422
    assert "已有 2 号座位" in taken.content.decode()
    as_user(world.chen).post(page, {"number": 1, "machine": "HP-7"})
    seat.refresh_from_db()
    assert seat.machine == "HP-7"
    assert as_user(world.li).get(page).status_code == 302


def test_the_check_keeps_its_ticks_until_it_is_whole(world, as_user):
    hall = make_venues.with_seats(world, 2, 2)
    keys = list(Seat.objects.filter(room=hall.room).values_list("pk", flat=True))
    page = reverse("venues:check", args=[hall.pk])
    browser = as_user(world.chen)

    answer = browser.post(page, {"working": keys[:3], "done": ["network"]})
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 4  # three machines, one point
    browser.post(page, {"working": keys[:3], "done": list(CHECKLIST)})
    assert Seat.objects.get(pk=keys[3]).condition == "broken"
    assert "故障 1 台" in browser.get(reverse("venues:room", args=[hall.pk])).content.decode()


def test_a_site_is_changed_and_closed(world, as_user):
    site = make_venues.site(world, name="旧考点")
    browser = as_user(world.chen)
    said = {
        "name": "新考点", "division": "652301", "address": "北京南路 12 号",
        "contact": "陈静", "contact_phone": "0994-2345678",
    }  # fmt: skip

    browser.post(reverse("venues:change-site", args=[site.pk]), said)
    site.refresh_from_db()
    assert site.name == "新考点"
    today = timezone.localdate().isoformat()
    browser.post(reverse("venues:close-site", args=[site.pk]), {"on": today, "note": "搬迁"})
    page = browser.get(reverse("venues:site", args=[site.pk])).content.decode()
    assert "停用" in page
    assert "新考点" not in browser.get(reverse("venues:sites")).content.decode()
    assert "新考点" in browser.get(reverse("venues:sites") + "?closed=on&q=新").content.decode()
