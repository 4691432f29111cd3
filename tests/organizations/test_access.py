"""Who acts for whom, where: the two questions everything else is built from."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes
from zhupei.classes.models import TrainingClass
from zhupei.organizations.access import (
    holds,
    may_set_parameters,
    oversees,
    oversees_prefecture,
    regulates,
)
from zhupei.organizations.models import (
    Division,
    Kind,
    Membership,
    Organization,
    Role,
    channel,
)
from zhupei.people.models import User

EVERY_BODY = {
    "region", "bureau", "other_bureau", "school", "other_school", "body", "association", "hr",
    "education", "home_hr",
}  # fmt: skip
CAST = ["aygul", "wang", "li", "zhou", "far_reviewer", "gu", "chen", "ma", "adil"]


def who(world, question) -> list[str]:
    return [name for name in CAST if question(User.objects.get(pk=getattr(world, name).pk))]


def test_a_role_is_held_in_one_organization(world):
    assert who(world, lambda user: holds(user, Role.REGISTRAR, world.school)) == ["aygul"]
    assert who(world, lambda user: holds(user, Role.TEACHER, world.school)) == ["ma"]
    assert who(world, lambda user: holds(user, Role.EXAMINER, world.body)) == ["chen"]
    assert who(world, lambda user: holds(user, Role.REVIEWER, world.school)) == []


def test_a_bureau_oversees_what_lies_in_its_prefecture(world):
    def reviews(place):
        return who(world, lambda user: oversees(user, Role.REVIEWER, place))

    assert reviews(world.school) == ["li", "zhou"]
    assert reviews(world.body) == ["li", "zhou"]
    assert reviews(world.other_school) == ["far_reviewer"]
    assert reviews(world.region) == []


def test_the_region_oversees_every_prefecture_in_its_own_role(world):
    for code in ("652300", "653100", None):
        assert oversees_prefecture(world.gu, Role.REGULATOR, code)
        assert not oversees_prefecture(world.gu, Role.REVIEWER, code)


def test_only_the_region_regulates_and_sets_figures(world):
    assert who(world, regulates) == ["gu"]
    assert who(world, may_set_parameters) == ["gu"]


def test_nobody_signed_in_is_nobody(world):
    nobody = AnonymousUser()

    assert not regulates(nobody)
    assert not holds(nobody, Role.REGISTRAR, world.school)
    assert not oversees(nobody, Role.REVIEWER, world.school)
    assert not Organization.objects.visible_to(nobody).exists()


def test_a_county_reviews_nothing_but_sees_its_own(world):
    county = make.organization(Kind.COUNTY_AUTHORITY, "昌吉市住房和城乡建设局", "652301")
    clerk = make.member("县审核员", Role.REVIEWER, county)

    assert not oversees(clerk, Role.REVIEWER, world.school)
    seen = Organization.objects.visible_to(clerk)
    assert world.school in seen
    assert world.other_school not in seen


@pytest.mark.parametrize(
    ("person", "organizations"),
    [
        ("aygul", {"school"}),
        ("ma", {"school"}),
        ("wang", {"other_school"}),
        ("chen", {"body"}),
        ("li", {"bureau", "school", "body", "home_hr"}),
        ("far_reviewer", {"other_bureau", "other_school", "hr", "education"}),
        ("tian", {"hr", "other_school"}),
        ("he", {"education"}),
        ("song", {"association"}),
        ("gu", EVERY_BODY),
        ("adil", set()),
    ],
)
def test_who_knows_which_organizations(world, person, organizations):
    seen = set(Organization.objects.visible_to(getattr(world, person)))

    assert seen == {getattr(world, name) for name in organizations}


def test_a_reviewer_who_also_teaches_is_one_of_the_two_at_a_time(world):
    teaches = Membership.objects.create(
        user=world.li, organization=world.school, role=Role.REGISTRAR, since=make.LONG_AGO
    )
    li = User.objects.get(pk=world.li.pk)
    assert oversees(li, Role.REVIEWER, world.school)
    assert not holds(li, Role.REGISTRAR, world.school)

    li.acting = teaches

    assert holds(li, Role.REGISTRAR, world.school)
    assert not oversees(li, Role.REVIEWER, world.school)


@pytest.mark.parametrize(("days", "acts"), [(-1, False), (0, True), (1, True)])
def test_a_membership_ends_with_its_last_day(world, days, acts):
    until = timezone.localdate() + timedelta(days=days)
    Membership.objects.filter(user=world.aygul).update(until=until)

    assert holds(User.objects.get(pk=world.aygul.pk), Role.REGISTRAR, world.school) is acts


def test_the_fourteen_prefectures_do_not_hold_the_container_of_cities(db):
    from zhupei.organizations.reference import load_divisions  # noqa: PLC0415 - only here

    assert load_divisions() > 100

    prefectures = Division.objects.prefectures()
    assert prefectures.count() == 14
    assert not prefectures.filter(code="659000").exists()
    assert Division.objects.get(code="652301").parent_id == "652300"
    assert Division.objects.get(code="652300").short_name == "昌吉州"


def test_channel_is_that_of_the_bureau_of_the_place(world):
    world.bureau.complaint_phone, world.bureau.complaint_hours = "0994-1234567", "工作日"
    world.bureau.save()
    assert set(channel()) == {"bureau", "bureau_phone", "bureau_hours"}
    row = Organization.objects.with_bureau().get(pk=world.school.pk)
    assert (row.bureau, row.bureau_phone, row.bureau_hours) == (
        world.bureau.name, "0994-1234567", "工作日",
    )  # fmt: skip
    row = Organization.objects.with_bureau().get(pk=world.other_school.pk)
    assert row.bureau == world.other_bureau.name


def test_reach_is_everything_for_the_region_and_nothing_for_a_body(world):
    everybody = Organization.objects.all()
    assert everybody.filter(world.region.reach()).count() == everybody.count()
    assert not everybody.filter(world.school.reach()).exists()


def test_a_bureau_reads_the_file_of_whoever_trains_in_its_place(world, as_user):
    where = reverse("institutions:detail", args=[world.school.pk])
    desk = as_user(world.far_reviewer)
    assert desk.get(where).status_code == 404
    plan = make_classes.approved_class(world)
    TrainingClass.objects.filter(pk=plan.pk).update(prefecture=world.other_bureau.prefecture)
    assert desk.get(where).status_code == 200
    assert desk.get(reverse("institutions:people", args=[world.school.pk])).status_code == 200
    listed = desk.get(reverse("institutions:index")).content.decode()
    assert world.school.name not in listed
