"""The pages of both sides."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests import make_assistance, make_pictures
from zhupei.assistance.models import Assistance, Pairing, State

LIST = reverse("assistance:index")
NEW = reverse("assistance:new", args=["training"])


def posted(**changes) -> dict:
    words = make_assistance.said(**changes)
    return {
        name: getattr(word, "pk", word) for name, word in words.items() if word not in {None, ""}
    }


def test_a_registrar_records_attaches_and_hands_in(world, as_user):
    make_assistance.pairing(world)
    browser = as_user(world.aygul)
    assert "喀什市（对口）" in browser.get(NEW).content.decode()
    url = browser.post(NEW, posted()).url
    row = Assistance.objects.get()
    assert url == row.get_absolute_url()

    attach = reverse("assistance:attach", args=[row.pk])
    wrong = browser.post(attach, {"file": ContentFile(b"MZ", "x.exe")})
    assert wrong.status_code == 422
    browser.post(attach, {"file": make_pictures.photo()})
    browser.post(reverse("assistance:move", args=[row.pk, "submit"]))

    row.refresh_from_db()
    assert row.state == State.SUBMITTED
    paper = reverse("assistance:file", args=[row.pk, row.files.get().pk])
    answer = as_user(world.far_reviewer).get(paper)
    assert list(answer)
    assert answer["Content-Type"] == "image/jpeg"
    as_user(world.far_reviewer).post(reverse("assistance:move", args=[row.pk, "confirm"]))
    row.refresh_from_db()
    assert row.state == State.CONFIRMED


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": ""}, "title"), ({"typed": -3}, "typed"), ({"ended_on": "2020-01-01"}, "ended_on")],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(world, as_user, changes, field):
    answer = as_user(world.aygul).post(NEW, posted() | changes)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"]["story"].value() == make_assistance.said()["story"]


def test_a_base_has_a_place_and_no_people(world, as_user):
    url = reverse("assistance:new", args=["base"])
    browser = as_user(world.aygul)
    assert "typed" not in browser.get(url).context["form"].fields
    assert browser.post(url, posted(typed=None)).status_code == 422
    browser.post(url, posted(typed=None, address="喀什市 1 号", stations=20))
    row = Assistance.objects.get()
    assert (row.kind, row.stations, row.typed) == ("base", 20, None)
    shown = browser.get(row.get_absolute_url()).content.decode()
    assert "喀什市 1 号" in shown
    edit = reverse("assistance:edit", args=[row.pk])
    browser.post(edit, posted(typed=None, address="喀什市 2 号", stations=30))
    row.refresh_from_db()
    assert row.address == "喀什市 2 号"
    assert browser.get(reverse("assistance:new", args=["gift"])).status_code == 404


def test_a_paper_is_taken_off(world, as_user):
    row = make_assistance.drafted(world)
    url = reverse("assistance:remove", args=[row.pk, row.files.get().pk])
    assert as_user(world.wang).post(url).status_code == 404
    as_user(world.aygul).post(url)
    assert not row.files.exists()


def titles(browser, **query) -> set[str]:
    return {row["help"].title for row in browser.get(LIST, query).context["rows"]}


def test_the_list_is_narrowed_in_its_address(world, as_user):
    one = make_assistance.confirmed(world)
    make_assistance.submitted(world, "base", title="喀什市建筑实训基地")
    browser = as_user(world.gu)
    assert len(titles(browser)) == 2
    assert titles(browser, kind="base") == {"喀什市建筑实训基地"}
    assert titles(browser, state="confirmed", year=one.ended_on.year) == {one.title}
    assert titles(browser, year=2023) == set()
    assert titles(browser, q="喀什市 基地") == {"喀什市建筑实训基地"}
    assert titles(as_user(world.wang)) == set()
    for person in (world.ma, world.adil, world.chen):
        assert as_user(person).get(LIST).status_code == 404


def test_a_bureau_assigns_and_ends_on_its_pages(world, as_user):
    url = reverse("assistance:assign")
    browser = as_user(world.li)
    said = {"organization": world.school.pk, "county": "652301", "since": "2026-01-01"}
    assert browser.post(url, said).status_code == 422
    assert browser.post(url, said | {"county": "653101", "ground": "方案"}).status_code == 422
    browser.post(url, said | {"ground": "方案"})
    row = Pairing.objects.get()
    assert browser.post(url, said | {"ground": "方案"}).status_code == 422

    end = reverse("assistance:end", args=[row.pk])
    assert browser.post(end, {"until": "2025-01-01", "note": "调整"}).status_code == 422
    assert as_user(world.aygul).get(end).status_code == 403
    as_user(world.li).post(end, {"until": "2026-06-30", "note": "调整"})
    row.refresh_from_db()
    assert str(row.until) == "2026-06-30"
    assert as_user(world.aygul).get(url).status_code == 403


def test_the_figures_of_a_year_and_their_spreadsheet(world, as_user):
    make_assistance.pairing(world)
    row = make_assistance.confirmed(world)
    browser = as_user(world.gu)
    url = reverse("assistance:totals")
    year = row.ended_on.year

    (line,) = browser.get(url, {"year": year}).context["lines"]
    assert (line["person_times"], line["paired"]["person_times"]) == (60, 60)
    sheet = browser.get(url, {"year": year, "as": "xlsx"}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert rows[1][:4] == ["天山建设职业技能培训学校", 60, 60, 0]
    assert browser.get(url, {"year": "1800"}).status_code == 200
