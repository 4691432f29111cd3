"""A file between its dry run and its import."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from tests import make
from tests.refusals import refused
from tests.together import at_once
from zhupei.core import waiting
from zhupei.core.models import WaitingFile

ROSTER = "姓名,证件号码\n阿迪力,650000199005200013\n".encode()


def sent(world) -> WaitingFile:
    return waiting.keep(ContentFile(ROSTER, "名册.csv"), target=world.school, by=world.aygul)


def test_the_file_comes_back_as_it_was_sent(world):
    file = WaitingFile.objects.get(pk=sent(world).pk)

    assert waiting.content(file).read() == ROSTER
    assert waiting.content(file).read() == ROSTER  # a dry run may be looked at twice
    assert (file.name, file.owner) == ("名册.csv", world.aygul)
    assert file.target == f"organizations.organization/{world.school.pk}"


def test_what_it_says_about_people_lies_encrypted(world):
    sent(world)

    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM core_waitingfile")
        lying = bytes(cursor.fetchone()[0])
    assert ROSTER not in lying
    assert b"650000" not in lying


def test_only_whoever_sent_it_sees_it(world):
    file = sent(world)

    assert list(WaitingFile.objects.visible_to(world.aygul)) == [file]
    for person in (world.wang, world.li, world.gu, world.ma):
        assert not WaitingFile.objects.visible_to(person).exists()


def test_taking_it_empties_it_and_a_second_take_is_refused(world):
    file = sent(world)
    with transaction.atomic():
        assert waiting.take(file, target=world.school, by=world.aygul).read() == ROSTER

    with refused("already_imported"):
        waiting.take(file, target=world.school, by=world.aygul)
    file = WaitingFile.objects.get(pk=file.pk)
    assert file.sealed == ""
    assert file.taken_at is not None
    with refused("already_imported"):
        waiting.content(file)


def test_nobody_takes_what_somebody_else_sent(world):
    file = sent(world)

    with transaction.atomic(), refused("not_allowed"):
        waiting.take(file, target=world.school, by=world.wang)


def test_a_file_is_taken_for_nothing_but_its_target(world):
    file = sent(world)

    with transaction.atomic(), pytest.raises(ValueError, match="was sent for"):
        waiting.take(file, target=world.bureau, by=world.aygul)


def test_an_import_that_fails_leaves_the_file_to_be_tried_again(world):
    file = sent(world)
    with transaction.atomic():
        waiting.take(file, target=world.school, by=world.aygul)
        transaction.set_rollback(True)

    assert waiting.content(WaitingFile.objects.get(pk=file.pk)).read() == ROSTER


def test_files_nobody_came_back_for_are_removed(world):
    old, new = sent(world), sent(world)
    two_days_ago = timezone.now() - waiting.FORGOTTEN - timedelta(seconds=1)
    WaitingFile.objects.filter(pk=old.pk).update(sent_at=two_days_ago)

    assert waiting.forget() == 1
    assert list(WaitingFile.objects.all()) == [new]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_imports_once():
    world = make.world()
    file = sent(world)

    @transaction.atomic
    def take() -> str:
        waiting.take(file, target=world.school, by=world.aygul)
        return "taken"

    assert sorted(at_once(take, take)) == ["already_imported", "taken"]
