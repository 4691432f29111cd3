"""What waits because of measures, matters handed over, and credit records."""

from datetime import timedelta

import time_machine
from django.utils import timezone

from tests import make_credit, make_measures
from tests.portal.test_todo import lines
from tests.portal.test_todo_standing import line
from tests.refusals import refused
from zhupei.core.templatetags.ui import dated
from zhupei.oversight.actions import measures
from zhupei.oversight.models import Measure


def kinds(user) -> list[str]:
    return [kind for kind, _title in lines(user)]


def test_a_measure_waits_for_the_one_whose_turn_it_is(world):
    found = make_measures.measure(world)
    assert "管理措施" in kinds(world.li)
    assert "管理措施" not in kinds(world.far_reviewer)

    found = measures.notify(found, by=world.li)

    assert line(world.aygul, "管理措施告知").url == found.get_absolute_url()
    assert "管理措施" not in kinds(world.zhou)
    found = measures.state(found, by=world.aygul, statement="有证", hearing=True)
    assert "要求听证" in line(world.li, "管理措施").note
    measures.state(found, by=world.aygul, statement="就这些", waive=True)
    assert line(world.zhou, "管理措施").due == found.decide_by
    assert "管理措施" not in kinds(world.li)  # he wrote it up
    assert "管理措施告知" not in kinds(world.aygul)


def test_the_institution_reads_the_last_day_on_which_it_may_speak(world):
    found = make_measures.noticed(world)
    sooner = found.statement_until - timedelta(days=2)
    Measure.objects.filter(pk=found.pk).update(statement_until=sooner)
    found.refresh_from_db()
    with time_machine.travel(found.words_until - timedelta(minutes=2)):
        assert timezone.localdate(line(world.aygul, "管理措施告知").due) == found.last_day
    with time_machine.travel(found.words_until + timedelta(minutes=2)):
        assert "管理措施告知" not in kinds(world.aygul)
        with refused("statement_late") as refusal:
            measures.state(found, by=world.aygul, statement="晚了")
        assert dated(found.last_day) in str(refusal.value)


def test_after_the_term_a_silent_institution_is_decided_on(world):
    found = make_measures.noticed(world)

    with time_machine.travel(timezone.now() + make_measures.AFTER_THE_TERM):
        assert line(world.zhou, "管理措施").url == found.get_absolute_url()


def test_a_decision_waits_to_be_served_and_an_order_to_be_checked(world):
    make_measures.decided(world)
    assert "管理措施决定" in kinds(world.aygul)
    assert "管理措施" in kinds(world.li)

    make_measures.served(world, "talk")

    with time_machine.travel(timezone.now() + timedelta(days=40)):
        assert kinds(world.li).count("管理措施") == 2  # one to serve, one to check


def test_a_handover_waits_for_a_colleague_and_then_for_its_receiver(world):
    made = make_measures.handover(world)
    assert "移送" in kinds(world.zhou)
    assert "移送" not in kinds(world.li)

    make_measures.handovers.send(made, by=world.zhou)

    assert line(world.tao, "线索移送").due
    assert "线索移送" not in kinds(world.tian)
    found = make_measures.received(world)
    make_measures.reported(world, "filed", found)
    assert kinds(world.tao).count("线索移送") == 2


def test_a_record_waits_for_its_institution_and_a_repair_for_its_authority(world):
    fresh = make_credit.record(world)
    old = make_credit.record(world, ago=120)
    assert line(world.aygul, "信用记录").url == old.get_absolute_url()

    make_credit.repair(world, old)
    make_credit.objection(world, fresh)

    assert "信用记录" not in kinds(world.aygul)
    assert line(world.li, "信用修复").url == old.get_absolute_url()
    assert line(world.zhou, "信用异议").url == fresh.get_absolute_url()
    assert "信用修复" not in kinds(world.far_reviewer)
