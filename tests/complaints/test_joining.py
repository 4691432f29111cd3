"""Several complaints about one matter: proposed, joined, answered together, counted both ways."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests import make_complaints
from tests.refusals import refused
from zhupei.complaints import figures, rules
from zhupei.complaints.actions import (
    complainant,
    extending,
    filing,
    findings,
    handling,
    identity,
    inquiries,
    joining,
)
from zhupei.complaints.actions.handling import Elsewhere
from zhupei.complaints.models import Complaint
from zhupei.complaints.targets import Target
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message, TextMessage

ALIKE = "六月三日下午的课有人替我们签到，教材费收了二百元没有收据，老师半个小时就走了。"
OTHER = "食堂的配电箱没有盖子，电线拖在水里，昨天差点有人触电。"
NAME, PHONE = "古丽娜尔·买买提", "13999654321"


def second(world, **said) -> Complaint:
    """Somebody else about the same lesson."""
    words = {"text": ALIKE, "named": True, "name": NAME, "phone": PHONE} | said
    return filing.file(make_complaints.told(world, **words)).complaint


def joined(world, lead=None, **said):
    lead = lead or make_complaints.accepted(world)
    return lead, joining.join(second(world, **said), by=world.li, leading=lead)


def test_alike_is_the_share_of_pairs():
    assert rules.alike(["教材", "材费"], ["教材", "材费"]) == 100
    assert rules.alike(["教材", "材费"], ["教材", "课本"]) == 33
    assert rules.alike([], []) == 0


def test_what_is_likely_the_same_stands_first(world):
    lead = make_complaints.accepted(world)
    other = second(world, text=OTHER, kind="safety")
    row = second(world)

    _none, found = joining.around(row, by=world.li, compare=True)

    assert [one.complaint for one in found] == [lead, other]
    assert [one.likely for one in found] == [True, False]
    assert found[0].score > found[1].score + 30
    assert joining.around(row, by=world.gu, compare=False) == ([], [])


def test_the_page_calls_likely_only_what_is_alike(world, as_user):
    lead = make_complaints.accepted(world)
    other = second(world, text=OTHER, kind="safety")
    row = second(world)

    page = as_user(world.li).get(reverse("complaints:detail", args=[row.pk]))

    assert [one["alike"].complaint for one in page.context["likely"]] == [lead]
    assert [one["alike"].complaint for one in page.context["others"]] == [other]
    assert page.text.count("文字相似") == 1
    assert "同一单位近期的其他投诉" in page.text


def test_join_keeps_the_number_and_answers_both(world):
    lead, row = joined(world)
    TextMessage.objects.all().delete()

    assert (row.state, row.leading, row.investigator) == ("joined", lead, world.zhou)
    assert "合并办理" in row.words.get().text
    inquiry = inquiries.ask(lead, by=world.zhou, statement=make_complaints.STATEMENT)
    paper = ContentFile(b"%PDF-1.7 receipt", "收据.pdf")
    inquiries.answer(inquiry, by=world.aygul, text="收据附后。", uploads=[paper])
    handling.decide(lead, by=world.zhou, outcome="upheld", finding="收费没有公示。")
    handling.reply(lead, by=world.zhou, text=f"您的投诉 {lead.number} 经查属实。")

    row.refresh_from_db()
    assert (row.state, row.outcome, row.finding) == ("replied", "upheld", "收费没有公示。")
    assert row.words.last().text == f"您的投诉 {row.number} 经查属实。"
    assert row.replied_at == Complaint.objects.get(pk=lead.pk).replied_at
    assert {one.phone for one in TextMessage.objects.all()} == {make_complaints.PHONE, PHONE}
    assert Complaint.objects.upheld().count() == 2
    assert Complaint.objects.matters().upheld().get() == lead
    assert findings.may_make(world.zhou, Complaint.objects.get(pk=lead.pk))
    assert not findings.may_make(world.zhou, row)
    assert complainant.rate(row, score=4).state == "closed"


def test_figures_count_persons_and_matters(world):
    joined(world)
    make_complaints.complaint(world)
    found = figures.summed(Complaint.objects.all())
    assert (found["total"], found["matters"], found["open"]) == (3, 2, 3)
    assert Complaint.objects.matters().count() == 2
    today = timezone.localdate()
    assert figures.for_everybody(today, today, 2)["matters"] == 2


def test_what_happens_before_the_leading_one_is_taken_up(world):
    lead = make_complaints.complaint(world)
    _lead, row = joined(world, lead)
    assert row.first_reply_at is None
    handling.assign(lead, by=world.li, investigator=world.zhou)
    handling.accept(lead, by=world.zhou, text="受理了。")
    row.refresh_from_db()
    assert row.investigator == world.zhou
    assert row.accepted_at == Complaint.objects.get(pk=lead.pk).accepted_at
    assert row.first_reply_at is not None


def test_who_was_joined_gets_more_time_as_well(world):
    lead, row = joined(world)
    until = timezone.localdate(lead.close_due + timedelta(days=10))
    wish = extending.ask(lead, by=world.zhou, until=until, reason="等鉴定")
    extending.grant(wish, by=world.li, reason="等鉴定")
    row.refresh_from_db()
    assert timezone.localdate(row.close_due) == until
    assert "等鉴定" in row.words.last().text


def test_refused_and_handed_on_together(world):
    lead, row = joined(world, make_complaints.assigned(world))
    handling.refuse(lead, by=world.zhou, ground="remit", text="不属于本局职责。")
    row.refresh_from_db()
    assert (row.state, row.refused_for) == ("refused", "remit")

    lead, row = joined(world)
    handling.transfer(lead, by=world.zhou, to=Elsewhere(outside="市场监管局"), reason="广告")
    row.refresh_from_db()
    assert (row.state, row.transfers.get().outside) == ("referred", "市场监管局")

    lead, row = joined(world)
    handling.transfer(lead, by=world.li, to=Elsewhere(world.other_bureau), reason="在那里办班")
    row.refresh_from_db()
    assert (row.state, row.handler, row.investigator) == ("joined", world.other_bureau, None)


def test_separate_undoes_it_until_the_answer(world):
    lead, row = joined(world)
    due = row.close_due
    with refused("note_required"):
        joining.separate(row, by=world.li, note="")
    with pytest.raises(NotAllowed):
        joining.separate(row, by=world.far_reviewer, note="不是一件事")

    row = joining.separate(row, by=world.li, note="不是同一天的课")

    assert (row.state, row.leading, row.investigator) == ("registered", None, None)
    assert row.close_due == due
    assert "单独办理" in row.words.last().text
    assert [event.verb for event in audit.own_history(lead)][-2:] == [
        "complaint.leads", "complaint.left",
    ]  # fmt: skip
    row = joining.join(row, by=world.li, leading=lead)
    handling.decide(lead, by=world.zhou, outcome="not_upheld", finding="没有。")
    handling.reply(lead, by=world.zhou, text="没有查实。")
    with refused("wrong_state"):
        joining.separate(row, by=world.li, note="不是一件事")


def test_whoever_is_not_satisfied_stands_alone_again(world):
    lead, row = joined(world)
    handling.decide(lead, by=world.zhou, outcome="not_upheld", finding="没有。")
    handling.reply(lead, by=world.zhou, text="没有查实。")
    row = complainant.reopen(row, text="我有照片")
    assert (row.state, row.leading) == ("reopened", None)


def test_what_cannot_be_joined(world):
    lead, row = joined(world)
    third = second(world)
    with refused("leading_joined") as refusal:
        joining.join(third, by=world.li, leading=row)
    assert refusal.value.field == "leading"
    with refused("leading_joined"):
        joining.join(third, by=world.li, leading=third)
    with refused("leads_others"):
        joining.join(lead, by=world.li, leading=third)
    nobody = filing.file(
        make_complaints.told(world, target=Target(world.school.prefecture), about="某学校")
    ).complaint
    with refused("another_body"):
        joining.join(third, by=world.li, leading=nobody)
    with refused("leading_over"):
        joining.join(third, by=world.li, leading=make_complaints.replied(world))
    away = make_complaints.complaint(world)
    handling.transfer(away, by=world.li, to=Elsewhere(world.other_bureau), reason="在那里办班")
    with refused("another_handler"):
        joining.join(third, by=world.li, leading=away)
    for person in (world.gu, world.far_reviewer, world.aygul):
        with pytest.raises(NotAllowed):
            joining.join(third, by=person, leading=lead)
    with refused("wrong_state"):
        joining.join(row, by=world.li, leading=third)


def test_nobody_is_named_to_the_body_or_to_the_others(world):
    lead, row = joined(world)
    with refused("names_complainant"):
        inquiries.ask(lead, by=world.zhou, statement=f"{NAME}反映收费")
    with refused("may_name_complainant"):
        inquiries.ask(lead, by=world.zhou, statement=f"请说明：{ALIKE}")
    with refused("names_complainant"):
        handling.answer(lead, by=world.zhou, text=f"{make_complaints.NAME}您好，正在核实。")
    assert row.words.count() == 1
    assert identity.look(row, by=world.zhou, reason="核实").name == NAME


def test_what_is_added_reaches_who_investigates_the_leading_one(world):
    _lead, row = joined(world)
    Message.objects.all().delete()
    complainant.add(row, text="我也有收据")
    assert [one.recipient for one in Message.objects.all()] == [world.zhou]


def test_over_the_pages(world, as_user, client):
    lead = make_complaints.accepted(world)
    made = filing.file(make_complaints.told(world, text=ALIKE))
    row, desk = made.complaint, as_user(world.li)
    where = reverse("complaints:detail", args=[row.pk])
    page = desk.get(where).content.decode()
    assert "可能重复" in page
    assert f"?act=join&amp;leading={lead.pk}#act" in page
    form = desk.get(where, {"act": "join", "leading": lead.pk}).content.decode()
    assert f'<option value="{lead.pk}" selected>' in form
    join = reverse("complaints:act", args=[row.pk, "join"])
    assert desk.post(join, {"leading": ""}).status_code == 422
    desk.post(join, {"leading": lead.pk})
    assert "看主办件" in desk.get(where).content.decode()
    page = desk.get(reverse("complaints:detail", args=[lead.pk])).content.decode()
    assert "并案办理" in page
    assert row.number in page
    answer = client.post(reverse("complain:follow"), {"number": row.number, "code": made.code})
    seen = client.get(answer.url).content.decode()
    assert "已并案" in seen
    assert lead.number not in seen
    separate = reverse("complaints:act", args=[row.pk, "separate"])
    as_user(world.li).post(separate, {"note": "不是一件事"})
    row.refresh_from_db()
    assert row.state == "registered"
