"""The notice of 2023, reproduced: 35 invented institutions, judged by the rules of today."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from zhupei.institutions import notice_2023
from zhupei.institutions.rules.grades import fits
from zhupei.institutions.rules.notice_2023 import (
    STATEMENTS,
    assessed,
    below_the_least,
    count,
    manages_several,
)

FILE = Path(__file__).parent.parent / "data" / "notice-2023" / "institutions.json"


@pytest.fixture
def cases(db):
    return notice_2023.read(FILE)


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: f"{one.where} {one.says}")
def test_the_rules_count_what_the_notice_says(cases, statement):
    assert count(statement, cases) == statement.figure


def test_three_of_the_thirty_five_were_not_assessed_in_parts(cases):
    assert len(cases) == 35
    assert assessed(cases) == 32
    assert [case.standing for case in cases if not case.parts] == ["active", "active", "left"]


def test_where_managers_are_missing_one_of_them_manages_several_categories(cases):
    """二（一）1: 存在1名管理人员管理多类培训专业的现象."""
    several = [case for case in cases if case.parts and manages_several(case.parts)]

    assert several
    assert all(below_the_least(case.parts) for case in several)


def test_points_fit_their_blocks_and_the_one_that_left_has_no_grade(cases):
    assert all(fits(case.points, case.scale) for case in cases if case.points)
    assert [case.grade for case in cases if case.standing == "left"] == [""]


def test_the_one_that_left_and_the_four_suspended_are_the_five_with_stand_ins(cases):
    assert {case.name for case in cases if case.stand_ins} == {
        case.name for case in cases if case.standing in {"left", "suspended"}
    }


def test_the_command_prints_every_statement_beside_its_figure(db):
    out = StringIO()

    call_command("notice_2023", str(FILE), stdout=out)

    assert "专职管理人员少于 3 名\t通报 10\t核算 10 / 32" in out.getvalue()
    assert f"共 {len(STATEMENTS)} 条，{len(STATEMENTS)} 条一致" in out.getvalue()


def test_the_command_says_where_a_figure_differs(db, tmp_path):
    changed = tmp_path / "changed.json"
    changed.write_text(FILE.read_text().replace('"tenure": "leased"', '"tenure": "owned"', 1))
    out = StringIO()

    with pytest.raises(SystemExit):
        call_command("notice_2023", str(changed), stdout=out)

    assert out.getvalue().count("不一致") == 2
