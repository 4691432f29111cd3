"""The officers' desk, the body that is asked, the figures, the channel."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make_complaints
from tests.complaints.test_public_views import address, opened, said
from zhupei.complaints.models import Complainant, Complaint
from zhupei.core.models import Event, Upload

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"


def do(client, row, name, **form):
    return client.post(reverse("complaints:act", args=[row.pk, name]), form)


def test_the_whole_way_over_the_pages(world, as_user):
    row = make_complaints.complaint(world)
    do(as_user(world.li), row, "assign", investigator=world.zhou.pk)
    desk = as_user(world.zhou)
    page = desk.get(reverse("complaints:detail", args=[row.pk]), {"act": "accept"}).content.decode()
    assert f"您的投诉 {row.number} 已由" in page
    do(desk, row, "accept", text="受理了。")
    do(desk, row, "ask", statement=make_complaints.STATEMENT)
    inquiry = row.inquiries.get()
    office = as_user(world.aygul)
    office.post(reverse("complaints:answer", args=[inquiry.pk]), {"text": "收据附后。"})
    desk = as_user(world.zhou)
    do(desk, row, "decide", outcome="partly", finding="没有公示。")
    do(desk, row, "reply", text="部分属实。")
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("replied", "partly")
    said = {"text": "收费没有公示", "law": "第二十三条", "severity": "minor", "kind": "conduct"}
    assert do(desk, row, "finding", **said).status_code == 302
    page = desk.get(reverse("complaints:detail", args=[row.pk])).content.decode()
    assert "收费没有公示" in page


def test_a_refusal_stands_in_the_form_that_was_sent(world, as_user):
    row = make_complaints.accepted(world)
    desk = as_user(world.zhou)
    answer = do(desk, row, "ask", statement=f"{make_complaints.NAME}反映收费")

    assert answer.status_code == 422
    assert "写到了投诉人" in answer.content.decode()
    answer = do(desk, row, "decide", outcome="upheld", finding="收费没有公示。")
    assert "要先询问" in answer.content.decode()
    assert "收费没有公示。" in answer.content.decode()


def test_what_was_done_meanwhile_is_said_on_a_page_of_its_own(world, as_user):
    row = make_complaints.replied(world)
    answer = do(as_user(world.zhou), row, "decide", outcome="not_upheld", finding="x")
    assert answer.status_code == 409
    assert "请刷新页面" in answer.content.decode()


def test_identity_is_shown_once_and_written_down(world, as_user):
    row = make_complaints.complaint(world)
    desk, where = as_user(world.li), reverse("complaints:identity", args=[row.pk])
    assert desk.post(where, {"reason": ""}).status_code == 422
    answer = desk.post(where, {"reason": "电话核实"})

    assert make_complaints.NAME in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    again = desk.get(reverse("complaints:detail", args=[row.pk])).content.decode()
    assert make_complaints.NAME not in again
    assert "电话核实" in again
    assert as_user(world.gu).post(where, {"reason": "x"}).status_code == 403


def test_papers_are_served_apart_and_looks_are_written_down(world, as_user):
    row = make_complaints.complaint(world, pictures=[ContentFile(b"%PDF-1.7", "收据.pdf")])
    where = reverse("complaints:paper", args=[row.pk, row.attachments.get().pk])
    answer = as_user(world.li).get(where)

    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Content-Disposition"].startswith("attachment")
    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert Event.objects.filter(verb="complaint.paper_seen").count() == 1
    assert as_user(world.gu).get(where).status_code == 403
    assert as_user(world.aygul).get(where).status_code == 404


def test_script_in_a_complaint_is_text_on_every_page(world, as_user, client):
    made = make_complaints.receipt(world, text=HOSTILE, wish=HOSTILE)
    made.complaint.words.create(side="complainant", text=HOSTILE, at=timezone.now())
    pages = [
        as_user(world.li).get(reverse("complaints:detail", args=[made.complaint.pk])),
        opened(Client(), made).get(reverse("complain:case")),
    ]
    for answer in pages:
        page = answer.content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_list_filters_and_knows_what_is_late(world, as_user):
    row = make_complaints.complaint(world)
    make_complaints.assigned(world, kind="exam")
    index, desk = reverse("complaints:index"), as_user(world.zhou)

    def listed(**query) -> int:
        return len(desk.get(index, query).context["rows"])

    assert listed() == 2
    assert (listed(q=row.number), listed(q="天山"), listed(q="昆仑")) == (1, 2, 0)
    assert (listed(kind="exam"), listed(state="assigned"), listed(only="mine")) == (1, 1, 1)
    assert (listed(only="open"), listed(only="late"), listed(only="escalated")) == (2, 0, 0)
    with time_machine.travel(row.close_due + timedelta(hours=1)):
        desk = as_user(world.zhou)
        assert listed(only="late") == 2
        assert "逾期" in desk.get(index).content.decode()


def test_similar_complaints_are_for_the_clerk_only(world, as_user, client):
    first = make_complaints.complaint(world)
    made = make_complaints.receipt(world)
    page = as_user(world.li).get(reverse("complaints:detail", args=[made.complaint.pk]))

    assert "可能重复" in page.content.decode()
    assert first.number in page.content.decode()
    assert first.number not in opened(Client(), made).get(reverse("complain:case")).content.decode()
    assert first.number not in client.get(address(world)).content.decode()


def test_an_officer_takes_down_a_call(world, as_user):
    desk, where = as_user(world.li), reverse("complaints:take-down")
    assert world.school.name in desk.get(where, {"q": "天山"}).content.decode()
    target = f"{where}?institution={world.school.pk}"
    form = said(channel="phone", named="yes", name="再娜普", phone="13900001111")
    assert desk.post(target, form | {"text": ""}).status_code == 422
    answer = desk.post(target, form, follow=True)

    receipt = reverse("complaints:receipt")
    assert answer.redirect_chain == [(receipt, 302)]
    assert answer.context["code"] in answer.content.decode()
    assert desk.get(receipt)["Location"] == reverse("complaints:index")
    assert Complaint.objects.get().channel == "phone"
    assert Complainant.objects.get().name == "再娜普"
    assert as_user(world.aygul).get(where).status_code == 404
    assert as_user(world.aygul).get(receipt).status_code == 404


def test_papers_of_an_answer_stay_when_it_has_to_be_sent_again(world, as_user):
    inquiry = make_complaints.asked(world)
    desk, where = as_user(world.aygul), reverse("complaints:answer", args=[inquiry.pk])
    paper = ContentFile(b"%PDF-1.7", "票据.pdf")

    answer = desk.post(where, {"text": "", "papers": [paper]})

    assert answer.status_code == 422
    assert "票据.pdf" in answer.text
    [held] = Upload.objects.filter(owner=world.aygul)
    desk.post(where, {"text": "收据附后。", "papers-upload": [str(held.pk)]})
    assert inquiry.papers.get().file.name == "票据.pdf"


def test_transfer_over_the_page_leads_back_to_the_list(world, as_user):
    row = make_complaints.complaint(world)
    desk = as_user(world.li)
    answer = do(desk, row, "transfer", organization=world.other_bureau.pk, reason="在喀什")
    assert answer["Location"] == reverse("complaints:index")
    assert desk.get(reverse("complaints:detail", args=[row.pk])).status_code == 404


# The body that is asked; figures; the channel


def test_the_body_answers_with_papers_and_cannot_change_it(world, as_user):
    inquiry = make_complaints.asked(world)
    office = as_user(world.aygul)
    where = reverse("complaints:answer", args=[inquiry.pk])
    assert office.post(where, {"text": ""}).status_code == 422
    office.post(where, {"text": "收据附后。", "papers": [ContentFile(b"%PDF-1.7", "收据.pdf")]})
    inquiry.refresh_from_db()

    assert (inquiry.state, inquiry.papers.count()) == ("answered", 1)
    assert office.post(where, {"text": "改一下"}).status_code == 409
    listed = office.get(reverse("complaints:inquiries"), {"state": "answered"})
    assert len(listed.context["rows"]) == 1


def test_a_question_waits_on_the_list_of_things_to_do(world, as_user):
    inquiry = make_complaints.asked(world)
    row = make_complaints.complaint(world)
    assert inquiry.number in as_user(world.aygul).get("/home/").content.decode()
    assert row.number in as_user(world.li).get("/home/").content.decode()


def test_the_figures_of_everybody_hide_small_numbers(world, client):
    make_complaints.rated(world)
    page = client.get(reverse("complain:figures")).content.decode()
    assert "&lt; 5" in page
    assert "不显示" in page


def test_a_bureau_changes_its_channel(world, as_user):
    where = reverse("complaints:channel")
    desk = as_user(world.li)
    assert desk.post(where, {"phone": ""}).status_code == 422
    desk.post(where, {"phone": "0994-7654321", "hours": "工作日 10:00–14:00"})
    world.bureau.refresh_from_db()
    assert world.bureau.complaint_hours == "工作日 10:00–14:00"
    assert as_user(world.aygul).get(where).status_code == 404


@pytest.mark.parametrize(
    "build", [make_complaints.complaint, make_complaints.accepted, make_complaints.replied]
)
def test_a_complaint_costs_few_questions(world, as_user, django_assert_max_num_queries, build):
    where = reverse("complaints:detail", args=[build(world).pk])
    desk = as_user(world.zhou)
    desk.get(where)
    with django_assert_max_num_queries(12):
        desk.get(where)
