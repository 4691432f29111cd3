"""Impatient, curious and dishonest people in front of a real browser."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page

from tests import make, make_classes
from tests.browser.stage import Stage, press, sees, sign_in
from zhupei.classes.models import TrainingClass
from zhupei.core import audit
from zhupei.people.models import User

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def waiting_class(world: SimpleNamespace, *readers: User) -> TrainingClass:
    """A plan that waits for its review; ``readers`` have opened every paper."""
    waiting = make_classes.submitted_class(world)
    for reader in readers:
        make_classes.read_everything(waiting, reader)
    return waiting


def approvals(training_class: TrainingClass) -> int:
    history = audit.own_history(training_class)
    return history.filter(verb="class.approved").count()


def open_review(page: Page, waiting: TrainingClass) -> None:
    page.goto(f"/classes/{waiting.pk}/")
    sees(page, waiting.title)


def test_a_double_click_approves_once(stage: Stage):
    world = make.world()
    waiting = waiting_class(world, world.li)
    page = stage.desk(world.li)
    open_review(page, waiting)

    page.get_by_role("button", name="通过").first.dblclick()

    sees(page, "已通过")
    assert approvals(waiting) == 1


def test_of_two_reviewers_at_once_the_second_is_told_in_plain_words(stage: Stage):
    world = make.world()
    waiting = waiting_class(world, world.li, world.zhou)
    first, second = stage.desk(world.li), stage.desk(world.zhou)
    for page in (first, second):
        open_review(page, waiting)

    press(first, "通过")
    sees(first, "已通过")
    press(second, "通过")

    sees(second, "已是“已通过”")
    stage.look(second, "too-late")
    assert approvals(waiting) == 1


def test_going_back_and_pressing_again_changes_nothing(stage: Stage):
    world = make.world()
    waiting = waiting_class(world, world.li)
    page = stage.desk(world.li)
    open_review(page, waiting)

    press(page, "通过")
    sees(page, "已通过")
    page.go_back()
    button = page.get_by_role("button", name="通过")
    if button.count():  # the browser may show the page as it was
        button.first.click()

    assert approvals(waiting) == 1


def test_somebody_elses_address_leads_nowhere(stage: Stage):
    world = make.world()
    waiting = waiting_class(world)

    for stranger in (world.wang, world.adil, world.far_reviewer, world.chen):
        page = stage.desk(stranger)
        response = page.goto(f"/classes/{waiting.pk}/")

        assert response
        assert response.status == 404
        assert waiting.title not in page.content()
    stage.look(page, "not-found")


def test_after_signing_out_the_next_person_sees_nothing_of_the_last(stage: Stage):
    world = make.world()
    waiting = waiting_class(world)
    page = stage.desk(world.aygul)
    open_review(page, waiting)
    page.locator("details.menu-end summary").last.click()
    press(page, "退出登录")
    page.goto("/account/login/")
    sign_in(page, world.wang)

    response = page.goto(f"/classes/{waiting.pk}/")

    assert response
    assert response.status == 404


def test_a_role_taken_off_in_one_tab_is_off_in_the_other(stage: Stage):
    """Li reviews, and at another place he is a registrar: what he may do is what he wears."""
    world = make.world()
    waiting = waiting_class(world, world.li)
    make.Membership.objects.create(
        user=world.li,
        organization=world.other_school,
        role=make.Role.REGISTRAR,
        since=make.LONG_AGO,
    )
    review = stage.desk(world.li)
    wear(review, "昌吉州")
    open_review(review, waiting)
    wear(review.context.new_page(), "昆仑")

    with review.expect_response(f"**/classes/{waiting.pk}/approve/") as answered:
        press(review, "通过")

    assert answered.value.status == 404
    assert approvals(waiting) == 0


def wear(page: Page, organization: str) -> None:
    page.goto("/home/")
    page.locator("details.bar-role summary").click()
    page.locator("details.bar-role").get_by_role("button").filter(has_text=organization).click()
    page.wait_for_load_state()
