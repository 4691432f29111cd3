"""Help to counties: recorded, confirmed where it was given, counted once and by year."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make, make_assistance, make_attendance, make_classes
from tests.refusals import refused
from zhupei.assistance import jobs, rules
from zhupei.assistance.actions import help as actions
from zhupei.assistance.events import AssistanceEvent
from zhupei.assistance.models import Assistance, Pairing, State
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.organizations.models import Interest, Kind, Role


def test_help_is_recorded_handed_in_and_confirmed_where_it_was_given(world):
    row = make_assistance.submitted(world)
    assert row.number.startswith(f"BF-{timezone.localdate().year}-")
    told = Message.objects.get(recipient=world.far_reviewer)
    assert (told.url, "待确认" in told.title) == (row.get_absolute_url(), True)

    row = actions.confirm(row, by=world.far_reviewer)

    assert (row.state, row.person_times, row.due_at) == (State.CONFIRMED, 60, None)
    assert row.authority == world.other_bureau
    assert list(Assistance.objects.confirmed(row.ended_on.year)) == [row]
    assert [event.verb for event in audit.own_history(row)] == [
        AssistanceEvent.DRAFTED,
        AssistanceEvent.EVIDENCE_ADDED,
        AssistanceEvent.SUBMITTED,
        AssistanceEvent.CONFIRMED,
    ]
    assert Message.objects.filter(recipient=world.aygul).exists()


def test_of_a_class_the_roll_counts(world):
    taught = make_attendance.class_with_learners(world, world.adil, world.mayra)
    for lesson in taught.lessons.all()[:2]:
        make_attendance.present(lesson, world.adil)
    said = {
        "training_class": taught,
        "typed": None,
        "county": make_assistance.county("652301"),
        "started_on": taught.starts_on,
        "ended_on": timezone.localdate(),
    }
    row = actions.draft(world.school, "training", by=world.aygul, said=make_assistance.said(**said))
    assert row.counted() == 1

    row = actions.submit(row, by=world.aygul)  # no roster is asked for
    make_attendance.present(taught.lessons.first(), world.mayra)
    row = actions.confirm(row, by=world.li)

    assert row.person_times == 2  # as the roll knows it when it is confirmed
    with refused("class_counted"):
        actions.draft(world.school, "training", by=world.aygul, said=make_assistance.said(**said))


def test_after_a_record_is_cancelled_its_class_can_be_counted_by_another(world):
    taught = make_attendance.class_with_learners(world, world.adil)
    said = make_assistance.said(
        training_class=taught, typed=None, county=make_assistance.county("652301")
    )
    row = actions.draft(world.school, "training", by=world.aygul, said=said)
    actions.cancel(row, by=world.aygul, note="写错了")
    again = actions.draft(world.school, "training", by=world.aygul, said=said)
    with refused("nobody_trained"):
        actions.submit(again, by=world.aygul)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"typed": 5}, "counted_twice", "typed"),
        ({"county": "653101"}, "class_elsewhere", "training_class"),
    ],
)
def test_a_class_is_one_s_own_in_the_county_and_not_typed_as_well(world, changes, code, field):
    taught = make_attendance.class_with_learners(world)
    changes = {name: _county(word) for name, word in changes.items()}
    said = {
        "training_class": taught,
        "typed": None,
        "county": make_assistance.county("652301"),
    } | changes
    with refused(code) as refusal:
        actions.draft(world.school, "training", by=world.aygul, said=make_assistance.said(**said))
    assert refusal.value.field == field


def _county(word):
    return make_assistance.county(word) if isinstance(word, str) else word


def test_a_class_that_was_never_held_counts_nothing(world):
    planned = make_classes.planned_class(world)
    said = make_assistance.said(
        training_class=planned, typed=None, county=make_assistance.county("652301")
    )
    with refused("class_not_own"):
        actions.draft(world.school, "training", by=world.aygul, said=said)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"ended_on": date(2020, 1, 1)}, "ends_before_it_begins"),
        ({"county": "653100"}, "not_a_county"),
    ],
)
def test_what_a_record_cannot_say(world, changes, code):
    changes = {name: _county(word) for name, word in changes.items()}
    with refused(code):
        make_assistance.drafted(world, **changes)


def test_what_is_not_over_counts_nobody_or_shows_nothing_is_not_handed_in(world):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with refused("not_over"):
        make_assistance.submitted(world, ended_on=tomorrow)
    with refused("nobody_trained"):
        make_assistance.submitted(world, typed=None)
    bare = actions.draft(world.school, "training", by=world.aygul, said=make_assistance.said())
    with refused("evidence_missing"):
        actions.submit(bare, by=world.aygul)


def test_a_draft_is_changed_by_its_registrar_until_it_is_handed_in(world):
    row = make_assistance.drafted(world)
    paper = row.files.get()
    for person in (world.wang, world.ma, world.li):
        with pytest.raises(NotAllowed):
            actions.edit(row, by=person, said=make_assistance.said())
    actions.remove(paper, by=world.aygul)
    row = actions.edit(row, by=world.aygul, said=make_assistance.said(typed=80))
    actions.attach(row, by=world.aygul, upload=ContentFile(b"%PDF-1.7", "花名册.pdf"))
    row = actions.submit(row, by=world.aygul)
    with pytest.raises(NotAllowed):
        actions.edit(row, by=world.aygul, said=make_assistance.said())
    assert row.counted() == 80


def test_who_was_helped_says_so_and_nobody_of_the_institution(world):
    row = make_assistance.submitted(world)
    for person in (world.aygul, world.li, world.wang, world.tian):
        with pytest.raises(NotAllowed):
            actions.confirm(row, by=person)
    Interest.objects.create(
        user=world.far_reviewer, organization=world.school, kind="owner", since=make.LONG_AGO
    )
    with refused("stays_away"):
        actions.confirm(row, by=world.far_reviewer)
    assert actions.confirm(row, by=world.gu).authority == world.region


def test_a_county_with_a_bureau_of_its_own_is_asked_before_the_prefecture(world):
    bureau = make.organization(Kind.COUNTY_AUTHORITY, "喀什市住房和城乡建设局", "653101")
    officer = make.member("县局审核员", Role.REVIEWER, bureau)

    row = make_assistance.submitted(world)

    assert Message.objects.filter(recipient=officer).exists()
    assert not Message.objects.filter(recipient=world.far_reviewer).exists()
    assert Assistance.objects.to_confirm(bureau).get() == row
    assert actions.confirm(row, by=officer).authority == bureau


def test_what_is_sent_back_is_completed_and_what_was_untrue_revoked(world):
    row = make_assistance.submitted(world)
    with refused("note_required"):
        actions.send_back(row, by=world.far_reviewer, note="")
    row = actions.send_back(row, by=world.far_reviewer, note="花名册缺签字")
    assert (row.state, row.due_at) == (State.RETURNED, None)
    number = row.number
    row = actions.confirm(actions.submit(row, by=world.aygul), by=world.far_reviewer)
    assert row.number == number

    row = actions.revoke(row, by=world.far_reviewer, note="查实没有办")

    assert not Assistance.objects.confirmed().exists()
    assert "查实没有办" in Message.objects.filter(recipient=world.aygul).latest("pk").body


def test_the_authority_is_reminded_once(world):
    row = make_assistance.submitted(world)
    assert actions.remind() == 0
    with time_machine.travel(row.due_at + timedelta(hours=1)):
        jobs.remind(0)
        assert actions.remind() == 0
    assert "超过确认期限" in Message.objects.filter(recipient=world.far_reviewer).latest("pk").title


def test_a_draft_is_its_institution_s_own_business(world):
    row = make_assistance.drafted(world)
    seen = [
        name
        for name in ("aygul", "wang", "li", "far_reviewer", "gu")
        if Assistance.objects.visible_to(getattr(world, name)).exists()
    ]
    assert seen == ["aygul"]
    actions.submit(row, by=world.aygul)
    seen = [
        name
        for name in ("aygul", "wang", "li", "far_reviewer", "gu", "tian", "adil")
        if Assistance.objects.visible_to(getattr(world, name)).exists()
    ]
    assert seen == ["aygul", "li", "far_reviewer", "gu"]


def test_the_figures_of_a_year(world):
    make_assistance.pairing(world)
    make_assistance.confirmed(world)
    make_assistance.confirmed(world, typed=40)
    make_assistance.confirmed(world, "base", title="喀什市建筑实训基地")
    make_assistance.submitted(world)  # counts nothing yet
    home = make_assistance.submitted(world, typed=7, county=make_assistance.county("652301"))
    actions.confirm(home, by=world.li)
    year = home.ended_on.year

    rows = Assistance.objects.confirmed(year)

    assert rows.figures() == {"person_times": 107, "bases": 1, "counties": 2, "records": 4}
    assert rows.paired().figures()["person_times"] == 100
    (own,) = rows.by_organization()
    assert (own["organization"], own["person_times"], own["bases"]) == (world.school.pk, 107, 1)
    assert Assistance.objects.confirmed(year - 1).figures()["person_times"] == 0


def test_the_question_of_pairing_to_the_table_is_the_rule(world):
    held = make_assistance.pairing(world, since=timezone.localdate() - timedelta(days=4))
    Pairing.objects.filter(pk=held.pk).update(until=timezone.localdate() - timedelta(days=2))
    held.refresh_from_db()
    rows = [
        make_assistance.confirmed(
            world,
            ended_on=timezone.localdate() - timedelta(days=days),
            started_on=date(2020, 1, 1),
        )
        for days in range(1, 7)
    ]
    paired = set(Assistance.objects.paired())
    for row in rows:
        expected = rules.is_paired(row.ended_on, held.since, held.until)
        assert (row in paired) is expected
        assert (row.pairing() is not None) is expected
    assert len(paired) == 3
