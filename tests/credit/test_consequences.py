"""What a record does elsewhere: told before it is entered, and the same once it is."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import (
    make_classes,
    make_corrections,
    make_credit,
    make_evaluation,
    make_measures,
    make_oversight,
)
from tests.refusals import refused
from zhupei.core.models import Event, Message
from zhupei.credit import consequences
from zhupei.credit.actions import records, repairs
from zhupei.credit.models import CreditRecord

SAID = {
    "about": "institution",
    "seriousness": "serious",
    "ground": "虚报学时",
    "law": "《办法》第二十三条",
    "decided_on": timezone.localdate(),
}


@pytest.fixture
def judged(world):
    """There is a scheme by which conduct costs points."""
    make_evaluation.people(world)
    return make_evaluation.frozen(world)


def told(world) -> dict[str, tuple[str, str]]:
    file = consequences.CreditFile.read(world.school)
    return {one.title: (one.word, one.facts) for one in consequences.of(file)}


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        ({}, {"公众能看到的", "年度评估", "双随机抽查"}),
        ({"seriousness": "minor"}, {"公众能看到的", "年度评估"}),
        ({"seriousness": "minor", "shown_why": "多次"}, {"公众能看到的", "年度评估", "双随机抽查"}),
        ({"about": "principal", "person_name": "王某"}, {"公众能看到的", "双随机抽查"}),
    ],
)
def test_what_the_preview_says_is_what_entering_does(world, as_user, judged, said, changed):
    make_credit.record(world)  # there is one already
    before = told(world)
    form = SAID | {"step": "look"} | said

    seen = as_user(world.li).post(reverse("credit:enter", args=[world.school.pk]), form)
    turns = seen.context["will"]["turns"]

    assert told(world) == before
    assert {one.after.title for one in turns} == changed
    assert all(one.after.word in seen.text and one.after.facts in seen.text for one in turns)
    records.enter(world.school, by=world.li, **SAID | said)
    after = told(world)
    assert {title for title in after if after[title] != before[title]} == changed
    assert {one.after.title: (one.after.word, one.after.facts) for one in turns} == {
        title: after[title] for title in changed
    }


@pytest.mark.parametrize("person", ["li", "gu", "aygul"])
def test_a_file_asks_a_dozen_questions_however_much_there_is_to_tell(
    world, as_user, judged, django_assert_max_num_queries, person
):
    taught = make_classes.approved_class(world)
    make_credit.record(world, ago=120)
    make_credit.grade(world)
    make_corrections.order(world)
    measure = make_measures.served(world)
    make_oversight.suspension(world)
    browser, url = as_user(getattr(world, person)), reverse("credit:file", args=[world.school.pk])
    browser.get(url)

    with django_assert_max_num_queries(12):
        page = browser.get(url)

    said = {one.title: (one.word, one.facts) for one in page.context["bearings"]}
    assert said["准入和业务"] == ("暂停业务", f"{world.bureau} 决定：查实顶替参训")
    assert said["开班计划"] == ("冻结", f"冻结 1 个班、0 份计划：{taught.title}")
    assert said["管理措施"][1] == f"限期改正（{measure.number}）"
    assert said["整改"] == ("没有逾期", "没有办结的整改通知 1 份。")


def test_nothing_of_a_rehearsal_stays(world):
    events, inbox = Event.objects.count(), Message.objects.count()

    row, turns = consequences.turned(
        world.school, lambda: records.enter(world.school, by=world.li, **SAID)
    )

    assert row.number
    assert turns
    assert not CreditRecord.objects.exists()
    assert (Event.objects.count(), Message.objects.count()) == (events, inbox)


def test_what_entering_refuses_is_refused_while_looking(world):
    finding = make_corrections.finding(world, kind="conduct")
    records.enter(world.school, by=world.li, source=finding, **SAID)

    with refused("entered_already"):
        consequences.turned(
            world.school, lambda: records.enter(world.school, by=world.li, source=finding, **SAID)
        )


def test_a_repaired_record_is_used_for_nothing_any_more(world, judged):
    clean = told(world)
    found = make_credit.record(world, ago=120)
    assert told(world)["年度评估"][0] != "不扣分"
    asked = make_credit.repair(world, found)

    repairs.grant(asked, by=world.li, note="已整改")

    assert told(world) == clean
