"""People at addresses that are not theirs, and files whose names bite."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests import (
    make,
    make_classes,
    make_filings,
    make_institutions,
    make_oversight,
    make_teachers,
    make_teaching,
)
from tests.browser.acts.reviewing import button_waits
from tests.browser.acts.teaching import photo
from tests.browser.stage import Stage, hand, press, sees
from tests.make_attendance import class_with_learners, enrolment, first_lesson, proposed

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PAGES = {"piece": "equipment", "material": "consumables"}
NAMES = (
    "<img src=x onerror=alert(1)>.png",
    "../../../etc/passwd.png",
    "'; DROP TABLE core_file; --.png",
    "gpj.\u202egnp.png",
    "很" * 150 + ".png",
)


def addresses(world: SimpleNamespace) -> Iterator[str]:
    """One page of each new thing that belongs to Aygul's school."""
    things = make_institutions.one_of_each(world)
    school = world.school.pk
    yield from (f"/institutions/{school}/{page}/" for page in ("people", "places", "equipment"))
    yield f"/institutions/{school}/policies/adopt/"
    for kind, page in PAGES.items():
        yield f"/institutions/{page}/{things[kind].pk}/"
    yield f"/institutions/staff/{things['staff_member'].pk}/proof/"
    yield f"/institutions/policies/{things['policy'].pk}/text/"
    yield f"/institutions/imports/equipment/{things['waiting_ledger'].pk}/"
    filing = make_filings.draft(world)
    yield f"/filings/{filing.pk}/"
    yield f"/filings/{filing.pk}/edit/"
    teacher = make_teachers.proven(world)
    yield f"/teachers/{teacher.pk}/edit/"
    yield f"/teachers/evidence/{teacher.qualifications.get().pk}/"
    yield from of_class(world)
    yield f"/oversight/suspensions/{make_oversight.lifted(world).pk}/"


def of_class(world: SimpleNamespace) -> Iterator[str]:
    taught = class_with_learners(world)
    lesson = first_lesson(taught)
    given = make_teaching.hand_out(world, taught, enrolment(taught, world.adil))
    yield f"/teaching/class/{taught.pk}/"
    yield f"/teaching/class/{taught.pk}/evidence/"
    yield f"/teaching/evidence/{make_teaching.piece(world, taught).pk}/"
    yield f"/teaching/hand-outs/{given.pk}/code/"
    yield f"/teaching/lessons/{lesson.pk}/"
    yield f"/attendance/{lesson.pk}/roll/"
    yield f"/attendance/{lesson.pk}/paper/enter/"
    yield f"/feedback/class/{taught.pk}/"
    yield f"/feedback/class/{taught.pk}/self/"


def test_what_belongs_to_a_school_is_nowhere_for_others(stage: Stage):
    world = make.world()
    paths = list(addresses(world))
    asked = {user: stage.desk(user) for user in (world.wang, world.chen, world.sun)}

    found = [
        (user.name, path)
        for user, page in asked.items()
        for path in paths
        if page.request.get(path, max_redirects=0).status != 404
    ]

    assert found == []
    page = asked[world.wang]
    page.goto(paths[0])
    sees(page, "没有")
    stage.look(page, "not-there")


def test_the_wrong_role_of_the_right_school_changes_nothing(stage: Stage):
    """Ma teaches there, and keeps neither its file nor its filings."""
    world = make.world()
    filing = make_filings.draft(world)
    school = world.school.pk
    page = stage.desk(world.ma)

    for path in (
        f"/institutions/{school}/staff/appoint/",
        f"/institutions/{school}/rooms/add/",
        f"/filings/{filing.pk}/edit/",
        "/filings/draft/",
        "/classes/draft/",
        "/teachers/propose/",
        f"/oversight/institutions/{school}/suspend/",
        "/org/parameters/classes.review_workdays/",
    ):
        page.goto(path)
        expect(page.locator("main form[method=post] button[type=submit]")).to_have_count(0)


def test_a_name_that_bites_is_only_a_name(stage: Stage):
    world = make.world()
    taught = make_classes.approved_class(world, starts_on=timezone.localdate())
    page = stage.phone(world.ma)
    page.add_init_script("window.alert = words => document.title = `bitten: ${words}`")
    for name in NAMES:
        page.goto(f"/teaching/class/{taught.pk}/evidence/")
        hand(page, "file", name, photo())
        sees(page, "已传完，可以提交")
        press(page, "上传")
        sees(page, "SHA-256")
        assert "bitten" not in page.title()

    expect(page.locator("ul.pictures > li")).to_have_count(len(NAMES))
    sees(page, NAMES[0], "passwd.png")
    expect(page.locator("main")).not_to_contain_text("../")
    stage.look(page, "hostile-names")


def test_a_page_that_calls_itself_a_picture_is_refused_beside_the_field(stage: Stage):
    world = make.world()
    taught = make_classes.approved_class(world, starts_on=timezone.localdate())
    page = stage.phone(world.ma)
    page.goto(f"/teaching/class/{taught.pk}/evidence/")

    hand(page, "file", "上课.png", b"<!doctype html><script>alert(1)</script>")

    sees(page, "上课.png")
    expect(page.locator("ul.pictures > li")).to_have_count(0)
    stage.look(page, "disguised")


def test_who_proposed_a_correction_does_not_confirm_it(stage: Stage):
    world = make.world()
    lesson = first_lesson(class_with_learners(world))
    stage.be(lesson.ends_at)
    correction = proposed(lesson, world.adil, by=world.ma)
    page = stage.phone(world.ma)
    page.goto(f"/attendance/corrections/{correction.pk}/")

    sees(page, "手机没电，当面核对")
    button_waits(page, "确认更正")
    stage.look(page, "correction-own")
