"""What has to be true before a filing may be handed in."""

from dataclasses import replace
from datetime import date

import pytest

from zhupei.filings import rules, words
from zhupei.filings.models import PaperKind

SPRING = rules.Span(date(2026, 4, 1), date(2026, 6, 30))
GOOD = rules.Facts(
    home="652300",
    place="653100",
    place_name="喀什",
    days=SPRING,
    today=date(2026, 3, 1),
    jobs=("土建施工员",),
    licensed={"土建施工员": (rules.Span(date(2020, 1, 1), date(2035, 12, 31)),)},
    papers=frozenset({"licence", "premises"}),
    standing="active",
    department="喀什地区人社局",
    education="喀什地区教育局",
)


def tones(facts: rules.Facts) -> dict[str, str]:
    return {finding.code: finding.tone for finding in rules.precheck(facts)}


def test_a_whole_filing_passes_every_check():
    assert set(tones(GOOD).values()) == {"ok"}


@pytest.mark.parametrize(
    ("change", "code", "tone"),
    [
        ({"place": "652300"}, "filing_at_home", "bad"),
        ({"department": ""}, "no_hr_department", "bad"),
        ({"education": ""}, "no_education_department", "warn"),
        ({"today": date(2026, 4, 1)}, "filing_days_ahead", "ok"),
        ({"today": date(2026, 4, 2)}, "filing_days_begun", "warn"),
        ({"today": date(2026, 6, 30)}, "filing_days_begun", "warn"),
        ({"today": date(2026, 7, 1)}, "filing_too_late", "bad"),
        ({"licensed": {}}, "filing_beyond_licence", "bad"),
        ({"jobs": ("土建施工员", "焊工")}, "filing_beyond_licence", "bad"),
        ({"papers": frozenset()}, "papers_missing", "bad"),
        ({"papers": frozenset({"licence", "other"})}, "papers_missing", "bad"),
        ({"standing": "suspended"}, "institution_not_active", "bad"),
        ({"standing": ""}, "institution_not_active", "bad"),
    ],
)
def test_each_check_finds_its_fault(change, code, tone):
    assert tones(replace(GOOD, **change))[code] == tone


@pytest.mark.parametrize(
    ("last", "code"),
    [(date(2026, 6, 29), "licence_ends_before"), (date(2026, 6, 30), "licence_names_jobs")],
)
def test_a_licence_that_ends_within_the_days_is_pointed_out(last, code):
    licensed = {"土建施工员": (rules.Span(date(2020, 1, 1), last),)}

    assert code in tones(replace(GOOD, licensed=licensed))


def test_two_licences_one_after_the_other_are_enough():
    spans = (
        rules.Span(date(2020, 1, 1), date(2026, 5, 1)),
        rules.Span(date(2026, 5, 2), date(2030, 1, 1)),
    )

    assert "licence_names_jobs" in tones(replace(GOOD, licensed={"土建施工员": spans}))


def test_missing_papers_are_named():
    (finding,) = rules._papers(replace(GOOD, papers=frozenset({"licence"})))

    assert finding.facts == {"papers": ["premises"]}
    assert set(rules.PAPERS) <= set(PaperKind.values)


def test_every_finding_has_words_and_an_article():
    bad = replace(GOOD, place="652300", department="", education="", papers=frozenset())
    for facts in (GOOD, bad):
        for finding in rules.precheck(facts):
            assert finding.code in words.FINDINGS
            assert finding.law
            assert finding.field in {"", *words.FIELDS}
