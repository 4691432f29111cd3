"""A record falls with the decision it rests on."""

from django.urls import reverse
from django.utils import timezone

from tests import make_credit, make_measures
from zhupei.core import sources
from zhupei.credit.actions.records import follow_withdrawn
from zhupei.credit.models import CreditRecord, RecordState
from zhupei.oversight.actions.decisions import revoke


def test_a_decision_taken_back_takes_its_credit_record_along(world):
    found = make_measures.served(world)
    record = make_credit.record(world, source=found)
    other = make_credit.record(world)
    assert follow_withdrawn() == 0

    found = revoke(found, by=world.zhou, note="复议撤销")

    assert (follow_withdrawn(), follow_withdrawn()) == (1, 0)
    record.refresh_from_db()
    assert (record.state, record.ended_on) == (RecordState.WITHDRAWN, timezone.localdate())
    assert list(CreditRecord.objects.public()) == [other]


def test_the_button_names_the_records_that_will_fall(world, as_user):
    found = make_measures.served(world)
    page = reverse("oversight:measure", args=[found.pk])
    assert "没有由它产生的信用记录" in as_user(world.zhou).get(page).text
    record = make_credit.record(world, source=found)
    make_credit.record(world)

    assert f"随即撤下 1 条信用记录（{record.number}）" in as_user(world.zhou).get(page).text

    revoke(found, by=world.zhou, note="复议撤销")
    follow_withdrawn()
    fallen = CreditRecord.objects.filter(state=RecordState.WITHDRAWN)
    assert list(fallen) == [record]


def test_a_penalty_taken_back_takes_its_credit_record_along(world, as_user):
    found = make_measures.received(world)
    make_measures.reported(world, "penalised", found)
    record = make_credit.record(world, source=found, authority=world.home_hr)
    page = as_user(world.tao).get(reverse("oversight:handover", args=[found.pk])).text
    assert f"随即撤下 1 条信用记录（{record.number}）" in page

    make_measures.reported(world, "revoked", found, text="复议撤销")

    assert follow_withdrawn() == 1
    record.refresh_from_db()
    assert record.state == RecordState.WITHDRAWN


def test_a_source_is_found_again_by_its_key(world):
    measure = make_measures.measure(world)
    record = make_credit.record(world, source=measure)

    assert sources.find(record.source) == measure
    assert record.source_path == measure.get_absolute_url()
    assert sources.find("oversight.measure/0") is None
    assert sources.find("nothing") is None
    assert sources.of(None)["source"] == ""
