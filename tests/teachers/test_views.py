"""The pages of the pool."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make, make_teachers
from zhupei.teachers import actions
from zhupei.teachers.models import Engagement, State, Teacher

LISTS = ("index", "reviews", "shared", "studies", "roster")


def url(name, thing=None) -> str:
    return reverse(f"teachers:{name}", args=[thing.pk] if thing else [])


def pdf(name="证书.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.7")


def status(browser, path) -> int:
    """Read to its end: a file is closed then."""
    answer = browser.get(path)
    list(answer)
    return answer.status_code


def names(page) -> list[str]:
    return [row["teacher"].person.name for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("person", "lists"),
    [
        ("aygul", {"index", "reviews", "roster"}),
        ("song", {"index", "reviews", "shared", "studies"}),
        ("gu", {"index", "reviews", "shared", "studies"}),
        ("li", {"index", "shared"}),
        ("ma", {"index"}),
        ("tian", {"index"}),
        ("chen", {"index"}),
        ("adil", set()),
    ],
)
def test_who_has_which_lists(world, as_user, person, lists):
    browser = as_user(getattr(world, person))

    found = {name for name in LISTS if browser.get(url(name)).status_code == 200}

    assert found == lists


def test_the_pool_is_found_by_what_is_asked_for(world, as_user):
    mason = make.job("T010", "砌筑工")
    shared = make.teacher("买合木提", world.school, world.other_school)
    shared.trades.add(mason)
    Engagement.objects.filter(teacher=shared).update(contract_until=timezone.localdate())
    make_teachers.drafted(world, "填报中的")
    browser = as_user(world.aygul)

    def found(**said):
        return set(names(browser.get(url("index"), said)))

    pool = {"马建国", "古丽娜尔·吐尔逊", "买合木提"}
    assert found() == pool
    assert found(q="建国") == {"马建国"}
    assert found(q="工程师") == pool
    assert found(trade=mason.pk) == {"买合木提"}
    assert found(prefecture="653100") == {"买合木提"}
    assert found(only="shared") == {"买合木提"}
    assert found(only="expiring") == {"买合木提"}
    assert found(state="draft") == {"填报中的"}
    assert found(state="nonsense") == pool


@pytest.mark.parametrize("name", ["index", "roster", "shared"])
def test_a_list_asks_no_more_for_more_rows(world, as_user, name):
    person = world.gu if name == "shared" else world.aygul
    places = [world.other_school, world.school]
    for number in range(3):
        one = make.teacher(f"教师{number}", *places)
        make_teachers.qualification(one, by=world.aygul)
    browser = as_user(person)
    browser.get(url(name))

    counts = []
    for more in (0, 12):
        for number in range(more):
            one = make.teacher(f"又一位{number}", *places)
            make_teachers.qualification(one, by=world.aygul)
        with CaptureQueriesContext(connection) as asked:
            browser.get(url(name))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_association_sees_what_waits_the_most_urgent_first(world, as_user):
    first = make_teachers.applied(world, "先来的")
    make_teachers.applied(world, "后来的")
    Teacher.objects.filter(pk=first.pk).update(due_at=timezone.now() - timedelta(days=1))
    make_teachers.drafted(world, "填报中的")

    page = as_user(world.song).get(url("reviews"))

    assert names(page) == ["先来的", "后来的"]
    assert page.context["rows"][0]["left"].tone == "late"


def test_a_school_sees_what_it_handed_in(world, as_user):
    make_teachers.drafted(world, "填报中的")
    make_teachers.applied(world, "待审核的")

    assert set(names(as_user(world.aygul).get(url("reviews")))) == {"填报中的", "待审核的"}
    assert names(as_user(world.wang).get(url("reviews"))) == []


def test_a_registrar_proposes_a_teacher_on_the_page(world, as_user):
    said = {
        "name": "热依汗·买买提",
        "id_number": make.id_number(771),
        "phone": "13900007771",
        "title": "工程师",
        "rank": "intermediate",
        "education": "本科",
        "trades": [make.job().pk],
    }

    page = as_user(world.aygul).post(url("propose"), said, follow=True)

    teacher = Teacher.objects.get(person__name="热依汗·买买提")
    assert page.redirect_chain[-1][0] == url("detail", teacher)
    (submit,) = page.context["moves"]
    assert "土建施工员 没有资格证明" in submit["blocked"]


@pytest.mark.parametrize(
    ("field", "value", "beside"),
    [
        ("id_number", "650000199005200010", "id_number"),
        ("name", "", "name"),
        ("phone", "123", "phone"),
        ("name", "另一个人", "name"),
    ],
)
def test_a_proposal_that_is_refused_keeps_what_was_typed(world, as_user, field, value, beside):
    adil = world.adil.person
    said = {
        "name": adil.name, "id_number": adil.id_number, "phone": adil.phone, "title": "技师",
        "rank": "none", "education": "", "trades": [],
    } | {field: value}  # fmt: skip

    page = as_user(world.aygul).post(url("propose"), said)

    assert page.status_code == 422
    assert page.context["form"].errors[beside]
    assert "技师" in page.content.decode()


def test_somebody_of_the_pool_is_refused_beside_the_number(world, as_user):
    ma = world.teacher.person
    said = {"name": ma.name, "id_number": ma.id_number, "phone": ma.phone, "rank": "none"}

    page = as_user(world.wang).post(url("propose"), said)

    assert "直接聘用" in page.context["form"].errors["id_number"][0]


def test_a_person_applies_proves_and_submits_by_themself(world, as_user):
    browser = as_user(world.adil)
    assert browser.get(url("mine"), follow=True).redirect_chain[-1][0] == url("apply")
    browser.post(url("apply"), {"title": "技师", "rank": "none", "trades": [make.job().pk]})
    teacher = Teacher.objects.get(person=world.adil.person)
    assert browser.get(url("apply")).status_code == 302
    said = {
        "kind": "skill", "name": "砌筑工技师证", "issued_on": "2020-05-01",
        "trades": [make.job().pk], "file": pdf(),
    }  # fmt: skip
    browser.post(url("add_evidence", teacher), said)

    page = browser.post(url("detail", teacher) + "submit/", follow=True)

    assert page.context["teacher"].state == State.APPLIED
    assert browser.get(url("mine")).url == url("detail", teacher)


def test_staff_without_a_person_cannot_apply(world, as_user):
    assert as_user(world.gu).get(url("apply")).status_code == 403
    assert as_user(world.song).get(url("propose")).status_code == 403


def test_the_association_sends_back_and_the_reasons_stand_beside_the_fields(world, as_user):
    teacher = make_teachers.applied(world)
    empty = {"reasons-TOTAL_FORMS": "1", "reasons-INITIAL_FORMS": "0"}
    page = as_user(world.song).post(url("send_back", teacher), empty)
    assert page.status_code == 422
    assert page.context["note_fault"]
    half = empty | {"reasons-0-text": "看不清"}
    assert as_user(world.song).post(url("send_back", teacher), half).status_code == 422

    said = half | {"reasons-0-field": "trades"}
    as_user(world.song).post(url("send_back", teacher), said)

    page = as_user(world.aygul).get(url("edit", teacher))
    assert page.context["form"].fields["trades"].reasons[0]["text"] == "看不清"
    assert "看不清" in as_user(world.aygul).get(url("detail", teacher)).content.decode()


def test_a_note_alone_is_shown_as_a_reason_too(world, as_user):
    teacher = make_teachers.applied(world)
    actions.send_back(teacher, by=world.song, note="请补照片")

    (reason,) = as_user(world.aygul).get(url("detail", teacher)).context["returned"]

    assert (reason["label"], reason["text"]) == ("其他", "请补照片")


def test_the_association_admits_on_the_page(world, as_user):
    teacher = make_teachers.applied(world)

    page = as_user(world.song).post(url("detail", teacher) + "admit/", follow=True)

    assert page.context["teacher"].state == State.ADMITTED
    assert as_user(world.song).post(url("detail", teacher) + "fly/").status_code == 404


def test_changes_are_saved_and_others_are_kept_out(world, as_user):
    teacher = make_teachers.drafted(world, education="技校")
    browser = as_user(world.aygul)
    page = browser.get(url("edit", teacher))
    assert ("技校", "技校") in page.context["form"].fields["education"].choices
    said = {"title": "高级工程师", "rank": "senior", "education": "本科", "trades": []}

    browser.post(url("edit", teacher), said)

    assert Teacher.objects.get(pk=teacher.pk).title == "高级工程师"
    assert as_user(world.aygul).get(url("edit", world.teacher)).status_code == 403
