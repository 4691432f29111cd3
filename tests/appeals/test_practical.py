"""Doubts and misconduct of practical exams: the same procedures, the mark of a turn."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from tests import make, make_marking, make_practical
from tests.refusals import refused
from zhupei.appeals import rules
from zhupei.appeals.access import may_answer, may_ask, may_decide_appeal
from zhupei.appeals.actions import cases, requests
from zhupei.appeals.models import Misconduct, ReviewRequest, ReviewState
from zhupei.appeals.rules import Breach
from zhupei.archives import recompute_marks
from zhupei.archives.contents import practical
from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.core.models import Message
from zhupei.organizations.models import Role
from zhupei.practical.actions import corrections
from zhupei.practical.actions.corrections import Said
from zhupei.practical.models import Turn

LATER = timedelta(hours=2)
FULL = Said({"c1": Decimal(40), "c2": Decimal(40), "c3": Decimal(20)}, frozenset())


@pytest.fixture
def session(world):
    return make_practical.released_session(world, world.adil, failing=(world.mayra,))


@pytest.fixture
def turn(world, session):
    return make_practical.turn_of(session, world.mayra)


@pytest.fixture
def afterwards(session):
    with time_machine.travel(session.closes_at + LATER, tick=False) as clock:
        yield clock


def asked(world, turn) -> ReviewRequest:
    return requests.file(turn, by=world.mayra, grounds="垂直度量错了。")


def case_of(world, turn, **fields) -> Misconduct:
    said = {"breach": "cheating", "facts": "别人替他砌了三皮。"} | fields
    return cases.open_case(turn, by=world.chen, **said)


def decided(world, case, judge) -> Misconduct:
    case = cases.notify(case, by=world.chen)
    cases.state(case, by=world.mayra, statement="没有", waive=True)
    return cases.decide(case, by=judge, note="录像属实")


def test_a_practical_mark_is_doubted_answered_and_appealed(world, turn, afterwards):
    review = asked(world, turn)

    assert review.person == world.mayra.person
    assert review.exam == turn.session
    assert Message.objects.filter(recipient=world.chen, title__contains="复核").exists()
    assert may_ask(world.mayra, turn)
    assert not may_ask(world.adil, turn)
    with refused("asked_already"):
        asked(world, turn)
    with pytest.raises(NotAllowed):
        requests.file(turn, by=world.adil, grounds="x")
    review = requests.uphold(review, by=world.chen, note="两张评分表都核对过")
    appeal = requests.appeal(review, by=world.mayra, grounds="不服")
    world.li.acting = world.li.memberships.get()
    assert may_decide_appeal(world.li, appeal)
    requests.grant(appeal, by=world.li, note="再核对录像")
    review.refresh_from_db()
    assert review.state == ReviewState.FILED


def test_nothing_is_doubted_before_it_is_known_or_without_a_mark(world):
    session = make_practical.settled_session(world, world.mayra)
    turn = make_practical.turn_of(session, world.mayra)

    with refused("not_released"):
        asked(world, turn)
    with refused("grounds_missing"):
        requests.file(turn, by=world.mayra, grounds=" ")


def test_who_was_absent_has_no_mark_to_doubt(world, session, turn, afterwards):
    Turn.objects.filter(pk=turn.pk).update(
        mark=None, passed=None, settled_at=None, arrived_at=None, absent=True
    )

    with refused("no_mark"):
        asked(world, turn)


def test_an_assessor_of_the_turn_does_not_answer_for_it(world, turn, afterwards):
    review = asked(world, turn)
    for user in (world.chen, world.kurban):
        user.acting = user.memberships.first()
    make.Membership.objects.create(
        user=world.kurban, organization=world.body, role=Role.EXAMINER, since=make.LONG_AGO
    )
    world.kurban.acting = world.kurban.memberships.get(role=Role.EXAMINER)

    assert may_answer(world.chen, review)
    assert not may_answer(world.kurban, review)


def test_sheets_are_put_right_and_the_mark_follows_by_the_same_rule(world, turn, afterwards):
    review = asked(world, turn)
    with refused("still_differ"):
        requests.correct_turn(review, {1: FULL}, by=world.chen, note="甲的表加错")
    odd = Said({"c1": Decimal("39.5")}, frozenset())
    with refused("points_not_allowed") as refusal:
        requests.correct_turn(review, {1: odd}, by=world.chen, note="x")
    assert refusal.value.field == "sheet-1-c1"
    with refused("nothing_changed"):
        requests.correct_turn(review, {}, by=world.chen, note="x")

    requests.correct_turn(review, {1: FULL, 2: FULL}, by=world.chen, note="两处量错")

    turn.refresh_from_db()
    assert (turn.mark, turn.passed) == (Decimal(100), True)
    fact = audit.own_history(turn).get(verb="turn.corrected").facts
    assert fact["totals"] == {"1": "100.00", "2": "100.00"}
    with pytest.raises(NotAllowed):
        corrections.correct(turn, {}, by=world.li, note="x")


def test_misconduct_at_a_station_takes_the_mark_away(world, turn, afterwards):
    judge = make.member("第二考务员", Role.EXAMINER, world.body)
    case = case_of(world, turn, breach="order")
    with refused("case_open"):
        case_of(world, turn, breach="order")
    with pytest.raises(NotAllowed):
        cases.open_case(turn, by=world.kurban, breach="order", facts="x")

    decided(world, case, judge)

    turn.refresh_from_db()
    assert (turn.annulled, turn.passed) == (True, False)
    with refused("annulled"):
        corrections.correct(turn, {1: FULL, 2: FULL}, by=world.chen, note="x")
    told = Message.objects.filter(recipient=world.mayra).latest("pk")
    assert turn.session.title in told.title


def test_all_subjects_of_the_round_are_void(world, session, turn, afterwards):
    judge = make.member("第二考务员", Role.EXAMINER, world.body)
    sitting = make_marking.marked(world, world.mayra)
    sitting.__class__.objects.filter(pk=sitting.pk).update(job=session.rubric.job)
    attempt = make_marking.attempt_of(sitting, world.mayra)

    case = case_of(world, turn)
    everything = rules.categories(5)[Breach.CHEATING]
    assert cases.touched(case, everything).number() == 2
    decided(world, case, judge)

    attempt.refresh_from_db()
    assert attempt.void
    other = make_practical.turn_of(session, world.adil)
    assert not other.annulled


def test_the_package_holds_what_followed_and_computes_the_corrected_mark(
    world, turn, afterwards, tmp_path
):
    review = asked(world, turn)
    requests.correct_turn(review, {1: FULL, 2: FULL}, by=world.chen, note="两处量错")
    judge = make.member("第二考务员", Role.EXAMINER, world.body)
    adil = make_practical.turn_of(turn.session, world.adil)
    case = cases.notify(case_of(world, adil, breach="order"), by=world.chen)
    cases.state(case, by=world.adil, statement="没有", waive=True)
    cases.decide(case, by=judge, note="属实")

    files = practical.gather(turn.session)

    assert "两处量错" in files["复核和申诉.csv"].decode()
    assert "别人替他砌了三皮" in files["违纪处理.json"].decode()
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    assert list(recompute_marks.practical(tmp_path)) == []


def test_the_pages_of_a_doubted_turn(world, session, turn, afterwards, as_user):
    mine = as_user(world.mayra)
    address = reverse("appeals:file-turn", args=[turn.pk])
    assert address in mine.get(reverse("practical:own-turn", args=[turn.pk])).text
    assert "评分表" in mine.get(address).text
    assert mine.post(address, {"grounds": ""}).status_code == 422
    mine.post(address, {"grounds": "垂直度量错了。"})
    review = turn.review_request
    page = reverse("appeals:review", args=[review.pk])
    assert mine.get(address).url == page
    assert as_user(world.adil).get(address).status_code == 404

    office = as_user(world.chen)
    assert "更正评分" in office.get(page).text
    assert session.title in office.get(reverse("appeals:index")).text
    here = reverse("appeals:correct-turn", args=[review.pk])
    assert office.post(here, {"note": "x"}).status_code == 422
    form = office.get(page).context["correction"]
    said = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
    assert not [one for one in said.values() if "E+" in str(one)]
    said |= {name: form.fields[name].max_value for name in said if name.startswith("sheet-")}
    said |= {"note": "两处量错", "fatal-1": [], "fatal-2": []}
    assert "已更正" in office.post(here, said, follow=True).text
    assert office.post(reverse("appeals:correct", args=[review.pk]), {}).status_code == 404
    late = reverse("appeals:decide-late", args=[review.pk])
    assert office.post(late, {"note": "x"}).status_code == 404


def test_a_case_is_opened_from_the_page_of_a_turn(world, turn, afterwards, as_user):
    address = reverse("appeals:open-turn-case", args=[turn.pk])
    office = as_user(world.chen)

    assert address in office.get(reverse("practical:turn", args=[turn.pk])).text
    assert "号工位" in office.get(address).text
    office.post(address, {"breach": "order", "facts": "不听提醒"})

    case = turn.cases.get()
    assert str(turn.person.name) in office.get(reverse("appeals:cases")).text
    assert as_user(world.li).get(address).status_code == 404
    cases.notify(case, by=world.chen)
    assert "不听提醒" in as_user(world.mayra).get(reverse("appeals:case", args=[case.pk])).text
    assert as_user(world.adil).get(reverse("appeals:case", args=[case.pk])).status_code == 404
