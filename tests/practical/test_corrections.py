"""What a review or a decision on misconduct does to the mark of a turn."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from tests import make_practical
from tests.refusals import refused
from zhupei.core.errors import NotAllowed
from zhupei.practical.actions import corrections
from zhupei.practical.actions.corrections import Said

FULL = Said({"c1": Decimal(40), "c2": Decimal(40), "c3": Decimal(20)}, frozenset())


@pytest.fixture
def turn(world):
    session = make_practical.released_session(world, world.adil, failing=(world.mayra,))
    return make_practical.turn_of(session, world.mayra)


@pytest.fixture
def afterwards(turn):
    with time_machine.travel(turn.session.closes_at + timedelta(hours=2), tick=False) as clock:
        yield clock


def test_a_fatal_error_seen_wrongly_is_taken_back(world, turn, afterwards):
    fatal = FULL._replace(fatal=frozenset({"f1"}))
    corrected = corrections.correct(turn, {1: fatal, 2: fatal}, by=world.chen, note="录像里看到")
    assert (corrected.fatal, corrected.passed) == (True, False)

    afterwards.shift(60)
    corrected = corrections.correct(turn, {1: FULL, 2: FULL}, by=world.chen, note="看错了人")

    assert (corrected.fatal, corrected.passed) == (False, True)


def test_what_is_not_settled_is_not_corrected(world):
    session = make_practical.fixed_session(world, world.mayra)

    with refused("not_settled"):
        corrections.correct(
            make_practical.turn_of(session, world.mayra), {}, by=world.chen, note="x"
        )


def test_a_mark_is_taken_away_and_the_sheets_stay(world, turn, afterwards):
    before = turn.mark

    row = corrections.annul(turn, by=world.chen, note="替考")

    assert (row.annulled, row.passed, row.mark) == (True, False, before)
    assert [sheet.total for sheet in row.sheets.all()] == [before, before]
    with refused("annulled"):
        corrections.correct(turn, {1: FULL, 2: FULL}, by=world.chen, note="x")
    with pytest.raises(NotAllowed):
        corrections.annul(turn, by=world.kurban, note="x")
