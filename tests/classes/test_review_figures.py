"""Second readings, draws and the figures of reviews in the browser."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make, make_classes
from tests.classes.test_review_views import asked, detail, evidence
from zhupei.classes import parameters, review
from zhupei.classes.actions import plan, second
from zhupei.classes.models import SecondReading

WEEK = timedelta(days=7)
WEEKS = 4 * WEEK


@pytest.fixture
def drawn(world):
    make.parameter_value(parameters.SECOND_READING_SHARE, 100, make.LONG_AGO)
    approved = make_classes.approved_class(world)
    second.draw(timezone.localdate())
    return SecondReading.objects.get(training_class=approved)


def test_the_region_reads_again_and_decides_in_the_browser(world, as_user, drawn):
    browser, page = as_user(world.gu), reverse("classes:second_reading", args=[drawn.pk])
    assert browser.get(page).context["moves"][0]["blocked"]
    for item in review.folder(drawn.training_class).items:
        assert browser.get(evidence(drawn.training_class, item.code)).status_code == 200
    assert not browser.get(page).context["moves"][0]["blocked"]

    browser.post(reverse("classes:move_second", args=[drawn.pk, "agree"]))

    drawn.refresh_from_db()
    assert drawn.state == "agreed"


def test_the_second_reader_sees_what_the_first_one_read(world, as_user, drawn):
    page = as_user(world.gu).get(reverse("classes:second_reading", args=[drawn.pk]))

    first = page.context["first"]
    assert first.event.actor_name == "李文涛"
    assert len(first.findings) == len(first.evidence)


def test_the_bureau_sees_its_second_readings_and_decides_none(world, as_user, drawn):
    browser = as_user(world.li)

    listed = browser.get(reverse("classes:second_readings"))
    one = browser.get(reverse("classes:second_reading", args=[drawn.pk]))
    posted = browser.post(reverse("classes:move_second", args=[drawn.pk, "agree"]))

    assert len(listed.context["rows"]) == 1
    assert one.context["moves"] == []
    assert posted.status_code == 403


def test_a_second_reading_is_no_page_elsewhere(world, as_user, drawn):
    url = reverse("classes:second_reading", args=[drawn.pk])

    assert as_user(world.far_reviewer).get(url).status_code == 404
    assert as_user(world.gu).post(url + "burn/").status_code == 404


def test_second_readings_are_filtered_by_state(world, as_user, drawn):
    browser, url = as_user(world.gu), reverse("classes:second_readings")

    assert browser.get(url, {"state": "waiting"}).context["rows"]
    assert "清除筛选" in browser.get(url, {"state": "objected"}).content.decode()


def test_the_draw_shows_seed_list_result_and_how_to_draw_again(world, as_user, drawn):
    page = as_user(world.far_reviewer).get(reverse("classes:draw", args=[drawn.draw_id]))

    words = page.content.decode()
    assert drawn.draw.seed in words
    assert "sha256sum" in words
    assert page.context["agrees"]
    assert as_user(world.wang).get(reverse("classes:draw", args=[drawn.draw_id])).status_code == 404


def test_the_plan_shows_its_second_reading_to_the_bureau_and_not_to_the_school(
    world, as_user, drawn
):
    url = detail(drawn.training_class)

    assert as_user(world.li).get(url).context["second"]
    assert as_user(world.aygul).get(url).context["second"] is None


# Figures


def figures(world, as_user, person="gu"):
    page = as_user(getattr(world, person)).get(reverse("classes:review_figures"))
    assert page.status_code == 200
    return page


def cells(page, table, name):
    row = next(x for x in page.context["tables"][table]["rows"] if x["name"] == name)
    return {cell.label: cell for cell in row["cells"]}


def test_figures_are_told_by_bureau_and_by_reader(world, as_user, drawn):
    second.object_to(drawn, by=world.gu, note="不同意")
    returned = make_classes.submitted_class(world, starts_on=timezone.localdate() + WEEKS)
    plan.send_back(returned, by=world.li, reasons=[{"field": "seats", "text": "请减人数"}])

    page = figures(world, as_user)

    for table, name in ((0, "昌吉州住房和城乡建设局"), (1, "李文涛")):
        told = {label: cell.value for label, cell in cells(page, table, name).items()}
        assert (told["办结"], told["退回"], told["复读有异议"]) == ("2", "50%", "1")
        assert told["主要退回理由"] == "计划人数 1"
        assert told["用时中位"] == "0 个工作日"
        assert told["没有细看完"] == "1"


def test_a_figure_leads_to_the_plans_behind_it(world, as_user, drawn):
    skimmed = cells(figures(world, as_user), 1, "李文涛")["没有细看完"]

    page = as_user(world.gu).get(skimmed.url)

    assert [row["class"] for row in page.context["rows"]] == [drawn.training_class]


def test_a_bureau_sees_only_its_own_figures(world, as_user, drawn):
    own, other = (figures(world, as_user, person) for person in ("li", "far_reviewer"))

    assert [x["name"] for x in own.context["tables"][1]["rows"]] == ["李文涛"]
    assert len(other.context["tables"]) == 1
    url = cells(own, 1, "李文涛")["办结"].url
    assert as_user(world.far_reviewer).get(url).context["rows"] == []


@pytest.mark.parametrize("person", ["aygul", "chen", "song"])
def test_figures_are_for_the_region_and_the_bureaus(world, as_user, person):
    browser = as_user(getattr(world, person))

    for name in ("review_figures", "reviewed_plans"):
        assert browser.get(reverse(f"classes:{name}")).status_code == 403


def test_a_period_that_makes_no_sense_is_said_and_the_usual_one_shown(world, as_user):
    url = reverse("classes:review_figures")
    page = as_user(world.gu).get(url, {"since": "2026-05-01", "until": "2026-01-01"})

    assert "结束早于开始" in page.content.decode()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_year_no_plan_was_made_in_is_said_beside_the_day(world, as_user, day):
    url = reverse("classes:review_figures")
    page = as_user(world.gu).get(url, {"since": day, "until": day})

    assert "年份不对" in page.content.decode()


@pytest.mark.parametrize("key", ["²", "9" * 5000, "-1", "abc", ""])
def test_a_figure_of_nobody_has_an_empty_list(world, as_user, key):
    url = reverse("classes:reviewed_plans")

    for name in ("reader", "bureau"):
        answer = as_user(world.gu).get(url, {"what": "decided", name: key})
        assert answer.status_code == 200
        assert answer.context["rows"] == []


def test_figures_ask_the_same_for_one_decision_and_for_thirty(world, as_user):
    make_classes.approved_class(world)
    browser, url = as_user(world.gu), reverse("classes:review_figures")
    few = asked(browser, url)

    for week in range(1, 15):
        make_classes.approved_class(world, starts_on=timezone.localdate() + week * 2 * WEEK)

    assert asked(browser, url) == few
