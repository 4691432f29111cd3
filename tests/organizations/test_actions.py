"""Registering bodies, appointing members. (Parameters: tests/core/test_parameters.py.)"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make
from tests.refusals import refused
from zhupei.attendance.parameters import LATE_AFTER
from zhupei.core import audit
from zhupei.organizations import actions
from zhupei.organizations.models import Division, Kind, Membership, Organization, Role


@pytest.mark.parametrize(
    ("kind", "division", "prefecture"),
    [
        (Kind.INSTITUTION, "652301", "652300"),
        (Kind.PREFECTURE_AUTHORITY, "652300", "652300"),
        (Kind.REGION_AUTHORITY, "650000", None),
        (Kind.ASSOCIATION, "650000", None),
    ],
)
def test_the_prefecture_follows_from_the_place(db, kind, division, prefecture):
    make.divisions()
    place = Division.objects.get(code=division)

    body = actions.register("新单位", kind, place, by=None)

    assert body.prefecture_id == prefecture
    (event,) = audit.own_history(body)
    assert event.verb == "organization.registered"


def test_a_name_is_taken_once(world):
    place = Division.objects.get(code="652301")

    with pytest.raises(ValidationError) as fault:
        actions.register(world.school.name, Kind.INSTITUTION, place, by=world.gu)
    assert "name" in fault.value.message_dict


def test_an_institution_belongs_to_a_prefecture(world):
    place = Division.objects.get(code="650000")

    with pytest.raises(ValidationError):
        actions.register("无地州的学校", Kind.INSTITUTION, place, by=world.gu)


def test_two_bodies_without_a_credit_code_are_two_but_one_code_is_one(world):
    Organization.objects.filter(pk=world.school.pk).update(uscc="91650100MA77XXXX0X")

    with pytest.raises(IntegrityError), transaction.atomic():
        Organization.objects.filter(pk=world.other_school.pk).update(uscc="91650100MA77XXXX0X")
    assert Organization.objects.filter(uscc="").count() > 1


@pytest.mark.parametrize("person", ["aygul", "li", "chen", "ma", "adil"])
def test_only_the_region_keeps_the_register(world, person):
    place = Division.objects.get(code="652301")

    with refused("not_allowed"):
        actions.register("新学校", Kind.INSTITUTION, place, by=getattr(world, person))


def test_a_credit_code_is_kept_as_it_is_meant(world):
    place = Division.objects.get(code="652301")

    body = actions.register(
        "新学校", Kind.INSTITUTION, place, by=world.gu, uscc=" 91350100m000100y43 "
    )

    assert body.uscc == "91350100M000100Y43"


@pytest.mark.parametrize(
    ("code", "fault"),
    [("91350100M000100Y44", "credit_code_check"), ("9135", "credit_code_shape")],
)
def test_a_credit_code_that_cannot_be_is_refused(world, code, fault):
    place = Division.objects.get(code="652301")

    with refused(fault) as refusal:
        actions.register("新学校", Kind.INSTITUTION, place, by=world.gu, uscc=code)
    assert refusal.value.field == "uscc"


@pytest.mark.parametrize("person", ["wang", "li", "ma", "adil"])
def test_nobody_appoints_for_a_body_they_do_not_work_for(world, person):
    with refused("not_allowed"):
        actions.appoint(
            world.school, world.sun, Role.REGISTRAR,
            by=getattr(world, person), since=date(2026, 3, 1),
        )  # fmt: skip


def test_an_appointment_is_on_record(world):
    person = make.learner("热依汗")

    actions.appoint(world.school, person, Role.TEACHER, by=world.aygul, since=date(2026, 3, 1))

    assert Membership.objects.get(user=person).role == Role.TEACHER
    event = audit.own_history(world.school).last()
    assert event.verb == "organization.member_joined"
    assert audit.sentence(event) == "阿依古丽·买买提 让 热依汗 担任教师"


def test_a_person_holds_a_role_once(world):
    with refused("member_already"):
        actions.appoint(world.school, world.aygul, Role.REGISTRAR, by=None, since=date(2026, 3, 1))


def test_a_membership_cannot_end_before_it_begins(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.filter(user=world.aygul).update(until=make.LONG_AGO - timedelta(days=1))


def test_a_bureau_cannot_set_parameter_values_not_even_its_own(world):
    with refused("not_allowed"):
        actions.set_parameter(
            LATE_AFTER, 20, by=world.li, valid_from=timezone.localdate(), source="文",
            prefecture=world.bureau.prefecture,
        )  # fmt: skip
