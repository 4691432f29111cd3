"""Pages of importing and exporting."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from tests import make, make_questions
from tests.questions.formats.files import sample
from tests.questions.formats.test_sheet import GOOD
from tests.questions.test_actions import BAD, spreadsheet, started
from tests.questions.test_exchange import many
from zhupei.core import audit
from zhupei.core.models import LongJob, WaitingFile
from zhupei.questions import actions
from zhupei.questions.actions import exchange
from zhupei.questions.formats import recognise

TWO = "1. 第一问？\nA. 甲\nB. 乙\n答案：A\n2. 第二问？\nA. 甲\nB. 乙"


def page_of(question_set, name: str = "exchange", *rest) -> str:
    return reverse(f"questions:{name}", args=[question_set.pk, *rest])


def bringing(**said):
    return {"form": "auto"} | said


@pytest.fixture
def sent(world, as_user):
    """A browser of Gu's, a set, and the spreadsheet that waits for it."""
    question_set, browser = started(world), as_user(world.gu)
    browser.post(page_of(question_set), bringing(file=spreadsheet(GOOD, BAD)))
    return browser, question_set, WaitingFile.objects.get()


def test_an_upload_is_rehearsed_and_every_fault_is_shown_with_its_place(sent):
    browser, question_set, file = sent

    page = browser.get(page_of(question_set, "rehearsal", file.pk))

    report = page.context["report"]
    assert (report["total"], report["good"], report["refused"]) == (2, 1, 1)
    assert "第 3 行" in page.text
    assert "没有答案。" in page.text
    assert "请填写答案。" in page.text
    assert not question_set.items.exists()


def test_the_good_ones_are_shown_as_a_candidate_sees_them(sent):
    browser, question_set, file = sent

    page = browser.get(page_of(question_set, "rehearsal", file.pk) + "?show=good")

    assert GOOD["题干"] in page.text
    assert "个人级" in page.text
    assert "正确答案" in page.text
    assert browser.get(page_of(question_set, "rehearsal", file.pk) + "?show=x").status_code == 404


def test_the_good_ones_are_taken_in_once_even_on_a_double_click(sent):
    browser, question_set, file = sent

    page = browser.post(page_of(question_set, "take-in", file.pk), follow=True)
    again = browser.post(page_of(question_set, "take-in", file.pk))

    assert "已导入 1 题为草稿" in page.text
    assert again.status_code == 409
    assert 'data-code="already_imported"' in again.text
    assert question_set.items.count() == 1


def test_a_pasted_text_is_read_and_what_is_wrong_comes_back_as_it_was_written(world, as_user):
    question_set, browser = started(world), as_user(world.gu)
    page = browser.post(page_of(question_set), bringing(text=TWO), follow=True)
    (file,) = WaitingFile.objects.all()

    assert page.context["report"]["good"] == page.context["report"]["refused"] == 1
    answer = browser.get(page_of(question_set, "corrected-text", file.pk))

    text = answer.content.decode("utf-8-sig")
    assert text.startswith("【原因】第 5 行（第 2 题）：没有答案。请填写答案。\n2. 第二问？")
    mended = recognise.read(text.rstrip() + "\n答案：B\n")
    assert [draft.key for draft in mended.drafts] == ["B"]


@pytest.mark.parametrize("name", ["word-inline.txt", "gift-all-kinds.gift", "aiken.txt"])
def test_what_is_given_back_as_text_is_read_again_and_refused_for_the_same(world, as_user, name):
    question_set, browser = started(world), as_user(world.gu)
    text = sample(name).decode() + "\n\n1. 问？（A）\nA. 甲\nB. 乙\n答案：B\n"
    browser.post(page_of(question_set), bringing(text=text))
    file = WaitingFile.objects.get()
    reading = actions.rehearse(file)

    answer = browser.get(page_of(question_set, "corrected-text", file.pk))

    again = recognise.READERS[reading.format](answer.content)
    assert not again.drafts
    assert [fault.code for fault in again.faults] == [fault.code for fault in reading.faults]


def test_the_bad_ones_can_be_fetched_as_a_spreadsheet_and_put_right(world, as_user):
    question_set, browser = started(world), as_user(world.gu)
    browser.post(page_of(question_set), bringing(text=TWO))
    file = WaitingFile.objects.get()

    answer = browser.get(page_of(question_set, "corrected", file.pk))

    assert answer["Content-Disposition"].startswith("attachment")
    (fault,) = recognise.read(answer.content).faults
    assert fault.code == "answer_missing"


def test_a_spreadsheet_has_no_layout_of_text_to_go_back_in(sent):
    browser, question_set, file = sent

    assert browser.get(page_of(question_set, "corrected-text", file.pk)).status_code == 404


def test_nothing_typed_is_lost_when_it_is_refused(world, as_user):
    question_set, browser = started(world), as_user(world.gu)

    page = browser.post(page_of(question_set), bringing(text="不是试题 <b>", form="gift"))

    assert page.status_code == 422
    assert "不是试题 &lt;b&gt;" in page.text
    assert page.context["bring_form"].errors["text"]
    assert not WaitingFile.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({}, "file"),
        ({"text": TWO, "file": ContentFile(TWO.encode(), "a.txt")}, "file"),
        ({"file": ContentFile(b"MZ\x90\x00 no spreadsheet", "a.xlsx")}, "file"),
        ({"file": ContentFile(b"PK\x03\x04 neither", "a.xlsx")}, "file"),
        ({"file": ContentFile(b"x" * (recognise.MAX_BYTES + 1), "a.txt")}, "file"),
        ({"text": TWO, "form": "punch cards"}, "form"),
        ({"text": "x" * 300_001}, "text"),
    ],
)
def test_what_cannot_be_read_is_refused_beside_its_field(world, as_user, said, field):
    page = as_user(world.gu).post(page_of(started(world)), bringing(**said))

    assert page.status_code == 422
    assert page.context["bring_form"].errors[field]
    assert not WaitingFile.objects.exists()


def test_the_named_format_is_remembered_to_the_end(world, as_user):
    question_set, browser = started(world), as_user(world.gu)

    page = browser.post(page_of(question_set), bringing(text=TWO, form="text"), follow=True)

    assert page.redirect_chain[0][0].endswith("?as=text")
    assert page.context["report"]["confirm_url"].endswith("?as=text")
    file = WaitingFile.objects.get()
    wrong = page_of(question_set, "rehearsal", file.pk) + "?as=cards"
    assert browser.get(wrong).status_code == 404


def test_a_file_belongs_to_the_set_it_was_sent_for(world, sent):
    browser, _question_set, file = sent

    assert browser.get(page_of(world.questions, "rehearsal", file.pk)).status_code == 404
    assert browser.post(page_of(world.questions, "take-in", file.pk)).status_code == 404


@pytest.mark.parametrize("name", ["rehearsal", "corrected", "corrected-text", "importing"])
def test_nobody_sees_the_file_of_somebody_else(world, as_user, sent, name):
    _browser, question_set, file = sent
    colleague = make.member("厅里的同事", "regulator", world.region)

    assert as_user(colleague).get(page_of(question_set, name, file.pk)).status_code == 404


def test_the_template_is_for_those_who_write_items(world, as_user):
    make_questions.experts(world)
    template = reverse("questions:template")

    assert as_user(world.gu).get(template).content.startswith(b"PK")
    assert as_user(world.ren).get(template).content.startswith(b"PK")
    assert as_user(world.chen).get(template).status_code == 404


def test_a_long_file_shows_where_it_is(world, as_user, monkeypatch):
    monkeypatch.setattr(exchange, "AT_ONCE", 3)
    question_set, browser = started(world), as_user(world.gu)
    browser.post(page_of(question_set), bringing(text=many(4)))
    file = WaitingFile.objects.get()
    assert browser.get(page_of(question_set, "importing", file.pk)).status_code == 404

    page = browser.post(page_of(question_set, "take-in", file.pk), follow=True)

    assert page.context["job"]["total"] == 4
    part = browser.get(page_of(question_set, "importing", file.pk), headers={"HX-Request": "true"})
    assert part.text.lstrip().startswith('<div class="job"')
    again = browser.get(page_of(question_set, "rehearsal", file.pk))
    assert again.url == page_of(question_set, "importing", file.pk)
    exchange.run(
        file,
        question_set,
        form="auto",
        membership=world.gu.acting,
        progress=LongJob.objects.get(),
    )
    assert "已导入 4 题为草稿" in browser.get(page_of(question_set, "importing", file.pk)).text


def test_an_export_is_a_file_and_on_record(world, as_user):
    browser = as_user(world.gu)

    answer = browser.post(page_of(world.questions, "export"), {"scope": "all", "form": "sheet"})

    assert answer["Content-Disposition"].startswith("attachment")
    assert recognise.read(answer.content).drafts
    assert audit.own_history(world.questions).last().verb == "questions.items_exported"


def test_an_export_of_nothing_is_said_beside_the_scope(world, as_user):
    page = as_user(world.gu).post(
        page_of(started(world), "export"), {"scope": "in_force", "form": "qti"}
    )

    assert page.status_code == 422
    assert page.context["export_form"].errors["scope"]


def test_assessment_bodies_draw_without_taking_items_out(world, as_user):
    chen = as_user(world.chen)

    assert chen.get(page_of(world.questions)).status_code == 403
    export = chen.post(page_of(world.questions, "export"), {"scope": "all", "form": "qti"})
    assert export.status_code == 403
    assert chen.get(page_of(world.questions, "origin")).status_code == 403


@pytest.mark.parametrize("person", ["aygul", "li", "ma", "adil"])
def test_for_everybody_else_there_is_no_set(world, as_user, person):
    browser = as_user(getattr(world, person))

    assert browser.get(page_of(world.questions)).status_code == 404
    assert browser.post(page_of(world.questions, "export"), {}).status_code == 404


def test_whose_bank_it_is_is_written_on_its_page_and_in_the_list(world, as_user):
    browser = as_user(world.gu)
    address = page_of(world.questions, "origin")
    said = {"origin": "national", "origin_source": "", "origin_on": "2026-03-01"}

    refused = browser.post(address, said)
    page = browser.post(address, said | {"origin_source": "部题库 2026 版"}, follow=True)

    assert refused.status_code == 422
    assert refused.context["form"].errors["origin_source"]
    assert "部题库 2026 版" in page.text
    assert "部题库 2026 版" in browser.get(reverse("questions:index")).text


@pytest.mark.parametrize("count", [3, 200])
def test_the_dry_run_costs_the_same_for_three_and_for_two_hundred(
    world, as_user, count, django_assert_max_num_queries
):
    question_set, browser = started(world), as_user(world.gu)
    browser.post(page_of(question_set), bringing(text=many(count)))
    address = page_of(question_set, "rehearsal", WaitingFile.objects.get().pk)

    with django_assert_max_num_queries(16):
        page = browser.get(address)

    assert page.context["report"]["good"] == count
