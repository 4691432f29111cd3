"""Everybody's pages: the form, the receipt, the way back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make, make_certificates, make_classes, make_complaints
from zhupei.complaints import parameters as p
from zhupei.complaints.actions import handling
from zhupei.complaints.forms_public import new_key
from zhupei.complaints.models import Complaint
from zhupei.core import uploads
from zhupei.core.models import Upload
from zhupei.core.parameters import STRANGERS_UPLOADS

FIND, NEW, FOLLOW = "/complain/", "/complain/new/", "/complain/follow/"
RECEIPT = "/complain/receipt/"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def old_key() -> str:
    with time_machine.travel(timezone.now() - timedelta(minutes=2)):
        return new_key()


def said(**changes) -> dict:
    usual = {"kind": "fees", "text": make_complaints.TEXT, "named": "no", "form_key": old_key()}
    return usual | changes


def address(world) -> str:
    return f"{NEW}?institution={world.school.pk}"


# Everybody's form


def test_who_is_meant_is_found_by_name_and_leads_to_the_form(world, client):
    page = client.get(FIND, {"q": "天山"}).content.decode()

    assert f'href="{address(world)}"' in page
    assert world.bureau.complaint_phone in page
    assert "5 个工作日内首次答复，15 个工作日内答复结果" in page


def test_nothing_found_offers_the_place(world, client):
    page = client.get(FIND, {"q": "没有这样的学校"}).content.decode()
    assert "没有找到“没有这样的学校”" in page
    assert 'name="place"' in page


def test_the_form_says_who_handles_it_and_needs_no_account(world, client):
    page = client.get(address(world)).content.decode()

    assert world.school.name in page
    assert world.bureau.name in page
    assert 'name="about"' not in page
    assert 'name="about"' in client.get(f"{NEW}?place=652300").content.decode()


@pytest.mark.parametrize("query", ["", "?institution=9999999", "?class=x", "?certificate=zz"])
def test_an_address_that_names_nothing_leads_back_to_the_search(world, client, query):
    answer = client.get(NEW + query, follow=True)
    assert answer.redirect_chain == [(FIND, 302)]
    assert "没有找到投诉的对象" in answer.content.decode()


def test_a_stranger_complains_and_gets_number_and_code_once(world, client):
    sent = client.post(address(world), said())
    assert sent["Location"] == RECEIPT
    cookie = client.cookies["receipt"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (RECEIPT, True, "Strict")

    answer = client.get(RECEIPT)

    row = Complaint.objects.get()
    assert row.number in answer.text
    assert "no-store" in answer["Cache-Control"]
    assert not client.cookies.get("sessionid")
    code = answer.context["code"]
    assert code in answer.text
    again = client.get(RECEIPT, follow=True)
    assert again.redirect_chain == [(FOLLOW, 302)]
    assert "已经显示过" in again.text
    assert code not in again.text
    assert Complaint.objects.count() == 1


def test_a_receipt_waits_some_minutes_for_a_line_that_broke(world, client):
    client.post(address(world), said())

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert client.get(RECEIPT)["Location"] == FOLLOW
    client.cookies["receipt"] = "forged"
    assert client.get(RECEIPT)["Location"] == FOLLOW


def test_what_was_typed_stays_and_the_message_stands_beside_its_field(world, client):
    answer = client.post(address(world), said(kind="", named="yes", name="再娜普"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert make_complaints.TEXT in page
    assert "请选择投诉类别。" in page
    answer = client.post(address(world), said(named="yes", name="再娜普"))
    assert "实名投诉请写姓名和手机号" in answer.content.decode()
    assert not Complaint.objects.exists()


def test_a_hostile_file_is_refused_and_the_words_stay(world, client):
    bad = ContentFile(b"<svg onload=alert(1)>", "a.svg")
    answer = client.post(address(world), said(pictures=[bad]))

    assert answer.status_code == 422
    assert "不能收“.svg”文件" in answer.content.decode()
    assert make_complaints.TEXT in answer.content.decode()


def kept(answer) -> dict:
    """What the page sends again: its key, and the pictures that are ticked."""
    form = answer.context["form"]
    widget = form["pictures"].subwidgets[0].data
    return {"pictures-upload": [str(one.pk) for one in widget["kept"]]}


def test_pictures_chosen_survive_a_form_that_has_to_be_sent_again(world, client):
    papers = [ContentFile(b"%PDF-1.7 " + name.encode(), name) for name in ("甲.pdf", "乙.pdf")]
    film = ContentFile(b"\x00\x00\x00\x18ftypmp42" + bytes(64), "上课.mp4")
    answer = client.post(address(world), said(kind="", pictures=papers, film=film))
    assert answer.status_code == 422
    assert "甲.pdf" in answer.text
    assert "选过的照片都还在" in answer.text
    again = kept(answer) | {"film-upload": answer.context["form"].data["film-upload"]}
    more = ContentFile(b"%PDF-1.7 third", "丙.pdf")

    answer = client.post(address(world), said(kind="", pictures=[more], **again))
    again |= kept(answer)
    del again["pictures-upload"][0]  # ticked off
    client.post(address(world), said(**again))

    names = {one.file.name for one in Complaint.objects.get().attachments.all()}
    assert names == {"乙.pdf", "丙.pdf", "上课.mp4"}
    again = client.post(address(world), said(**again))
    assert "已经用过" in again.text  # nobody takes them twice
    assert Complaint.objects.count() == 1


def test_of_bad_and_good_files_the_good_ones_stay(world, client):
    papers = [ContentFile(b"%PDF-1.7", "收据.pdf"), ContentFile(b"<svg>", "a.svg")]

    answer = client.post(address(world), said(pictures=papers))

    assert len(kept(answer)["pictures-upload"]) == 1
    assert answer.text.count("不能收“.svg”文件") == 1
    client.post(address(world), said(**kept(answer)))
    assert Complaint.objects.get().attachments.get().file.name == "收据.pdf"


def test_no_more_is_kept_for_strangers_than_they_may_send(world, client):
    make.parameter_value(STRANGERS_UPLOADS, 1, make.LONG_AGO)
    papers = [ContentFile(b"%PDF-1.7", f"{n}.pdf") for n in range(2)]

    answer = client.post(address(world), said(kind="", pictures=papers))

    assert len(kept(answer)["pictures-upload"]) == 1
    assert "没有留住" in answer.text
    assert Upload.objects.count() == 1


def test_a_key_that_is_none_is_refused(world, client):
    answer = client.post(address(world), said(**{"pictures-upload": ["x"]}))
    assert "已经用过" in answer.text
    assert not Complaint.objects.exists()


def test_nobody_reads_the_name_of_somebody_elses_file(world, client):
    upload = uploads.whole(ContentFile(b"%PDF-1.7", "内部.pdf"), by=world.li)

    answer = client.post(address(world), said(kind="", **{"pictures-upload": [str(upload.pk)]}))

    assert answer.status_code == 422
    assert kept(answer) == {"pictures-upload": []}
    assert "内部.pdf" not in answer.text


def test_several_pictures_come_with_one_form(world, client):
    papers = [ContentFile(b"%PDF-1.7", f"{n}.pdf") for n in range(3)]
    client.post(address(world), said(pictures=papers))
    assert Complaint.objects.get().attachments.count() == 3


def test_the_trap_catches_programs_and_tells_people(world, client):
    answer = client.post(address(world), said(website="https://spam.example"))

    assert answer.status_code == 422
    assert "要留空" in answer.content.decode()
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    ("key", "words"), [(new_key, "太快"), (lambda: "x", "太久"), (lambda: "", "太久")]
)
def test_what_no_person_can_do_is_asked_for_again(world, client, key, words):
    with time_machine.travel(timezone.now(), tick=False):
        answer = client.post(address(world), said(form_key=key()))

    assert words in answer.content.decode()
    assert answer.context["form"].data["form_key"] != key()
    assert not Complaint.objects.exists()


def test_so_many_an_hour_from_one_address(world, client):
    make.parameter_value(p.FILED_PER_HOUR, 2, make.LONG_AGO)
    answers = [client.post(address(world), said()) for _n in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert make_complaints.TEXT in answers[-1].content.decode()
    assert Complaint.objects.count() == 2


def test_the_same_form_twice_is_one_complaint(world, client):
    form = said()
    first, again = (
        client.post(address(world), form, follow=True).context["code"] for _n in range(2)
    )
    assert first == again
    assert Complaint.objects.count() == 1


def test_a_learner_may_keep_it_under_their_name_or_not(world, as_user):
    browser = as_user(world.adil)
    page = browser.get(address(world)).content.decode()
    assert "阿迪力" in page
    browser.post(address(world), said(keep="on"))
    browser.post(address(world), said())

    assert Complaint.objects.visible_to(world.adil).count() == 1
    mine = browser.get(reverse("complain:mine")).content.decode()
    assert Complaint.objects.visible_to(world.adil).get().number in mine


def test_class_and_certificate_are_chosen_already(world, client):
    certificate = make_certificates.certificate(world)
    found = make_classes.approved_class(world)

    assert found.title in client.get(f"{NEW}?class={found.pk}").content.decode()
    page = client.get(f"{NEW}?certificate={certificate.number}").content.decode()
    assert certificate.number in page
    assert "阿迪力" not in page
    assert certificate.institution.name not in page
    client.post(f"{NEW}?class={found.pk}", said())
    assert Complaint.objects.get().training_class == found


# Coming back


def opened(client, made) -> Client:
    row, code = made
    answer = client.post(FOLLOW, {"number": row.number, "code": code})
    assert answer["Location"] == reverse("complain:case")
    return client


def test_number_and_code_show_state_and_answers_but_no_notes(world, client):
    made = make_complaints.receipt(world)
    row = handling.assign(made.complaint, by=world.li, investigator=world.zhou)
    handling.accept(row, by=world.zhou, text="我们受理了，很快去看。")
    handling.note(row, by=world.zhou, text="内部记录不外传")
    page = opened(client, made).get(reverse("complain:case")).content.decode()

    assert "我们受理了，很快去看。" in page
    assert "已受理，调查中" in page
    assert "内部记录" not in page
    assert "周敏" not in page


def test_the_cookie_is_for_these_pages_only_and_ends(world, client):
    opened(client, make_complaints.receipt(world))
    cookie = client.cookies["complaint"]

    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (FOLLOW, True, "Strict")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert client.get(reverse("complain:case")).status_code == 302
    client.post(reverse("complain:leave"))
    assert client.get(reverse("complain:case")).status_code == 302


def test_a_wrong_code_is_told_beside_the_field(world, client):
    row, _code = make_complaints.receipt(world)
    answer = client.post(FOLLOW, {"number": row.number, "code": "WRONG"})

    assert answer.status_code == 422
    assert "编号或查询码不对" in answer.content.decode()
    assert Client().get(reverse("complain:case")).status_code == 302
    assert Client().post(reverse("complain:say", args=["add"])).status_code == 302


def test_the_complainant_adds_rates_and_reopens(world, client):
    made = make_complaints.receipt(world)
    opened(client, made)
    assert client.post(reverse("complain:say", args=["add"]), {"text": ""}).status_code == 422
    client.post(reverse("complain:say", args=["add"]), {"text": "还有一张收据"})
    assert made.complaint.words.get().text == "还有一张收据"

    row = handling.assign(made.complaint, by=world.li, investigator=world.zhou)
    row = handling.accept(row, by=world.zhou, text="x")
    row = handling.decide(row, by=world.zhou, outcome="not_upheld", finding="没有收据。")
    handling.reply(row, by=world.zhou, text="没有查实。")
    page = client.get(reverse("complain:case")).content.decode()
    assert "要求重新办理" in page
    client.post(reverse("complain:say", args=["rate"]), {"score": "1"})
    client.post(reverse("complain:say", args=["reopen"]), {"text": "收据找到了"})
    row.refresh_from_db()
    assert (row.state, row.times_reopened) == ("reopened", 1)


def test_an_account_finds_its_own_and_nobody_elses(world, as_user):
    made = make_complaints.complaint(world, account=world.adil)
    browser = as_user(world.adil)
    where = reverse("complain:own", args=[made.pk])

    assert browser.get(where).status_code == 200
    browser.post(reverse("complain:say-own", args=[made.pk, "add"]), {"text": "补充"})
    assert made.words.count() == 1
    assert as_user(world.mayra).get(where).status_code == 404
    assert as_user(world.li).get(where).status_code == 404
