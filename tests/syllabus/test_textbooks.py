"""Textbooks: proposed by those who teach, decided on by the region."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from tests import make, make_syllabus
from tests.refusals import refused
from zhupei.core import audit
from zhupei.syllabus.actions import textbooks
from zhupei.syllabus.models import Textbook
from zhupei.syllabus.workflow import TEXTBOOK

ISBN, OTHER = make_syllabus.ISBN, "978-7-112-00001-2"


def test_an_institution_proposes_and_the_region_decides(world):
    book = make_syllabus.textbook(world.aygul)
    assert (book.isbn, book.isbn_parted) == ("9787112204946", "978-7-112-20494-6")
    assert (book.state, book.proposed_by) == ("proposed", world.school)

    textbooks.approve(book, by=world.gu)
    assert Textbook.objects.approved().get() == book
    textbooks.retire(book, by=world.gu, note="有新版")

    verbs = [event.verb for event in audit.own_history(book)]
    assert verbs == ["textbook.proposed", "textbook.approved", "textbook.retired"]
    assert textbooks.approve(book, by=world.gu).state == "approved"


def test_what_is_declined_is_not_used(world):
    book = make_syllabus.textbook(world.song)

    with refused("note_required"):
        textbooks.decline(book, by=world.gu)
    assert textbooks.decline(book, by=world.gu, note="自编讲义").state == "retired"
    assert not Textbook.objects.approved().exists()


@pytest.mark.parametrize(
    ("isbn", "code"),
    [("978-7-112-20494-7", "isbn_check"), ("自编讲义", "isbn_shape"), ("12345", "isbn_shape")],
)
def test_a_number_that_is_no_isbn_is_refused(world, isbn, code):
    with refused(code) as refusal:
        make_syllabus.textbook(world.aygul, isbn)
    assert refusal.value.field == "isbn"


def test_one_book_is_known_once_however_its_number_is_written(world):
    make_syllabus.textbook(world.aygul)

    with refused("book_known"):
        make_syllabus.textbook(world.wang, "9787112204946")


@pytest.mark.parametrize("person", ["li", "chen", "adil", "tian"])
def test_who_neither_teaches_nor_regulates_proposes_no_books(world, person):
    with refused("not_allowed"):
        textbooks.propose(ISBN, by=getattr(world, person), jobs=[make.job()])


@pytest.mark.parametrize(
    ("person", "moves"),
    [("gu", ["approve", "decline"]), ("aygul", []), ("song", []), ("li", [])],
)
def test_only_the_region_decides(world, person, moves):
    book = make_syllabus.textbook(world.aygul)
    somebody = getattr(world, person)

    assert [move.name for move in TEXTBOOK.available(book, somebody)] == moves
    if not moves:
        with refused("not_allowed"):
            textbooks.approve(book, by=somebody)


def test_who_proposed_it_corrects_it_until_it_is_decided(world):
    book = make_syllabus.textbook(world.aygul)
    said = {"isbn": ISBN, "title": "砌筑工（第二版）", "jobs": [make_syllabus.trade()]}

    textbooks.change(book, by=world.aygul, **said)
    event = audit.own_history(book).last()
    assert event.facts["changed"] == {
        "书名": ["砌筑工", "砌筑工（第二版）"],
        "适用岗位工种": ["土建施工员", "砌筑工"],
    }
    with refused("not_allowed"):
        textbooks.change(book, by=world.wang, **said)
    with refused("isbn_check"):
        textbooks.change(book, by=world.aygul, **(said | {"isbn": "978-7-112-20494-7"}))
    textbooks.approve(book, by=world.gu)
    with refused("book_decided"):
        textbooks.change(book, by=world.aygul, **said)


def test_the_database_keeps_thirteen_digits_and_sensible_years(world):
    book = make_syllabus.textbook(world.aygul)
    for wrong in ({"isbn": "7112204945"}, {"year": 23}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Textbook.objects.filter(pk=book.pk).update(**wrong)
    with pytest.raises(ValidationError), transaction.atomic():
        make_syllabus.textbook(world.aygul, "0-306-40615-2", year=23)


@pytest.mark.parametrize(
    ("person", "status"), [("gu", 200), ("aygul", 200), ("wang", 404), ("li", 404), ("adil", 404)]
)
def test_a_proposal_is_between_its_institution_and_the_region(world, as_user, person, status):
    book = make_syllabus.textbook(world.aygul)
    page = reverse("syllabus:textbook", args=[book.pk])
    browser = as_user(getattr(world, person))

    assert browser.get(page).status_code == status
    textbooks.approve(book, by=world.gu)
    assert browser.get(page).status_code == 200
    assert "砌筑工" in browser.get(reverse("syllabus:textbooks")).text


# The pages


def typed(**fields) -> dict[str, object]:
    return {
        "isbn": ISBN,
        "title": "砌筑工",
        "publisher": "中国建筑工业出版社",
        "edition": "2023年8月第2版",
        "year": "2023",
        "jobs": [make.job().pk],
    } | fields


def test_a_book_is_proposed_corrected_and_decided_from_its_pages(world, as_user):
    browser = as_user(world.aygul)
    assert browser.get(reverse("syllabus:propose_textbook")).status_code == 200
    page = browser.post(reverse("syllabus:propose_textbook"), typed(), follow=True)
    assert "已报自治区住建厅认定。" in page.text
    book = Textbook.objects.get()

    correct = reverse("syllabus:correct_textbook", args=[book.pk])
    browser.post(correct, typed(title="砌筑工（第二版）"))
    assert as_user(world.wang).get(correct).status_code == 404

    decide = reverse("syllabus:decide_textbook", args=[book.pk, "approve"])
    assert as_user(world.aygul).post(decide).status_code == 403
    page = as_user(world.gu).post(decide, follow=True)
    assert "已认定" in page.text
    assert "砌筑工（第二版）" in page.text
    burn = reverse("syllabus:decide_textbook", args=[book.pk, "burn"])
    assert as_user(world.gu).post(burn).status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"isbn": "978-7-112-20494-7"}, "校验位不对"),
        ({"year": "23"}, "四位数的年份"),
        ({"jobs": []}, "必填"),
        ({"publisher": ""}, "必填"),
    ],
)
def test_a_book_that_cannot_be_comes_back_with_the_reason(world, as_user, fields, words):
    page = as_user(world.aygul).post(reverse("syllabus:propose_textbook"), typed(**fields))

    assert page.status_code == 422
    assert words in page.text
    assert "2023年8月第2版" in page.text
    assert not Textbook.objects.exists()


def test_who_may_not_propose_has_no_such_page(world, as_user):
    assert as_user(world.li).get(reverse("syllabus:propose_textbook")).status_code == 404


def test_books_are_found_by_title_publisher_number_and_job(world, as_user):
    book = make_syllabus.textbook(world.aygul)
    browser = as_user(world.gu)

    def count(**address) -> int:
        page = browser.get(reverse("syllabus:textbooks"), address).context["page"]
        return page.paginator.count

    assert count(q="砌筑 建筑工业") == count(q="978-7-112") == count(job=make.job().pk) == 1
    assert count(state="proposed") == 1
    assert count(q="管道") == count(state="approved") == count(job=make_syllabus.trade().pk) == 0
    assert str(book) == "《砌筑工》"


@pytest.mark.parametrize("rows", [3, 20])
def test_the_list_costs_the_same_however_many_there_are(
    world, as_user, rows, django_assert_num_queries
):
    from stdnum import ean  # noqa: PLC0415 - only here

    for n in range(rows):
        body = f"97871122{n:04d}"
        make_syllabus.textbook(world.aygul, body + ean.calc_check_digit(body))
    browser = as_user(world.gu)

    with django_assert_num_queries(7):
        browser.get(reverse("syllabus:textbooks"))
