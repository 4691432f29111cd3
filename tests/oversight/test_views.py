"""The pages: consequences first, then the deed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import make_attendance, make_certificates, make_classes
from tests.make_oversight import paper, suspension
from zhupei.certificates.models import Certificate
from zhupei.institutions.models import Admission, Standing
from zhupei.oversight import actions
from zhupei.oversight.models import Suspension


def page_of(world, step: str) -> str:
    return reverse(f"oversight:{step}", args=[world.school.pk])


def standing(world) -> str:
    return Admission.objects.get(organization=world.school).state


def test_the_preview_names_classes_plans_drafts_learners_and_ways_on(world, as_user):
    running = make_attendance.class_with_learners(world, world.adil, world.mayra)
    day = timezone.localdate() + timedelta(days=60)
    waiting = make_classes.submitted_class(world, starts_on=day)
    draft = make_classes.draft_class(world, title="还在起草的班")

    page = as_user(world.li).get(page_of(world, "suspend"))

    will = page.context["will"]
    assert [(one.training_class.title, one.learners) for one in will.classes] == [
        (running.title, 2)
    ]
    assert [row.title for row in will.plans] == [waiting.title]
    assert [row.title for row in will.drafts] == [draft.title]
    assert (will.counts["classes"], will.counts["learners"], will.certificates) == (1, 2, 0)
    for title in (running.title, waiting.title, draft.title):
        assert title in page.text
    assert "本地州没有同大纲的班" in page.text


def test_the_preview_offers_open_classes_of_others_for_the_same_syllabus(world, as_user):
    make_attendance.class_with_learners(world, world.adil)
    day = timezone.localdate() + timedelta(days=20)
    other = make_classes.approved_class(world, starts_on=day)
    type(other).objects.filter(pk=other.pk).update(organization=world.other_school)

    will = as_user(world.li).get(page_of(world, "suspend")).context["will"]

    assert [row.title for row in will.classes[0].here] == [other.title]
    assert will.classes[0].anywhere == 1


def test_certificates_are_counted_for_the_day_one_chooses(world, as_user):
    make_certificates.certificate(world)
    browser = as_user(world.li)

    none = browser.get(page_of(world, "suspend"))
    assert "现在选的是：不标记" in none.text
    assert [one["count"] for one in none.context["ranges"]] == [1, 1, 1]
    day = timezone.localdate() - timedelta(days=30)
    chosen = browser.get(page_of(world, "suspend"), {"certificates_from": day.isoformat()})
    assert chosen.context["will"].certificates == 1
    assert f'value="{day.isoformat()}"' in chosen.text
    later = timezone.localdate() + timedelta(days=1)
    after = browser.get(page_of(world, "suspend"), {"certificates_from": later.isoformat()})
    assert after.context["will"].certificates == 0


def test_one_button_does_it_all(world, as_user):
    certificate = make_certificates.certificate(world)
    form = {
        "certificates_from": (timezone.localdate() - timedelta(days=1)).isoformat(),
        "law": "第二十三条",
        "note": "查实顶替参训",
        "evidence": paper("笔录.pdf"),
    }

    page = as_user(world.li).post(page_of(world, "suspend"), form, follow=True)

    assert "已暂停" in page.text
    assert "查实顶替参训" in page.text
    assert standing(world) == Standing.SUSPENDED
    assert Certificate.objects.get(pk=certificate.pk).is_under_review
    row = Suspension.objects.get()
    file = as_user(world.aygul).get(reverse("oversight:evidence", args=[row.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")


def test_nothing_typed_is_lost_when_something_is_missing(world, as_user):
    browser = as_user(world.li)

    page = browser.post(page_of(world, "suspend"), {"law": "第二十三条", "note": ""})
    assert page.status_code == 422
    assert "请写明理由" in page.text
    wrong = paper("x.exe")
    page = browser.post(
        page_of(world, "suspend"), {"law": "第二十三条", "note": "理由还在", "evidence": wrong}
    )
    assert page.status_code == 422
    assert "理由还在" in page.text
    assert page.context["form"].errors["evidence"]
    assert standing(world) == Standing.ACTIVE


def test_pressing_again_says_how_it_stands(world, as_user):
    suspension(world)
    browser = as_user(world.li)

    assert "不能暂停" in browser.get(page_of(world, "suspend")).text
    again = browser.post(page_of(world, "suspend"), {"law": "第二十三条", "note": "再按一次"})
    assert again.status_code == 409
    assert Suspension.objects.count() == 1


def test_reinstating_shows_what_goes_on_and_wants_evidence(world, as_user):
    running = make_attendance.class_with_learners(world, world.adil)
    suspension(world)
    browser = as_user(world.li)

    page = browser.get(page_of(world, "reinstate"))
    assert running.title in page.text
    assert page.context["will"].learners == 1
    missing = browser.post(page_of(world, "reinstate"), {"note": "已整改"})
    assert missing.status_code == 422
    assert "没有凭据不能恢复" in missing.text

    done = browser.post(
        page_of(world, "reinstate"), {"note": "已整改", "evidence": paper()}, follow=True
    )
    assert "已恢复" in done.text
    assert standing(world) == Standing.ACTIVE
    row = Suspension.objects.get()
    file = as_user(world.gu).get(reverse("oversight:lift-evidence", args=[row.pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert "已整改" in browser.get(reverse("oversight:suspension", args=[row.pk])).text


def test_a_bureau_is_told_that_the_region_has_to_lift_it(world, as_user):
    suspension(world, by=world.gu)

    page = as_user(world.li).get(page_of(world, "reinstate"))

    assert "要由厅里恢复" in page.text
    assert "<textarea" not in page.text


def test_leaving_names_what_stands_in_the_way(world, as_user):
    approved = make_classes.approved_class(world)
    browser = as_user(world.aygul)

    assert approved.title in browser.get(page_of(world, "leave")).text
    page = browser.post(page_of(world, "leave"), {"note": "停办"})
    assert page.status_code == 422
    assert "没有办结" in page.text


def test_an_institution_leaves_on_its_page(world, as_user):
    page = as_user(world.aygul).post(page_of(world, "leave"), {"note": "停办"}, follow=True)

    assert "已退出" in page.text
    assert standing(world) == Standing.LEFT
    assert "不能办理退出" in as_user(world.gu).get(page_of(world, "leave")).text


@pytest.mark.parametrize(
    ("person", "step", "status"),
    [
        ("li", "suspend", 200), ("gu", "suspend", 200), ("aygul", "suspend", 403),
        ("wang", "suspend", 404), ("far_reviewer", "suspend", 404), ("adil", "suspend", 404),
        ("aygul", "leave", 200), ("gu", "leave", 200), ("li", "leave", 403),
        ("wang", "leave", 404), ("li", "reinstate", 200), ("aygul", "reinstate", 403),
    ],
)  # fmt: skip
def test_who_reaches_which_step(world, as_user, person, step, status):
    assert as_user(getattr(world, person)).get(page_of(world, step)).status_code == status


@pytest.mark.parametrize(
    ("person", "status"),
    [("li", 200), ("gu", 200), ("aygul", 200), ("wang", 404), ("far_reviewer", 404), ("adil", 404)],
)
def test_who_may_read_a_suspension(world, as_user, person, status):
    row = suspension(world)

    assert as_user(getattr(world, person)).get(
        reverse("oversight:suspension", args=[row.pk])
    ).status_code == (status)
    assert as_user(getattr(world, person)).get(
        reverse("oversight:evidence", args=[row.pk])
    ).status_code == (404)


def test_the_list_is_filtered(world, as_user):
    row = suspension(world)
    browser, url = as_user(world.li), reverse("oversight:index")

    assert [one["suspension"] for one in browser.get(url, {"state": "open"}).context["rows"]] == [
        row
    ]
    assert "没有符合条件" in browser.get(url, {"state": "lifted"}).text
    assert "没有符合条件" in browser.get(url, {"q": "别家"}).text
    assert "没有暂停过" in as_user(world.far_reviewer).get(url).text
    assert as_user(world.adil).get(url).status_code == 404


def test_the_list_costs_the_same_for_few_and_for_many(world, as_user):
    browser, url = as_user(world.li), reverse("oversight:index")
    costs = []
    for times in (1, 4):
        for _ in range(times):
            suspension(world)
            actions.reinstate(world.school, by=world.li, note="已整改", evidence=paper())
        with CaptureQueriesContext(connection) as asked:
            browser.get(url)
        costs.append(len(asked))

    assert costs[0] == costs[1]
