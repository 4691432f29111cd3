"""Searching, judging, handing on, forgetting."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from tests import make, make_leads
from tests.refusals import refused
from tests.together import at_once
from zhupei.attendance.models import Attendance
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import LongJob, Message
from zhupei.corrections.models import Finding
from zhupei.leads import jobs
from zhupei.leads.access import may_hand_on, may_judge, may_search
from zhupei.leads.actions import judging, searching
from zhupei.leads.models import Lead, Rule, State
from zhupei.leads.parameters import SWITCHES
from zhupei.organizations.models import Interest, Kind, Role

pytestmark = pytest.mark.django_db


def test_the_same_facts_give_one_lead_however_often_they_are_searched(world):
    make_leads.two_places(world, world.adil)

    assert searching.search(make_leads.window()) == 1
    assert searching.search(make_leads.window()) == 0
    assert searching.nightly() == 0

    lead = Lead.objects.get()
    assert lead.rule == Rule.TWO_PLACES
    assert lead.figures["leads.overlap_minutes"]["value"] == "10"
    assert lead.places.count() == 2
    event = audit.own_history(lead).get()
    assert event.verb == "lead.found"
    assert event.facts["rule"] == "同一人在两处"


def test_a_dismissed_lead_is_not_found_again(world):
    lead = make_leads.lead(world)
    judging.dismiss(lead, by=world.li, note="补登写错了班")

    assert searching.search(make_leads.window()) == 0
    assert Lead.objects.get().state == State.DISMISSED


def test_a_rule_that_is_switched_off_lists_nothing(world):
    make_leads.two_places(world, world.adil)
    make.parameter_value(SWITCHES["two_places"], "no", make.LONG_AGO)

    assert searching.search(make_leads.window()) == 0


def test_nothing_follows_from_a_lead_not_even_from_a_confirmed_one(world):
    first, second = make_leads.two_places(world, world.adil)
    before = list(Attendance.objects.values())
    searching.search(make_leads.window())
    lead = Lead.objects.get()

    judging.confirm(lead, by=world.li, note="监控里不是本人")

    assert list(Attendance.objects.values()) == before
    assert not Message.objects.filter(recipient__in=[world.adil, world.aygul]).exists()
    assert not Finding.objects.exists()
    assert {first.enrolment.state, second.enrolment.state} == {"enrolled"}


def test_the_table_of_who_sees_who_judges_and_who_searches(world):
    lead = make_leads.lead(world)
    county = make.organization(Kind.COUNTY_AUTHORITY, "昌吉市住建局", "652301")
    third = make.organization(Kind.COUNTY_AUTHORITY, "喀什市住建局", "653101")
    people = {
        "li": world.li, "far": world.far_reviewer, "gu": world.gu,
        "county": make.member("县局", Role.REVIEWER, county),
        "third": make.member("远县", Role.REVIEWER, third),
        "inspector": make.member("检查员", Role.INSPECTOR, world.bureau),
        "aygul": world.aygul, "wang": world.wang, "ma": world.ma, "adil": world.adil,
        "chen": world.chen, "tian": world.tian, "song": world.song,
    }  # fmt: skip
    for state in ("open", "confirmed"):
        seen = {n for n, u in people.items() if Lead.objects.visible_to(u).exists()}
        assert seen == {"li", "far", "gu"}, state
        assert {n for n, u in people.items() if may_judge(u, lead)} == {"li", "far", "gu"}
        if state == "open":
            judging.confirm(lead, by=world.far_reviewer, note="当面问过")
    lead.refresh_from_db()
    assert {n for n, u in people.items() if may_hand_on(u, lead)} == {"li", "far", "gu"}
    assert {n for n, u in people.items() if may_search(u)} == {"li", "far", "gu"}
    assert may_search(None)
    with pytest.raises(NotAllowed):
        searching.search(make_leads.window(), by=world.aygul)
    with pytest.raises(NotAllowed):
        judging.look(lead, by=world.aygul)


def test_a_bureau_without_a_part_in_it_sees_nothing(world):
    held = make_leads.a_class(world, world.adil)
    for hour, device in ((9, "c3"), (15, "c3")):
        at = make_leads.lesson(held, world, make_leads.yesterday(hour))
        make_leads.signed(at, world.adil, device=device)
    for user in make_leads.crowd(held, 3):
        make_leads.signed(held.lessons.first(), user, device="c3")
    searching.search(make_leads.window())

    assert Lead.objects.visible_to(world.li).exists()
    assert not Lead.objects.visible_to(world.far_reviewer).exists()


def test_whoever_works_there_or_declared_a_tie_does_not_judge(world):
    lead = make_leads.lead(world)
    make.Membership.objects.create(
        user=world.zhou, organization=lead.organization, role=Role.TEACHER, since=make.LONG_AGO
    )
    Interest.objects.create(
        user=world.li, organization=world.other_school, kind="owner", since=make.LONG_AGO
    )

    assert not may_judge(world.zhou, lead)
    with refused("must_stay_away"):
        judging.confirm(lead, by=world.li, note="成立")


def test_a_judgement_needs_a_reason_and_may_be_taken_up_again(world):
    lead = make_leads.lead(world)
    with refused("note_required"):
        judging.confirm(lead, by=world.li, note=" ")
    judged = judging.confirm(lead, by=world.li, note="笔迹不同")
    assert (judged.note, judged.judged_by) == ("笔迹不同", world.li)
    with refused("wrong_state"):
        judging.dismiss(lead, by=world.gu, note="不是")

    again = judging.reopen(lead, by=world.gu, note="又有新情况")

    assert again.state == State.OPEN
    verbs = list(audit.own_history(lead).values_list("verb", flat=True))
    assert verbs == ["lead.found", "lead.confirmed", "lead.reopened"]


def test_confirmed_leads_are_counted_for_each_body_they_concern(world):
    lead = make_leads.lead(world)
    assert not Lead.objects.confirmed().exists()

    judging.confirm(lead, by=world.li, note="成立")

    assert Lead.objects.of(world.other_school).confirmed().get() == lead
    assert Lead.objects.tally() == {"two_places": {"confirmed": 1}}


FINDING = {"text": "11 月 2 日阿某同时在两处签到，已核实", "law": "第十三条", "severity": "serious"}


def test_a_confirmed_lead_becomes_a_finding_when_somebody_says_so(world):
    lead = make_leads.lead(world)
    with refused("not_confirmed"):
        judging.hand_on(lead, world.school, by=world.li, **FINDING)
    judging.confirm(lead, by=world.li, note="成立")
    with refused("other_body"):
        judging.hand_on(lead, world.body, by=world.li, **FINDING)
    with pytest.raises(NotAllowed):
        judging.hand_on(lead, world.school, by=world.aygul, **FINDING)

    found = judging.hand_on(lead, world.school, by=world.li, **FINDING)

    assert list(Finding.objects.about(lead)) == [found]
    assert found.authority == world.bureau
    assert audit.own_history(lead).last().verb == "lead.handed_on"
    assert not Finding.objects.visible_to(world.aygul).exists()


def test_people_of_dismissed_leads_are_forgotten_in_time(world):
    lead = make_leads.lead(world)
    judging.dismiss(lead, by=world.li, note="同名")
    kept = make_leads.lead(world, user=world.mayra)
    judging.confirm(kept, by=world.li, note="成立")
    assert judging.forget() == 0

    with time_machine.travel(timezone.now() + timedelta(days=181), tick=False):
        assert judging.forget() == 1
        assert judging.forget() == 0

    lead.refresh_from_db()
    kept.refresh_from_db()
    assert lead.evidence == []
    assert "同时" not in lead.title
    assert lead.note == "同名"
    assert kept.evidence != []
    assert audit.own_history(lead).last().verb == "lead.forgotten"
    with refused("forgotten"):
        judging.reopen(lead, by=world.li, note="再看")
    assert searching.search(make_leads.window()) == 0  # its key is known


def test_somebody_has_some_days_searched(world):
    make_leads.two_places(world, world.adil)
    today = timezone.localdate()

    job = searching.ask(by=world.li, first=today - timedelta(days=3), last=today)

    waiting = ProcrastinateJob.objects.get(task_name=searching.SEARCH)
    jobs.search.func(**waiting.args)
    jobs.search.func(**waiting.args)  # run twice without harm
    job.refresh_from_db()
    assert (job.outcome, job.done, job.total) == ("done", 6, 6)
    assert job.result.startswith("新线索 1 条")
    assert job.url == f"/leads/searching/{job.pk}/"
    assert audit.own_history(job).get().facts["new"] == 1
    assert Message.objects.get(recipient=world.li).title == job.title


def test_only_the_rules_and_days_asked_for_are_searched(world):
    make_leads.two_places(world, world.adil)
    today = timezone.localdate()

    job = searching.ask(by=world.li, first=today, last=today, rules=["burst"])
    waiting = ProcrastinateJob.objects.get(task_name=searching.SEARCH)
    jobs.search.func(**waiting.args)

    job.refresh_from_db()
    assert (job.total, job.result[:5]) == (1, "新线索 0")


def test_days_that_make_no_sense_are_refused(world):
    today = timezone.localdate()
    day = timedelta(days=1)

    with refused("days_wrong"):
        searching.ask(by=world.li, first=today, last=today - day)
    with refused("days_wrong"):
        searching.ask(by=world.li, first=today, last=today + day)
    with refused("days_many"):
        searching.ask(by=world.li, first=today - 400 * day, last=today)
    with pytest.raises(NotAllowed):
        searching.ask(by=world.aygul, first=today, last=today)
    assert not LongJob.objects.exists()


def test_the_clock_searches_and_forgets(world):
    make_leads.two_places(world, world.adil)

    jobs.nightly.func(0)
    jobs.forget.func(0)

    assert Lead.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_searches_at_once_find_it_once():
    world = make.world()
    make_leads.two_places(world, world.adil)

    window = make_leads.window()

    assert sorted(at_once(*[lambda: searching.search(window)] * 2)) == [0, 1]
    assert Lead.objects.count() == 1
