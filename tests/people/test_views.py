"""Registering and one's own pages, as a browser sees them."""

import json

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse

from tests import make
from tests.people.test_actions import PHONE, code_for
from zhupei.core import audit
from zhupei.core.models import TextMessage
from zhupei.people.actions import consent
from zhupei.people.events import PersonEvent
from zhupei.people.models import Purpose, User

TYPED = {"name": "热娜·艾合买提", "id_number": make.id_number(720), "phone": PHONE}
REGISTER = "/people/register/"


def body(response):
    return response.content.decode()


def test_registering_leads_back_to_where_they_came_from(db, client):
    sent = TYPED | {"code": code_for(), "password": "gongdi-2026", "next": "/join/"}

    response = client.post(REGISTER, sent)

    assert (response.status_code, response["Location"]) == (302, "/join/")
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_registering_never_leads_to_another_site(db, client):
    sent = TYPED | {"code": code_for(), "password": "gongdi-2026", "next": "https://evil.example/"}

    response = client.post(REGISTER, sent)

    assert response["Location"] == reverse("portal:home")


def test_asking_for_a_code_keeps_what_was_typed_and_complains_about_nothing(db, client):
    response = client.post(REGISTER, TYPED | {"send_code": "1"})

    assert response.status_code == 200
    assert "热娜·艾合买提" in body(response)
    assert "field-wrong" not in body(response)
    assert TextMessage.objects.count() == 1


def test_htmx_gets_only_the_part_with_the_code(db, client):
    response = client.post(REGISTER, {"phone": PHONE, "send_code": "1"}, HTTP_HX_REQUEST="true")

    assert "<html" not in body(response)
    assert 'id="code"' in body(response)


def test_a_second_code_within_the_minute_says_how_long_to_wait(db, client):
    client.post(REGISTER, {"phone": PHONE, "send_code": "1"})

    response = client.post(REGISTER, {"phone": PHONE, "send_code": "1"})

    assert response.status_code == 422
    assert "秒后再获取" in body(response)


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(db, client):
    make.learner(id_number=TYPED["id_number"])

    response = client.post(REGISTER, TYPED | {"code": code_for(), "password": "gongdi-2026"})

    assert response.status_code == 422
    assert response.context["form"].errors["id_number"]
    assert TYPED["id_number"] in body(response)
    assert "gongdi-2026" not in body(response)


def test_a_weak_password_is_refused_before_the_code_is_spent(db, client):
    code = code_for()

    weak = client.post(REGISTER, TYPED | {"code": code, "password": "12345678"})
    strong = client.post(REGISTER, TYPED | {"code": code, "password": "gongdi-2026"})

    assert (weak.status_code, strong.status_code) == (422, 302)


@pytest.mark.parametrize("url", ["/people/register/", "/people/reset/"])
def test_forms_need_the_csrf_token(db, url):
    assert Client(enforce_csrf_checks=True).post(url, TYPED).status_code == 403


def test_a_password_is_reset_by_code(db, client):
    user = make.learner(phone=PHONE)
    sent = {"phone": PHONE, "code": code_for(), "password": "xin-mima-88"}

    response = client.post("/people/reset/", sent)

    assert response.status_code == 302
    assert client.login(username=user.username, password="xin-mima-88")


def test_learners_sign_in_by_phone_and_by_name_and_wrong_pairs_get_a_sentence(db, client):
    user = make.learner(phone=PHONE)
    url = reverse("account_login")

    wrong = client.post(url, {"login": PHONE, "password": "nicht-richtig"})
    by_phone = client.post(url, {"login": "+86 138 0000 1234", "password": make.PASSWORD})
    client.logout()
    by_name = client.post(url, {"login": user.username, "password": make.PASSWORD})

    assert "与密码对不上" in body(wrong)
    assert (by_phone.status_code, by_name.status_code) == (302, 302)


def test_the_sixth_wrong_password_is_told_to_wait(db, client):
    make.learner(phone=PHONE)
    for _try in range(5):
        client.post(reverse("account_login"), {"login": PHONE, "password": "nicht-richtig"})

    response = client.post(reverse("account_login"), {"login": PHONE, "password": make.PASSWORD})

    assert response.status_code == 200
    assert "输错次数太多" in body(response)


def test_my_page_masks_my_numbers(world, as_user):
    page = body(as_user(world.adil).get("/people/me/"))

    assert world.adil.person.masked_id_number in page
    assert world.adil.person.id_number not in page
    assert world.adil.person.phone not in page


def test_seeing_my_whole_numbers_is_written_down(world, as_user):
    page = body(as_user(world.adil).post("/people/me/numbers/"))

    assert world.adil.person.id_number in page
    assert audit.own_history(world.adil.person).get().verb == PersonEvent.LOOKED_AT


def test_my_page_is_for_me_and_workers_have_one_too(world, as_user, client):
    assert client.get("/people/me/").status_code == 302
    page = body(as_user(world.aygul).get("/people/me/"))

    assert world.school.name in page
    assert client.post("/people/me/numbers/").status_code == 404
    assert client.post("/people/me/consents/training/").status_code == 404


def test_a_consent_is_given_and_withdrawn_on_my_page(world, as_user):
    learner = as_user(world.adil)

    learner.post("/people/me/consents/exam/")
    assert world.adil.person.consents.get().purpose == Purpose.EXAM
    assert "考核" in body(learner.get("/people/me/consents/exam/withdraw/"))
    learner.post("/people/me/consents/exam/withdraw/")

    assert world.adil.person.consents.get().withdrawn_at
    assert learner.post("/people/me/consents/nonsense/").status_code == 404


def test_my_page_asks_the_same_number_of_questions_however_long_the_ledger(
    world, as_user, django_assert_max_num_queries
):
    for purpose in Purpose:
        consent(world.adil.person, purpose, by=world.adil)
    learner = as_user(world.adil)

    with django_assert_max_num_queries(12):
        learner.get("/people/me/")


def test_short_messages_are_readable_in_the_demo_only(db, client, settings):
    code = code_for()

    assert client.get("/people/demo/messages/").status_code == 404
    settings.DEMO = True
    assert code in body(client.get("/people/demo/messages/"))


def test_the_login_page_shows_demo_logins_in_the_demo_only(db, client, settings, tmp_path):
    login = {"role": "教务员", "name": "阿依古丽", "username": "aygul", "password": "tianshan-1"}
    (tmp_path / "demo-logins.json").write_text(json.dumps([login]))
    settings.DATA_DIR = tmp_path

    assert "tianshan-1" not in body(client.get(reverse("account_login")))
    settings.DEMO = True
    assert "tianshan-1" in body(client.get(reverse("account_login")))


def _sign_in(client, user):
    return client.post(
        reverse("account_login"), {"login": user.username, "password": make.PASSWORD}
    )


def _digits(secret):
    """What the authenticator on somebody's phone shows now."""
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


@pytest.mark.parametrize(
    "name",
    [
        "account_logout",
        "account_change_password",
        "mfa_index",
        "mfa_list_webauthn",
        "mfa_add_webauthn",
    ],
)
def test_the_account_pages_wear_our_shell(world, client, name):
    _sign_in(client, world.aygul)
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})

    page = body(client.get(reverse(name)))

    assert "workbench" in page
    assert world.school.name in page


def test_an_authenticator_is_set_up_and_asked_for_at_the_next_login(world, client):
    _sign_in(client, world.aygul)
    setting_up = reverse("mfa_activate_totp")
    assert client.get(setting_up)["Location"].startswith(reverse("account_reauthenticate"))
    client.post(reverse("account_reauthenticate"), {"password": make.PASSWORD})

    form = client.get(setting_up).context["form"]
    assert body(client.post(setting_up, {"code": "000000x"})).count("field-wrong") == 1
    form = client.get(setting_up).context["form"]
    client.post(setting_up, {"code": _digits(form.secret)})
    assert "恢复码" in body(client.get(reverse("mfa_view_recovery_codes")))
    client.logout()

    assert _sign_in(client, world.aygul)["Location"].startswith(reverse("mfa_authenticate"))
    assert "第二重验证" in body(client.get(reverse("mfa_authenticate")))
    assert "_auth_user_id" not in client.session


def test_where_it_is_required_a_member_without_a_second_factor_works_on_nothing_else(
    world, as_user, settings
):
    settings.SECOND_FACTOR_REQUIRED = True

    assert as_user(world.aygul).get("/people/me/")["Location"] == reverse("mfa_index")
    assert as_user(world.adil).get("/people/me/").status_code == 200
