"""What pages say of a result: people's reasons, vetoes, the reckoning of today."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make_evaluation as build
from tests import make_patrols
from zhupei.evaluation import words
from zhupei.evaluation.actions import experts, outlooks, results
from zhupei.evaluation.models import Outlook, Veto
from zhupei.evaluation.parameters import DECLARED_LABELS
from zhupei.evaluation.views import frame


def text(client, name, *args):
    answer = client.get(reverse(f"evaluation:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_beside_a_score_by_people_stands_their_reason(world, as_user):
    found = build.public(world)

    shown = text(as_user(world.aygul), "detail", found.pk)
    assert "配合巡查" in shown  # the bureau's reason for 3.1
    assert "现场核查" in shown  # the experts'
    one = build.answer(found, "3.1")
    page = text(as_user(world.aygul), "answer", one.pk)
    assert "由人评分：配合巡查" in page


def test_nobody_reads_a_reason_before_its_score(world, as_user):
    found = build.reviewed(world)

    assert "配合巡查" not in text(as_user(world.aygul), "detail", found.pk)


def test_the_public_page_says_why_a_high_score_is_c(world, client):
    found = build.vetoed(world, build.reviewed(world))
    results.publicise(found.scheme, by=world.gu)

    shown = text(client, "year", found.scheme.year)

    assert "否决项：组织冒名顶替参训、参考" in shown
    assert "调查" not in shown  # neither facts nor papers
    Veto.objects.update(lifted_at=timezone.now(), lifted_note="误认")
    assert "否决项：" not in text(client, "year", found.scheme.year)


def reckoned(world):
    outlooks.reckon_one(world.school, by=world.aygul)
    return Outlook.objects.get(organization=world.school).sums


def test_the_reckoning_of_today_knows_vetoes_that_stand(world, as_user):
    found = build.vetoed(world, build.reviewed(world))
    assert reckoned(world)["vetoes"] == []  # nobody may know of it before publicity
    results.publicise(found.scheme, by=world.gu)

    assert reckoned(world)["vetoes"] == ["stand_ins"]
    assert reckoned(world)["grade"] in {"C", "D"}
    assert "组织冒名顶替参训、参考" in text(as_user(world.aygul), "outlook")
    Veto.objects.update(found_at=timezone.now() - timedelta(days=400))
    assert reckoned(world)["vetoes"] == []  # not of the year that ends today
    Veto.objects.update(found_at=timezone.now(), lifted_at=timezone.now(), lifted_note="确系误认")
    assert reckoned(world)["vetoes"] == []


@pytest.mark.parametrize(
    ("person", "status"),
    [("aygul", 200), ("li", 200), ("gu", 200), ("far_reviewer", 404), ("wang", 404), ("tao", 404)],
)
def test_who_sees_the_reckoning_is_who_the_page_says(world, as_user, person, status):
    build.frozen(world)
    reckoned(world)

    page = as_user(getattr(world, person)).get(
        reverse("evaluation:outlook-of", args=[world.school.pk])
    )

    assert page.status_code == status
    if status == 200:
        assert "本机构教务员、所在地住建局审核员和自治区住建厅能看" in page.content.decode()


def test_the_list_shows_a_grade_as_soon_as_everybody_reads_it(world, as_user):
    found = build.reviewed(world)

    def grades():
        rows = as_user(world.gu).get(reverse("evaluation:index")).context["rows"]
        return {row["evaluation"].pk: row["grade"] for row in rows}

    assert set(grades().values()) == {None}
    results.publicise(found.scheme, by=world.gu)
    assert grades()[found.pk] is not None


def test_frozen_figures_stand_in_their_order(world, as_user):
    scheme = build.frozen(world)

    page = as_user(world.gu).get(reverse("evaluation:scheme", args=[scheme.pk]))

    labels = [one["label"] for one in page.context["figures"]]
    assert labels == [one.label for one in DECLARED_LABELS.values()]


def test_handing_in_waits_for_what_is_not_scored_and_the_page_says_how_much(world, as_user):
    found = build.seated(world)
    ren = as_user(world.ren)
    shown = ren.get(found.get_absolute_url())
    [hand_in] = [one for one in shown.context["seat_moves"] if one["name"] == "hand_in"]
    assert hand_in["blocked"] == f"还有 {shown.context['left_to_score']} 项必须评"
    assert shown.context["left_to_score"] > 0

    experts.review(found.appointments.get(expert=world.ren), build.all_full(found), by=world.ren)

    shown = ren.get(found.get_absolute_url())
    assert shown.context["left_to_score"] == 0
    assert all(not one["blocked"] for one in shown.context["seat_moves"])


def test_a_deed_is_a_link_only_for_those_who_may_open_it(world):
    duty = make_patrols.duty(world)
    cases = [["duty", duty.pk, "巡查"], ["class", 1, "一班"]]

    assert frame.hidden(world.aygul, cases) == {("duty", duty.pk)}
    assert frame.hidden(world.li, cases) == set()
    told = words.deeds(cases, {("duty", duty.pk)})
    assert [one["url"] for one in told] == ["", reverse("classes:detail", args=[1])]


def test_the_tables_of_a_year_are_linked_for_whom_they_are_for(world, as_user):
    scheme = build.reviewed(world).scheme
    where = reverse("evaluation:tables", args=[scheme.pk])
    assert where in text(as_user(world.gu), "scheme", scheme.pk)
    assert where not in text(as_user(world.aygul), "scheme", scheme.pk)
