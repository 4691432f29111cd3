"""What waits because something was found wrong."""

from datetime import timedelta

import time_machine
from django.urls import reverse

from tests import make_corrections
from zhupei.corrections.models import Finding
from zhupei.portal.todo import todos


def titles(user) -> list[tuple[str, str]]:
    return [(str(line.kind), line.title) for line in todos(user)]


def test_an_order_waits_for_the_institution_until_it_answers(world):
    order = make_corrections.order(world)
    line = next(line for line in todos(world.aygul) if line.kind == "限期整改")
    assert (line.title, line.due) == (order.number, order.due_at)
    assert line.url == reverse("corrections:order", args=[order.pk])

    make_corrections.answered(world, order)

    assert "限期整改" not in {kind for kind, _title in titles(world.aygul)}
    assert ("核查整改", "天山建设职业技能培训学校") in titles(world.li)
    assert "核查整改" not in {kind for kind, _title in titles(world.gu)}


def test_what_comes_back_and_a_wish_for_time_wait(world):
    order = make_corrections.answered(world)
    order = make_corrections.verified(world, order, back=list(order.findings.all()))
    assert ("整改退回", order.number) in titles(world.aygul)

    make_corrections.wish(world, order)

    assert ("延期申请", "天山建设职业技能培训学校") in titles(world.zhou)


def test_findings_nobody_acted_on_are_counted(world):
    make_corrections.finding(world)
    make_corrections.finding(world)
    assert ("问题清单", "2 个问题还没有处理") in titles(world.li)
    assert "问题清单" not in {kind for kind, _title in titles(world.far_reviewer)}
    first = Finding.objects.order_by("act_due_at").first()
    line = next(line for line in todos(world.li) if line.kind == "问题清单")
    assert line.due == first.act_due_at
    with time_machine.travel(first.act_due_at + timedelta(days=1)):
        assert ("问题逾期未处理", "2 个问题逾期没有处理") in titles(world.gu)


def test_the_region_is_told_how_many_are_overdue(world):
    order = make_corrections.order(world)
    with time_machine.travel(order.due_at + timedelta(hours=1)):
        assert ("整改逾期", "1 份整改通知逾期未报") in titles(world.gu)
        assert "整改逾期" not in {kind for kind, _title in titles(world.li)}


def test_an_assessment_body_answers_by_its_examiner(world):
    found = make_corrections.finding(world, organization=world.body, kind="exams")
    order = make_corrections.order(world, found)
    assert ("限期整改", order.number) in titles(world.chen)
