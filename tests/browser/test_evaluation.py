"""A year of one institution: region, institution, bureau, two experts, the public."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import make
from tests import make_evaluation as build
from tests.browser.stage import Stage
from zhupei.evaluation.actions import computing, experts, schemes
from zhupei.evaluation.models import Evaluation, Scheme, Seat, State

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def fill_sheet(page: Page, found: Evaluation) -> None:
    """Every line that must be scored: full, with a reason."""
    for code in build.owed(found):
        answer = build.answer(found, code)
        page.locator(f"#id_value-{answer.pk}").fill(str(answer.indicator.points))
        page.locator(f"#id_reason-{answer.pk}").fill("现场看过")


def the_region_begins(stage: Stage, world) -> Evaluation:
    gu = stage.desk(world.gu)
    gu.goto(reverse("evaluation:schemes"))
    gu.get_by_label("评估年度").fill(str(timezone.localdate().year))
    gu.get_by_label("机构自评截止").fill(str(timezone.localdate() + timedelta(days=9)))
    press(gu, "起草")
    stage.look(gu, "scheme-draft")
    gu.get_by_role("link", name="改名称和日期").click()
    yesterday = timezone.localdate() - timedelta(days=1)  # nothing is published in mid-year
    gu.get_by_label("数据起").fill(str(yesterday - timedelta(days=364)))
    gu.get_by_label("数据止").fill(str(yesterday))
    press(gu, "保存")
    press(gu, "定稿并发布")
    expect(gu.get_by_text("方案已发布")).to_be_visible()
    scheme = Scheme.objects.get()
    list(computing._computed(scheme, list(scheme.evaluations.all()), by=None))
    assert schemes.digest(scheme) == scheme.sha256
    return build.of(scheme, world.school)


def the_institution_reports(stage: Stage, world, found: Evaluation) -> None:
    aygul = stage.desk(world.aygul)
    aygul.goto("/evaluation/")
    stage.look(aygul, "evaluation-open")
    aygul.get_by_role("link", name="1.1.3 制度").click()
    aygul.get_by_label("自评说明").fill("八项制度都已施行，见附件。")
    press(aygul, "保存说明")
    expect(aygul.get_by_text("自评说明已保存")).to_be_visible()
    stage.look(aygul, "evaluation-indicator")
    aygul.goto(reverse("evaluation:outlook"))
    press(aygul, "按现在的数据算")
    stage.look(aygul, "evaluation-outlook")
    aygul.goto(found.get_absolute_url())
    press(aygul, "提交自评")
    expect(aygul.get_by_text("待属地评分").first).to_be_visible()


def the_bureau_scores(stage: Stage, world, found: Evaluation) -> None:
    li = stage.desk(world.li)
    li.goto(found.get_absolute_url())
    li.get_by_role("link", name="评分", exact=True).click()
    pk = build.answer(found, "3.1").pk
    li.locator(f"#id_value-{pk}").fill("2.5")
    press(li, "保存评分")
    expect(li.get_by_text("请写明理由")).to_be_visible()
    li.locator(f"#id_reason-{pk}").fill("一次巡查没有配合")
    stage.look(li, "evaluation-sheet")
    press(li, "保存评分")
    expect(li.get_by_text("保存了 1 项评分")).to_be_visible()
    li.goto(found.get_absolute_url())
    press(li, "完成属地评分")
    expect(li.get_by_text("待专家复核").first).to_be_visible()


def the_experts_review(stage: Stage, world, found: Evaluation) -> None:
    for user, seat in ((world.ren, Seat.FIRST), (world.ye, Seat.SECOND)):
        experts.appoint(found, by=world.gu, expert=user, seat=seat)
        page = stage.desk(user)
        page.goto(found.get_absolute_url())
        page.get_by_role("link", name="评分", exact=True).click()
        fill_sheet(page, found)
        press(page, "保存评分")
        page.goto(found.get_absolute_url())
        press(page, "提交复核")
    assert build.of(found.scheme, world.school).state == State.REVIEWED


def test_a_year_from_the_scheme_to_the_public_page(stage: Stage):
    world = build.people(make.world())
    found = the_region_begins(stage, world)
    the_institution_reports(stage, world, found)
    the_bureau_scores(stage, world, found)
    the_experts_review(stage, world, found)

    gu = stage.desk(world.gu)
    gu.goto(reverse("evaluation:scheme", args=[found.scheme_id]))
    gu.get_by_role("link", name="公示结果").click()
    expect(gu.get_by_label(world.school.name)).to_be_checked()
    stage.look(gu, "scheme-publicise")
    press(gu, "确认公示选中的机构")
    expect(gu.get_by_text("1 家开始公示")).to_be_visible()
    stage.look(gu, "scheme-running")
    gu.goto(reverse("evaluation:index"))
    stage.look(gu, "evaluation-list")
    gu.goto(reverse("evaluation:tables", args=[found.scheme_id]))
    stage.look(gu, "evaluation-tables")
    gu.goto(found.get_absolute_url())
    press(gu, "按留存的事实重算一遍")
    expect(gu.get_by_text("每一项都一致")).to_be_visible()
    stage.look(gu, "evaluation-public")

    anybody = stage.phone()
    anybody.goto(reverse("evaluation:year", args=[found.scheme.year]))
    expect(anybody.get_by_text(world.school.name)).to_be_visible()
    stage.look(anybody, "public-results")
