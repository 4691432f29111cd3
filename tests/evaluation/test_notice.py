"""The notice of 2023 through the evaluation: indicators, denominators, grades, its tables."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from tests import make
from tests import make_evaluation as build
from zhupei.evaluation import scoring, tables
from zhupei.evaluation.models import Answer, Evaluation, Scheme
from zhupei.evaluation.notice_2023 import STATEMENTS, assessed, count, judge
from zhupei.evaluation.parameters import figures
from zhupei.institutions import notice_2023
from zhupei.organizations.models import Kind, Organization

FILE = Path(__file__).parent.parent / "data" / "notice-2023" / "institutions.json"


@pytest.fixture
def judged(db):
    return [judge(case) for case in notice_2023.read(FILE)]


@pytest.mark.parametrize("statement", STATEMENTS, ids=lambda one: f"{one.where} {one.says}")
def test_the_indicators_count_what_the_notice_says(judged, statement):
    assert count(statement, judged) == statement.figure


def test_denominators_are_those_that_were_assessed(judged):
    assert len(judged) == 35
    assert {code: assessed(code, judged) for code in ("1.1.1", "1.2.1", "2.1.3", "2.3.2")} == {
        "1.1.1": 32,
        "1.2.1": 32,
        "2.1.3": 32,
        "2.3.2": 32,
    }
    assert assessed("1.4.2", judged) == 26  # the six that practised nothing have none to judge


def test_the_command_prints_every_statement_with_its_denominator(db):
    out = StringIO()

    call_command("evaluate_notice", str(FILE), stdout=out)

    assert "专职管理人员少于 3 名\t通报 10\t核算 10 / 32" in out.getvalue()
    assert f"共 {len(STATEMENTS)} 条，{len(STATEMENTS)} 条一致" in out.getvalue()


def test_the_command_says_where_a_figure_differs(db, tmp_path):
    changed = tmp_path / "changed.json"
    changed.write_text(FILE.read_text().replace('"feedback": true', '"feedback": false', 1))

    with pytest.raises(SystemExit):
        call_command("evaluate_notice", str(changed), stdout=StringIO())


@pytest.fixture
def announced(world, judged):
    """The 35 as an announced year: answers from their facts, grades of their blocks."""
    scheme = build.draft(world, year=2023)
    now = timezone.now()
    Scheme.objects.filter(pk=scheme.pk).update(
        state="announced",
        figures=figures(),
        sha256="0" * 64,
        frozen_at=now,
        frozen_by_name="顾海",
        announced_at=now,
        announced_as="新建科函〔2024〕1号",
    )
    scheme.refresh_from_db()
    lines = list(scheme.indicators.all())
    for number, one in enumerate(judged):
        school = make.organization(Kind.INSTITUTION, f"参评机构 {number:02d}", "652301")
        out = one.grade == "out"
        row = Evaluation.objects.create(
            scheme=scheme,
            organization=school,
            grade="" if out else one.grade,
            state="exited" if out else "decided",
            public_since=now,
            public_until=now,
        )
        answers = [Answer(evaluation=row, indicator=line) for line in lines]
        for answer in answers:
            scoring.compute(answer, one.facts.get(answer.indicator.rule, {}))
            answer.status, answer.value = answer.computed_status, answer.computed
        Answer.objects.bulk_create(answers)
    return scheme


def test_the_public_page_and_the_tables_say_16_13_5_and_1(announced, client, as_user, world):
    text = client.get(reverse("evaluation:year", args=[2023])).content.decode()

    _places, everywhere = tables.grades(Evaluation.objects.filter(scheme=announced))
    assert everywhere.row() == [16, 13, 5, 0, 1, 0, 35]
    for figure in (">16<", ">13<", ">5<", ">1<", ">35<"):
        assert figure in text
    shown = (
        as_user(world.gu).get(reverse("evaluation:tables", args=[announced.pk])).context["lines"]
    )
    managers = next(line for line in shown if line.code == "1.1.1")
    assert (managers.full, managers.some + managers.none, managers.assessed) == (22, 10, 32)
    assert managers.all == 34  # the one that left is not in it
    assert Organization.objects.filter(name__startswith="参评机构").count() == 35
