"""Before the day: two departments sign, an examiner draws a room, calls people, prints."""

import pytest
from playwright.sync_api import expect

from tests import make, make_exams, make_officials, make_venues
from tests.browser.stage import Stage, follow, press, step
from zhupei.exams.actions import seating
from zhupei.venues.models import Seat

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_body_is_determined_by_two_departments(stage: Stage):
    world = make.world()
    one = make_venues.signed_by_housing(world)
    page = stage.desk(world.tao)
    page.goto("/home/")
    stage.look(page, "hr-has-to-sign")
    page.goto("/venues/designations/")
    stage.look(page, "designations")
    page.goto(f"/venues/designations/{one.pk}/")
    stage.look(page, "designation-to-sign")
    press(page, "签署确定")
    expect(page.get_by_text("已确定").first).to_be_visible()
    clerk = stage.desk(world.li)
    clerk.goto("/venues/designations/draft/")
    stage.look(clerk, "designation-form")
    page.goto("/public/bodies/")
    stage.look(page, "public-bodies")


def test_an_examiner_draws_a_room_from_the_keyboard(stage: Stage):
    world = make.world()
    place = make_venues.with_seats(world, 5, 6, spares=3, prefix="PC-")
    page = stage.desk(world.chen)
    page.goto("/venues/sites/")
    stage.look(page, "sites")
    page.goto(f"/venues/sites/{place.site_id}/")
    stage.look(page, "site")
    page.goto(f"/venues/rooms/{place.pk}/")
    stage.look(page, "room")
    page.get_by_role("link", name="备用", exact=True).click()
    seat = Seat.objects.get(room=place.room, number=4)
    page.locator(f"#seat-{seat.pk}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#seat-{seat.pk}[data-state=spare]")).to_be_visible()
    stage.look(page, "room-with-a-tool")
    page.goto(f"/venues/rooms/{place.pk}/check/")
    stage.look(page, "room-check")


def test_who_sits_who_watches_and_what_is_printed(stage: Stage):
    world = make_officials.add(make.world())
    sitting = make_exams.notified_sitting(world)
    first, second = make_exams.taught_class(world), make_exams.taught_class(world, title="第 2 期")
    people = [
        make_exams.trained(taught, make.learner()) for taught in (first, second) for _ in range(11)
    ]
    seating.seat(sitting, people, by=world.chen)
    make_exams.watch(sitting, by=world.chen, count=1)
    page = stage.desk(world.chen)
    page.goto(f"/exams/{sitting.pk}/")
    follow(page, "座位图")
    stage.look(page, "sitting-map")
    step(page.locator("a.seat").first)
    stage.look(page, "reseat")
    page.goto(f"/exams/{sitting.pk}/invigilators/")
    page.get_by_label("监考员").select_option(value=str(world.nur.memberships.get().pk))
    stage.look(page, "watch")
    press(page, "发出邀请")
    page.goto(f"/exams/{sitting.pk}/papers/")
    stage.look(page, "papers")
    phone = stage.phone(world.nur)
    phone.goto("/home/")
    stage.look(phone, "invigilator-home")
    phone.get_by_role("link", name="答复").first.click()
    press(phone, "接受监考")
    expect(phone.get_by_text("监考人员够了")).to_be_visible()
    stage.look(phone, "invigilator-agreed")
    clerk = stage.desk(world.li)
    clerk.goto(f"/exams/{sitting.pk}/papers/")
    stage.look(clerk, "bureau-asks")
