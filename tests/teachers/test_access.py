"""Who may do what in the pool, as tables."""

import pytest

from tests import make_teachers
from zhupei.teachers import access
from zhupei.teachers.models import Teacher

EVERYBODY = ("aygul", "wang", "li", "far_reviewer", "gu", "song", "ma", "chen", "tian", "adil")


def those(world, allowed) -> set[str]:
    return {person for person in EVERYBODY if allowed(getattr(world, person))}


def test_may_review(world):
    applied = Teacher.objects.get(pk=make_teachers.applied(world).pk)

    assert those(world, lambda user: access.may_review(user, applied)) == {"song", "gu"}


def test_may_see_file(world):
    applied = Teacher.objects.get(pk=make_teachers.applied(world).pk)

    def seen(teacher):
        return those(world, lambda user: access.may_see_file(user, teacher))

    assert seen(applied) == {"aygul", "li", "song", "gu"}
    assert seen(world.teacher) == {"aygul", "li", "song", "gu", "ma"}
    make_teachers.engaged(world, world.teacher, world.other_school, world.wang)
    assert seen(world.teacher) == set(EVERYBODY) - {"chen", "tian", "adil"}


@pytest.mark.parametrize(
    ("state", "people"),
    [("drafted", {"aygul"}), ("applied", set()), ("admitted", {"song", "gu"})],
)
def test_may_change(world, state, people):
    teacher = Teacher.objects.get(pk=getattr(make_teachers, state)(world).pk)

    assert those(world, lambda user: access.may_change(user, teacher)) == people


def test_may_engage(world):
    free = make_teachers.admitted(world)

    assert those(world, lambda user: access.may_engage(user, free)) == {"aygul", "wang"}
    assert those(world, lambda user: access.may_engage(user, world.teacher)) == {"wang"}
    drafted = make_teachers.drafted(world, "填报中的")
    assert those(world, lambda user: access.may_engage(user, drafted)) == set()


def test_may_apply(world):
    assert those(world, access.may_apply) == {"adil"}  # Ma is a teacher already


def test_sees_shared(world):
    assert those(world, access.sees_shared) == {"li", "far_reviewer", "gu", "song"}
