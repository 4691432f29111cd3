"""The pages: who is named where, what each side sees, what stays after a refusal."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests import make_leads
from zhupei.core import audit
from zhupei.core.models import LongJob
from zhupei.corrections.models import Finding
from zhupei.leads.actions import judging
from zhupei.leads.models import Lead

pytestmark = pytest.mark.django_db


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_queue_names_nobody_and_every_look_at_a_lead_is_an_event(world):
    lead = make_leads.lead(world)
    client = browser(world.li)

    listed = client.get(reverse("leads:index"))
    page = client.get(reverse("leads:detail", args=[lead.pk]))

    assert lead.title in listed.text
    assert world.adil.name not in listed.text
    assert world.adil.name in page.text
    assert "10 分钟" in page.text
    event = audit.own_history(lead).last()
    assert (event.verb, event.actor_name) == ("lead.viewed", str(world.li))


def test_evidence_leads_to_the_pages_one_may_see_and_no_further(world):
    lead = make_leads.lead(world)

    rows = {
        who: browser(who).get(reverse("leads:detail", args=[lead.pk])).context["rows"]
        for who in (world.li, world.far_reviewer, world.gu)
    }

    assert [bool(row["url"]) for row in rows[world.li]] == [True, False]
    assert [bool(row["url"]) for row in rows[world.far_reviewer]] == [False, True]
    assert [bool(row["url"]) for row in rows[world.gu]] == [True, True]
    assert browser(world.li).get(rows[world.li][0]["url"]).status_code == 200


def test_neither_the_institution_nor_the_learner_sees_a_lead(world):
    lead = make_leads.lead(world)

    for user in (world.aygul, world.wang, world.ma, world.adil, world.chen):
        assert browser(user).get(reverse("leads:detail", args=[lead.pk])).status_code == 404
        assert browser(user).get(reverse("leads:index")).status_code == 404
    judging.confirm(lead, by=world.li, note="成立")
    assert browser(world.aygul).get(reverse("leads:detail", args=[lead.pk])).status_code == 404


def test_a_lead_is_judged_on_its_page(world):
    lead = make_leads.lead(world)
    client = browser(world.li)
    base = reverse("leads:detail", args=[lead.pk])

    empty = client.post(f"{base}confirm/")
    done = client.post(f"{base}confirm/", {"note": "问过任课教师"}, follow=True)

    assert empty.status_code == 409
    assert "问过任课教师" in done.text
    assert "转为问题" in done.text
    assert client.post(f"{base}burn/").status_code == 404


def test_the_queue_is_narrowed_and_shows_open_ones_first(world):
    lead = make_leads.lead(world)
    other = make_leads.lead(world, user=world.mayra)
    judging.dismiss(lead, by=world.li, note="写错了班")
    client, url = browser(world.li), reverse("leads:index")

    def shown(**said) -> list[Lead]:
        return list(client.get(url, said).context["page"])

    assert shown() == [other, lead]
    assert shown(state="dismissed") == [lead]
    assert shown(rule="burst") == []
    assert shown(q=world.school.name[:4]) == [other, lead]
    assert "没有符合条件的线索" in client.get(url, {"q": "没有"}).text
    assert client.get(url).context["figures"][0]["value"] == 1


def test_the_rules_are_open_to_everybody_who_works_here_with_their_precision(world):
    lead = make_leads.lead(world)
    other = make_leads.lead(world, user=world.mayra)
    third = make_leads.lead(world, user=world.sun)
    judging.confirm(lead, by=world.li, note="成立")
    judging.dismiss(other, by=world.li, note="同名")
    judging.dismiss(third, by=world.li, note="同名")

    for user in (world.aygul, world.ma, world.chen, world.li, world.tian):
        page = browser(user).get(reverse("leads:rules"))
        assert page.status_code == 200
        first = page.context["rules"][0]
        assert (first["confirmed"], first["judged"], first["percent"]) == (1, 3, 33)
        assert world.adil.name not in page.text
    assert "33%" in page.text
    assert "10 分钟" in page.text
    assert browser(world.adil).get(reverse("leads:rules")).status_code == 404


def test_a_search_is_asked_for_and_followed(world):
    client, today = browser(world.li), timezone.localdate().isoformat()
    url = reverse("leads:search")

    wrong = client.post(url, {"first": today, "last": "2020-01-01"})
    asked = client.post(url, {"first": today, "last": today, "rules": ["burst"]})

    assert wrong.status_code == 422
    assert "结束日期不能早于开始日期" in wrong.text
    assert f'value="{today}"' in wrong.text
    job = LongJob.objects.get()
    assert asked.url == reverse("leads:searching", args=[job.pk])
    assert "进行中" in client.get(asked.url).text
    part = client.get(asked.url, headers={"HX-Request": "true"})
    assert "<html" not in part.text
    assert browser(world.zhou).get(asked.url).status_code == 404
    assert browser(world.aygul).get(url).status_code == 403


def test_a_confirmed_lead_is_made_a_finding_on_its_page(world):
    lead = make_leads.lead(world)
    client, url = browser(world.li), reverse("leads:hand-on", args=[lead.pk])
    assert client.get(url).status_code == 403
    judging.confirm(lead, by=world.li, note="成立")
    said = {
        "organization": world.school.pk,
        "text": "两处签到",
        "law": "第十三条",
        "severity": "serious",
    }

    empty = client.post(url, said | {"text": ""})
    done = client.post(url, said)

    assert empty.status_code == 422
    found = Finding.objects.get()
    assert done.url == found.get_absolute_url()
    assert found.get_absolute_url() in client.get(lead.get_absolute_url()).text
