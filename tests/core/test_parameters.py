"""Figures of the rules as dated data."""

from datetime import date

import pytest
import time_machine

from tests import make
from tests.refusals import refused
from zhupei.attendance import parameters as attendance
from zhupei.classes import parameters as classes
from zhupei.core import audit, parameters
from zhupei.core.models import ParameterValue
from zhupei.organizations.actions import set_parameter
from zhupei.organizations.models import Division

LATE = attendance.LATE_AFTER
SECONDS = attendance.CODE_SECONDS


def test_until_somebody_says_otherwise_the_declaration_is_in_force(db):
    found = parameters.setting(LATE)

    assert (found.value, found.version, found.valid_from) == (10, 0, None)
    assert found.source == LATE.source


@pytest.mark.parametrize(
    ("day", "figure"),
    [
        (date(2025, 12, 31), 10),
        (date(2026, 1, 1), 5),
        (date(2026, 6, 30), 5),
        (date(2026, 7, 1), 15),
        (date(2030, 1, 1), 15),
    ],
)
def test_a_value_holds_from_its_day_until_the_next_one(db, day, figure):
    make.parameter_value(LATE, 5, date(2026, 1, 1))
    make.parameter_value(LATE, 15, date(2026, 7, 1))

    assert parameters.value(LATE, on=day) == figure
    assert parameters.settings_of(LATE, on=day)[LATE.key].value == figure


@pytest.mark.parametrize(
    ("prefecture", "figure"), [("652300", 20), ("653100", 5), (None, 5), ("", 5)]
)
def test_a_prefecture_goes_before_the_region_even_when_it_spoke_earlier(db, prefecture, figure):
    make.parameter_value(LATE, 20, date(2026, 1, 1), prefecture="652300")
    make.parameter_value(LATE, 5, date(2026, 3, 1))

    on = date(2026, 4, 1)
    assert parameters.value(LATE, on=on, prefecture=prefecture) == figure
    assert parameters.settings_of(LATE, on=on, prefecture=prefecture)[LATE.key].value == figure


def test_a_value_keeps_the_kind_of_its_declaration(db):
    make.parameter_value(LATE, 20, date(2026, 1, 1))

    assert parameters.value(LATE, on=date(2026, 1, 2)) == 20
    assert isinstance(parameters.value(LATE, on=date(2026, 1, 2)), int)


def test_several_parameters_cost_one_question(db, django_assert_num_queries):
    make.parameter_value(LATE, 20, date(2026, 1, 1), prefecture="652300")

    with django_assert_num_queries(1):
        found = parameters.settings_of(LATE, SECONDS, on=date(2026, 2, 1), prefecture="652300")

    assert (found[LATE.key].value, found[SECONDS.key].value) == (20, 15)


def test_the_region_sets_a_figure_from_a_day_on_with_its_source(world):
    with time_machine.travel("2026-05-01T12:00+08:00", tick=False):
        row = set_parameter(
            LATE, 5, by=world.gu, valid_from=date(2026, 6, 1), source="新建科〔2026〕12号第三条"
        )

    assert parameters.value(LATE, on=date(2026, 5, 31)) == 10
    found = parameters.setting(LATE, on=date(2026, 6, 1))
    assert (found.value, found.source, found.version) == (5, "新建科〔2026〕12号第三条", row.pk)
    (event,) = audit.own_history(row)
    assert event.verb == "parameter.set"
    assert (event.facts["value"], event.facts["valid_from"]) == ("5", "2026-06-01")
    assert "把“上课多久以后算迟到”定为 5，2026-06-01 起生效" in audit.sentence(event)


def test_what_was_decided_keeps_the_figure_it_was_decided_by(world):
    before = parameters.setting(LATE, on=date(2026, 5, 1)).as_fact()
    with time_machine.travel("2026-05-01T12:00+08:00", tick=False):
        set_parameter(LATE, 5, by=world.gu, valid_from=date(2026, 5, 2), source="文")

    assert parameters.setting(LATE, on=date(2026, 5, 1)).as_fact() == before
    assert before == {"value": "10", "source": LATE.source, "version": 0}


def test_every_value_ever_set_stays_to_be_read(world):
    first, second = (
        make.parameter_value(LATE, 5, date(2026, 1, 1)),
        make.parameter_value(LATE, 15, date(2026, 7, 1)),
    )

    assert parameters.history(LATE) == [second, first]


@time_machine.travel("2026-05-01T12:00+08:00", tick=False)
def set_five(**fields) -> ParameterValue:
    """Let the grace be five minutes from 1 June on; today is 1 May."""
    fields = {"valid_from": date(2026, 6, 1), "source": "文"} | fields
    return set_parameter(fields.pop("parameter", LATE), 5, **fields)


def test_decisions_already_taken_cannot_be_changed_from_behind(world):
    with refused("parameter_in_the_past"):
        set_five(by=world.gu, valid_from=date(2026, 4, 30))


def test_today_in_beijing_is_early_enough(world):
    """23:00 UTC on 30 April is 1 May in Beijing."""
    with time_machine.travel("2026-04-30T23:00+00:00", tick=False):
        set_parameter(LATE, 5, by=world.gu, valid_from=date(2026, 5, 1), source="文")
        with refused("parameter_in_the_past"):
            set_parameter(LATE, 6, by=world.gu, valid_from=date(2026, 4, 30), source="文")


def test_a_figure_of_the_region_cannot_differ_by_prefecture(world):
    place = Division.objects.get(code="652300")

    with refused("parameter_not_per_prefecture"):
        set_five(by=world.gu, parameter=SECONDS, prefecture=place)


def test_one_figure_has_one_value_a_day_and_place(world):
    set_five(by=world.gu)

    with refused("parameter_set_twice"):
        set_five(by=world.gu)
    assert set_five(by=world.gu, prefecture=Division.objects.get(code="652300")).pk


@pytest.mark.parametrize("person", ["li", "aygul", "chen", "adil"])
def test_nobody_but_the_region_sets_figures(world, person):
    with refused("not_allowed"):
        set_five(by=getattr(world, person))


def test_a_choice_is_shown_by_its_label():
    chosen = classes.MODE

    assert chosen.choices
    for stored, label in chosen.choices:
        assert chosen.show(stored) == str(label)
    assert LATE.show(5) == "5"
