"""Personal numbers at rest."""

import pytest
from cryptography.exceptions import InvalidTag
from django.core import serializers
from django.db import connection

from tests import make
from zhupei.core.crypto import blind_index
from zhupei.people.models import Person


def stored(person: Person, column: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person WHERE id = %s", [person.pk])  # noqa: S608 - a word of this file
        return bytes(cursor.fetchone()[0])


def store(person: Person, column: str, content: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE people_person SET {column} = %s WHERE id = %s",  # noqa: S608 - likewise
            [content, person.pk],
        )


def test_what_lies_in_the_table_says_nothing(db):
    person = make.person("阿迪力", id_number=make.id_number(7))

    assert Person.objects.get(pk=person.pk).id_number == make.id_number(7)
    assert make.id_number(7).encode() not in stored(person, "id_number")
    assert person.phone.encode() not in stored(person, "phone")


def test_the_same_number_is_never_stored_the_same_way_twice(db):
    person = make.person("阿迪力")
    first = stored(person, "id_number")
    person.save()

    assert stored(person, "id_number") != first


def test_a_value_moved_to_another_column_does_not_decrypt(db):
    person = make.person("阿迪力")
    store(person, "phone", stored(person, "id_number"))

    with pytest.raises(InvalidTag):
        Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("place", [0, 15, -1])
def test_one_changed_byte_is_found_out(db, place):
    person = make.person("阿迪力")
    content = bytearray(stored(person, "id_number"))
    content[place] ^= 1
    store(person, "id_number", bytes(content))

    with pytest.raises(InvalidTag):
        Person.objects.get(pk=person.pk)


def test_another_key_reads_nothing(db, settings):
    person = make.person("阿迪力")
    settings.FIELD_KEY = bytes(32)

    with pytest.raises(InvalidTag):
        Person.objects.get(pk=person.pk)


def test_an_encrypted_value_never_leaves_in_a_dump(db):
    make.person("阿迪力")

    with pytest.raises(TypeError, match="never serialized"):
        serializers.serialize("json", Person.objects.all())


def test_equal_numbers_have_equal_indexes_and_others_have_not():
    number = make.id_number(7)

    index = blind_index(number, purpose="id_number")
    assert index == blind_index(number, purpose="id_number")
    assert len(index) == 64
    assert number not in index
    assert index != blind_index(make.id_number(8), purpose="id_number")


def test_a_phone_and_an_id_of_the_same_digits_are_told_apart():
    assert blind_index("13900000001", purpose="phone") != blind_index(
        "13900000001", purpose="id_number"
    )


def test_without_the_key_nobody_can_test_a_guess(settings):
    before = blind_index("13900000001", purpose="phone")
    settings.INDEX_KEY = bytes(32)

    assert blind_index("13900000001", purpose="phone") != before


def test_a_person_is_found_by_the_index_alone(db):
    person = make.person("阿迪力")
    make.person("玛依拉")

    index = blind_index(person.id_number, purpose="id_number")
    assert Person.objects.get(id_index=index) == person
