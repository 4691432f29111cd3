"""Who sees which certificate and which buttons: the table a lawyer can read."""

import pytest

from tests import make, make_certificates
from zhupei.certificates import actions
from zhupei.certificates.access import may_fetch, may_issue, may_revoke
from zhupei.certificates.models import Certificate
from zhupei.certificates.workflow import CERTIFICATE
from zhupei.organizations.models import Kind, Role


@pytest.mark.parametrize(
    ("person", "sees", "fetches", "moves"),
    [
        ("chen", True, True, ["revoke"]),  # issued it
        ("aygul", True, True, []),  # trained the holder
        ("ma", True, False, []),  # teaches there
        ("li", True, True, []),  # oversees the place
        ("gu", True, True, []),  # regulates the region
        ("adil", True, True, []),  # holds it
        ("mayra", False, False, []),  # another learner
        ("wang", False, True, []),  # another school: what they cannot see, no button helps
        ("far_reviewer", False, True, []),
    ],
)
def test_who_sees_which_buttons(world, person, sees, fetches, moves):
    user = getattr(world, person)
    certificate = make_certificates.certificate(world)

    assert Certificate.objects.visible_to(user).exists() == sees
    assert may_fetch(user, certificate) == fetches
    assert [move.name for move in CERTIFICATE.available(certificate, user)] == moves
    assert may_revoke(user, certificate) == bool(moves)
    assert may_issue(user, certificate.attempt.sitting) == (person == "chen")


def test_another_assessment_body_neither_sees_nor_revokes(world):
    other = make.organization(Kind.ASSESSMENT_BODY, "喀什地区建设技能考核中心", "653101")
    stranger = make.member("塔依尔", Role.EXAMINER, other)
    certificate = make_certificates.certificate(world)

    assert not Certificate.objects.visible_to(stranger).exists()
    assert not may_revoke(stranger, certificate)


def test_a_revoked_certificate_has_no_moves(world):
    certificate = make_certificates.certificate(world)
    revoked = actions.revoke(certificate, by=world.chen, note="发错")

    assert CERTIFICATE.available(revoked, world.chen) == []
