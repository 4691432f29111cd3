"""Who asks, who answers, who decides."""

from tests import make, make_marking
from zhupei.appeals.access import may_answer, may_ask, may_decide, may_decide_appeal, may_state
from zhupei.appeals.actions import requests
from zhupei.organizations.models import Role

EVERYBODY = ["adil", "mayra", "chen", "li", "far_reviewer", "gu", "aygul", "kurban"]


def those(world, allowed) -> set[str]:
    """Whom a predicate lets."""
    found = set()
    for name in EVERYBODY:
        user = getattr(world, name)
        user.acting = user.memberships.first()
        if allowed(user):
            found.add(name)
    return found


def test_the_table_of_reviews_and_appeals(world):
    review = requests.uphold(make_marking.doubted(world), by=world.chen, note="无误")
    appeal = requests.appeal(review, by=world.adil, grounds="不服")

    assert those(world, lambda user: may_ask(user, review.attempt)) == {"adil"}
    assert those(world, lambda user: may_answer(user, review)) == {"chen"}
    assert those(world, lambda user: may_decide_appeal(user, appeal)) == {"li"}


def test_the_table_of_cases(world):
    case = make_marking.case(world, make_marking.marked(world))
    judge = make.member("第二考务员", Role.EXAMINER, world.body)
    judge.acting = judge.memberships.get()

    assert those(world, lambda user: may_state(user, case)) == {"adil"}
    assert those(world, lambda user: may_decide(user, case)) == set()
    assert may_decide(judge, case)


def test_who_works_for_the_body_as_well_decides_on_no_appeal_against_it(world):
    review = requests.uphold(make_marking.doubted(world), by=world.chen, note="无误")
    appeal = requests.appeal(review, by=world.adil, grounds="不服")
    make.Membership.objects.create(
        user=world.li, organization=world.body, role=Role.EXAMINER, since=make.LONG_AGO
    )
    world.li.acting = world.li.memberships.get(organization=world.bureau)

    assert not may_decide_appeal(world.li, appeal)
