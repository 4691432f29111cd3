"""The checks of a plan and the arithmetic of a timetable, on plain values."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from zhupei.classes import words
from zhupei.classes.precheck import sentence
from zhupei.classes.rules import plan as rules
from zhupei.classes.rules.facts import (
    Clash,
    LicenceFacts,
    Limits,
    Plan,
    PlannedLesson,
    PlatformFacts,
    RosterFacts,
    Tone,
    UnitHours,
)
from zhupei.classes.rules.rooms import batches, fire_safety, room_seats, rooms_usable, stations
from zhupei.classes.rules.shares import hours_least, online_hours, practice_share
from zhupei.classes.rules.standing import admitted, filing, platform
from zhupei.classes.rules.timetable import (
    SECONDS_PER_HOUR,
    Demand,
    Span,
    hours,
    lay_out,
    overlapping,
    planned,
    sessions,
    total,
)

HOUR = SECONDS_PER_HOUR
MONDAY = date(2026, 3, 2)
BEIJING = ZoneInfo("Asia/Shanghai")
ELSEWHERE = Clash("马建国", "昆仑建设技能培训学校", datetime(2026, 3, 2, 2, tzinfo=UTC))


def lesson(unit=1, *, practice=False, taught=4, **values):
    facts = {
        "unit": unit,
        "practice": practice,
        "day": MONDAY,
        "seconds": taught * HOUR,
        "teacher": "马建国",
        "engaged": True,
        "room": "教室 101",
        "seats": 40,
        "stations": 0,
    }
    return PlannedLesson(**(facts | values))


LEGAL = Plan(
    today=date(2026, 2, 20),
    starts_on=MONDAY,
    ends_on=MONDAY + timedelta(days=4),
    seats=30,
    job="土建施工员",
    units=[
        UnitHours(1, "职业道德与法规", 4 * HOUR, 0, is_ethics=True),
        UnitHours(2, "施工工艺", 2 * HOUR, 2 * HOUR),
    ],
    lessons=[
        lesson(1),
        lesson(2, taught=2, teacher="古丽娜尔·吐尔逊"),
        lesson(2, taught=2, practice=True, room="实训棚", stations=20),
    ],
    licences=[LicenceFacts("人社民 1 号", date(2020, 1, 1), date(2030, 1, 1), covers_job=True)],
    roster=RosterFacts(confirmed=20, enrolled=20),
    has_scheme=True,
    documents=1,
    submitted=False,
    limits=Limits(teachers=2, daily_hours=8, learners_per_station=4),
)


def test_a_legal_plan_has_nothing_but_good_verdicts():
    assert {finding.tone for finding in rules.precheck(LEGAL)} == {Tone.OK}


FEWER = [LEGAL.lessons[0], LEGAL.lessons[1]]
NO_ETHICS = [replace(unit, is_ethics=False) for unit in LEGAL.units]


@pytest.mark.parametrize(
    ("check", "code", "tone", "change"),
    [
        (rules.unit_hours, "class_shorter_than_syllabus", Tone.BAD, {"lessons": []}),
        (rules.practice_hours, "practice_hours_short", Tone.BAD, {"lessons": FEWER}),
        (rules.ethics, "ethics_missing", Tone.BAD, {"lessons": LEGAL.lessons[1:]}),
        (rules.ethics, "syllabus_without_ethics", Tone.WARN, {"units": NO_ETHICS}),
        (
            rules.units_of_syllabus,
            "unit_of_another_syllabus",
            Tone.BAD,
            {"lessons": [*LEGAL.lessons, lesson(None)]},
        ),
        (rules.dates, "class_already_begun", Tone.BAD, {"today": MONDAY + timedelta(days=1)}),
        (rules.licence, "licence_not_for_this_job", Tone.BAD, {"licences": []}),
        (
            rules.lesson_days,
            "lesson_outside_class",
            Tone.BAD,
            {"ends_on": MONDAY - timedelta(days=1)},
        ),
        (
            rules.lesson_days,
            "too_many_hours_a_day",
            Tone.WARN,
            {"lessons": [*LEGAL.lessons, lesson(1)]},
        ),
        (rules.teachers, "teacher_not_engaged", Tone.BAD, {"lessons": [lesson(engaged=False)]}),
        (rules.teachers, "few_teachers", Tone.WARN, {"lessons": [lesson()]}),
        (
            rules.teachers_free,
            "teacher_double_booked",
            Tone.BAD,
            {"lessons": [lesson(teacher_clash=ELSEWHERE)]},
        ),
        (
            rules.rooms_free,
            "room_double_booked",
            Tone.BAD,
            {"lessons": [lesson(room_clash=ELSEWHERE)]},
        ),
        (rules.room_seats, "room_too_small", Tone.BAD, {"seats": 41}),
        (rules.practice_scheme, "practice_scheme_missing", Tone.BAD, {"has_scheme": False}),
        (rules.resources, "resources_missing", Tone.WARN, {"documents": 0}),
        (rules.roster, "roster_empty", Tone.WARN, {"roster": RosterFacts()}),
        (rules.roster, "roster_over_seats", Tone.WARN, {"roster": RosterFacts(waiting=31)}),
        (rules.roster, "roster_unanswered", Tone.WARN, {"roster": RosterFacts(waiting=1)}),
    ],
)
def test_each_check_finds_its_fault_and_has_words_for_it(check, code, tone, change):
    found = check(replace(LEGAL, **change))

    assert (found.code, found.tone) == (code, tone)
    assert words.FINDINGS[code].title
    assert "%" not in sentence(found)


HERE = LEGAL.lessons
ONLINE = [*HERE[:1], lesson(2, taught=2, online=True, seats=0), HERE[2]]
PRACTICE = lesson(2, taught=2, practice=True, room="实训棚", stations=7)
OLD = PlatformFacts("云课堂", assessed=True, valid_until=MONDAY)
GOOD = PlatformFacts("云课堂", assessed=True, valid_until=MONDAY + timedelta(days=4))
UNIT_LIMIT = [replace(LEGAL.units[0], online=4 * HOUR), LEGAL.units[1]]


def limits(**figures):
    return {"limits": replace(LEGAL.limits, **figures)}


@pytest.mark.parametrize(
    ("check", "code", "tone", "change"),
    [
        (admitted, "institution_not_admitted", Tone.BAD, {"standing": "暂停业务"}),
        (filing, "filing_missing", Tone.BAD, {"destination": "喀什地区"}),
        (filing, "filing_valid", Tone.OK, {"destination": "喀什地区", "filing": "YD-2026-0001"}),
        (platform, "platform_missing", Tone.BAD, {"lessons": ONLINE}),
        (platform, "platform_not_assessed", Tone.BAD, {"lessons": ONLINE, "platforms": [OLD]}),
        (
            platform,
            "platform_not_assessed",
            Tone.BAD,
            {"lessons": ONLINE, "platforms": [replace(GOOD, assessed=False)]},
        ),
        (platform, "platform_assessed", Tone.OK, {"lessons": ONLINE, "platforms": [OLD, GOOD]}),
        (online_hours, "online_over_limit", Tone.BAD, {"lessons": ONLINE}),
        (online_hours, "online_within_limit", Tone.OK, {"lessons": ONLINE, "online_limit": 9999}),
        (
            online_hours,
            "online_unit_over_limit",
            Tone.BAD,
            {"lessons": ONLINE, "units": UNIT_LIMIT},
        ),
        (
            online_hours,
            "online_share_high",
            Tone.WARN,
            {"lessons": ONLINE, "online_limit": 9999, **limits(online_share=24)},
        ),
        (hours_least, "hours_few", Tone.WARN, limits(hours_least=9)),
        (practice_share, "practice_share_low", Tone.WARN, limits(practice_share=26)),
        (practice_share, "practice_share_met", Tone.OK, limits(practice_share=25)),
        (stations, "few_stations", Tone.WARN, {"lessons": [PRACTICE]}),
        (stations, "stations_in_turns", Tone.OK, {"lessons": [PRACTICE, PRACTICE]}),
        (stations, "stations_enough", Tone.OK, {"lessons": [PRACTICE], "seats": 28}),
        (
            stations,
            "stations_unknown",
            Tone.WARN,
            {"lessons": [replace(PRACTICE, stations=0)]},
        ),
        (
            rooms_usable,
            "room_not_usable",
            Tone.BAD,
            {"lessons": [lesson(usable_until=MONDAY - timedelta(days=1))]},
        ),
        (
            fire_safety,
            "fire_check_over",
            Tone.BAD,
            {"lessons": [lesson(fire_until=LEGAL.today - timedelta(days=1))]},
        ),
        (
            fire_safety,
            "fire_check_ends",
            Tone.WARN,
            {"lessons": [lesson(fire_until=MONDAY - timedelta(days=1))]},
        ),
        (fire_safety, "fire_check_missing", Tone.WARN, {"lessons": [lesson(fire_checked=False)]}),
        (fire_safety, "fire_check_valid", Tone.OK, {"lessons": [lesson(fire_until=MONDAY)]}),
    ],
)
def test_each_check_of_part_two_finds_its_fault_and_has_words(check, code, tone, change):
    found = check(replace(LEGAL, **change))

    assert (found.code, found.tone) == (code, tone)
    assert "%(" not in sentence(found)


def test_nobody_needs_a_seat_for_a_lesson_held_online():
    seen = replace(LEGAL, lessons=[lesson(online=True, seats=1)])

    assert room_seats(seen) is None
    assert fire_safety(seen) is None
    assert rooms_usable(LEGAL) is None


def test_the_sum_of_the_stations_is_told():
    found = stations(replace(LEGAL, lessons=[PRACTICE]))

    assert "30 人 ÷（7 个工位 × 每工位 4 人）= 分 2 批" in sentence(found)
    assert "少 2 学时" in sentence(found)


@pytest.mark.parametrize(
    ("learners", "places", "share", "groups"), [(30, 8, 4, 1), (33, 8, 4, 2), (1, 1, 1, 1)]
)
def test_groups_take_turns_at_the_stations(learners, places, share, groups):
    assert batches(learners, places, share) == groups


def test_a_lesson_online_counts_for_its_unit_as_theory():
    assert unit_hours_of(ONLINE) == {1: 4 * HOUR, 2: 4 * HOUR}


def unit_hours_of(lessons):
    return {unit.position: planned(lessons, unit) for unit in LEGAL.units}


def test_every_finding_names_the_article_it_rests_on():
    assert all(finding.law.startswith("第") for finding in rules.precheck(LEGAL))


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (MONDAY, MONDAY + timedelta(days=4), "licence_valid"),
        (MONDAY + timedelta(days=1), date(2030, 1, 1), "licence_not_valid"),
        (date(2020, 1, 1), MONDAY + timedelta(days=3), "licence_not_valid"),
    ],
)
def test_a_licence_must_hold_from_the_first_day_to_the_last(first, last, code):
    paper = LicenceFacts("人社民 1 号", first, last, covers_job=True)

    assert rules.licence(replace(LEGAL, licences=[paper])).code == code


def test_a_class_may_be_submitted_on_its_first_day():
    assert rules.dates(replace(LEGAL, today=MONDAY)) is None


def test_a_submitted_plan_is_not_blamed_for_having_begun():
    assert rules.dates(replace(LEGAL, today=MONDAY + timedelta(days=3), submitted=True)) is None


def test_a_syllabus_without_practice_needs_no_scheme():
    theory = replace(LEGAL, units=LEGAL.units[:1], has_scheme=False)

    assert rules.practice_scheme(theory) is None


def test_a_plan_without_lessons_gets_no_praise_for_them():
    codes = {finding.code for finding in rules.precheck(replace(LEGAL, lessons=[]))}

    assert not codes & {"teachers_free", "rooms_free", "rooms_fit", "lesson_days_fit"}


def test_the_worst_verdicts_come_first():
    found = rules.precheck(replace(LEGAL, lessons=[], documents=0))

    tones = [finding.tone for finding in found]
    assert tones == sorted(tones, key=rules.ORDER.index)


@pytest.mark.parametrize(
    ("seconds", "text"), [(0, "0"), (HOUR, "1"), (HOUR * 5 // 2, "2.5"), (HOUR - 1, "0.99")]
)
def test_hours_are_never_rounded_up(seconds, text):
    assert hours(seconds) == text


def at(hour, day=MONDAY):
    return datetime.combine(day, time(hour), tzinfo=BEIJING)


def test_lessons_that_only_touch_do_not_overlap():
    assert overlapping([Span(at(12), at(14)), Span(at(10), at(12))]) is None


def test_lessons_that_overlap_are_found_whatever_their_order():
    assert overlapping([Span(at(12), at(14)), Span(at(8), at(9)), Span(at(13), at(15))]) == (0, 2)


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        (3, [(time(10), 3 * HOUR)]),
        (4, [(time(10), 4 * HOUR)]),
        (6, [(time(10), 4 * HOUR), (time(16), 2 * HOUR)]),
        (8, [(time(10), 4 * HOUR), (time(16), 4 * HOUR)]),
    ],
)
def test_a_day_has_at_most_four_hours_before_noon(daily, expected):
    assert sessions(time(10), time(16), daily * HOUR) == expected


FREE = {False: [], True: []}
DAYS = [MONDAY + timedelta(days=n) for n in range(3)]
DAY_PLAN = sessions(time(10), time(16), 8 * HOUR)


def test_a_layout_gives_every_unit_exactly_its_hours_in_order():
    demands = [
        Demand(1, practice=False, seconds=5 * HOUR),
        Demand(2, practice=False, seconds=2 * HOUR),
        Demand(2, practice=True, seconds=3 * HOUR),
    ]

    slots = lay_out(demands, DAYS, DAY_PLAN, zone=BEIJING, busy=FREE)

    assert total(slots) == 10 * HOUR
    assert [slot.unit for slot in slots] == [1, 1, 2, 2, 2]
    assert overlapping([Span(slot.starts_at, slot.ends_at) for slot in slots]) is None


def test_a_layout_goes_around_what_is_booked():
    busy = {False: [Span(at(11), at(12))], True: []}

    slots = lay_out(
        [Demand(1, practice=False, seconds=4 * HOUR)], DAYS, DAY_PLAN, zone=BEIJING, busy=busy
    )

    assert slots[0].starts_at == at(16)


def test_a_layout_that_runs_out_of_days_says_so_by_its_total():
    slots = lay_out(
        [Demand(1, practice=False, seconds=90 * HOUR)], DAYS, DAY_PLAN, zone=BEIJING, busy=FREE
    )

    assert total(slots) == 24 * HOUR
