"""Misconduct: nobody is judged untold, unheard, or by whoever accused them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from tests import make, make_exams, make_invigilation, make_marking, make_pictures
from tests.refusals import refused
from zhupei.appeals import rules
from zhupei.appeals.actions import cases
from zhupei.appeals.events import CaseEvent
from zhupei.appeals.models import CaseState, Misconduct
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Event, Message
from zhupei.exams.actions import marks
from zhupei.exams.models import Sitting
from zhupei.invigilation.actions import incidents
from zhupei.invigilation.actions.incidents import Seen
from zhupei.organizations.models import Role


@pytest.fixture
def sitting(world):
    return make_marking.marked(world)


@pytest.fixture
def judge(world):
    return make.member("第二考务员", Role.EXAMINER, world.body)


def test_a_case_runs_from_the_facts_to_a_decision(world, sitting, judge):
    case = make_marking.case(world, sitting)
    case = cases.notify(case, by=world.chen)
    told = Message.objects.filter(recipient=world.adil).latest("pk")
    assert "违纪告知" in told.title
    assert "陈述申辩" in told.body
    case = cases.state(case, by=world.adil, statement="我在看时间。", waive=True)

    case = cases.decide(case, by=judge, note="查看手机属实")

    attempt = make_marking.attempt_of(sitting, world.adil)
    assert case.state == CaseState.DECIDED
    assert attempt.void
    assert attempt.passed is False
    assert case.kept_until == rules.kept_until(timezone.localdate(), 5)
    assert "行政复议" in Message.objects.filter(recipient=world.adil).latest("pk").body
    with refused("void"):
        marks.settle(attempt, {})
    assert [e.verb for e in audit.own_history(case)] == [
        CaseEvent.OPENED,
        CaseEvent.EVIDENCE_ADDED,
        CaseEvent.NOTICED,
        CaseEvent.STATED,
        CaseEvent.DECIDED,
    ]


def test_nobody_decides_before_the_person_spoke_or_the_term_is_over(world, sitting, judge):
    case = cases.notify(make_marking.case(world, sitting), by=world.chen)

    with refused("statement_pending"):
        cases.decide(case, by=judge, note="属实")

    with time_machine.travel(timezone.now() + timedelta(days=20)):
        with refused("statement_late"):
            cases.state(case, by=world.adil, statement="晚了")
        assert cases.decide(case, by=judge, note="属实").state == CaseState.DECIDED


def test_who_has_spoken_may_add_until_the_term_ends_or_they_say_that_is_all(world, sitting, judge):
    case = cases.notify(make_marking.case(world, sitting), by=world.chen)
    case = cases.state(case, by=world.adil, statement="我在看时间。")
    with refused("statement_pending"):
        cases.decide(case, by=judge, note="属实")
    assert not Misconduct.objects.ripe(timezone.now()).exists()

    case = cases.state(case, by=world.adil, statement="同桌可以作证。", waive=True)

    assert case.statement.startswith("我在看时间。")
    assert case.statement.endswith("同桌可以作证。")
    assert Misconduct.objects.ripe(timezone.now()).contains(case)
    assert cases.decide(case, by=judge, note="属实").state == CaseState.DECIDED


def test_nobody_is_judged_untold_or_by_whoever_accused_them(world, sitting, judge):
    case = make_marking.case(world, sitting)
    with refused("wrong_state"):
        cases.decide(case, by=judge, note="属实")
    case = cases.notify(case, by=world.chen)
    case = cases.state(case, by=world.adil, statement="没有", waive=True)

    with pytest.raises(NotAllowed):
        cases.decide(case, by=world.chen, note="属实")
    with pytest.raises(NotAllowed):
        cases.decide(case, by=world.li, note="属实")


def test_a_dropped_case_changes_nothing_and_the_person_is_told(world, sitting):
    case = cases.notify(make_marking.case(world, sitting), by=world.chen)

    dropped = cases.drop(case, by=world.chen, note="查无实据")

    assert dropped.state == CaseState.DROPPED
    assert not make_marking.attempt_of(sitting, world.adil).void
    assert "已撤销" in Message.objects.filter(recipient=world.adil).latest("pk").title


@pytest.mark.parametrize(
    ("breach", "kept", "until"),
    [("order", False, None), ("grave", True, None), ("false_papers", True, date(2031, 11, 5))],
)
def test_what_is_kept_of_a_case_follows_from_its_category(
    world, sitting, judge, breach, kept, until
):
    with time_machine.travel(timezone.make_aware(timezone.datetime(2026, 11, 5, 10))):
        case = cases.notify(make_marking.case(world, sitting, breach=breach), by=world.chen)
        case = cases.state(case, by=world.adil, statement="没有", waive=True)
        case = cases.decide(case, by=judge, note="属实")

    assert (case.kept, case.kept_until) == (kept, until)


def test_a_grave_breach_voids_every_mark_of_the_round_and_a_small_one_only_this(world, judge):
    first = make_marking.marked(world, points=("0", "0"))
    Sitting.objects.filter(pk=first.pk).update(state="released")
    near = make_marking.handed_in(world, starts_at=timezone.now() + timedelta(days=10))
    for breach, hit in (("order", False), ("cheating", True)):
        case = cases.notify(make_marking.case(world, first, breach=breach), by=world.chen)
        cases.state(case, by=world.adil, statement="没有", waive=True)
        cases.decide(case, by=judge, note="属实")
        assert make_marking.attempt_of(first, world.adil).void
        assert make_marking.attempt_of(near, world.adil).void is hit


def test_what_is_missing_or_there_already_is_said(world, sitting):
    with refused("facts_missing") as refusal:
        make_marking.case(world, sitting, facts=" ")
    assert refusal.value.field == "facts"
    case = make_marking.case(world, sitting)
    with refused("case_open"):
        make_marking.case(world, sitting)
    with pytest.raises(NotAllowed):
        cases.open_case(
            make_exams.seat_of(sitting, world.adil), by=world.nur, breach="order", facts="x"
        )
    case = cases.notify(case, by=world.chen)
    with refused("statement_missing"):
        cases.state(case, by=world.adil, statement="")
    cases.drop(case, by=world.chen, note="查无实据")
    with refused("case_closed"):
        cases.add_evidence(case, by=world.chen, upload=ContentFile(b"%PDF-1.7", "迟到.pdf"))


def test_the_person_sees_the_case_only_once_they_were_told(world, sitting, as_user):
    case = make_marking.case(world, sitting)
    address = reverse("appeals:case", args=[case.pk])
    assert as_user(world.adil).get(address).status_code == 404

    cases.notify(case, by=world.chen)

    page = as_user(world.adil).get(address)
    assert "用手机查答案" in page.text
    assert "您可以陈述申辩" in page.text
    assert "第二考务员" not in page.text
    assert as_user(world.mayra).get(address).status_code == 404
    assert as_user(world.kurban).get(address).status_code == 404


def test_a_case_is_opened_read_and_answered_on_its_pages(world, sitting, as_user):
    office = as_user(world.chen)
    seat = make_exams.seat_of(sitting, world.adil)
    address = reverse("appeals:open-case", args=[seat.pk])
    assert "立案本身不影响成绩" in office.get(address).text
    assert office.post(address, {"breach": "order"}).status_code == 422
    opened = office.post(address, {"breach": "order", "facts": "不按座位就座"}, follow=True)
    assert "不按座位就座" in opened.text
    case = seat.cases.get()
    upload = ContentFile(b"%PDF-1.7 seen", "记录.pdf")
    office.post(reverse("appeals:add-evidence", args=[case.pk]), {"file": upload})
    paper = case.evidence.get()
    shown = office.get(reverse("appeals:evidence", args=[case.pk, paper.pk]))
    assert b"".join(shown) == b"%PDF-1.7 seen"
    assert Event.objects.filter(verb=CaseEvent.SEEN).count() == 1
    own = reverse("appeals:case", args=[case.pk])
    assert "告知当事人" in office.get(own).text
    office.post(reverse("appeals:case-move", args=[case.pk, "notify"]))
    assert "到期，北京时间" in office.get(own).text

    mine = as_user(world.adil)
    assert mine.post(reverse("appeals:state", args=[case.pk]), {}).status_code == 422
    said = mine.post(
        reverse("appeals:state", args=[case.pk]), {"statement": "座位号看错了"}, follow=True
    )
    assert "座位号看错了" in said.text
    assert as_user(world.chen).get(reverse("appeals:cases")).status_code == 200


def test_a_case_is_opened_from_where_something_was_seen_with_what_was_noted(world, as_user):
    sitting = make_invigilation.watched_sitting(world, world.adil, world.mayra)
    seat = make_exams.seat_of(sitting, world.adil)
    with make_invigilation.before_the_start(sitting, -20):
        photo = ContentFile(make_pictures.png(), "手机.png")
        seen = Seen("material", "serious", "口袋里有手机。", seat, photo)
        noted = incidents.note(sitting, seen, by=world.nur)
        incidents.note(sitting, Seen("illness", "warning", "咳嗽", seat), by=world.nur)
        office = as_user(world.chen)
        here = reverse("appeals:open-case", args=[seat.pk])
        one = f"{here}?incident={noted.pk}"
        assert here in office.get(reverse("exams:detail", args=[sitting.pk])).text
        assert one in office.get(reverse("invigilation:incidents", args=[sitting.pk])).text
        panel = reverse("invigilation:seat", args=[sitting.pk, seat.pk])
        assert here in office.get(panel).text
        room = as_user(world.nur)
        assert here not in room.get(panel).text
        assert room.get(here).status_code == 404

        office = as_user(world.chen)
        page = office.get(here)
        assert page.context["form"].initial["breach"] == "cheating"
        assert "口袋里有手机（努尔兰·哈力克记录）" in page.context["form"].initial["facts"]
        assert "咳嗽" not in page.context["form"].initial["facts"]
        said = page.context["form"].initial | {"file": ""}
        office.post(one, said)

    case = seat.cases.get()
    assert case.evidence.get().file == noted.photo


def test_before_the_start_nobody_has_done_anything_yet(world, as_user):
    sitting = make_exams.sealed_sitting(world, world.adil)
    seat = make_exams.seat_of(sitting, world.adil)

    page = as_user(world.chen).get(reverse("exams:detail", args=[sitting.pk]))

    assert reverse("appeals:open-case", args=[seat.pk]) not in page.text
