"""Waiting, changing over and answering by a code, as a browser sees them."""

import re
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from tests import make_classes
from tests.classes.test_enrolment import AGREED, invite
from tests.classes.test_join_views import TICKED, body
from tests.refusals import refused
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.actions import freezing, proving, roster
from zhupei.classes.models import InvitationState
from zhupei.core.models import TextMessage

# -- the line ----------------------------------------------------------------------------------


def _full(world):
    found = make_classes.approved_class(world, seats=1)
    return found, actions.sign_up(found, by=world.adil, consents=AGREED)


def test_somebody_waits_sees_their_number_is_offered_a_place_and_takes_it(world, client):
    found, adils = _full(world)
    client.force_login(world.mayra)
    page = f"/join/{found.pk}/"
    assert "排队候补" in body(client.get(page))
    assert "保存多久" in body(client.get(f"{page}wait/"))
    assert client.post(f"{page}wait/", {}).status_code == 422

    client.post(f"{page}wait/", TICKED)
    other = Client()
    other.force_login(world.sun)
    other.post(f"/join/{found.pk}/wait/", TICKED)

    assert "第 <b>1</b> 位" in body(client.get(page))
    assert "第 <b>2</b> 位" in body(other.get(page))
    assert "候补第 2 位" in body(other.get("/join/mine/"))

    actions.withdraw(adils, by=world.adil)
    assert "有名额了" in body(client.get(page))
    assert "已报满" in body(Client().get("/join/"))
    mine = found.waiting.get(person=world.mayra.person)
    assert other.post(f"/join/waiting/{mine.pk}/take/").status_code == 404
    assert client.post(f"/join/waiting/{mine.pk}/take/").status_code == 302
    assert found.enrolments.active().get().person == world.mayra.person


def test_the_line_is_left_with_one_tap(world, client):
    found, _adils = _full(world)
    client.force_login(world.mayra)
    client.post(f"/join/{found.pk}/wait/", TICKED)
    mine = found.waiting.get()

    client.post(f"/join/waiting/{mine.pk}/leave/")

    assert not found.waiting.in_line().exists()
    assert "排队候补" in body(client.get(f"/join/{found.pk}/"))


def test_nobody_waits_for_a_class_that_has_places(world, client):
    found = make_classes.approved_class(world)
    client.force_login(world.mayra)

    assert client.get(f"/join/{found.pk}/wait/").url == f"/join/{found.pk}/"


# -- another class -----------------------------------------------------------------------------


def test_a_learner_changes_over_from_the_list_of_what_is_open(world, client):
    first, second = (
        make_classes.approved_class(world, starts_on=timezone.localdate() + timedelta(days=days))
        for days in (7, 21)
    )
    mine = actions.sign_up(first, by=world.adil, consents=AGREED)
    client.force_login(world.adil)
    page = f"/join/mine/{mine.pk}/transfer/"
    assert second.title in body(client.get(page))

    assert client.post(page, {"to": "nonsense"}).status_code == 404
    client.post(page, {"to": second.pk})

    assert second.enrolments.active().get().came_from == mine
    seen = body(client.get("/join/mine/"))
    assert "已转班" in seen
    assert "您已不在这个班" in body(client.get(page))


def test_what_is_said_on_a_frozen_class(world, client):
    found = make_classes.approved_class(world)
    actions.sign_up(found, by=world.adil, consents=AGREED)
    invitation = invite(world, found, world.mayra)
    freezing.freeze(found, by=world.li, note="暂停业务")
    client.force_login(world.adil)

    assert "本班暂停" in body(client.get("/join/mine/"))
    assert client.get(f"/join/{found.pk}/").status_code == 404
    client.force_login(world.mayra)
    answer = client.get(f"/join/i/{invitation.token}/")
    assert answer.status_code == 409
    assert "暂停业务" in body(answer)
    client.force_login(world.aygul)
    for page in ("", "roster/", "timetable/", "documents/"):
        assert "冻结" in body(client.get(f"/classes/{found.pk}/{page}"))
    assert "冻结" in body(client.get("/classes/"))


# -- a link and a code -------------------------------------------------------------------------


def _stranger(world, found):
    row = make_classes.roster_row("热依汗·吐尔逊")
    (one,) = roster.invite(found, by=world.aygul, rows=[row])
    return one, row.value


def _sent_code():
    return re.search(r"\d{6}", TextMessage.objects.latest("pk").text).group()


def test_somebody_without_an_account_answers_by_link_and_code(world, client):
    found = make_classes.approved_class(world)
    one, entry = _stranger(world, found)
    public = body(client.get(f"/join/i/{one.token}/"))
    assert f"尾号 {entry.phone[-4:]}" in public
    assert entry.name not in public
    page = f"/join/i/{one.token}/code/"
    assert "账号注销后 3 年删除" in body(client.get(page))

    part = client.post(page, {"send_code": "1"}, headers={"HX-Request": "true"})
    assert "验证码已发出" in body(part)
    assert "身份证号码" not in body(part)
    typed = {"code": _sent_code(), "id_number": entry.id_number.lower(), "password": "zp-8888-aa"}
    answer = client.post(page, typed)

    assert answer.url == f"/join/i/{one.token}/"
    assert "确认参加" in body(client.get(answer.url))
    client.post(f"/join/i/{one.token}/confirm/", TICKED)
    assert found.enrolments.get().person.name == entry.name


def test_the_link_is_for_nobody_else(world, client):
    found = make_classes.approved_class(world)
    one, entry = _stranger(world, found)
    page = f"/join/i/{one.token}/code/"
    client.post(page, {"send_code": "1"})
    typed = {"code": _sent_code(), "password": "zp-8888-aa"}

    wrong = client.post(page, typed | {"id_number": world.sun.person.id_number})
    assert wrong.status_code == 422
    assert "与被邀请人的证件号码不一致" in body(wrong)
    assert client.post(page, typed | {"id_number": "65"}).status_code == 422
    bad_code = client.post(page, typed | {"code": "000000", "id_number": entry.id_number})
    assert "验证码不对" in body(bad_code)
    too_soon = client.post(page, {"send_code": "1", "id_number": entry.id_number})
    assert too_soon.status_code == 422
    assert entry.id_number in body(too_soon)  # nothing typed is lost
    assert not found.enrolments.exists()


def test_an_invitation_taken_back_leads_nowhere(world, client):
    found = make_classes.approved_class(world)
    one, _entry = _stranger(world, found)
    staff = Client()
    staff.force_login(world.aygul)
    assert "撤回" in body(staff.get(f"/classes/{found.pk}/roster/"))

    staff.post(f"/classes/invitations/{one.pk}/take-back/")

    one.refresh_from_db()
    assert one.state == InvitationState.WITHDRAWN
    assert client.get(f"/join/i/{one.token}/").status_code == 404
    assert client.get(f"/join/i/{one.token}/code/").status_code == 404
    assert staff.post(f"/classes/invitations/{one.pk}/take-back/").status_code == 409
    staff.force_login(world.wang)
    assert staff.post(f"/classes/invitations/{one.pk}/take-back/").status_code == 404
    staff.force_login(world.li)
    assert staff.post(f"/classes/invitations/{one.pk}/take-back/").status_code == 403


def test_of_those_who_left_the_institution_sees_a_number_and_unnamed_words(world, client):
    found = make_classes.approved_class(world)
    one = actions.confirm(invite(world, found, world.mayra), by=world.mayra, consents=AGREED)
    two = actions.sign_up(found, by=world.adil, consents=AGREED)
    actions.withdraw(one, by=world.mayra, note="工地不放人")
    actions.withdraw(two, by=world.adil)
    client.force_login(world.aygul)

    page = body(client.get(f"/classes/{found.pk}/roster/"))

    assert "另有 2 人已退出或转班" in page
    assert "工地不放人" in page
    story = body(client.get(f"/classes/{found.pk}/?events=all"))
    left = [line for line in story.splitlines() if "退出本班" in line]
    assert left
    assert not any(world.mayra.name in line or world.adil.name in line for line in left)
    assert world.mayra.name not in page
    assert world.adil.name not in page


def test_only_the_number_that_was_invited_opens_the_account(world):
    found = make_classes.approved_class(world)
    one, entry = _stranger(world, found)
    proving.send_code(one)
    typed = {"code": _sent_code(), "password": "zp-8888-aa"}

    with refused("not_the_invited"):
        proving.prove(one, id_number=world.sun.person.id_number, **typed)
    user = proving.prove(one, id_number=entry.id_number, **typed)

    assert user.person.id_index == one.id_index
    assert not found.enrolments.exists()  # confirming is a deed of its own
