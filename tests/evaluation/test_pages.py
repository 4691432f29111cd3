"""The pages: for whom they are, what they say, what they keep."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import make_evaluation as build
from zhupei.core.models import LongJob
from zhupei.evaluation.actions import (
    computing,
    experts,
    objections,
    outlooks,
    reporting,
    results,
    schemes,
    scores,
)
from zhupei.evaluation.models import Evaluation, Objection, Scheme, State
from zhupei.evaluation.views import frame
from zhupei.portal import todo


def page(client, name, *args, **query):
    return client.get(reverse(f"evaluation:{name}", args=args), query)


def post(client, name, *args, **said):
    return client.post(reverse(f"evaluation:{name}", args=args), said)


def opens(client, name, *args) -> bool:
    """Is a paper handed out? It is read to its end, so that it is closed."""
    answer = page(client, name, *args)
    return answer.status_code == 200 and b"".join(answer.streaming_content).startswith(b"%PDF")


def test_the_region_drafts_changes_and_freezes(world, as_user):
    gu = as_user(world.gu)
    year = timezone.localdate().year
    until = timezone.localdate() + timedelta(days=9)

    answer = post(gu, "schemes", year=year, report_until=until)

    scheme = Scheme.objects.get()
    assert answer.url == reverse("evaluation:scheme", args=[scheme.pk])
    assert "专职管理人员" in page(gu, "scheme", scheme.pk).content.decode()
    changed = {"points": "4", "figure-per_missing": "1"}
    assert post(gu, "indicator", scheme.pk, "1.1.1", **changed).status_code == 302
    assert scheme.indicators.get(code="1.1.1").figures == {"per_missing": "1"}
    assert page(gu, "indicator", scheme.pk, "1.1.1").status_code == 200
    days = {
        "title": "评估",
        "counts_from": f"{year}-01-01",
        "counts_until": f"{year}-12-31",
        "report_until": until,
    }
    assert post(gu, "edit", scheme.pk, **days).status_code == 302
    assert post(gu, "scheme-move", scheme.pk, "freeze").status_code == 302
    assert Evaluation.objects.count() == 2
    assert "取数计分" in page(gu, "scheme", scheme.pk).content.decode()
    assert post(gu, "schemes", year=year, report_until=until).status_code == 422
    assert "已有评估方案" in post(gu, "schemes", year=year, report_until=until).content.decode()


def test_the_list_filters_and_leads_an_institution_to_its_own(world, as_user):
    scheme = build.frozen(world)

    text = page(as_user(world.gu), "index").content.decode()
    assert world.school.name in text
    assert world.other_school.name in text
    found = page(as_user(world.gu), "index", q="天山", state="open", prefecture="652300")
    assert world.other_school.name not in found.content.decode()
    own = build.of(scheme, world.school)
    assert page(as_user(world.aygul), "index").url == reverse("evaluation:detail", args=[own.pk])
    assert page(as_user(world.adil), "index").status_code == 404


def test_before_any_scheme_there_is_something_to_do(world, as_user):
    assert "起草方案" in page(as_user(world.gu), "index").content.decode()
    assert page(as_user(world.aygul), "index").url == reverse("evaluation:outlook")
    assert "还没有算过" in page(as_user(world.aygul), "outlook").content.decode()


def test_one_indicator_shows_formula_facts_deeds_and_that_the_number_comes_again(world, as_user):
    found = build.opened(world)
    answer = build.answer(found, "1.1.1")

    text = page(as_user(world.aygul), "answer", answer.pk).content.decode()

    for said in (
        "每缺 1 名扣 2 分",
        "专职管理人员 3 人，应有 3 人",
        "2023 通报一（一）1",
        reverse("institutions:people", args=[world.school.pk]),
        "重算，分数一致",
    ):
        assert said in text


def test_every_indicator_page_of_an_institution_opens(world, as_user):
    found = build.reviewed(world)
    gu = as_user(world.gu)

    for answer in found.answers.all():
        assert page(gu, "answer", answer.pk).status_code == 200


def test_a_number_that_was_changed_says_so_on_its_page(world, as_user):
    found = build.opened(world)
    answer = build.answer(found, "1.1.1")
    type(answer).objects.filter(pk=answer.pk).update(
        facts={"entered": False, "has": 9, "needed": 3}
    )

    assert "分数不一致" in page(as_user(world.gu), "answer", answer.pk).content.decode()
    answered = as_user(world.gu).post(reverse("evaluation:verify", args=[found.pk]), follow=True)
    assert "不一致：1.1.1" in answered.content.decode()


def test_the_institution_writes_and_lays_papers_and_hands_in(world, as_user):
    found = build.opened(world)
    answer = build.answer(found, "1.1.3")
    aygul = as_user(world.aygul)

    post(aygul, "state", answer.pk, statement="八项都有")
    post(aygul, "attach", answer.pk, file=build.paper("制度.pdf"))
    wrong = post(aygul, "attach", answer.pk)
    post(aygul, "summary", found.pk, summary="很好", declared_pass_rate="90")

    assert wrong.status_code == 422
    text = page(aygul, "answer", answer.pk).content.decode()
    assert "八项都有" in text
    assert "制度.pdf" in text
    paper = answer.evidence.get()
    assert opens(aygul, "evidence", paper.pk)
    assert post(aygul, "take-back", paper.pk).status_code == 302
    assert post(aygul, "refresh", found.pk).status_code == 302
    assert post(aygul, "move", found.pk, "report").status_code == 302
    assert build.of(found.scheme, world.school).state == State.REPORTED
    assert post(aygul, "refresh", found.pk).status_code == 302
    assert page(aygul, "summary", found.pk).status_code == 404


def test_the_institution_reads_no_score_before_publicity(world, as_user):
    found = build.reviewed(world)

    text = page(as_user(world.aygul), "detail", found.pk).content.decode()
    assert "折算得分" not in text
    assert "任红梅" not in text
    answer = page(as_user(world.aygul), "answer", build.answer(found, "1.1.3").pk)
    assert "评分在公示时公开" in answer.content.decode()
    results.publicise(found.scheme, by=world.gu)
    assert "折算得分" in page(as_user(world.aygul), "detail", found.pk).content.decode()


def test_the_region_calls_vetoes_reassigns(world, as_user):
    found = build.reported(world)
    gu = as_user(world.gu)

    assert post(gu, "seats", found.pk, expert=world.ren.pk, seat=1).status_code == 302
    assert "任红梅" in page(gu, "seats", found.pk).content.decode()
    said = {"scorer": world.other_bureau.pk, "sponsor": world.bureau.pk, "note": "属地局举办"}
    wrong = post(gu, "scorer", found.pk, **said | {"scorer": world.bureau.pk})
    assert "不能给自己办的机构评分" in wrong.content.decode()
    assert post(gu, "scorer", found.pk, **said).status_code == 302
    veto = {"kind": "fire", "facts": "消防通道堵塞", "law": "第十三条"}
    assert post(gu, "veto", found.pk, **veto).status_code == 422
    assert post(gu, "veto", found.pk, **veto, file=build.paper()).status_code == 302
    row = found.vetoes.get()
    assert opens(gu, "veto-paper", row.pk)
    assert page(as_user(world.aygul), "veto-paper", row.pk).status_code == 404
    assert "消防通道堵塞" not in page(as_user(world.aygul), "detail", found.pk).content.decode()
    assert post(as_user(world.gu), "lift", row.pk, note="已改").status_code == 302


def test_dealing_experts_from_a_page(world, as_user):
    scheme = build.frozen(world)

    answer = post(as_user(world.gu), "deal", scheme.pk, experts=[world.ren.pk, world.ye.pk])

    assert answer.status_code == 302
    assert Evaluation.objects.filter(appointments__expert=world.ren).count() == 2


def test_objecting_and_answering_from_pages(world, as_user):
    found = build.public(world)
    aygul, answer = as_user(world.aygul), build.answer(found, "1.4.2")

    assert post(aygul, "object", found.pk, grounds="").status_code == 422
    said = {"answer": answer.pk, "grounds": "设备已补", "file": build.paper()}
    assert post(aygul, "object", found.pk, **said).status_code == 302
    row = Objection.objects.get()
    gu = as_user(world.gu)
    assert "设备已补" in page(gu, "objection", row.pk).content.decode()
    assert opens(gu, "objection-paper", row.pk)
    nothing = post(gu, "objection", row.pk, verdict="uphold", note="属实")
    assert nothing.status_code == 422
    assert (
        post(gu, "objection", row.pk, verdict="uphold", note="属实", value="1").status_code == 302
    )
    assert build.answer(found, "1.4.2").value == 1
    assert post(gu, "objection", row.pk, verdict="reject", note="x").status_code == 404


def test_after_the_term_the_page_says_when_it_ended(world, as_user):
    found = build.public(world)
    Evaluation.objects.filter(pk=found.pk).update(public_until=timezone.now())

    answer = post(as_user(world.aygul), "object", found.pk, grounds="晚了")

    assert answer.status_code == 422
    assert "已经过了" in answer.content.decode()
    assert "晚了" in answer.content.decode()  # what was typed is still there


def test_everybody_reads_what_is_published_and_nothing_before(world, client, as_user):
    found = build.reviewed(world)
    year = found.scheme.year

    assert world.school.name not in page(client, "year", year).content.decode()
    as_user(world.gu)
    step = reverse("evaluation:step", args=[found.scheme_id, "publicise"])
    asked = client.get(step).content.decode()
    assert world.school.name in asked
    assert f"{frame.number(found.score)}</b>" in asked
    assert frame.grade_badge(found.grade)["word"] in asked
    assert not Evaluation.objects.public().exists()  # asking publishes nothing
    assert client.post(step, {"row": f"{found.pk}=1.00/A"}).status_code == 422
    row = f"{found.pk}={found.score}/{found.grade}"
    assert client.post(step, {"row": row}).status_code == 302
    client.logout()

    text = page(client, "year", year).content.decode()
    assert world.school.name in text
    assert "公示到" in text
    assert world.other_school.name not in text
    assert "看公示" in page(client, "results").content.decode()
    assert "没有这个名称" in page(client, "year", year, q="没有").content.decode()


def test_decided_and_announced_from_the_page_of_the_scheme(world, as_user, client):
    found = build.public(world)
    results.leave(build.of(found.scheme, world.other_school), by=world.gu, note="自愿")
    Evaluation.objects.filter(pk=found.pk).update(public_until=timezone.now())
    gu = as_user(world.gu)

    assert post(gu, "announce", found.scheme_id, number="1号").status_code == 422
    step = reverse("evaluation:step", args=[found.scheme_id, "decide"])
    assert gu.post(step, {"row": f"{found.pk}={found.score}/{found.grade}"}).status_code == 302
    assert post(gu, "announce", found.scheme_id, number="新建科〔2027〕1号").status_code == 302

    text = page(client, "year", found.scheme.year).content.decode()
    assert "新建科〔2027〕1号" in text
    assert world.other_school.name in text


def test_the_tables_count_with_their_denominators(world, as_user):
    found = build.reviewed(world)
    gu = as_user(world.gu)

    lines = {line.code: line for line in page(gu, "tables", found.scheme_id).context["lines"]}

    assert (lines["1.1.1"].full, lines["1.1.1"].assessed, lines["1.1.1"].all) == (2, 2, 2)
    assert (lines["1.1.3"].assessed, lines["1.1.3"].all) == (1, 2)
    sheet = page(gu, "tables", found.scheme_id, **{"as": "xlsx"})
    assert sheet["Content-Type"].endswith("spreadsheetml.sheet")
    assert page(as_user(world.aygul), "tables", found.scheme_id).status_code == 404


def test_if_judged_today_says_what_would_raise_the_score_most(world, as_user):
    build.frozen(world)
    world.school.staff.filter(name="管理员丙").delete()
    aygul = as_user(world.aygul)

    assert post(aygul, "reckon", world.school.pk).status_code == 302

    shown = page(aygul, "outlook").context
    [short] = [one for one in shown["best"] if one["code"] == "1.1.1"]
    assert short["points"] == "2 / 4"
    assert short["worth"] > 2  # of what is assessed, not of a hundred
    assert short["url"] == reverse("institutions:people", args=[world.school.pk])
    assert page(as_user(world.li), "outlook-of", world.school.pk).status_code == 200
    assert page(as_user(world.wang), "outlook-of", world.school.pk).status_code == 404
    assert outlooks.reckon_all() == 2


def test_without_a_scheme_nothing_is_reckoned(world, as_user):
    answer = post(as_user(world.aygul), "reckon", world.school.pk)

    assert answer.status_code == 409
    assert outlooks.reckon_all() == 0


@pytest.mark.parametrize("person", ["wang", "far_reviewer", "ren"])
def test_strangers_find_nothing(world, as_user, person):
    found = build.reported(world)
    client = as_user(getattr(world, person))

    for name in ("detail", "sheet", "seats", "veto", "object", "summary"):
        assert page(client, name, found.pk).status_code == 404
    assert page(client, "answer", build.answer(found, "1.1.1").pk).status_code == 404


def test_the_worker_computes_once(world):
    scheme = schemes.freeze(build.draft(world), by=world.gu)
    from zhupei.evaluation.jobs import compute  # noqa: PLC0415 - a job

    job = LongJob.objects.get(url=computing.scheme_url(scheme))
    for _twice in range(2):
        compute(scheme=scheme.pk, progress=job.pk, membership=world.gu.acting.pk)

    job.refresh_from_db()
    assert (job.done, job.result) == (2, "2 家机构已取数计分。")


def waits(user):
    return {(str(line.kind), str(line.title)) for line in todo.todos(user)}


def test_what_waits_for_whom(world):
    found = build.opened(world)
    assert ("年度评估", f"{found.scheme.year} 年度自评待提交") in waits(world.aygul)

    reporting.report(found, by=world.aygul)
    assert ("属地评分", world.school.name) in waits(world.li)
    assert not {kind for kind, _title in waits(world.far_reviewer)} & {"属地评分"}
    scores.score_locally(found, [build.entry(found, "3.1", 3, "配合")], by=world.li)
    scores.finish(found, by=world.li)
    experts.appoint(found, by=world.gu, expert=world.ren, seat=1)
    assert ("专家复核", world.school.name) in waits(world.ren)


def test_what_waits_for_the_region(world):
    found = build.reviewed(world)
    assert ("年度评估", "1 家复核完成，待公示") in waits(world.gu)

    results.publicise(found.scheme, by=world.gu)
    found = build.of(found.scheme, world.school)
    objections.make(found, by=world.aygul, answer=None, grounds="等等")
    assert ("评估异议", world.school.name) in waits(world.gu)
    assert ("评估公示", f"{found.scheme.year} 年度评估结果公示中") in waits(world.aygul)
    Evaluation.objects.filter(pk=found.pk).update(public_until=timezone.now())
    assert ("年度评估", "1 家公示期满，待定级") in waits(world.gu)
