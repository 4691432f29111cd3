"""The pages of measures, of matters handed over, of the catalogue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import (
    make_attendance,
    make_classes,
    make_corrections,
    make_measures,
    make_oversight,
)
from zhupei.core.models import Event
from zhupei.credit.models import CreditRecord
from zhupei.institutions.models import Admission, Standing
from zhupei.oversight.events import HandoverEvent, MeasureEvent
from zhupei.oversight.models import Handover, HandoverState, LegalBasis, Measure, MeasureState


def page(name: str, *args: object) -> str:
    return reverse(f"oversight:{name}", args=args)


def step(found: Measure, name: str) -> str:
    return page("step", found.pk, name)


def steps(response) -> list[str]:
    return [one["name"] for one in response.context["steps"]]


def test_the_whole_way_of_an_order_to_correct(world, as_user):
    sent = as_user(world.li).post(
        page("draft-measure", world.school.pk),
        {
            "kind": "correct",
            "facts": "无证代课",
            "basis": make_measures.basis().pk,
            "file": make_measures.paper(),
        },
    )
    found = Measure.objects.get()
    url = page("measure", found.pk)
    assert sent.url == url
    assert as_user(world.aygul).get(url).status_code == 404
    as_user(world.li).post(page("move-measure", found.pk, "notify"))
    seen = as_user(world.aygul).get(url)
    assert steps(seen) == ["state"]
    assert "无证代课" in seen.text
    as_user(world.aygul).post(step(found, "state"), {"statement": "有证", "wish": "waive"})
    assert steps(as_user(world.li).get(url)) == []
    assert steps(as_user(world.zhou).get(url)) == ["decide"]
    due = (timezone.localdate() + timedelta(days=15)).isoformat()
    said = {"weighed": "没有采纳", "due_on": due, "note": "限期改正"}
    assert as_user(world.zhou).post(step(found, "decide"), said).url == url
    as_user(world.aygul).post(page("move-measure", found.pk, "acknowledge"))
    as_user(world.aygul).post(page("attach", found.pk), {"file": make_measures.paper("合同.pdf")})
    as_user(world.li).post(step(found, "outcome"), {"note": "已改正"})

    found.refresh_from_db()
    assert found.state == MeasureState.DONE
    assert steps(as_user(world.li).get(url)) == []


def test_what_is_refused_stands_beside_its_field_and_stays_typed(world, as_user):
    url = page("draft-measure", world.school.pk)
    seen = as_user(world.li).post(url, {"kind": "talk", "facts": "无证代课", "basis": ""})
    assert seen.status_code == 422
    assert seen.context["form"].errors["basis"]
    assert "无证代课" in seen.text

    found = make_measures.stated(world)
    said = {"weighed": "没有采纳", "due_on": "2001-01-01", "note": "限期改正"}
    seen = as_user(world.zhou).post(step(found, "decide"), said)
    assert seen.status_code == 422
    assert seen.context["form"].errors["due_on"]
    assert "没有采纳" in seen.text


def test_a_stop_shows_classes_and_learners_before_it_is_decided(world, as_user):
    running = make_attendance.class_with_learners(world, world.adil, world.mayra)
    found = make_measures.stated(world, "suspend")

    seen = as_user(world.zhou).get(step(found, "decide"))

    assert running.title in seen.text
    assert seen.context["will"].counts["learners"] == 2
    as_user(world.zhou).post(step(found, "decide"), {"weighed": "不采纳", "note": "暂停受理"})
    assert Admission.objects.get(organization=world.school).state == Standing.SUSPENDED
    seen = as_user(world.aygul).get(page("measure", found.pk))
    assert "暂停中" in seen.text
    as_user(world.aygul).post(page("move-measure", found.pk, "acknowledge"))
    assert steps(as_user(world.li).get(page("measure", found.pk))) == ["reinstate"]


def test_an_urgent_stop_shows_the_same_and_asks_why(world, as_user):
    running = make_attendance.class_with_learners(world, world.adil)
    found = make_measures.measure(world, "suspend")
    url = step(found, "urgent")
    assert running.title in as_user(world.li).get(url).text
    assert as_user(world.li).post(url, {"note": ""}).status_code == 422

    as_user(world.li).post(url, {"note": "危险场地"})

    found.refresh_from_db()
    assert found.suspension_id
    seen = as_user(world.li).get(page("suspension", found.suspension_id))
    assert found.number in seen.text
    assert "危险场地" in as_user(world.aygul).get(page("measure", found.pk)).text


def test_a_suspension_without_a_measure_says_what_is_missing(world, as_user):
    stop = make_oversight.suspension(world)

    seen = as_user(world.li).get(page("suspension", stop.pk))

    assert page("draft-measure", world.school.pk) in seen.text


def test_a_removal_names_the_classes_in_its_way(world, as_user):
    open_class = make_classes.approved_class(world)
    found = make_measures.stated(world, "remove")

    seen = as_user(world.gu).get(step(found, "decide"))

    assert open_class.title in seen.text
    sent = as_user(world.gu).post(step(found, "decide"), {"weighed": "x", "note": "移出"})
    assert sent.status_code == 422
    assert open_class.title in sent.context["form"].non_field_errors()[0]
    found.refresh_from_db()
    assert found.state == MeasureState.STATED


def test_a_step_that_does_not_fit_leads_back_or_is_not_for_one(world, as_user):
    found = make_measures.noticed(world)

    assert as_user(world.li).get(step(found, "decide")).status_code == 403
    assert as_user(world.li).get(step(found, "serve")).url == page("measure", found.pk)
    assert as_user(world.li).get(step(found, "fly")).status_code == 404
    assert as_user(world.li).post(page("move-measure", found.pk, "fly")).status_code == 404
    assert as_user(world.wang).get(step(found, "state")).status_code == 404
    seen = as_user(world.zhou).get(page("measure", found.pk))
    assert "机构可以陈述申辩、要求听证" in seen.context["steps"][0]["blocked"]


def test_a_hearing_is_called_and_kept_from_the_pages(world, as_user):
    found = make_measures.stated(world, hearing=True)
    at = timezone.localtime() + timedelta(days=30)
    said = {"at": f"{at:%Y-%m-%dT%H:%M}", "place": "302 室"}

    assert steps(as_user(world.li).get(page("measure", found.pk))) == ["hearing"]
    as_user(world.li).post(step(found, "hearing"), said)

    found.refresh_from_db()
    assert found.hearing_place == "302 室"
    soon = said | {"at": f"{timezone.localtime() + timedelta(days=2):%Y-%m-%dT%H:%M}"}
    late = as_user(world.li).post(step(found, "hearing"), soon)
    assert late.context["form"].errors["at"]


def test_letters_are_made_for_what_was_told_and_decided(world, as_user):
    found = make_measures.stated(world)
    client = as_user(world.aygul)

    assert client.get(page("letter", found.pk, "notice")).content.startswith(b"%PDF")
    assert client.get(page("letter", found.pk, "decision")).status_code == 404
    assert client.get(page("letter", found.pk, "poem")).status_code == 404
    decided = make_measures.decided(world, "talk")
    assert client.get(page("letter", decided.pk, "decision")).content.startswith(b"%PDF")


def test_papers_are_opened_by_both_sides_and_that_is_an_event(world, as_user):
    found = make_measures.noticed(world)
    url = page("paper", found.pk, found.papers.get().pk)

    answer = as_user(world.aygul).get(url)

    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert Event.objects.filter(verb=MeasureEvent.SEEN).exists()
    assert as_user(world.wang).get(url).status_code == 404
    bad = as_user(world.li).post(page("attach", found.pk), {"file": make_measures.paper("x.exe")})
    assert (bad.status_code, bool(bad.context["paper_form"].errors["file"])) == (422, True)


def test_the_list_is_filtered_by_its_address(world, as_user):
    talk = make_measures.measure(world, "talk")
    order = make_measures.noticed(world)
    client = as_user(world.gu)

    def listed(**said):
        return {row["measure"].pk for row in client.get(page("measures"), said).context["rows"]}

    assert listed() == {talk.pk, order.pk}
    assert listed(kind="talk") == {talk.pk}
    assert listed(state="noticed") == {order.pk}
    assert listed(state="overdue") == set()
    assert listed(q=order.number, prefecture="652300") == {order.pk}
    assert listed(prefecture="653100") == set()
    own = as_user(world.aygul).get(page("measures"))
    assert [row["measure"].pk for row in own.context["rows"]] == [order.pk]


# Matters handed over


def test_a_matter_goes_from_the_bureau_to_the_hr_department_and_back(world, as_user):
    measure = make_measures.noticed(world)
    url = page("draft-handover", world.school.pk) + f"?measure={measure.pk}"
    form = as_user(world.li).get(url).context["form"]
    assert form["facts"].value() == measure.facts
    normative, law = make_measures.basis(), make_measures.law()
    assert normative not in form.fields["basis"].queryset
    said = {
        "facts": measure.facts,
        "happened_until": timezone.localdate().isoformat(),
        "basis": law.pk,
        "receiver": world.home_hr.pk,
    }
    as_user(world.li).post(url, said)
    found = Handover.objects.get()
    assert found.measure == measure
    here = page("handover", found.pk)
    evidence = {"title": "照片", "proves": "代课", "file": make_measures.paper()}
    as_user(world.li).post(page("add-evidence", found.pk), evidence)
    assert as_user(world.li).post(page("add-evidence", found.pk), {}).status_code == 422
    as_user(world.zhou).post(page("move-handover", found.pk, "send"))
    assert as_user(world.tao).get(here).context["receipt_form"]
    assert as_user(world.tao).post(page("receive", found.pk), {"receipt": ""}).status_code == 422
    as_user(world.tao).post(page("receive", found.pk), {"receipt": "昌人社收〔2026〕8号"})
    report = {"kind": "filed", "day": timezone.localdate().isoformat(), "text": "已立案"}
    as_user(world.tao).post(page("report", found.pk), report | {"upload": make_measures.paper()})

    found.refresh_from_db()
    assert found.state == HandoverState.FILED
    seen = as_user(world.li).get(here)
    assert [clock["what"] for clock in seen.context["clocks"]] == ["作出处罚决定"]
    letter = as_user(world.tao).get(page("handover-letter", found.pk))
    assert b"".join(letter.streaming_content).startswith(b"%PDF")
    assert Event.objects.filter(verb=HandoverEvent.SEEN).exists()
    reported = as_user(world.li).get(page("reported", found.pk, found.reports.get().pk))
    assert b"".join(reported.streaming_content).startswith(b"%PDF")
    assert as_user(world.aygul).get(here).status_code == 404


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"happened_until": "2099-01-01"}, "happened_until"),
        ({"basis": ""}, "basis"),
        ({"receiver": ""}, "receiver"),
        ({"receiver_name": "市场监管局"}, "receiver"),
    ],
)
def test_a_matter_refused_keeps_what_was_typed(world, as_user, said, field):
    full = {
        "facts": "伪造证明",
        "happened_until": timezone.localdate().isoformat(),
        "basis": make_measures.law().pk,
        "receiver": world.home_hr.pk,
    }

    seen = as_user(world.li).post(page("draft-handover", world.school.pk), full | said)

    assert seen.status_code == 422
    assert seen.context["form"].errors[field]
    assert "伪造证明" in seen.text


def test_an_old_matter_warns_before_it_is_sent(world, as_user):
    long_ago = timezone.localdate() - timedelta(days=900)
    found = make_measures.handover(world, happened_until=long_ago)

    assert as_user(world.zhou).get(page("handover", found.pk)).context["barred"]


def test_evidence_is_taken_off_and_a_matter_called_off(world, as_user):
    found = make_measures.handover(world)
    paper = found.papers.get()
    answer = as_user(world.li).get(page("handed-paper", found.pk, paper.pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    as_user(world.li).post(page("remove-evidence", found.pk, paper.pk))
    as_user(world.li).post(page("move-handover", found.pk, "cancel"), {"note": "证据不足"})
    found.refresh_from_db()
    assert found.state == HandoverState.CANCELLED
    assert as_user(world.li).post(page("move-handover", found.pk, "fly")).status_code == 404
    assert as_user(world.li).get(page("handover-letter", found.pk)).status_code == 404


# The catalogue


def test_the_region_keeps_the_catalogue_from_its_pages(world, as_user):
    said = {
        "title": "某办法",
        "article": "第一条",
        "rank": "normative",
        "matter": "某事",
        "penalty": "警告",
        "competent": "housing",
        "valid_from": "2025-01-01",
    }
    refused = as_user(world.gu).post(page("enter-basis"), said)
    assert refused.status_code == 422
    assert refused.context["form"].errors["penalty"]
    as_user(world.gu).post(page("enter-basis"), said | {"penalty": ""})
    row = LegalBasis.objects.get(title="某办法")
    changed = said | {"penalty": "", "checked_on": "2026-01-01"}
    as_user(world.gu).post(page("basis", row.pk), changed)
    row.refresh_from_db()
    assert row.checked_on.isoformat() == "2026-01-01"
    assert as_user(world.li).get(page("bases")).status_code == 200
    assert as_user(world.li).get(page("basis", row.pk)).status_code == 403
    assert as_user(world.aygul).get(page("basis", row.pk)).status_code == 404


def test_a_measure_comes_out_of_an_order_and_a_record_out_of_a_measure(world, as_user):
    order = make_corrections.order(world, make_corrections.finding(world))
    seen = as_user(world.li).get(order.get_absolute_url())
    url = page("draft-measure", world.school.pk) + f"?order={order.pk}"
    assert url in seen.text
    form = as_user(world.li).get(url).context["form"]
    assert form["facts"].value() == order.findings.get().text
    basis = make_measures.basis().pk
    as_user(world.li).post(url, {"kind": "talk", "facts": "逾期不改", "basis": basis})
    assert list(Measure.objects.about(order)) == [Measure.objects.get()]

    found = make_measures.decided(world)
    url = reverse("credit:enter", args=[world.school.pk]) + f"?measure={found.pk}"
    assert url in as_user(world.li).get(page("measure", found.pk)).text
    first = as_user(world.li).get(url).context["form"]
    assert first["ground"].value() == found.facts
    said = {"about": "institution", "seriousness": "ordinary", "step": "enter"}
    said |= {name: first[name].value() for name in ("ground", "law", "paper", "decided_on")}
    as_user(world.li).post(url, said)
    record = CreditRecord.objects.about(found).get()
    assert (record.authority, record.paper) == (world.bureau, found.number)


def test_a_penalty_is_entered_for_the_department_that_set_it(world, as_user):
    found = make_measures.received(world)
    make_measures.reported(world, "penalised", found, text="警告。")
    url = reverse("credit:enter", args=[world.school.pk]) + f"?handover={found.pk}"
    assert url in as_user(world.li).get(page("handover", found.pk)).text
    first = as_user(world.li).get(url).context["form"]
    said = {"about": "institution", "seriousness": "serious", "step": "enter"}
    said |= {name: first[name].value() for name in ("ground", "law", "paper", "decided_on")}

    as_user(world.li).post(url, said)

    record = CreditRecord.objects.about(found).get()
    assert record.authority == world.home_hr
    assert record.paper == "昌人社罚字〔2026〕3号"
    none = reverse("credit:enter", args=[world.school.pk]) + "?measure=999999"
    assert as_user(world.li).get(none).context["origin"].source is None
