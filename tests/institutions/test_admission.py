"""The way of an institution into the industry: registered, filed, applied, admitted."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import make
from tests.refusals import refused
from zhupei.core import audit
from zhupei.institutions import access
from zhupei.institutions.actions import admission as actions
from zhupei.institutions.models import Admission, StaffMember, Standing
from zhupei.institutions.workflow import ADMISSION
from zhupei.organizations.models import Division, Kind, Organization, Role

NEW = {
    "name": "博格达建设职业技能培训学校",
    "uscc": "91350100M000100Y43",
    "complaint_phone": "0994-2345678",
}


@pytest.fixture
def newcomer(world):
    """A school with licence and staff that is not admitted yet, and its registrar."""
    place = Division.objects.get(code="652301")
    made = actions.register("博格达建设职业技能培训学校", place, by=world.gu)
    make.licence(made, make.job())
    make.staff(made)
    make.teacher("张", made)
    make.teacher("王", made)
    world.hasan = make.member("哈山", Role.REGISTRAR, made)
    return made


def state(organization) -> str:
    return Admission.objects.get(organization=organization).state


def page_of(organization, name: str = "admission", *more) -> str:
    return reverse(f"institutions:{name}", args=[organization.pk, *more])


def test_who_is_registered_has_a_file_and_is_not_admitted(world, newcomer):
    assert state(newcomer) == Standing.FILING
    assert "顾海 为机构建档" in [audit.sentence(event) for event in audit.history(newcomer)]


def test_an_institution_applies_and_the_region_admits_it(world, newcomer):
    actions.apply(newcomer, by=world.hasan)
    assert state(newcomer) == Standing.APPLIED
    assert world.gu.inbox.filter(title=f"机构申请准入：{newcomer.name}").count() == 1
    assert world.li.inbox.filter(title=f"机构申请准入：{newcomer.name}").count() == 1

    row = actions.admit(newcomer, by=world.gu)

    assert (row.state, row.admitted_on is not None) == (Standing.ACTIVE, True)
    event = audit.own_history(row).last()
    assert audit.sentence(event) == "顾海 准入；配备核对 6 项，无不符"
    assert event.facts["parameters"]["institutions.managers_least"]["value"] == "3"
    assert {one["tone"] for one in event.facts["verdicts"]} == {"ok"}
    assert world.hasan.inbox.filter(title=f"机构已准入：{newcomer.name}").exists()


def test_what_is_sent_back_is_applied_for_again(world, newcomer):
    actions.apply(newcomer, by=world.hasan)
    with refused("note_required"):
        actions.send_back(newcomer, by=world.gu, note=" ")

    actions.send_back(newcomer, by=world.gu, note="聘书看不清")

    assert state(newcomer) == Standing.RETURNED
    assert world.hasan.inbox.get(title__startswith="准入申请退回补正").body == "聘书看不清"
    assert actions.apply(newcomer, by=world.hasan).state == Standing.APPLIED


def test_who_lacks_something_is_not_admitted_and_reads_what(world, newcomer):
    actions.apply(newcomer, by=world.hasan)
    StaffMember.objects.filter(organization=newcomer, name="管理员甲").delete()
    StaffMember.objects.filter(organization=newcomer, post="head").delete()

    with refused("staffing_short") as refusal:
        actions.admit(newcomer, by=world.gu, note="先准入再说")

    assert str(refusal.value).startswith("还有 2 项不符")
    assert "专职管理人员：应 3 名" in str(refusal.value)
    assert "没有登记在任的负责人" in str(refusal.value)
    assert state(newcomer) == Standing.APPLIED


def test_who_lacks_something_does_not_apply_in_vain(world, newcomer):
    newcomer.licences.all().delete()

    with refused("staffing_short") as refusal:
        actions.apply(newcomer, by=world.hasan)
    assert "没有有效的办学许可证" in str(refusal.value)


@pytest.mark.parametrize("person", ["li", "aygul", "hasan", "song", "tian", "adil"])
def test_nobody_but_the_region_admits(world, newcomer, person):
    actions.apply(newcomer, by=world.hasan)

    with refused("not_allowed"):
        actions.admit(newcomer, by=getattr(world, person))
    with refused("not_allowed"):
        actions.send_back(newcomer, by=getattr(world, person), note="不行")


@pytest.mark.parametrize("person", ["li", "gu", "aygul", "wang", "adil"])
def test_nobody_but_its_registrar_applies(world, newcomer, person):
    with refused("not_allowed"):
        actions.apply(newcomer, by=getattr(world, person))


def test_nobody_of_the_region_admits_an_institution_they_work_for(world, newcomer):
    actions.apply(newcomer, by=world.hasan)
    membership = world.gu.memberships.create(
        organization=newcomer, role=Role.TEACHER, since=make.LONG_AGO
    )
    with refused("not_allowed"):
        actions.admit(newcomer, by=world.gu)
    membership.delete()
    assert actions.admit(newcomer, by=world.gu)


def test_admitting_twice_is_refused(world, newcomer):
    actions.apply(newcomer, by=world.hasan)
    actions.admit(newcomer, by=world.gu)

    with refused("wrong_state"):
        actions.admit(newcomer, by=world.gu)


def test_a_file_is_opened_once_by_the_region_and_for_institutions_only(world):
    with refused("file_is_open"):
        actions.open_file(world.school, by=world.gu)
    with refused("not_an_institution"):
        actions.open_file(world.body, by=world.gu)
    with refused("not_allowed"):
        actions.open_file(world.school, by=world.li)


def test_without_a_file_nobody_applies(world):
    Admission.objects.filter(organization=world.school).delete()

    with refused("file_not_open"):
        actions.apply(world.school, by=world.aygul)


def test_the_database_knows_no_other_standing(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Admission.objects.filter(organization=world.school).update(state="vip")


@pytest.mark.parametrize(
    ("person", "standing", "moves"),
    [
        ("aygul", "filing", ["apply"]),
        ("aygul", "returned", ["apply"]),
        ("aygul", "applied", []),
        ("aygul", "active", ["leave"]),
        ("aygul", "suspended", ["leave"]),
        ("gu", "applied", ["admit", "send_back"]),
        ("gu", "active", ["suspend", "leave"]),
        ("gu", "suspended", ["reinstate", "leave"]),
        ("li", "active", ["suspend"]),
        ("li", "suspended", ["reinstate"]),
        ("li", "applied", []),
        ("far_reviewer", "active", []),
        ("wang", "active", []),
        ("gu", "left", []),
    ],
)
def test_who_sees_which_steps(world, person, standing, moves):
    admission = Admission(organization=world.school, state=standing)

    found = [move.name for move in ADMISSION.available(admission, acting(world, person))]

    assert found == moves


@pytest.mark.parametrize(
    ("may", "people"),
    [
        (access.may_apply, {"aygul"}),
        (access.may_admit, {"gu"}),
        (access.may_suspend, {"gu", "li", "zhou"}),
        (access.may_leave, {"aygul", "gu"}),
    ],
)
def test_who_may_move_the_standing_of_the_school(world, may, people):
    everybody = [
        "aygul",
        "wang",
        "li",
        "zhou",
        "far_reviewer",
        "gu",
        "chen",
        "song",
        "tian",
        "he",
        "ma",
        "adil",
    ]
    admission = world.school.admission

    assert {name for name in everybody if may(acting(world, name), admission)} == people


def acting(world, name):
    """As the middleware would have it: wearing the one membership there is."""
    user = getattr(world, name)
    user.acting = user.memberships.select_related("organization").first()
    return user


# ── Pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_registrar_sees_what_is_missing_and_cannot_press_in_vain(world, newcomer, as_user):
    StaffMember.objects.filter(organization=newcomer, name="管理员甲").delete()
    browser = as_user(world.hasan)

    page = browser.get(page_of(newcomer))

    assert "差 1 名" in page.text
    assert page.context["moves"][0]["blocked"].startswith("还有 1 项不符")
    assert browser.post(page_of(newcomer, "admission-move", "apply")).status_code == 409


def test_the_region_decides_on_the_page_and_the_reason_is_shown(world, newcomer, as_user):
    browser = as_user(world.hasan)
    browser.post(page_of(newcomer, "admission-move", "apply"))
    region = as_user(world.gu)
    assert "待准入" in region.get(page_of(newcomer)).text

    sent = page_of(newcomer, "admission-move", "send_back")
    page = region.post(sent, {"note": "补消防记录"}, follow=True)

    assert "退回补正" in page.text
    assert "补消防记录" in as_user(world.hasan).get(page_of(newcomer)).context["returned"]


@pytest.mark.parametrize(
    ("person", "status"),
    [("aygul", 200), ("li", 200), ("gu", 200), ("wang", 404), ("far_reviewer", 404), ("adil", 404)],
)
def test_who_may_read_how_the_school_stands(world, as_user, person, status):
    assert as_user(getattr(world, person)).get(page_of(world.school)).status_code == status


def test_the_list_is_filtered_by_standing(world, newcomer, as_user):
    browser = as_user(world.gu)
    listed = reverse("institutions:admissions")

    assert "登记机构" in browser.get(listed).text
    rows = browser.get(listed, {"state": "filing"}).context["rows"]
    assert [row["organization"] for row in rows] == [newcomer]
    Admission.objects.filter(organization=newcomer).delete()
    rows = browser.get(listed, {"state": "none"}).context["rows"]
    assert [row["badge"]["word"] for row in rows] == ["未建档"]
    assert "没有符合条件的机构" in browser.get(listed, {"q": "没有"}).text


def test_a_registrar_goes_straight_to_their_own(world, as_user):
    answer = as_user(world.aygul).get(reverse("institutions:admissions"))

    assert answer["Location"] == page_of(world.school)
    assert as_user(world.adil).get(reverse("institutions:admissions")).status_code == 404
    assert as_user(world.song).get(reverse("institutions:admissions")).status_code == 404


def test_the_region_registers_an_institution_on_a_page(world, as_user):
    browser, url = as_user(world.gu), reverse("institutions:register")
    assert browser.get(url).status_code == 200

    page = browser.post(url, NEW | {"division": "652301"}, follow=True)

    assert "已登记并建档" in page.text
    made = Organization.objects.get(name=NEW["name"])
    assert (made.kind, state(made)) == (Kind.INSTITUTION, Standing.FILING)

    again = browser.post(url, NEW | {"division": "652301"})
    assert again.status_code == 422
    assert again.context["form"].errors["name"]
    wrong = browser.post(url, NEW | {"division": "652301", "name": "别家", "uscc": "9135"})
    assert wrong.context["form"].errors["uscc"]
    assert 'value="别家"' in wrong.text


@pytest.mark.parametrize("person", ["li", "aygul"])
def test_nobody_else_registers_institutions(world, as_user, person):
    url = reverse("institutions:register")

    assert as_user(getattr(world, person)).get(url).status_code == 403


def test_a_file_can_be_opened_for_who_was_registered_without(world, as_user):
    Admission.objects.filter(organization=world.school).delete()
    browser = as_user(world.gu)
    assert "未建档" in browser.get(page_of(world.school)).text

    page = browser.post(page_of(world.school, "open-file"), follow=True)

    assert "已建档" in page.text
    assert state(world.school) == Standing.FILING


def test_the_list_costs_the_same_for_three_and_for_three_hundred(world, as_user):
    browser, url = as_user(world.li), reverse("institutions:admissions")
    costs = []
    for name in ("甲", "乙"):
        place = world.school.division
        Organization.objects.bulk_create(
            Organization(
                kind=Kind.INSTITUTION, name=f"{name}{n}", division=place, prefecture=place.parent
            )
            for n in range(3 if name == "甲" else 300)
        )
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        costs.append(len(asked))

    assert costs[0] == costs[1]
