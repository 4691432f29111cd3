"""The scheme of a year: drafted, changed, frozen with a hash."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests import make_evaluation as build
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.models import LongJob
from zhupei.evaluation import parameters, seed
from zhupei.evaluation.actions import computing, schemes
from zhupei.evaluation.events import SchemeEvent
from zhupei.evaluation.models import Evaluation, Indicator, Scheme, SchemeState


def test_a_scheme_begins_as_the_seed(world):
    scheme = build.draft(world, over=False)

    codes = list(scheme.indicators.values_list("code", flat=True))
    assert codes == [line.code for line in seed.TREE]
    assert audit.history(scheme).get().verb == SchemeEvent.DRAFTED


def test_only_the_region_drafts_and_only_once_a_year(world):
    build.draft(world)

    with refused("not_allowed"):
        schemes.draft(by=world.li, year=2027, report_until=timezone.localdate())
    with refused("year_taken"):
        build.draft(world)


def test_points_and_figures_of_a_draft_change_on_record(world):
    line = build.draft(world).indicators.get(code="1.1.1")

    schemes.change_indicator(line, by=world.gu, points=Decimal(4), figures={"per_missing": "1"})

    line.refresh_from_db()
    assert line.figures == {"per_missing": "1"}
    assert "2 → 1" in audit.history(line.scheme).last().facts["changed"]
    with refused("figures_unknown"):
        schemes.change_indicator(line, by=world.gu, points=Decimal(4), figures={"x": "1"})


def test_days_of_a_draft_change_on_record(world):
    scheme = build.draft(world)
    later = scheme.report_until + timedelta(days=5)

    schemes.change(scheme, by=world.gu, report_until=later)

    scheme.refresh_from_db()
    assert scheme.report_until == later
    assert audit.history(scheme).last().verb == SchemeEvent.CHANGED


def test_blocks_that_do_not_add_up_are_not_frozen(world):
    line = build.draft(world).indicators.get(code="1.1.1")
    schemes.change_indicator(line, by=world.gu, points=Decimal(5), figures=line.figures)

    with refused("points_do_not_fit") as refusal:
        schemes.freeze(line.scheme, by=world.gu)

    assert "基本条件" in str(refusal.value)
    assert "41" in str(refusal.value)


def test_reports_need_time(world):
    scheme = build.draft(world, days=0)

    with refused("reports_would_be_closed"):
        schemes.freeze(scheme, by=world.gu)


def test_frozen_it_keeps_its_figures_and_its_hash_and_opens_everybody(world):
    scheme = build.frozen(world)

    scheme.refresh_from_db()
    assert scheme.state == SchemeState.FROZEN
    assert scheme.sha256 == schemes.digest(scheme)
    assert scheme.figures["grade_a"] == 85
    rows = Evaluation.objects.filter(scheme=scheme).order_by("organization")
    assert [(row.organization, row.scorer) for row in rows] == [
        (world.school, world.bureau),
        (world.other_school, world.other_bureau),
    ]
    assert all(row.answers.count() == len(seed.TREE) for row in rows)
    job = LongJob.objects.get(url=computing.scheme_url(scheme))
    assert (job.outcome, job.done, job.total) == ("done", 2, 2)
    assert world.aygul.inbox.filter(title__contains="请在").exists()


def test_a_figure_set_later_changes_nothing_that_is_frozen(world):
    scheme = build.frozen(world)
    from tests import make  # noqa: PLC0415
    from zhupei.institutions.parameters import GRADE_A  # noqa: PLC0415

    make.parameter_value(GRADE_A, 95, timezone.localdate())

    scheme.refresh_from_db()
    assert parameters.figures()["grade_a"] == 95
    assert parameters.scale(scheme.figures).a == 85


def test_what_is_frozen_is_not_changed(world):
    scheme = build.frozen(world)
    line = scheme.indicators.first()

    with refused("scheme_frozen"):
        schemes.change(scheme, by=world.gu, title="别的")
    with refused("scheme_frozen"):
        schemes.change_indicator(line, by=world.gu, points=Decimal(4), figures={})
    with refused("scheme_frozen"):
        schemes.freeze(scheme, by=world.gu)


def test_a_changed_indicator_no_longer_has_the_hash(world):
    scheme = build.frozen(world)
    scheme.refresh_from_db()
    before = scheme.sha256

    Indicator.objects.filter(scheme=scheme, code="1.1.1").update(points=3)

    assert schemes.digest(scheme) != before


@pytest.mark.parametrize("state", ["frozen", "announced"])
def test_the_database_wants_a_hash(world, state):
    scheme = build.draft(world)

    with pytest.raises(IntegrityError), transaction.atomic():
        Scheme.objects.filter(pk=scheme.pk).update(state=state)
