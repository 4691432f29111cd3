"""Numbers of papers."""

from itertools import chain

import pytest
from django.db import transaction

from tests.together import at_once
from zhupei.core import numbers
from zhupei.core.models import Series


def test_numbers_count_up_within_their_series(db):
    with transaction.atomic():
        taken = [numbers.take("KB-2026", digits=4) for _ in range(3)]
        other = numbers.take("KB-2027", digits=4)

    assert taken == ["KB-2026-0001", "KB-2026-0002", "KB-2026-0003"]
    assert other == "KB-2027-0001"


def test_a_number_longer_than_its_digits_is_written_out(db):
    Series.objects.create(name="KB-2026", last=9999)

    with transaction.atomic():
        assert numbers.take("KB-2026", digits=4) == "KB-2026-10000"


def test_what_rolls_back_gives_its_number_back(db):
    with transaction.atomic():
        numbers.take("KB-2026", digits=4)
        transaction.set_rollback(True)

    with transaction.atomic():
        assert numbers.take("KB-2026", digits=4) == "KB-2026-0001"


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_every_number_once():
    def take() -> str:
        with transaction.atomic():
            return numbers.take("KB-2026", digits=4)

    clerks = at_once(*[lambda: [take() for _turn in range(5)]] * 4)

    assert sorted(chain(*clerks)) == [f"KB-2026-{n:04d}" for n in range(1, 21)]
