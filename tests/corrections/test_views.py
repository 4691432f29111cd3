"""The pages: what each side sees, what is refused beside its field, nothing typed is lost."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests import make_corrections, make_officials
from zhupei.corrections.actions import answers, verifying
from zhupei.corrections.models import Extension, Finding, FindingState, Order, OrderState

NEW = reverse("corrections:find")
LIST = reverse("corrections:index")


def page_of(order: Order) -> str:
    return order.get_absolute_url()


def media_type(answer) -> str:
    """Of a file, which is closed when it has been read."""
    list(answer)
    return answer["Content-Type"]


def posted(world, **changes) -> dict:
    said = {
        "organization": world.school.pk,
        "kind": "safety",
        "severity": "serious",
        "text": "消防通道堵塞",
        "law": "第十四条",
    }
    return said | changes


def test_an_officer_notes_a_finding_with_a_photo(world, as_user):
    browser = as_user(world.li)

    answer = browser.post(NEW, posted(world, file=make_corrections.photo()))

    row = Finding.objects.get()
    assert answer.url == row.get_absolute_url()
    assert row.files.get().file.name == "现场.jpg"
    shown = browser.get(answer.url).content.decode()
    assert "消防通道堵塞" in shown
    assert reverse("corrections:issue", args=[row.pk]) in shown
    paper = reverse("corrections:evidence", args=[row.pk, row.files.get().pk])
    assert media_type(browser.get(paper)) == "image/jpeg"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"law": ""}, "必填"),
        ({"text": ""}, "必填"),
        ({"file": make_corrections.photo("现场.exe")}, "不能收"),
        ({"organization": 0}, "选择"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(
    world, as_user, changes, words
):
    answer = as_user(world.li).post(NEW, posted(world, **changes))

    assert answer.status_code == 422
    shown = answer.content.decode()
    assert words in shown
    for kept in posted(world).keys() - changes.keys():
        assert str(answer.context["form"][kept].value()) == str(posted(world)[kept])


def test_a_finding_comes_of_any_row_one_may_see(world, as_user):
    source = make_corrections.order(world)
    browser = as_user(world.li)
    url = f"{NEW}?source=corrections.order/{source.pk}"
    assert source.number in browser.get(url).content.decode()

    browser.post(url, posted(world))

    assert Finding.objects.about(source).get().source_label == source.number
    for wrong in ("corrections.order/0", "people.user/1", "no.such/1", "x", "auth/1/2"):
        assert browser.get(f"{NEW}?source={wrong}").status_code == 404
    assert as_user(world.far_reviewer).get(url).status_code == 404
    assert as_user(world.aygul).get(NEW).status_code == 404


def test_a_bureau_notes_what_it_saw_of_an_institution_from_elsewhere(world, as_user):
    source = make_corrections.order(world)
    browser = as_user(world.far_reviewer)
    assert browser.post(NEW, posted(world)).status_code == 422  # not within its reach
    make_corrections.away(world)
    Order.objects.update(authority=world.other_bureau)
    url = f"{NEW}?source=corrections.order/{source.pk}"

    assert browser.post(url, posted(world)).status_code == 302
    assert browser.post(NEW, posted(world)).status_code == 302

    row = Finding.objects.about(source).get()
    assert row.authority == world.other_bureau


def test_an_order_is_issued_from_its_page(world, as_user):
    one, two = make_corrections.finding(world), make_corrections.finding(world)
    url = reverse("corrections:issue", args=[one.pk])
    browser = as_user(world.li)
    shown = browser.get(url)
    assert shown.context["form"].initial["findings"] == [one.pk, two.pk]

    late = browser.post(url, {"findings": [one.pk], "due": "2020-01-01", "note": "停用"})
    assert late.status_code == 422
    assert "今天之后" in late.content.decode()
    assert late.context["form"]["note"].value() == "停用"
    due = timezone.localdate() + timedelta(days=9)
    answer = browser.post(url, {"findings": [one.pk, two.pk], "due": due.isoformat(), "note": ""})

    order = Order.objects.get()
    assert answer.url == page_of(order)
    assert order.findings.count() == 2
    letter = browser.get(reverse("corrections:letter", args=[order.pk]))
    assert b"".join(letter).startswith(b"%PDF-")
    assert browser.get(url).status_code == 404  # it is no open finding any more


def test_the_institution_reads_answers_and_hands_in(world, as_user):
    order = make_corrections.order(world)
    row = order.findings.get()
    browser = as_user(world.aygul)
    first = browser.get(page_of(order))
    assert first.context["moves"][0]["blocked"]
    order.refresh_from_db()
    assert order.received_at is not None
    assert "来源" not in first.content.decode()

    url = reverse("corrections:answer", args=[order.pk, row.pk])
    half = browser.post(url, {"cause": "没有检查", "more": "1"})
    assert half.url == url
    assert browser.get(url).context["form"].initial["cause"] == "没有检查"
    whole = make_corrections.WORDS | {"file": make_corrections.photo()}
    assert browser.post(url, whole).url == page_of(order)
    browser.post(reverse("corrections:move", args=[order.pk, "submit"]))

    order.refresh_from_db()
    assert order.state == OrderState.ANSWERED
    assert browser.get(url).status_code == 403
    assert browser.get(page_of(order)).context["moves"][0]["name"] == "recall"


def test_a_wrong_paper_keeps_what_was_written(world, as_user):
    order = make_corrections.order(world)
    url = reverse("corrections:answer", args=[order.pk, order.findings.get().pk])
    said = make_corrections.WORDS | {"file": make_corrections.photo("整改.exe")}

    answer = as_user(world.aygul).post(url, said)

    assert answer.status_code == 422
    assert answer.context["form"]["cause"].value() == make_corrections.WORDS["cause"]


def test_the_bureau_sees_no_draft(world, as_user):
    order = make_corrections.written(world, make_corrections.order(world))
    paper = answers.draft_of(order).answers.get().files.get()
    shown = as_user(world.li).get(page_of(order))
    assert make_corrections.WORDS["cause"] not in shown.content.decode()
    assert as_user(world.li).get(reverse("corrections:file", args=[paper.pk])).status_code == 404
    own = as_user(world.aygul).get(reverse("corrections:file", args=[paper.pk]))
    assert media_type(own) == "image/jpeg"


def test_the_bureau_verifies_finding_by_finding(world, as_user):
    good, poor = make_corrections.finding(world), make_corrections.finding(world, kind="teachers")
    order = make_corrections.answered(world, make_corrections.order(world, good, poor))
    url = reverse("corrections:verify", args=[order.pk])
    browser = as_user(world.li)
    seen = browser.get(url).context["form"]["seen"].value()
    said = {
        "seen": seen,
        "method": "papers",
        f"verdict_{good.pk}": "accepted",
        f"verdict_{poor.pk}": "returned",
    }

    without = browser.post(url, said)
    assert without.status_code == 422
    assert "还差什么" in without.content.decode()
    assert without.context["form"][f"verdict_{good.pk}"].value() == "accepted"
    browser.post(url, said | {f"remark_{poor.pk}": "聘书没有盖章"})

    order.refresh_from_db()
    assert order.state == OrderState.RETURNED
    shown = as_user(world.aygul).get(reverse("corrections:answer", args=[order.pk, poor.pk]))
    assert "聘书没有盖章" in shown.content.decode()
    assert as_user(world.li).get(url).url == page_of(order)
    assert as_user(world.gu).get(url).status_code == 403


def test_more_time_from_the_pages(world, as_user):
    order = make_corrections.order(world)
    url = reverse("corrections:ask", args=[order.pk])
    browser = as_user(world.aygul)
    early = browser.post(url, {"wanted_until": timezone.localdate(), "reason": "设备没到"})
    assert early.status_code == 422
    assert early.context["form"]["reason"].value() == "设备没到"
    day = timezone.localdate() + timedelta(days=30)
    assert browser.post(url, {"wanted_until": day, "reason": "设备没到"}).url == page_of(order)

    wish = Extension.objects.get()
    grant = reverse("corrections:answer-wish", args=[wish.pk, "grant"])
    bureau = as_user(world.li)
    assert bureau.get(page_of(order)).context["grant"].initial["until"] == day
    assert bureau.post(grant, {"until": day, "note": ""}).status_code == 422
    assert bureau.post(grant, {"until": day, "note": "属实"}).url == page_of(order)
    assert bureau.post(grant, {"until": day, "note": "属实"}).status_code == 409
    assert bureau.post(grant.replace("grant", "lose"), {"note": "x"}).status_code == 404


def test_the_moves_of_a_finding_from_its_page(world, as_user):
    row = make_corrections.finding(world, severity="minor")
    browser = as_user(world.li)
    browser.post(
        reverse("corrections:add-evidence", args=[row.pk]), {"file": make_corrections.photo()}
    )
    browser.post(reverse("corrections:move-finding", args=[row.pk, "settle"]), {"note": "已补"})
    row.refresh_from_db()
    assert (row.state, row.files.count()) == (FindingState.CORRECTED, 1)
    own = as_user(world.aygul).get(row.get_absolute_url())
    assert own.status_code == 200
    assert own.context["timeline"] == []
    wrong = reverse("corrections:move-finding", args=[row.pk, "order"])
    assert as_user(world.li).post(wrong).status_code == 404


def test_a_draft_loses_a_paper_from_its_page(world, as_user):
    order = make_corrections.written(world, make_corrections.order(world))
    paper = answers.draft_of(order).answers.get().files.get()
    url = reverse("corrections:remove", args=[paper.pk])
    assert as_user(world.wang).post(url).status_code == 404
    assert as_user(world.aygul).post(url).status_code == 302
    assert not answers.draft_of(order).answers.get().files.exists()


def numbers(browser, **query) -> set[str]:
    return {row["order"].number for row in browser.get(LIST, query).context["rows"]}


def test_the_list_is_narrowed_in_its_address(world, as_user):
    late = make_corrections.order(world)
    waiting = make_corrections.answered(world)
    source = make_corrections.order(world)
    sourced = make_corrections.order(world, make_corrections.finding(world, source=source))
    with time_machine.travel(late.due_at + timedelta(hours=1)):
        browser = as_user(world.li)
        assert numbers(browser, state="overdue") == {o.number for o in (late, source, sourced)}
        row = browser.get(LIST, {"q": late.number}).context["rows"][0]
        assert row["badge"]["word"] == "逾期未报"
    browser = as_user(world.li)
    assert numbers(browser, state="answered") == {waiting.number}
    assert numbers(browser, q="灭火器 天山") == numbers(browser)
    assert numbers(browser, q="没有的") == set()
    assert numbers(browser, source="none") == {o.number for o in (late, waiting, source)}
    assert numbers(as_user(world.gu), prefecture="653100") == set()
    assert numbers(as_user(world.aygul)) == numbers(as_user(world.gu))
    assert numbers(as_user(world.wang)) == set()


def test_the_figures_of_the_list_and_its_spreadsheet(world, as_user):
    make_corrections.verified(world, make_corrections.answered(world))
    make_corrections.order(world)
    browser = as_user(world.li)

    figures = {one["label"]: one["value"] for one in browser.get(LIST).context["figures"]}
    assert figures["按期销号"] == "1 / 1"
    sheet = browser.get(reverse("corrections:export"), {"state": "closed"}).content
    rows = CalamineWorkbook.from_filelike(BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2
    assert rows[1][1] == "天山建设职业技能培训学校"
    assert rows[1][4] == 1


def test_the_list_of_findings_is_narrowed_in_its_address(world, as_user):
    make_officials.add(world)
    one = make_corrections.finding(world, severity="minor")
    again = make_corrections.finding(world, by=world.yang)
    browser = as_user(world.li)
    url = reverse("corrections:findings")

    def keys(who, **query):
        return {row["finding"].pk for row in who.get(url, query).context["rows"]}

    assert keys(browser) == {one.pk, again.pk}
    assert keys(browser, repeated="on") == {again.pk}
    assert keys(browser, severity="minor", source="none", state="open", q="灭火器") == {one.pk}
    assert keys(browser, kind="exams") == set()
    assert keys(as_user(world.yang)) == {again.pk}
    assert as_user(world.aygul).get(url).status_code == 404


def test_teachers_learners_and_the_signed_out_have_no_list(world, as_user, client):
    assert client.get(LIST).status_code == 302
    for person in (world.ma, world.adil):
        assert as_user(person).get(LIST).status_code == 404


def test_what_was_decided_meanwhile_is_said(world, as_user):
    order = make_corrections.answered(world)
    seen = verifying.mark_of(order.rounds.get())
    answers.recall(order, by=world.aygul)
    answers.submit(order, by=world.aygul)
    row = order.findings.get()
    said = {"seen": seen, "method": "papers", f"verdict_{row.pk}": "accepted"}
    answer = as_user(world.li).post(reverse("corrections:verify", args=[order.pk]), said)
    assert answer.status_code == 422
    assert "重新报送过" in answer.content.decode()
