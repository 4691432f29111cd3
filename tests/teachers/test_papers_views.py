"""The papers of a teacher on the pages: scans, contracts, studies, the roster."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests import make, make_teachers
from zhupei.core import audit
from zhupei.people.events import PersonEvent
from zhupei.teachers import actions
from zhupei.teachers.models import Engagement, Study

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
    ("person", "sees"),
    [("aygul", True), ("song", True), ("gu", True), ("li", True), ("ma", True),
     ("wang", False), ("far_reviewer", False)],
)  # fmt: skip
def test_numbers_and_scans_are_for_those_who_need_them(world, as_user, person, sees):
    paper = make_teachers.qualification(world.teacher, by=world.aygul, number="SECRET-1")
    study = make_teachers.study(world.teacher, by=world.ma)
    browser = as_user(getattr(world, person))

    page = browser.get(url("detail", world.teacher))

    assert page.status_code == 200
    assert ("SECRET-1" in page.content.decode()) is sees
    assert (world.teacher.person.masked_phone in page.content.decode()) is sees
    assert world.teacher.person.id_number not in page.content.decode()
    assert status(browser, url("scan", paper)) == (200 if sees else 404)
    assert status(browser, url("proof", study)) == (200 if sees else 404)
    assert browser.post(url("identity", world.teacher)).status_code == (200 if sees else 403)


def test_whole_numbers_are_shown_once_and_the_look_is_recorded(world, as_user):
    page = as_user(world.song).post(url("identity", world.teacher))

    assert world.teacher.person.id_number in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert audit.own_history(world.teacher.person).last().verb == PersonEvent.LOOKED_AT


def test_a_scan_is_added_on_its_page_and_a_wrong_file_stays_there(world, as_user):
    teacher = make_teachers.drafted(world)
    paper = make_teachers.qualification(teacher, by=world.aygul, file=None)
    browser = as_user(world.aygul)
    assert status(browser, url("scan", paper)) == 404
    wrong = {"file": SimpleUploadedFile("证书.pdf", b"<html>")}
    assert browser.post(url("attach", paper), wrong).context["form"].errors["file"]

    browser.post(url("attach", paper), {"file": pdf()})

    assert status(browser, url("scan", paper)) == 200
    browser.post(url("remove_evidence", paper))
    assert not teacher.qualifications.exists()


def test_evidence_is_refused_beside_its_field_and_others_are_kept_out(world, as_user):
    teacher = make_teachers.drafted(world)
    said = {"kind": "title", "name": "证", "issued_on": "2199-01-01", "file": pdf()}

    page = as_user(world.aygul).post(url("add_evidence", teacher), said)

    assert page.context["form"].errors["issued_on"]
    assert as_user(world.wang).get(url("add_evidence", world.teacher)).status_code == 403
    paper = make_teachers.qualification(world.teacher, by=world.aygul, file=None)
    assert as_user(world.song).get(url("attach", paper)).status_code == 403


def engaging(**more):
    today = timezone.localdate()
    return {
        "full_time": "0",
        "since": today.isoformat(),
        "contract_until": (today + timedelta(days=365)).isoformat(),
        "contract": pdf("聘书.pdf"),
    } | more


def test_a_registrar_engages_renews_and_ends(world, as_user):
    browser = as_user(world.wang)
    page = browser.post(url("engage", world.teacher), engaging(full_time="1"))
    assert "专职只能在一家" in page.context["form"].errors["full_time"][0]

    browser.post(url("engage", world.teacher), engaging())
    made = Engagement.objects.get(organization=world.other_school)
    assert browser.get(url("engage", world.teacher)).status_code == 403
    renewal = {"full_time": "0", "insured_until": "2030-01-31", "insurance": pdf("社保.pdf")}
    assert browser.get(url("renew", made)).status_code == 200
    browser.post(url("renew", made), renewal | {"contract_until": made.contract_until.isoformat()})
    assert status(browser, url("contract", made)) == 200
    assert status(browser, url("insurance", made)) == 200
    browser.post(url("end", made), {"on": timezone.localdate().isoformat(), "note": ""})

    made.refresh_from_db()
    assert (made.until, made.insured_until.year) == (timezone.localdate(), 2030)
    assert browser.get(url("renew", made)).status_code == 403


def test_papers_that_were_never_sent_are_not_found(world, as_user):
    bare = Engagement.objects.get(teacher=world.teacher)

    assert status(as_user(world.aygul), url("contract", bare)) == 404
    assert status(as_user(world.aygul), url("insurance", bare)) == 404


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "adil", "tian"])
def test_strangers_find_no_engagement(world, as_user, person):
    made = make_teachers.engaged(world, make.teacher("买合木提"), world.school, world.aygul)
    browser = as_user(getattr(world, person))

    for name in ("renew", "end", "contract", "insurance"):
        assert browser.get(url(name, made)).status_code == 404


def test_a_bureau_reads_the_contract_and_ends_nothing(world, as_user):
    made = make_teachers.engaged(world, make.teacher("买合木提"), world.school, world.aygul)

    assert status(as_user(world.li), url("contract", made)) == 200
    assert as_user(world.li).get(url("end", made)).status_code == 403


def test_other_institutions_are_named_and_nothing_more(world, as_user):
    made = make_teachers.engaged(world, world.teacher, world.other_school, world.wang)

    page = as_user(world.aygul).get(url("detail", world.teacher))

    own, other = page.context["places"]
    assert (own.open, other.open) == (True, False)
    assert made.organization.name in page.content.decode()
    assert url("contract", made) not in page.content.decode()


def test_a_study_is_entered_confirmed_and_counted(world, as_user):
    day = timezone.localdate().isoformat()
    said = {
        "title": "教学法", "host": "协会", "starts_on": day, "ends_on": day, "hours": "9",
        "file": pdf(),
    }  # fmt: skip
    browser = as_user(world.ma)
    assert browser.post(url("add_study", world.teacher), said).context["form"].errors["hours"]
    browser.post(url("add_study", world.teacher), said | {"hours": "8", "file": pdf()})
    study = Study.objects.get()
    assert as_user(world.wang).get(url("add_study", world.teacher)).status_code == 403

    officer = as_user(world.song)
    assert list(officer.get(url("studies")).context["page"]) == [study]
    done = officer.post(url("confirm_study", study), {"from": "list"})

    assert done.url == url("studies")
    page = as_user(world.ma).get(url("detail", world.teacher))
    assert page.context["study_hours"]["seconds"] == 8 * 2700


def test_a_study_is_not_taken_off_without_a_word(world, as_user):
    study = make_teachers.study(world.teacher, by=world.ma)
    officer = as_user(world.song)

    page = officer.post(url("remove_study", study), follow=True)
    assert "请写明不予确认的理由" in page.content.decode()
    officer.post(url("remove_study", study), {"note": "没有证明"})

    assert not Study.objects.exists()
    gone = make_teachers.study(world.teacher, by=world.ma)
    actions.confirm_study(gone, by=world.song)
    assert as_user(world.ma).post(url("remove_study", gone)).status_code == 409


def test_who_works_in_several_places_is_listed_with_the_papers(world, as_user):
    make_teachers.engaged(world, world.teacher, world.other_school, world.wang)

    for person in (world.song, world.gu, world.li, world.far_reviewer):
        (shared,) = as_user(person).get(url("shared")).context["page"]
        assert [place.organization for place in shared.places] == [world.school, world.other_school]


def test_a_bureau_is_not_told_of_sharing_elsewhere(world, as_user):
    third = make.organization("institution", "帕米尔建设技能培训学校", "653101")
    make.teacher("别处的", world.other_school, third)

    assert list(as_user(world.li).get(url("shared")).context["page"]) == []


def test_the_roster_is_by_trade_and_says_what_is_missing(world, as_user):
    mason = make.job("T010", "砌筑工")
    world.teacher.trades.add(mason)
    browser = as_user(world.aygul)

    page = browser.get(url("roster"))
    row = next(x for x in page.context["rows"] if x["engagement"].teacher == world.teacher)

    assert "没有合同或聘书" in row["gaps"]
    assert "“砌筑工”没有有效的资格证明扫描件" in row["gaps"]
    assert [(x.name, x.n) for x in page.context["trades"]] == [
        ("土建施工员", 2), ("砌筑工", 1),
    ]  # fmt: skip
    only = browser.get(url("roster"), {"trade": mason.pk, "time": "full", "q": "马"})
    assert [x["engagement"].teacher for x in only.context["rows"]] == [world.teacher]
    assert not browser.get(url("roster"), {"time": "part"}).context["rows"]
