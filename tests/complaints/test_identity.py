"""The body complained about never learns who complained; whoever looks leaves a trace."""

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import make, make_classes, make_complaints, make_officials
from tests.make_complaints import NAME, PHONE, STATEMENT, WITNESS
from tests.refusals import refused
from zhupei.complaints.actions import complainant, filing, handling, identity, inquiries
from zhupei.complaints.models import Complaint, Inquiry
from zhupei.complaints.targets import Target
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Letter, Message, TextMessage
from zhupei.organizations.models import Interest, Membership, Role


def test_a_look_is_an_event_and_the_event_does_not_say_who(world):
    row = make_complaints.complaint(world)
    found = identity.look(row, by=world.li, reason="电话核实")

    assert found == (NAME, PHONE)
    event = audit.own_history(row).last()
    assert audit.sentence(event) == "李文涛 查看了投诉人身份：“电话核实”"


def test_a_look_needs_a_reason(world):
    with refused("reason_missing") as refusal:
        identity.look(make_complaints.complaint(world), by=world.li, reason=" ")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("who", ["gu", "far_reviewer", "aygul", "tian", "adil", "yang"])
def test_nobody_but_the_handling_body_may_look(world, who):
    make_officials.add(world)
    row = make_complaints.complaint(world)
    with pytest.raises(NotAllowed):
        identity.look(row, by=getattr(world, who), reason="想知道")
    assert not Event.objects.filter(verb="complaint.identity_seen").exists()


def test_who_has_a_tie_may_not_look(world):
    Interest.objects.create(
        user=world.li, organization=world.school, kind="owner", since=make.LONG_AGO
    )
    with pytest.raises(NotAllowed):
        identity.look(make_complaints.complaint(world), by=world.li, reason="想知道")


def test_who_works_for_the_body_as_well_may_not_even_see_it(world):
    Membership.objects.create(
        user=world.li, organization=world.school, role=Role.TEACHER, since=make.LONG_AGO
    )
    make_complaints.complaint(world)
    assert not Complaint.objects.visible_to(world.li).exists()


def test_an_anonymous_complaint_has_nobody_to_look_at(world):
    row = filing.file(make_complaints.told(world)).complaint
    with pytest.raises(NotAllowed):
        identity.look(row, by=world.li, reason="想知道")


def test_papers_are_opened_by_the_handling_body_and_it_is_written_down(world):
    paper = ContentFile(b"%PDF-1.7", "收据.pdf")
    row = make_complaints.complaint(world, pictures=[paper])
    one = row.attachments.get()

    assert identity.look_at_paper(one, by=world.li).name == "收据.pdf"
    assert audit.own_history(row).last().verb == "complaint.paper_seen"
    with pytest.raises(NotAllowed):
        identity.look_at_paper(one, by=world.gu)


# What is asked


def test_ask_refuses_words_that_name_the_complainant(world):
    row = make_complaints.accepted(world)
    for words in (f"学员{NAME}反映收费", "来电 139 9912 3456 反映收费"):
        with refused("names_complainant") as refusal:
            inquiries.ask(row, by=world.zhou, statement=words, checked=True)
        assert refusal.value.field == "statement"


def test_ask_warns_of_words_by_which_somebody_is_recognised(world):
    row = make_complaints.accepted(world)
    copied = "找人替我们签到的，教材费收了二百元没有收据"
    with refused("may_name_complainant") as refusal:
        inquiries.ask(row, by=world.zhou, statement=copied)
    assert refusal.value.field == "checked"
    assert inquiries.ask(row, by=world.zhou, statement=copied, checked=True).statement == copied


def test_ask_looks_at_what_was_said_later_too(world):
    row = make_complaints.accepted(world)
    complainant.add(row, text="我坐在最后一排靠窗的位置一直在录像")
    with refused("may_name_complainant"):
        inquiries.ask(
            row, by=world.zhou, statement="有人坐在最后一排靠窗的位置一直在录像，请说明。"
        )


def test_ask_and_its_refusals(world):
    row = make_complaints.assigned(world)
    with refused("not_accepted"):
        inquiries.ask(row, by=world.zhou, statement=STATEMENT)
    with pytest.raises(NotAllowed):
        inquiries.ask(row, by=world.li, statement=STATEMENT)
    row = handling.accept(row, by=world.zhou, text="受理。")
    with refused("statement_missing"):
        inquiries.ask(row, by=world.zhou, statement=" ")
    nobody = make_complaints.accepted(world, target=Target(world.bureau.prefecture), about="招生群")
    with refused("body_unknown"):
        inquiries.ask(nobody, by=world.zhou, statement=STATEMENT)


def test_the_class_is_named_only_when_somebody_wants_it(world):
    found = make_classes.approved_class(world)
    row = make_complaints.accepted(world, target=Target(found.prefecture, world.school, found))

    assert inquiries.ask(row, by=world.zhou, statement="请说明。").training_class is None
    named = inquiries.ask(row, by=world.zhou, statement="请说明。", name_class=True)
    assert named.training_class == found


def test_answer_is_given_once_by_the_registrar(world):
    inquiry = make_complaints.asked(world)
    with pytest.raises(NotAllowed):
        inquiries.answer(inquiry, by=world.ma, text="x")
    with refused("text_missing"):
        inquiries.answer(inquiry, by=world.aygul, text=" ")
    inquiry = inquiries.answer(inquiry, by=world.aygul, text="收据附后。")

    assert inquiry.answered_by == world.aygul
    assert Message.objects.filter(recipient=world.zhou, title__contains="作了说明").exists()
    with refused("wrong_state"):
        inquiries.answer(inquiry, by=world.aygul, text="再说")


def test_opening_a_paper_of_the_answer_is_written_down(world):
    inquiry = make_complaints.answered(world)
    assert inquiries.look(inquiry.papers.get(), by=world.zhou).name == "收据.pdf"
    assert audit.own_history(inquiry).last().verb == "inquiry.paper_seen"


# Nothing that reaches the body says who complained


def reaches(world, people) -> str:
    """Everything the people of the school can read: their pages, their messages, their events."""
    parts = []
    for name in people:
        user, client = getattr(world, name), Client()
        client.force_login(user)
        for path in paths(world):
            answer = client.get(path, follow=True)
            parts.append(answer.content.decode(errors="replace"))
        parts += [f"{m.title} {m.body} {m.url}" for m in Message.objects.filter(recipient=user)]
    for inquiry in Inquiry.objects.all():
        parts += [
            f"{e.facts} {e.subject} {e.within} {e.actor_name}" for e in audit.history(inquiry)
        ]
    parts += [letter.subject + letter.text for letter in Letter.objects.all()]
    return "\n".join(parts)


def paths(world) -> list[str]:
    row = Complaint.objects.get()
    school = world.school.pk
    fixed = [reverse(name) for name in ("portal:home", "portal:inbox", "complaints:index")]
    fixed += [reverse(name) for name in ("complaints:inquiries", "complaints:export")]
    fixed += [reverse("complaints:figures"), reverse("complain:figures")]
    fixed += [reverse("institutions:detail", args=[school]), reverse("portal:institutions")]
    fixed += [reverse("complaints:detail", args=[row.pk]), reverse("complain:own", args=[row.pk])]
    fixed += [reverse("complaints:paper", args=[row.pk, 1]), reverse("complain:case")]
    return fixed + [reverse("complaints:inquiry", args=[i.pk]) for i in Inquiry.objects.all()]


def test_no_page_event_export_or_message_of_the_body_says_who_complained(world):
    row = make_complaints.answered(world, account=world.adil).complaint
    complainant.add(row, text=f"我叫{NAME}，电话 {PHONE}")
    handling.note(row, by=world.zhou, text=f"给{NAME}打了电话")
    identity.look(row, by=world.zhou, reason="核实")
    row = handling.decide(row, by=world.zhou, outcome="upheld", finding="收费没有公示。")
    handling.reply(row, by=world.zhou, text=f"{NAME}您好，经查属实。")

    text = reaches(world, ["aygul", "ma"])

    assert [word for word in (*WITNESS, "阿迪力") if word in text] == []
    assert row.number not in text
    assert "替我们签到" not in text
    assert STATEMENT in text


def test_no_event_at_all_says_who_complained(world):
    row = make_complaints.rated(world)
    identity.look(row, by=world.zhou, reason="核实")
    text = "\n".join(f"{e.facts} {e.subject_label} {e.actor_name}" for e in Event.objects.all())

    assert [word for word in WITNESS if word in text] == []


def test_the_export_has_no_words_and_no_names(world, as_user):
    row = make_complaints.rated(world)
    answer = as_user(world.li).get(reverse("complaints:export"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    lines = book.get_sheet_by_index(0).to_python()
    cells = "\n".join(str(cell) for line in lines for cell in line)

    assert row.number in cells
    assert [word for word in (*WITNESS, "教材费", "替我们") if word in cells] == []
    assert Event.objects.filter(verb="complaint.exported", facts__count=1).exists()


def test_the_message_to_a_phone_does_not_say_about_whom(world):
    make_complaints.replied(world)
    texts = [sent.text for sent in TextMessage.objects.all()]

    assert texts
    assert not [text for text in texts if "天山" in text or NAME in text]


def test_the_region_reads_the_course_but_not_the_words(world, as_user):
    row = make_complaints.accepted(world)
    page = as_user(world.gu).get(reverse("complaints:detail", args=[row.pk])).content.decode()

    assert "教材费收了二百元" not in page
    assert "只有昌吉州住房和城乡建设局的经办人能看" in page
