"""What the demo region is made of, tried without building it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from zhupei.portal.demo import bank, clock, exchange
from zhupei.questions.formats import recognise, sheet

DAY = timedelta(days=1)


def test_a_production_system_gets_no_invented_people(db, settings):
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="正式系统"):
        call_command("demo_data")


def test_every_question_of_the_ministrys_text_can_be_taken_in():
    reading = recognise.read(exchange.TEXT.read_bytes())

    assert list(reading.faults) == list(reading.notes) == []
    assert len(reading.drafts) == 9


@pytest.mark.parametrize("file", sorted(bank.FOLDER.glob("*.csv")), ids=lambda file: file.stem)
def test_every_question_of_the_bank_can_be_taken_in(file):
    with file.open("rb") as stream:
        reading = sheet.rows(stream)

    assert reading.bad == []
    assert len(reading.good) >= (60 if file.stem == "SGY-TJ" else 25)


def test_the_clock_is_right_again_even_after_a_fault(db):
    then = timezone.now() - 30 * DAY

    with pytest.raises(ZeroDivisionError):
        fail_at(then)

    assert timezone.now() > then + 29 * DAY
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('zhupei.simulated_time', true)")
        assert cursor.fetchone() == ("",)


def fail_at(then):
    with clock.at(then):
        with clock.at(then + DAY):
            assert timezone.now() == then + DAY
        assert timezone.now() == then
        raise ZeroDivisionError
