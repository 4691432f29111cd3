"""The pages of bulletins."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests import make_bulletins
from zhupei.bulletins import actions
from zhupei.bulletins.models import Bulletin, State

DAY = date(2026, 1, 15)


@pytest.fixture
def draft(world) -> Bulletin:
    return make_bulletins.draft(world.bureau, world.li)


def test_a_clerk_drafts_rewrites_and_issues(as_user, world):
    client = as_user(world.li)
    with time_machine.travel(date(2026, 11, 5)):
        page = client.get(reverse("bulletins:draft")).content.decode()
        assert "2026年10月" in page
        assert "2026年第三季度" in page
        made = client.post(reverse("bulletins:draft"), {"period": "monthly/2026-10-01"})
    bulletin = Bulletin.objects.get()
    assert made.url == reverse("bulletins:detail", args=[bulletin.pk])

    said = {"text": "第一段\n<b>第二段</b>", "version": 0}
    client.post(reverse("bulletins:rewrite", args=[bulletin.pk, "classes"]), said)
    page = client.get(made.url).content.decode()
    assert "<p>第一段</p><p>&lt;b&gt;第二段&lt;/b&gt;</p>" in page

    preview = client.get(reverse("bulletins:download", args=[bulletin.pk, "docx"]))
    assert preview.status_code == 200
    client.post(reverse("bulletins:move", args=[bulletin.pk, "issue"]))
    bulletin.refresh_from_db()
    assert bulletin.state == State.ISSUED
    kept = client.get(reverse("bulletins:download", args=[bulletin.pk, "xlsx"]))
    assert b"".join(kept.streaming_content).startswith(b"PK")


def test_a_period_that_is_taken_is_not_offered(as_user, world, draft):
    with time_machine.travel(date(2026, 2, 3)):
        page = as_user(world.zhou).get(reverse("bulletins:draft")).content.decode()
    assert "2025年12月" in page
    assert 'value="monthly/2026-01-01"' not in page


def test_no_period_chosen_says_so_beside_the_field(as_user, world):
    answer = as_user(world.li).post(reverse("bulletins:draft"), {"period": ""})
    assert answer.status_code == 422
    assert "请选择起草哪一期。" in answer.content.decode()


def test_what_was_typed_is_not_lost_when_somebody_was_faster(as_user, world, draft):
    actions.rewrite(draft, "exams", "甲写的", version=0, by=world.zhou)
    address = reverse("bulletins:rewrite", args=[draft.pk, "exams"])
    client = as_user(world.li)

    late = client.post(address, {"text": "乙写的", "version": 0})
    page = late.content.decode()
    assert late.status_code == 422
    assert "乙写的" in page
    assert "甲写的" in page
    assert client.post(address, {"text": "都写上", "version": 1}).status_code == 302


def test_a_draft_is_its_authority_s_own_business(as_user, world, draft):
    address = reverse("bulletins:detail", args=[draft.pk])
    for person in ("aygul", "far_reviewer", "gu", "chen"):
        assert as_user(getattr(world, person)).get(address).status_code == 404
    assert as_user(world.aygul).get(reverse("bulletins:draft")).status_code == 404


def test_readers_cannot_move_it(as_user, world, draft):
    actions.issue(draft, by=world.li)
    client = as_user(world.aygul)
    shown = client.get(reverse("bulletins:detail", args=[draft.pk])).content.decode()
    assert "看明细" not in shown
    assert 'data-label="合格率（%）"' in shown
    answer = client.post(reverse("bulletins:move", args=[draft.pk, "withdraw"]), {"note": "不喜欢"})
    assert answer.status_code == 403
    page = as_user(world.li).get(reverse("bulletins:detail", args=[draft.pk])).content.decode()
    assert "看明细" in page


def test_what_is_open_to_everybody_can_be_read_without_signing_in(client, world, draft):
    closed = make_bulletins.draft(world.bureau, world.li, day=DAY - timedelta(days=40))
    actions.issue(closed, by=world.li)
    actions.issue(draft, by=world.li, open_to_public=True)
    page = client.get(reverse("public-bulletins:index")).content.decode()
    assert draft.title in page
    assert closed.title not in page
    paper = client.get(reverse("public-bulletins:paper", args=[draft.pk, "docx"]))
    assert b"".join(paper.streaming_content).startswith(b"PK")
    assert (
        client.get(reverse("public-bulletins:paper", args=[closed.pk, "docx"])).status_code == 404
    )
    assert client.get(reverse("public-bulletins:paper", args=[draft.pk, "exe"])).status_code == 404


def test_the_list_filters_and_hides_what_was_given_up(as_user, world, draft):
    actions.discard(draft, by=world.li)
    client = as_user(world.li)
    assert draft.title not in client.get(reverse("bulletins:index")).content.decode()
    page = client.get(reverse("bulletins:index"), {"state": "discarded"}).content.decode()
    assert draft.title in page
