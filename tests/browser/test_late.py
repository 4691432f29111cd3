"""What came too late, as the examiner and the invigilator see it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import expect

from tests import make, make_exams, make_officials
from tests.browser.stage import Stage, follow
from tests.exams.test_late import answer, file_of
from zhupei.exams.actions import attempts, invigilators
from zhupei.exams.models import LateAnswer

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_late_answers_are_let_in_and_a_file_is_handed_in(stage: Stage):
    world = make_officials.add(make.world())
    world.sitting = make_exams.sealed_sitting(world, world.adil, world.mayra)
    called = invigilators.call(world.sitting, world.nur, by=world.chen)
    invigilators.accept(called, by=world.nur)
    with time_machine.travel(make_exams.during(world.sitting, 30)):
        world.attempt = make_exams.started_attempt(world.sitting, world.adil)
        other = make_exams.started_attempt(world.sitting, world.mayra)
        make_exams.answer(world.attempt, make_exams.right(world.sitting, 11))
        turn = int(timezone.now().timestamp() * 1000)
    for row, places in ((world.attempt, (11, 12)), (other, (3,))):
        LateAnswer.objects.bulk_create(
            LateAnswer(
                attempt_id=row.pk,
                item=place,
                choice="B",
                turn=turn,
                arrived_at=world.sitting.ends_at + timedelta(minutes=3),
            )
            for place in places
        )
    stage.be(world.sitting.ends_at + timedelta(minutes=10))
    attempts.close_overdue()
    page = stage.desk(world.chen)
    page.goto(f"/exams/{world.sitting.pk}/")
    stage.look(page, "sitting-with-late-answers")
    follow(page, "迟到的答案和答卷文件")
    stage.look(page, "late-answers")
    row = page.get_by_role("row").filter(has_text=world.adil.name)
    row.get_by_label("理由").fill("考场断网，答案是收卷前写的")
    row.get_by_role("button", name="计入，重新评分").click()
    expect(page.get_by_text("已计入")).to_be_visible()
    watcher = stage.phone(world.nur)
    watcher.goto(f"/exams/{world.sitting.pk}/late/")
    watcher.get_by_label("答卷文件").set_input_files(
        {"name": "答卷.zpa", "mimeType": "", "buffer": file_of(world, answer(15, "B"))}
    )
    watcher.get_by_role("button", name="交上").click()
    expect(watcher.get_by_text("迟到留存 1 题")).to_be_visible()
    stage.look(watcher, "late-on-a-phone")
