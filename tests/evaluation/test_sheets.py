"""The sheet of scores: for whom it is, what it says, what it keeps."""

from unittest.mock import Mock

import psycopg.errors
from django.db import OperationalError
from django.urls import reverse

from tests import make_evaluation as build
from zhupei.evaluation.actions import experts, scores
from zhupei.evaluation.models import Score, Seat, Source
from zhupei.evaluation.views import steps


def page(client, name, *args):
    return client.get(reverse(f"evaluation:{name}", args=args))


def post(client, name, *args, **said):
    return client.post(reverse(f"evaluation:{name}", args=args), said)


def sheet_of(client, found, **changed):
    form = page(client, "sheet", found.pk).context["form"]
    said = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    return said | changed


def test_two_at_the_bureau_the_second_is_told_and_keeps_what_was_typed(world, as_user):
    found = build.reported(world)
    pk = build.answer(found, "3.1").pk
    said = sheet_of(as_user(world.li), found)
    typed = {f"value-{pk}": "1", f"reason-{pk}": "两次没有配合巡查"}
    scores.score_locally(found, [build.entry(found, "3.1", 3)], by=world.zhou)

    answer = post(as_user(world.li), "sheet", found.pk, **said | typed)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "周敏" in text
    assert "两次没有配合巡查" in text
    assert Score.objects.get().value == 3
    again = {name: answer.context["form"][name].value() for name in said}
    assert post(as_user(world.li), "sheet", found.pk, **again).status_code == 302
    assert build.answer(found, "3.1").value == 1


def test_the_sheet_is_for_the_scorer_only(world, as_user):
    found = build.reported(world)

    assert page(as_user(world.li), "sheet", found.pk).status_code == 200
    for other in (world.aygul, world.gu, world.far_reviewer, world.ren):
        assert page(as_user(other), "sheet", found.pk).status_code == 404


def test_an_expert_scores_hands_in_and_does_not_see_the_other(world, as_user):
    found = build.seated(world)
    ren = as_user(world.ren)
    said = sheet_of(ren, found)
    for code in build.owed(found):
        pk = build.answer(found, code).pk
        said |= {f"value-{pk}": build.answer(found, code).indicator.points, f"reason-{pk}": "核"}

    assert post(ren, "sheet", found.pk, **said).status_code == 302

    seat = found.appointments.get(expert=world.ren)
    assert post(ren, "seat-move", seat.pk, "hand_in").status_code == 302
    text = page(as_user(world.ye), "answer", build.answer(found, "1.1.3").pk).content.decode()
    assert "任红梅" not in text
    assert (
        "任红梅"
        in page(as_user(world.gu), "answer", build.answer(found, "1.1.3").pk).content.decode()
    )


def test_a_third_expert_hands_in_once_everything_they_are_apart_on_is_scored(world, as_user):
    """Of what is computed and looked over by people as well."""
    found = build.seated(world)
    both = found.answers.filter(indicator__source=Source.BOTH, computed_status="scored")
    apart = both.exclude(indicator__block="bureau").select_related("indicator").first().indicator
    for user, human, looked_over in ((world.ren, 4, apart.points), (world.ye, 1, 0)):
        seat = found.appointments.get(expert=user)
        sheet = [
            *build.all_full(found, **{"1_1_3": human}),
            build.entry(found, apart.code, looked_over),
        ]
        experts.review(seat, sheet, by=user)
        experts.hand_in(seat, by=user)
    experts.appoint(found, by=world.gu, expert=world.shi, seat=Seat.THIRD)
    shi = as_user(world.shi)

    assert page(shi, "detail", found.pk).context["left_to_score"] == 2
    assert page(shi, "sheet", found.pk).context["must"] == 2
    seat = found.appointments.get(expert=world.shi)
    experts.review(seat, [build.entry(found, "1.1.3", 2)], by=world.shi)
    assert page(shi, "detail", found.pk).context["left_to_score"] == 1
    experts.review(seat, [build.entry(found, apart.code, 0)], by=world.shi)
    assert page(shi, "detail", found.pk).context["left_to_score"] == 0


def collision():
    fault = OperationalError()
    fault.__cause__ = psycopg.errors.DeadlockDetected()
    return Mock(side_effect=fault)


def test_who_was_in_somebodys_way_keeps_the_sheet(world, as_user, monkeypatch):
    found = build.reported(world)
    li = as_user(world.li)
    pk = build.answer(found, "3.1").pk
    typed = {f"value-{pk}": "1", f"reason-{pk}": "两次没有配合巡查"}
    said = sheet_of(li, found, **typed)
    monkeypatch.setattr(scores, "score_locally", collision())

    answer = post(li, "sheet", found.pk, **said)

    assert answer.status_code == 422
    assert "请再按一次" in answer.text
    assert "两次没有配合巡查" in answer.text


def test_who_was_in_somebodys_way_keeps_a_letter_and_a_list(world, as_user, monkeypatch):
    found = build.reviewed(world)
    gu = as_user(world.gu)
    said = {"kind": "stand_ins", "facts": "查到 4 人顶替", "law": "通报", "file": build.paper()}
    monkeypatch.setattr("zhupei.evaluation.actions.vetoes.find", collision())
    monkeypatch.setitem(steps.VERBS, "publicise", collision())

    veto = post(gu, "veto", found.pk, **said)
    listed = post(gu, "step", found.scheme_id, "publicise")

    for answer in (veto, listed):
        assert answer.status_code == 422
        assert "请再按一次" in answer.text
    assert "查到 4 人顶替" in veto.text
