"""The pages of filing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests import make, make_filings
from zhupei.filings import actions
from zhupei.filings.models import Filing, State
from zhupei.institutions.models import Licence

pytestmark = pytest.mark.django_db


def page(filing, name="detail"):
    return reverse(f"filings:{name}", args=[filing.pk])


def typed(**fields) -> dict:
    said = make_filings.fields() | fields
    return {
        name: [one.pk for one in value] if name == "jobs" else getattr(value, "pk", value)
        for name, value in said.items()
    }


def test_the_registrar_writes_hands_in_and_hr_files_it(world, as_user):
    browser = as_user(world.aygul)
    browser.post(reverse("filings:draft"), typed())
    filing = Filing.objects.get()
    for kind in ("licence", "premises"):
        upload = SimpleUploadedFile("证明.pdf", make_filings.PDF)
        answer = browser.post(page(filing, "attach"), {"kind": kind, "file": upload}, follow=True)
        assert "材料已上传" in answer.text

    answer = browser.post(reverse("filings:move", args=[filing.pk, "submit"]), follow=True)
    assert "待备案" in answer.text
    seen = as_user(world.tian).get(page(filing)).context["moves"][0]["seen"]
    answer = as_user(world.tian).post(
        reverse("filings:move", args=[filing.pk, "accept"]), {"seen": seen}, follow=True
    )

    assert "已备案" in answer.text
    assert world.education.name in answer.text


def test_the_page_says_what_is_missing_before_it_is_handed_in(world, as_user):
    answer = as_user(world.aygul).get(page(make_filings.draft(world)))

    assert "还不能提交：预检不符 1 项" in answer.text
    assert "还缺：办学许可证复印件、场地租赁或使用证明" in answer.text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"jobs": []}, "至少选择一个"),
        ({"learners": "0"}, "1 到 5000"),
        ({"valid_until": "2020-01-01"}, "结束早于开始"),
        ({"contact_phone": "找我"}, "不像电话号码"),
        ({"address": ""}, "必填"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    world, as_user, fields, words
):
    answer = as_user(world.aygul).post(reverse("filings:draft"), typed(contact="古丽") | fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert "古丽" in answer.text
    assert not Filing.objects.exists()


def test_only_places_elsewhere_and_jobs_of_the_licence_are_offered(world, as_user):
    make.job("HANGONG", "焊工")

    answer = as_user(world.aygul).get(reverse("filings:draft"))

    assert "喀什 喀什市" in answer.text
    assert "昌吉州 昌吉市" not in answer.text
    assert "土建施工员" in answer.text
    assert "焊工" not in answer.text


def test_an_institution_without_a_licence_is_told_so(world, as_user):
    Licence.objects.all().delete()

    assert "还没有登记办学许可证" in as_user(world.aygul).get(reverse("filings:draft")).text


def test_reasons_stand_beside_their_fields(world, as_user):
    filing = make_filings.submitted(world)
    form = {
        "reasons-TOTAL_FORMS": "1", "reasons-INITIAL_FORMS": "0",
        "reasons-0-field": "address", "reasons-0-text": "写明楼层", "reasons-0-law": "",
        "note": "",
    }  # fmt: skip
    as_user(world.tian).post(page(filing, "send_back"), form)

    assert "写明楼层" in as_user(world.aygul).get(page(filing)).text
    answer = as_user(world.aygul).get(page(filing, "edit"))
    assert "写明楼层" in answer.text
    answer = as_user(world.aygul).post(page(filing, "edit"), typed(address="3 楼 301"), follow=True)
    assert "3 楼 301" in answer.text
    actions.submit(filing, by=world.aygul)
    assert "第 2 次提交，改动 1 处" in as_user(world.tian).get(page(filing)).text


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "请至少写一条理由"),
        ({"reasons-0-text": "没说哪一项"}, "没说哪一项"),
    ],
)
def test_a_return_without_a_reason_keeps_what_was_typed(world, as_user, said, words):
    filing = make_filings.submitted(world)
    form = {"reasons-TOTAL_FORMS": "1", "reasons-INITIAL_FORMS": "0", "note": ""} | said

    answer = as_user(world.tian).post(page(filing, "send_back"), form)

    assert answer.status_code == 422
    assert words in answer.text
    filing.refresh_from_db()
    assert filing.state == State.SUBMITTED


def test_pressing_twice_files_once(world, as_user):
    filing = make_filings.submitted(world)
    browser = as_user(world.tian)
    accept = reverse("filings:move", args=[filing.pk, "accept"])

    assert browser.post(accept).status_code == 302
    assert browser.post(accept).status_code == 409
    assert filing.copies.count() == 3


def test_opening_a_copy_marks_it_read_and_says_who_read_it(world, as_user):
    filing = make_filings.filed(world)
    browser = as_user(world.he)
    listed = browser.get(reverse("filings:copies"))
    assert "没打开过" in listed.text
    assert filing.number in browser.get(reverse("filings:copies") + "?unread=on").text

    browser.get(page(filing))
    browser.get(page(filing))

    assert "没打开过" not in browser.get(reverse("filings:copies")).text
    assert filing.number not in browser.get(reverse("filings:copies") + "?unread=on").text
    assert "何平" in as_user(world.tian).get(page(filing)).text


def test_a_wrong_file_is_refused_beside_its_field(world, as_user):
    filing = make_filings.draft(world)
    upload = SimpleUploadedFile("证明.exe", b"MZ")

    answer = as_user(world.aygul).post(page(filing, "attach"), {"kind": "other", "file": upload})

    assert answer.status_code == 422
    assert "不能收“.exe”文件" in answer.text


def test_papers_are_opened_and_taken_off(world, as_user):
    filing = make_filings.ready(world)
    paper = filing.documents.first()
    browser = as_user(world.aygul)

    opened = browser.get(reverse("filings:paper", args=[paper.pk]))
    assert b"".join(opened) == make_filings.PDF
    assert as_user(world.tian).get(reverse("filings:paper", args=[paper.pk])).status_code == 404
    as_user(world.aygul).post(reverse("filings:remove", args=[paper.pk]))
    assert filing.documents.count() == 1


@pytest.mark.parametrize("person", ["wang", "tian", "chen", "song", "adil", "he"])
def test_strangers_do_not_find_a_draft(world, as_user, person):
    filing = make_filings.ready(world)

    assert as_user(getattr(world, person)).get(page(filing)).status_code == 404


def test_a_filing_being_read_is_not_edited(world, as_user):
    filing = make_filings.submitted(world)

    assert as_user(world.aygul).get(page(filing, "edit")).status_code == 403
    assert as_user(world.tian).post(page(filing, "attach")).status_code == 403
    assert as_user(world.tian).get(reverse("filings:draft")).status_code == 403
    move = reverse("filings:move", args=[filing.pk, "fly"])
    assert as_user(world.tian).post(move).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [("aygul", 200), ("tian", 200), ("he", 200), ("li", 200), ("gu", 200), ("chen", 404),
     ("song", 404), ("adil", 404)],
)  # fmt: skip
def test_who_has_a_list(world, as_user, person, status):
    assert as_user(getattr(world, person)).get(reverse("filings:index")).status_code == status


@pytest.mark.parametrize(("person", "status"), [("li", 200), ("he", 200), ("tian", 404)])
def test_who_has_a_list_of_copies(world, as_user, person, status):
    assert as_user(getattr(world, person)).get(reverse("filings:copies")).status_code == status


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2), ("?state=submitted", 1), ("?q=天山", 2), ("?q=月亮", 0), ("?prefecture=653100", 2),
        ("?sort=-valid_from", 2), ("?q=YD-", 2), ("?state=nonsense", 2),
    ],
)  # fmt: skip
def test_what_is_looked_for_stands_in_the_address(world, as_user, query, count):
    make_filings.submitted(world)
    make_filings.filed(world)

    listed = as_user(world.gu).get(reverse("filings:index") + query)

    assert len(listed.context["rows"]) == count


@pytest.mark.parametrize("name", ["index", "copies"])
def test_a_long_list_costs_no_more_questions_than_a_short_one(
    world, as_user, name, django_assert_max_num_queries
):
    browser = as_user(world.li)
    for _n in range(2):
        make_filings.filed(world)
    with django_assert_max_num_queries(16) as few:
        browser.get(reverse(f"filings:{name}"))
    for _n in range(8):
        make_filings.filed(world)

    with django_assert_max_num_queries(len(few)):
        listed = browser.get(reverse(f"filings:{name}"))

    assert len(listed.context["rows"]) == 10


def test_the_page_costs_few_questions(world, as_user, django_assert_max_num_queries):
    filing = make_filings.submitted(world)
    browser = as_user(world.tian)
    browser.get(page(filing))

    with django_assert_max_num_queries(28):
        browser.get(page(filing))
