"""The public list, signing up, invitations and leaving, as a browser sees them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import make_classes
from tests.classes.test_enrolment import AGREED, invite
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.models import Enrolment, InvitationState, TrainingClass
from zhupei.people.models import Purpose

TICKED = {"training": "on"}


def body(response):
    return response.content.decode()


def sign_up_url(found):
    return f"/join/{found.pk}/sign-up/"


# -- the list ----------------------------------------------------------------------------------


@pytest.mark.parametrize("wish", ["en-US,en;q=0.9", "ug", "fr"])
def test_no_browser_s_language_mixes_foreign_words_into_a_page(world, client, wish):
    found = make_classes.approved_class(world)
    client.cookies["django_language"] = "en"

    page = client.get(f"/join/{found.pk}/", headers={"accept-language": wish})

    assert '<html lang="zh-hans" dir="ltr">' in page.text
    assert "星期" in page.text
    assert "day</dt>" not in page.text  # Monday, Tuesday
    assert "Accept-Language" not in page.get("Vary", "")


def test_the_list_shows_what_is_in_effect_to_anybody(world, client):
    found = make_classes.approved_class(world)
    hidden = make_classes.planned_class(world)

    page = body(client.get("/join/"))

    assert found.title in page
    assert hidden.title not in page
    assert world.bureau.complaint_phone in page


def test_the_list_is_narrowed_by_its_address(world, client):
    found = make_classes.approved_class(world)
    soon, later = timezone.localdate() + timedelta(days=3), "?when=7"
    assert found.starts_on > soon

    for query, there in [
        ("?job=施工员", True),
        ("?job=施工员 天山", True),
        ("?job=焊工", False),
        ("?prefecture=652300", True),
        ("?prefecture=653100", False),
        ("?when=30", True),
        ("?prefecture=652301", True),
        ("?prefecture=653101", False),
        (f"?trade={found.syllabus.job_id}", True),
        ("?way=face", True),
        ("?way=online", False),
        ("?places=free", True),
        (later, True),
        ("?when=running", False),
        (f"?institution={world.school.pk}", True),
        (f"?institution={world.other_school.pk}", False),
        ("?prefecture=nonsense&when=99&institution=x", True),
    ]:
        assert (found.title in body(client.get("/join/" + query))) is there, query


def test_places_left_are_counted(world, client):
    found = make_classes.approved_class(world, seats=2)
    actions.sign_up(found, by=world.adil, consents=AGREED)
    assert "余 1 个" in body(client.get("/join/"))

    actions.sign_up(found, by=world.mayra, consents=AGREED)

    assert "已报满" in body(client.get("/join/"))


def test_an_empty_list_says_what_to_do(world, client):
    assert "换一个岗位名称" in body(client.get("/join/?job=焊工"))


def _copies(found, count, *, first=1):
    """Rows like ``found``: the list reads many, it does not make them."""
    fields = {
        field.attname: getattr(found, field.attname)
        for field in TrainingClass._meta.concrete_fields
        if field.name not in {"id", "number"}
    }
    TrainingClass.objects.bulk_create(
        TrainingClass(**fields, number=f"T{n:05d}") for n in range(first, first + count)
    )


def test_the_list_asks_as_many_questions_for_3_rows_as_for_300(
    world, client, django_assert_num_queries
):
    found = make_classes.approved_class(world)
    _copies(found, 2)
    with django_assert_num_queries(4):
        client.get("/join/")

    _copies(found, 297, first=3)

    with django_assert_num_queries(4):
        client.get("/join/")


# -- one class ---------------------------------------------------------------------------------


def test_a_class_page_tells_everything_before_the_first_field(world, client):
    found = make_classes.approved_class(world)

    page = body(client.get(f"/join/{found.pk}/"))

    for words in [
        world.school.name,
        "职业道德与法规",
        "24 学时",
        found.contact_phone,
        world.bureau.complaint_phone,
        "保存多久",
        "我要报名",
    ]:
        assert words in page


def test_complaints_go_to_the_bureau_of_the_place(world):
    make_classes.approved_class(world)

    found = TrainingClass.objects.with_bureau().get()

    assert (found.bureau, found.bureau_phone) == (world.bureau.name, world.bureau.complaint_phone)


def test_a_class_not_in_effect_has_no_page(world, client):
    assert client.get(f"/join/{make_classes.planned_class(world).pk}/").status_code == 404


def test_signing_up_asks_for_the_login_and_comes_back(world, client):
    found = make_classes.approved_class(world)

    response = client.get(sign_up_url(found))

    assert response.status_code == 302
    assert response["Location"] == f"/account/login/?next={sign_up_url(found)}"
    assert f"?next={sign_up_url(found)}" in body(client.get(response["Location"]))


def test_no_consent_is_ticked_beforehand(world, as_user):
    found = make_classes.approved_class(world)

    page = body(as_user(world.adil).get(sign_up_url(found)))

    assert page.count('type="checkbox"') == len(Purpose)
    assert " checked" not in page


def test_signing_up_without_the_needed_tick_keeps_the_others(world, as_user):
    found = make_classes.approved_class(world)

    response = as_user(world.adil).post(sign_up_url(found), {"exam": "on"})

    assert response.status_code == 422
    assert "报名需要这一项同意" in body(response)
    assert body(response).count(" checked") == 1
    assert not Enrolment.objects.exists()


def test_signing_up_enrols_with_each_consent_by_itself(world, as_user):
    found = make_classes.approved_class(world)

    response = as_user(world.adil).post(sign_up_url(found), TICKED | {"exam": "on"})

    assert (response.status_code, response["Location"]) == (302, "/join/mine/")
    assert Enrolment.objects.get().person == world.adil.person
    given = set(world.adil.person.consents.values_list("purpose", flat=True))
    assert given == {"training", "exam"}


def test_with_all_consents_standing_one_press_is_enough(world, as_user):
    found = make_classes.approved_class(world)
    actions.withdraw(actions.sign_up(found, by=world.adil, consents=list(Purpose)), by=world.adil)

    assert as_user(world.adil).post(sign_up_url(found)).status_code == 302


def test_a_full_class_says_so(world, as_user):
    found = make_classes.approved_class(world, seats=1)
    actions.sign_up(found, by=world.mayra, consents=AGREED)

    response = as_user(world.adil).post(sign_up_url(found), TICKED)

    assert response.status_code == 409
    assert "已报满" in body(response)
    assert "已报满" in body(as_user(world.adil).get(sign_up_url(found)))


def test_signing_up_needs_the_csrf_token(world):
    found = make_classes.approved_class(world)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.adil)

    assert browser.post(sign_up_url(found), TICKED).status_code == 403
    assert not Enrolment.objects.exists()


def test_somebody_at_work_is_told_who_can_sign_up(world, as_user):
    found = make_classes.approved_class(world)

    assert "只能由学员本人" in body(as_user(world.aygul).get(f"/join/{found.pk}/"))
    assert as_user(world.aygul).get(sign_up_url(found)).status_code == 302


# -- invitations -------------------------------------------------------------------------------


def test_a_stranger_with_the_link_sees_the_class_and_nobody(world, client):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)

    page = body(client.get(f"/join/i/{invitation.token}/"))

    assert found.title in page
    assert world.school.name in page
    for personal in (invitation.name, invitation.phone, invitation.id_last_four):
        assert personal not in page
    assert f"/people/register/?next=/join/i/{invitation.token}/" in page


@pytest.mark.parametrize("who", ["adil", "aygul", "li", "gu", "wang", "ma"])
def test_the_invitation_of_somebody_else_does_not_exist(world, as_user, who):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)
    browser = as_user(getattr(world, who))

    assert browser.get(f"/join/i/{invitation.token}/").status_code == 404
    assert browser.post(f"/join/i/{invitation.token}/confirm/", TICKED).status_code == 404
    assert browser.post(f"/join/i/{invitation.token}/decline/").status_code == 404
    assert not Enrolment.objects.exists()


def test_a_wrong_token_is_no_page(world, client):
    assert client.get("/join/i/nonsense/").status_code == 404


def test_answering_needs_a_login_and_the_csrf_token(world, client):
    found = make_classes.approved_class(world)
    url = f"/join/i/{invite(world, found, world.mayra).token}/confirm/"
    assert client.post(url, TICKED)["Location"].startswith("/account/login/")
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.mayra)

    assert browser.post(url, TICKED).status_code == 403


def test_the_invited_confirm_on_their_page(world, as_user):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)
    browser = as_user(world.mayra)
    assert "没有任何后果" in body(browser.get(f"/join/i/{invitation.token}/"))

    missing = browser.post(f"/join/i/{invitation.token}/confirm/")
    done = browser.post(f"/join/i/{invitation.token}/confirm/", TICKED)

    assert (missing.status_code, done.status_code) == (422, 302)
    assert Enrolment.objects.get().invitation == invitation
    assert browser.get(f"/join/i/{invitation.token}/").status_code == 200


def test_the_invited_decline_and_may_think_again(world, as_user):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)
    browser = as_user(world.mayra)

    browser.post(f"/join/i/{invitation.token}/decline/")

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.DECLINED
    assert "改主意" in body(browser.get(f"/join/i/{invitation.token}/"))


def test_invitations_are_found_without_the_link(world, as_user):
    found = make_classes.approved_class(world)
    invitation = invite(world, found, world.mayra)

    assert invitation.token in body(as_user(world.mayra).get("/join/mine/"))
    assert invitation.token not in body(as_user(world.adil).get("/join/mine/"))


# -- my classes --------------------------------------------------------------------------------


def test_my_classes_show_the_next_lesson(world, as_user):
    found = make_classes.approved_class(world)
    mine = actions.sign_up(found, by=world.adil, consents=AGREED)

    page = body(as_user(world.adil).get("/join/mine/"))

    assert found.title in page
    assert "下一次课" in page
    assert f"/join/mine/{mine.pk}/withdraw/" in page
    assert found.title not in body(as_user(world.mayra).get("/join/mine/"))


def test_my_classes_are_a_learners_page(world, as_user, client):
    assert client.get("/join/mine/").status_code == 302
    assert as_user(world.aygul).get("/join/mine/").status_code == 404


def test_leaving_takes_one_page_and_one_press(world, as_user):
    found = make_classes.approved_class(world)
    mine = actions.sign_up(found, by=world.adil, consents=AGREED)
    browser = as_user(world.adil)
    assert "不需要理由" in body(browser.get(f"/join/mine/{mine.pk}/withdraw/"))

    response = browser.post(f"/join/mine/{mine.pk}/withdraw/")

    assert response.status_code == 302
    assert "已退出" in body(browser.get("/join/mine/"))
    assert "退出本班" in body(browser.get(f"/join/mine/{mine.pk}/withdraw/"))


@pytest.mark.parametrize("who", ["mayra", "aygul", "li", "gu"])
def test_nobody_leaves_for_somebody_else(world, as_user, who):
    found = make_classes.approved_class(world)
    mine = actions.sign_up(found, by=world.adil, consents=AGREED)

    response = as_user(getattr(world, who)).post(f"/join/mine/{mine.pk}/withdraw/")

    assert response.status_code == 404
    mine.refresh_from_db()
    assert mine.state == "enrolled"


def test_my_classes_ask_as_many_questions_for_one_as_for_three(
    world, as_user, django_assert_max_num_queries
):
    for week in range(1, 4):
        starts_on = timezone.localdate() + timedelta(days=7 * week)
        found = make_classes.approved_class(world, starts_on=starts_on)
        actions.sign_up(found, by=world.adil, consents=AGREED)
    browser = as_user(world.adil)

    with django_assert_max_num_queries(10):
        browser.get("/join/mine/")
