"""Records: entered, shown for a term, ended, and gone from everywhere in that moment.

Private Education Regulations, art. 47: the files of schools, of principals and of organizers.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests import make, make_credit
from tests.refusals import refused
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.credit.actions import records
from zhupei.credit.actions.records import end_run_out, enter
from zhupei.credit.events import RecordEvent
from zhupei.credit.models import CreditRecord, RecordState
from zhupei.credit.parameters import ORDINARY_LONGEST, ORDINARY_SHORTEST


def published(day: date | None = None) -> list[str]:
    rows = CreditRecord.objects.published(day or timezone.localdate())
    return sorted(row.number for row in rows)


@pytest.mark.parametrize(
    ("seriousness", "shortest", "longest", "shown"),
    [
        ("minor", date(2026, 5, 6), date(2026, 8, 6), False),
        ("ordinary", date(2026, 8, 6), date(2027, 5, 6), True),
        ("serious", date(2027, 5, 6), date(2029, 5, 6), True),
    ],
)
def test_the_terms_follow_the_seriousness(world, seriousness, shortest, longest, shown):
    with time_machine.travel("2026-05-06 04:00Z", tick=False):
        row = make_credit.record(world, seriousness=seriousness)

        assert (row.shortest_until, row.longest_until) == (shortest, longest)
        assert row.shown is shown
        assert (row.number in published()) is shown
        assert CreditRecord.objects.in_use(timezone.localdate()).contains(row)


def test_entering_is_an_event_with_its_figures_and_the_institution_is_told(world):
    row = enter(
        world.school,
        seriousness="serious",
        ground="组织替考",
        law="《办法》第二十三条",
        decided_on=timezone.localdate(),
        source=world.designation,
        by=world.li,
    )

    (event,) = audit.own_history(row)
    assert event.verb == RecordEvent.ENTERED
    assert event.facts["parameters"]["credit.serious_longest"]["value"] == "36"
    assert row.authority == world.bureau
    assert row.source == audit.subject_key(world.designation)
    assert list(CreditRecord.objects.about(world.designation)) == [row]
    told = Message.objects.get(recipient=world.aygul)
    assert row.number in told.title
    assert told.url == row.get_absolute_url()


def test_a_minor_record_is_published_only_for_a_reason_somebody_wrote_down(world):
    hidden = make_credit.record(world, seriousness="minor")
    shown = make_credit.record(world, seriousness="minor", shown_why="涉及多名学员，需要提醒")
    ordinary = make_credit.record(world, shown_why="写了也没有用")

    assert published() == [shown.number, ordinary.number]
    assert not hidden.shown
    assert ordinary.shown_why == ""


def test_a_record_decided_earlier_follows_the_figures_of_its_day(world):
    make.parameter_value(ORDINARY_SHORTEST, 6, date(2023, 5, 1))
    make.parameter_value(ORDINARY_LONGEST, 36, date(2023, 5, 1))
    make.parameter_value(ORDINARY_SHORTEST, 3, date(2026, 4, 1))
    make.parameter_value(ORDINARY_LONGEST, 12, date(2026, 4, 1))
    with time_machine.travel("2026-05-06 04:00Z", tick=False):
        older = make_credit.record(world, decided_on=date(2026, 3, 31))
        newer = make_credit.record(world, decided_on=date(2026, 4, 1))

    assert (older.shortest_until, older.longest_until) == (date(2026, 9, 30), date(2029, 3, 31))
    assert (newer.shortest_until, newer.longest_until) == (date(2026, 7, 1), date(2027, 4, 1))


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"ground": " "}, "ground_missing"),
        ({"law": ""}, "law_missing"),
        ({"about": "principal"}, "person_missing"),
        ({"ago": -1}, "decided_in_future"),
        ({"ago": 400}, "term_over"),
    ],
)
def test_what_cannot_be_entered(world, said, code):
    with refused(code):
        make_credit.record(world, **said)

    assert not CreditRecord.objects.exists()


def test_only_an_authority_decides(world):
    with refused("not_an_authority"):
        make_credit.record(world, authority=world.association)

    assert make_credit.record(world, authority=world.home_hr).authority == world.home_hr


def test_one_matter_is_entered_once_for_each_it_is_about(world):
    first = make_credit.record(world, source=world.designation)
    with refused("entered_already"):
        make_credit.record(world, source=world.designation)

    make_credit.record(world, source=world.designation, about="principal", person_name="赵明")
    records.withdraw(first, by=world.li, note="记错了机构")
    assert make_credit.record(world, source=world.designation).state == RecordState.IN_FORCE


@pytest.mark.parametrize("person", ["aygul", "far_reviewer", "ma", "chen", "song"])
def test_others_enter_nothing(world, person):
    with pytest.raises(NotAllowed):
        make_credit.record(world, by=getattr(world, person))


def test_whoever_works_for_the_institution_enters_nothing_about_it(world):
    make.Membership.objects.create(
        user=world.li, organization=world.school, role="teacher", since=make.LONG_AGO
    )

    with pytest.raises(NotAllowed):
        make_credit.record(world)


def test_the_longest_term_ends_it_by_itself_and_the_pages_do_not_wait_for_the_job(world):
    with time_machine.travel("2026-05-06 04:00Z", tick=False):
        row = make_credit.record(world)
    with time_machine.travel("2027-05-06 04:00Z", tick=False):
        assert published() == [row.number]
        assert end_run_out() == 0
    with time_machine.travel("2027-05-06 16:30Z", tick=False):  # the next day in Beijing
        assert published() == []

        assert (end_run_out(), end_run_out()) == (1, 0)

    row.refresh_from_db()
    assert (row.state, row.ended_on) == (RecordState.EXPIRED, date(2027, 5, 7))
    assert audit.own_history(row).last().actor_name == ""
    assert "期满" in Message.objects.filter(recipient=world.aygul).latest("pk").title


def test_a_withdrawn_record_is_gone_at_once_and_was_there_yesterday(world):
    with time_machine.travel("2026-05-06 04:00Z", tick=False):
        row = make_credit.record(world)
    with time_machine.travel("2026-05-10 04:00Z", tick=False):
        records.withdraw(row, by=world.li, note="认定有误")

        assert published() == []
        assert published(timezone.localdate() - timedelta(days=1)) == [row.number]
        with refused("wrong_state"):
            records.withdraw(row, by=world.li, note="再来一次")


def test_withdrawing_wants_a_reason_and_its_own_authority_or_the_region(world):
    row = make_credit.record(world)
    with refused("note_required"):
        records.withdraw(row, by=world.li, note=" ")
    with pytest.raises(NotAllowed):
        records.withdraw(row, by=world.far_reviewer, note="不是我的")

    assert records.withdraw(row, by=world.gu, note="厅里撤销").state == RecordState.WITHDRAWN


def test_the_hr_department_answers_for_what_it_decided(world):
    row = make_credit.record(world, authority=world.home_hr)

    with pytest.raises(NotAllowed):
        records.withdraw(row, by=world.li, note="不是本局认定的")
    assert records.withdraw(row, by=world.tao, note="处罚撤销").state == RecordState.WITHDRAWN


def test_records_are_counted_by_institution(world):
    make_credit.record(world)
    make_credit.record(world, seriousness="minor")
    gone = make_credit.record(world)
    records.withdraw(gone, by=world.li, note="误录")

    counts = CreditRecord.objects.counts([world.school, world.other_school], timezone.localdate())

    assert counts == {world.school.pk: 2}


def test_one_row_and_the_question_to_many_agree(world):
    with time_machine.travel("2026-05-06 04:00Z", tick=False):
        row = make_credit.record(world, seriousness="minor")
    with time_machine.travel("2026-05-10 04:00Z", tick=False):
        records.withdraw(row, by=world.li, note="误录")
    row.refresh_from_db()

    for day in (date(2026, 5, 5), date(2026, 5, 6), date(2026, 5, 9), date(2026, 5, 10)):
        assert CreditRecord.objects.in_use(day).exists() is row.is_in_use(day)
