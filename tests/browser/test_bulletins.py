"""A month told: drafted from the record, reworded, issued, read by a school and by everybody."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests import make, make_classes, make_corrections
from tests.browser.stage import Stage, fill, follow, noon, press, sees
from zhupei.bulletins import rules
from zhupei.bulletins.rules import Period

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def test_a_month_is_told_from_the_record(stage: Stage):
    world = make.world()
    make_classes.approved_class(world)
    make_corrections.finding(world, severity="serious")
    month = rules.month_of(stage.today)
    stage.be(noon(month.until + timedelta(days=3)))

    draft_and_issue(stage, world, month)
    read(stage, world, month)


def draft_and_issue(stage: Stage, world: SimpleNamespace, month: Period) -> None:
    """Li rewords one section and gives it a number; the bureau's own score is a page away."""
    page = stage.desk(world.li)
    page.goto("/bulletins/")
    stage.look(page, "bulletins-none")
    follow(page, "起草一期")
    fill(page, {"哪一期": month.label})
    stage.look(page, "bulletin-period")
    press(page, "起草")
    sees(page, "已起草", "发现问题 1 个", "通过 1 个")
    page.get_by_text("改这一节的文字").first.click()
    fill(page, {"这一节的文字": "本月开班平稳。\n下月重点查实训。"})
    press(page, "保存")
    sees(page, "下月重点查实训。", "文字已改过")
    stage.look(page, "bulletin-draft")
    fill(page, {"同时向社会公开": True})
    press(page, "印发")
    sees(page, "已印发", f"XJ-{month.since.year}-0001")
    with page.expect_download() as paper:
        page.get_by_role("link", name="Word").click()
    assert paper.value.suggested_filename.endswith(".docx")
    page.goto("/duty/")
    sees(page, "怎么算")
    stage.look(page, "duty")


def read(stage: Stage, world: SimpleNamespace, month: Period) -> None:
    """A school reads it on the page, anybody finds the papers."""
    school = stage.phone(world.aygul)
    school.goto("/bulletins/")
    follow(school, month.label)
    sees(school, "下月重点查实训。")
    stage.look(school, "bulletin-issued")
    anybody = stage.phone()
    anybody.goto("/public/bulletins/")
    sees(anybody, month.label)
    stage.look(anybody, "public-bulletins")
