"""The pages of analysis: what they show, to whom."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import make, make_analysis
from zhupei.analysis.actions import leads, looking
from zhupei.analysis.parameters import LEAST
from zhupei.core import audit
from zhupei.core.errors import NotAllowed

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_region_reads_forms_items_and_the_spread_of_marks(world):
    make.parameter_value(LEAST, 5, make.LONG_AGO)
    study = make_analysis.study(world)
    client = browser(world.gu)

    listed = client.get(reverse("analysis:index"), {"q": study.sitting.title})
    page = client.get(reverse("analysis:detail", args=[study.pk]))

    assert study.sitting.title in listed.text
    assert "没有符合条件的场次" in client.get(reverse("analysis:index"), {"q": "没有"}).text
    form = study.forms.get()
    assert f"{form.alpha:.3f}" in page.text
    assert [bar["count"] for bar in page.context["marks"]] == study.marks
    assert page.context["doubtful"] == study.items.exclude(doubts=[]).count() > 0
    doubtful = [bool(one["doubts"]) for one in page.context["items"]]
    assert doubtful == sorted(doubtful, reverse=True)


def test_an_item_is_shown_with_its_options_and_the_look_is_kept(world):
    study = make_analysis.study(world)
    item = study.items.filter(version__kind="single").first()

    page = browser(world.gu).get(reverse("analysis:item", args=[item.pk]))

    shown = {one["answer"]: one for one in page.context["options"]}
    assert shown["B"]["right"]
    assert shown["B"]["text"] == "二"
    assert sum(one["people"] for one in shown.values()) == 8
    assert "历次合计" in page.text
    event = audit.history(study).get(verb="analysis.item_viewed")
    assert event.facts["item"] == item.version_id
    with pytest.raises(NotAllowed):
        looking.look(item, by=world.li)


def test_a_study_is_made_again_from_its_page(world):
    study = make_analysis.study(world)

    answer = browser(world.gu).post(reverse("analysis:again", args=[study.pk]), follow=True)

    assert "已按现在的成绩重新分析" in answer.text
    assert audit.history(study).filter(verb="analysis.studied").count() == 2


def test_the_bureau_judges_a_lead_with_a_reason(world):
    lead = make_analysis.lead(world)
    client = browser(world.li)

    listed = client.get(reverse("analysis:leads"))
    page = client.get(reverse("analysis:lead", args=[lead.pk]))
    empty = client.post(reverse("analysis:move", args=[lead.pk, "confirm"]))
    client.post(reverse("analysis:move", args=[lead.pk, "confirm"]), {"note": "看过录像"})

    assert str(lead.first.person) in listed.text
    assert f"{lead.same} / {lead.both}" in listed.text
    assert len(page.context["rows"]) == lead.both
    assert "成绩不变" in page.text
    assert empty.status_code == 409
    lead.refresh_from_db()
    assert (lead.state, lead.note) == ("confirmed", "看过录像")
    assert "没有符合条件的线索" in client.get(reverse("analysis:leads"), {"state": "open"}).text
    assert client.post(reverse("analysis:move", args=[lead.pk, "punish"])).status_code == 404


def test_strangers_find_nothing(world):
    lead = make_analysis.lead(world)
    item = lead.study.items.first()

    for user in (world.chen, world.far_reviewer, world.aygul):
        client = browser(user)
        assert client.get(reverse("analysis:lead", args=[lead.pk])).status_code == 404
        assert client.get(reverse("analysis:detail", args=[lead.study_id])).status_code == 404
        assert client.get(reverse("analysis:item", args=[item.pk])).status_code == 404
        assert str(lead.first.person) not in client.get(reverse("analysis:leads")).text


def test_judged_ones_come_last(world):
    first = make_analysis.lead(world)
    leads.dismiss(first, by=world.li, note="x")
    second = make_analysis.released_sitting(world, 8, title="第二场")
    from_second = make_analysis.studies.study(second).leads.get()

    page = browser(world.li).get(reverse("analysis:leads"))

    assert list(page.context["page"]) == [from_second, first]


def test_the_body_reads_a_confirmed_lead_and_opens_a_case_from_it(world):
    lead = make_analysis.lead(world)
    address = reverse("analysis:lead", args=[lead.pk])
    office = browser(world.chen)
    assert office.get(address).status_code == 404
    leads.confirm(lead, by=world.li, note="看过录像")
    case = reverse("analysis:open-case", args=[lead.pk, lead.first_id])

    assert address in office.get(reverse("analysis:leads")).text
    page = office.get(address)
    assert case in page.text
    assert not page.context["moves"]
    assert "都答错" in office.get(case).context["form"].initial["facts"]
    assert office.post(case, {"facts": ""}).status_code == 422
    opened = office.post(case, {"facts": "比对表属实"}, follow=True)
    assert "答案雷同比对表.pdf" in opened.text
    again = office.post(case, {"facts": "再立一次"})
    assert again.status_code == 422
    assert "再立一次" in again.text
    assert "据此立的案" in office.get(address).text
    assert case not in browser(world.li).get(address).text
    assert browser(world.li).get(case).status_code == 404
    assert office.get(reverse("analysis:open-case", args=[lead.pk, 0])).status_code == 404
