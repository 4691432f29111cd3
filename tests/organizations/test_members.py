"""The people of a body: added, appointed, ended, let in again."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import audit
from zhupei.core.models import Message, TextMessage
from zhupei.organizations import actions, rules
from zhupei.organizations.access import holds
from zhupei.organizations.models import Kind, Membership, Role
from zhupei.people.models import User

PHONE = "13600001234"


def add(world, by="aygul", **said) -> Membership:
    wanted = {"name": "热依汗", "phone": PHONE, "role": Role.REGISTRAR} | said
    organization = wanted.pop("organization", world.school)
    return actions.add(organization, by=getattr(world, by), **wanted)


def deeds(organization) -> list[str]:
    return [event.verb for event in audit.own_history(organization)]


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def test_a_colleague_gets_an_account_and_a_link(world):
    membership = add(world)

    assert membership.user.name == "热依汗"
    assert holds(fresh(membership.user), Role.REGISTRAR, world.school)
    assert TextMessage.objects.get().phone == PHONE
    event = audit.own_history(world.school).last()
    assert event.facts["before"] is None
    assert event.facts["after"]["since"] == timezone.localdate().isoformat()


def test_who_has_an_account_is_appointed_with_it_and_told(world):
    first = add(world)
    second = add(world, by="wang", organization=world.other_school)

    assert second.user == first.user
    assert TextMessage.objects.count() == 1
    (line,) = Message.objects.filter(recipient=first.user)
    assert line.title == f"您现在是“{world.other_school}”的教务员"


def test_a_phone_of_somebody_of_another_name_is_refused(world):
    add(world)

    with refused("phone_of_another") as refusal:
        add(world, name="别人")
    assert refusal.value.field == "phone"


def test_pressing_twice_adds_once(world):
    add(world)

    with refused("member_already"):
        add(world)
    assert User.objects.filter(name="热依汗").count() == 1


def test_a_learner_who_works_here_too_has_an_account_apart(world):
    membership = add(world, name=world.adil.name, phone=world.adil.person.phone)

    assert membership.user != world.adil
    assert fresh(world.adil).acting is None


def test_a_teacher_is_known_by_the_pool(world):
    with refused("teacher_unknown"):
        add(world, role=Role.TEACHER)
    known = world.second_teacher.person

    membership = add(world, name=known.name, phone=known.phone, role=Role.TEACHER)

    assert membership.user.person == known
    assert TextMessage.objects.get().phone == known.phone


def test_a_teacher_with_an_account_keeps_it(world):
    known = world.ma.person
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=world.ma).update(until=yesterday)

    membership = add(world, name=known.name, phone=known.phone, role=Role.TEACHER)

    assert membership.user == world.ma
    assert membership.until is None
    event = audit.own_history(world.school).last()
    assert event.facts["before"]["until"] == yesterday.isoformat()


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (Kind.INSTITUTION, ("registrar", "teacher")),
        (Kind.HR, ("reviewer", "inspector")),
        (Kind.ASSESSMENT_BODY, ("examiner", "invigilator", "assessor")),
        (Kind.ASSOCIATION, ("reviewer", "expert")),
        (Kind.REGION_AUTHORITY, ("regulator", "inspector")),
    ],
)
def test_the_roles_follow_from_the_kind_of_body(kind, roles):
    assert rules.roles_of(kind) == roles


def test_every_kind_of_body_has_an_officer():
    assert set(rules.ROLES) == set(Kind.values)
    for kind, roles in rules.ROLES.items():
        assert set(roles) <= set(Role.values)
        assert set(roles) - {"teacher"}, kind


def test_a_role_the_body_does_not_have_is_refused(world):
    with refused("role_not_offered") as refusal:
        actions.appoint(
            world.school, world.sun, Role.REVIEWER, by=world.gu, since=timezone.localdate()
        )
    assert refusal.value.field == "role"


@pytest.mark.parametrize("person", ["wang", "ma", "li", "adil"])
def test_only_its_own_officers_and_the_region_decide_on_the_people_of_a_body(world, person):
    colleague = add(world, by="gu")

    with refused("not_allowed"):
        add(world, by=person, name="别人", phone="13600005555")
    with refused("not_allowed"):
        actions.end(colleague, by=getattr(world, person))
    with refused("not_allowed"):
        actions.reset(colleague, by=getattr(world, person))


def test_a_role_ends_at_once(world):
    add(world)
    own = world.aygul.memberships.get()

    actions.end(own, by=world.gu)

    assert fresh(world.aygul).acting is None
    event = audit.own_history(world.school).last()
    assert event.verb == "organization.member_left"
    assert event.facts["before"] == {"since": "2020-01-01", "until": ""}
    assert event.facts["after"]["until"] < timezone.localdate().isoformat()


def test_a_role_given_today_and_taken_back_leaves_only_its_events(world):
    membership = add(world)

    assert actions.end(membership, by=world.aygul) is None

    assert not Membership.objects.filter(user=membership.user).exists()
    assert deeds(world.school)[-2:] == [
        "organization.member_joined", "organization.member_left",
    ]  # fmt: skip


def test_a_role_ends_with_its_last_day(world):
    colleague = add(world)
    last = timezone.localdate() + timedelta(days=3)

    actions.end(colleague, by=world.aygul, last_day=last)

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        assert holds(fresh(colleague.user), Role.REGISTRAR, world.school)
    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert not holds(fresh(colleague.user), Role.REGISTRAR, world.school)


def test_a_last_day_lies_ahead(world):
    yesterday = timezone.localdate() - timedelta(days=1)

    with refused("last_day_before_first") as refusal:
        actions.end(add(world), by=world.aygul, last_day=yesterday)
    assert refusal.value.field == "last_day"


def test_nobody_ends_their_own_last_role(world):
    add(world)

    with refused("own_last_role"):
        actions.end(world.aygul.memberships.get(), by=world.aygul)


def test_a_body_keeps_somebody_who_does_its_work(world):
    own = world.aygul.memberships.get()

    with refused("last_officer"):
        actions.end(own, by=world.gu)
    colleague = add(world)
    actions.end(colleague, by=world.gu, last_day=timezone.localdate() + timedelta(days=9))
    with refused("last_officer"):  # the colleague leaves before
        actions.end(own, by=world.gu, last_day=timezone.localdate() + timedelta(days=9))
    actions.end(own, by=world.gu, last_day=timezone.localdate() + timedelta(days=8))


def test_a_teacher_may_always_go(world):
    actions.end(world.ma.memberships.get(), by=world.aygul)

    assert fresh(world.ma).acting is None


def test_what_is_over_is_over(world):
    membership = world.ma.memberships.get()
    actions.end(membership, by=world.aygul)
    membership.refresh_from_db()

    with refused("membership_over"):
        actions.end(membership, by=world.aygul)
    with refused("membership_over"):
        actions.reset(membership, by=world.aygul)


def test_a_colleague_who_cannot_get_in_gets_a_new_link(world):
    colleague = add(world)

    with time_machine.travel(timezone.now() + timedelta(minutes=2), tick=False):
        actions.reset(colleague, by=world.aygul)

    assert TextMessage.objects.count() == 2
    assert deeds(world.school)[-1] == "organization.link_sent"


def test_an_account_from_before_gets_its_phone_with_the_first_link(world):
    membership = world.li.memberships.get()
    with refused("account_without_phone"):
        actions.reset(membership, by=world.zhou)

    actions.reset(membership, by=world.zhou, phone=PHONE)

    assert fresh(world.li).own_phone == PHONE
    with refused("phone_known"):
        actions.reset(membership, by=world.zhou, phone="13600007777")


@pytest.mark.django_db(transaction=True)
def test_two_who_end_each_other_leave_one():
    world = make.world()
    lis, zhous = world.li.memberships.get(), world.zhou.memberships.get()

    def end(membership, by) -> str:
        actions.end(membership, by=by)
        return "ended"

    outcomes = at_once(lambda: end(lis, world.zhou), lambda: end(zhous, world.li))

    assert outcomes.count("ended") == 1
    assert set(outcomes) & {"last_officer", "own_last_role", "not_allowed"}
    today = timezone.localdate()
    assert Membership.objects.filter(organization=world.bureau).not_over(today).count() == 1
