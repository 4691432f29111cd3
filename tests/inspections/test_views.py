"""The pages: from the list of items to the published result, and what bad input gets."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import make, make_inspections
from zhupei.inspections.actions import drafts, filling, freezing
from zhupei.inspections.models import Draw, Inspection, ItemList, Plan, SeedEntry
from zhupei.inspections.parameters import ANNOUNCE_DAYS, NAMES
from zhupei.organizations.models import Interest
from zhupei.portal.todo import todos


def text(answer) -> str:
    return answer.content.decode()


def form(world, **said):
    """What Li types for a draw."""
    return {
        "title": "上半年培训机构抽查",
        "percent": "50",
        "items": [
            str(one.pk) for one in make_inspections.item_list(world).items.filter(code="1.3")
        ],
        "bodies": [str(world.bureau.pk)],
        "housing_count": "2",
        "hr_count": "0",
        "check_by": f"{timezone.localdate() + timedelta(days=30):%Y-%m-%d}",
    } | said


def test_the_region_writes_and_publishes_the_list(world, as_user):
    page = as_user(world.gu)
    answer = page.post("/inspections/lists/draft/")
    url = answer["Location"]
    item = {"code": "1.1", "title": "许可证", "target": "institution", "grip": "general"}
    wrong = page.post(url, item)
    assert wrong.status_code == 422
    assert "许可证" in text(wrong)
    page.post(url, item | {"law": "办法第九条"})
    taken = page.post(url, item | {"law": "办法第九条"})
    assert "已经有这个编号" in text(taken)
    found = ItemList.objects.get()
    page.post(f"/inspections/lists/items/{found.items.get().pk}/", item | {"law": "办法第十条"})
    assert found.items.get().law == "办法第十条"
    page.post(f"{url}publish/")
    assert "办法第十条" in text(Client().get("/draws/items/"))
    assert page.get(f"/inspections/lists/items/{found.items.get().pk}/").status_code == 404


def test_a_bureau_plans_its_year(world, as_user):
    page = as_user(world.li)
    url = page.post("/inspections/plans/", {"year": "2026"})["Location"]
    assert "已经有了" in text(page.post("/inspections/plans/", {"year": "2026"}))
    row = {"title": "专项", "target": "class", "grip": "key", "month": "6", "percent": "3"}
    wrong = page.post(url, row)
    assert wrong.status_code == 422
    assert "不能低于 5%" in text(wrong)
    page.post(url, row | {"percent": "10"})
    assert "至少抽查 2 次" in text(page.post(f"{url}publish/"))
    page.post(url, row | {"percent": "10", "month": "11"})
    page.post(f"{url}publish/")
    assert Plan.objects.get().state == "published"
    assert "专项" in text(Client().get("/draws/"))
    unexplained = page.post(url, row | {"percent": "10"})
    assert unexplained.status_code == 422
    page.post(url, row | {"percent": "10", "note": "投诉增多，加抽一次"})
    assert "投诉增多，加抽一次" in text(Client().get("/draws/"))


def test_a_draw_is_prepared_for_a_line_of_the_plan(world, as_user):
    make_inspections.people(world)
    make_inspections.schools(world, 3)
    row = make_inspections.row(world)
    page = as_user(world.li)
    new = f"/inspections/draft/?row={row.pk}"
    wrong = page.post(new, form(world, housing_count="1", title="写了一半"))
    assert wrong.status_code == 422
    assert "写了一半" in text(wrong)
    assert "至少 2 名" in text(wrong)
    url = page.post(new, form(world))["Location"]
    draw = Draw.objects.get()
    page.post(f"{url}edit/", form(world, percent="60"))
    draw.refresh_from_db()
    assert draw.percent == 60


def test_the_seed_is_named_and_the_names_are_frozen(world, as_user):
    draw = make_inspections.draft(world)
    page, url = as_user(world.li), f"/inspections/{draw.pk}/"
    no_seed = page.post(f"{url}freeze/")
    assert no_seed.status_code == 422
    assert "种子还不可信" in text(no_seed)
    event = {"description": "排列5", "source": "体彩网", "happens_at": "2020-01-01T20:30"}
    over = page.post(f"{url}events/", event)
    assert over.status_code == 422
    assert "已经过了" in text(over)
    assert 'value="排列5"' in text(over)
    when = timezone.localtime(make_inspections.lottery())
    page.post(f"{url}events/", event | {"happens_at": f"{when:%Y-%m-%dT%H:%M}"})
    short = page.post(f"{url}commitments/", {"committer": "人社局", "words": "短"})
    assert "至少 12 个字" in text(short)
    page.post(
        f"{url}commitments/", {"committer": "人社局", "words": "人社局承诺的一句话在此"[:12] + "末"}
    )
    page.post(f"{url}inputs/2/remove/")
    preview = page.get(f"{url}freeze/")
    assert "天山建设职业技能培训学校" in text(preview)
    page.post(f"{url}freeze/")
    draw.refresh_from_db()
    assert draw.state == "frozen"
    assert draw.terms_sha256 in text(page.get(f"{url}texts/terms/")) or draw.terms_sha256 in text(
        page.get(url)
    )
    assert "institution/" in text(page.get(f"{url}texts/objects/?q=天山"))
    assert "杨志刚" in text(page.get(f"{url}people/"))
    assert page.get(f"{url}objects/").status_code == 404


def test_two_people_type_and_one_of_them_draws(world, as_user):
    make_inspections.schools(world, 3)
    draw = make_inspections.frozen(world)
    url = f"/inspections/{draw.pk}/"
    with make_inspections.after_lottery():
        page = as_user(world.li)
        assert "等录入" in text(page.post(f"{url}draw/"))
        page.post(f"{url}inputs/1/", {"value": "07341"})
        second = Client()
        second.force_login(world.yang)
        other = second.post(f"{url}inputs/1/", {"value": "07342"})
        assert other.status_code == 422
        assert "录入的不一样" in text(other)
        assert 'value="07342"' in text(other)
        assert "07341" not in text(second.get(url)) + text(other)
        second.post(f"{url}inputs/1/", {"value": "07341"})
        page.post(f"{url}draw/")
        assert "已是" in text(page.post(f"{url}draw/"))  # a second time
    draw.refresh_from_db()
    assert (draw.state, draw.inspections.count()) == ("drawn", 2)
    assert draw.seed in text(Client().get(f"/draws/{draw.number}/"))


def test_what_an_inspector_fills_in_stays_whatever_is_wrong(world, as_user):
    inspection = make_inspections.drawn(world).inspections.get()
    first = make_inspections.going(inspection)[0]
    url = f"/inspections/checks/{inspection.pk}/"
    pk = inspection.draw.items.get().pk
    found = {f"verdict_{pk}": "bad", f"note_{pk}": "堆放木料"}
    with make_inspections.tomorrow():
        page = as_user(first)
        assert inspection.name in text(page.get("/inspections/checks/"))
        result = {"visited_on": f"{timezone.localdate():%Y-%m-%d}", "outcome": "clean"}
        wrong = page.post(f"{url}answer/", found | result | {"record": "1"})
        assert wrong.status_code == 422
        assert "请选轻重" in text(wrong)
        assert "堆放木料" in text(wrong)
        found |= {f"severity_{pk}": "ordinary"}
        page.post(f"{url}answer/", found)
        assert inspection.answers.get().note == "堆放木料"
        contrary = page.post(f"{url}answer/", found | result | {"record": "1"})
        assert contrary.status_code == 422
        assert "不一致" in text(contrary)
        page.post(f"{url}answer/", found | result | {"record": "1", "outcome": "ordered"})
    inspection.refresh_from_db()
    assert inspection.state == "signing"


def test_a_result_is_signed_published_and_read(world, as_user):
    draw = make_inspections.drawn(world)
    inspection = draw.inspections.get()
    second = make_inspections.going(inspection)[1]
    url = f"/inspections/checks/{inspection.pk}/"
    said = filling.Said("bad", "ordinary", "堆放木料")
    with make_inspections.tomorrow():
        make_inspections.recorded(
            inspection, answers={draw.items.get().pk: said}, outcome="ordered"
        )
        assert "签字" in text(as_user(second).get(url))
        as_user(second).post(f"{url}sign/")
        officer = as_user(world.li)
        assert inspection.name in text(officer.get("/home/"))
        officer.post(f"{url}publish/")
    public = text(Client().get(f"/draws/{draw.number}/1/"))
    assert "发现问题，责令改正" in public
    assert "堆放木料" not in public  # what somebody wrote down stays inside
    institution = text(as_user(world.aygul).get(url))
    assert "责令改正" in institution
    assert "堆放木料" not in institution


def test_photos_too_large_or_disguised_are_refused_and_answers_stay(world, as_user):
    inspection = make_inspections.drawn(world).inspections.get()
    first = make_inspections.going(inspection)[0]
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    page = as_user(first)
    upload = SimpleUploadedFile("门头.jpg", b"<script>alert(1)</script>")
    pk = inspection.draw.items.get().pk
    said = {"file": upload, f"verdict_{pk}": "good"}
    answer = page.post(f"/inspections/checks/{inspection.pk}/answer/", said)
    assert answer.status_code == 422
    assert "不是 .jpg 文件" in text(answer)
    assert inspection.answers.get().verdict == "good"


def test_the_page_of_somebody_who_cannot_go(world, as_user):
    draw = make_inspections.drawn(world)
    inspection = draw.inspections.get()
    url = f"/inspections/checks/{inspection.pk}/replace/1/"
    page = as_user(world.li)
    assert page.get(url).status_code == 200
    assert page.post(url, {"because": ""}).status_code == 422
    page.post(url, {"because": "住院"})
    assert "换过 1 人" in text(Client().get(f"/draws/{draw.number}/"))
    assert as_user(world.yang).get(url).status_code in {403, 404}


def test_calling_off_is_greyed_out_with_its_reason_once_the_seed_may_be_known(world, as_user):
    draw = make_inspections.frozen(world)
    url = f"/inspections/{draw.pk}/"
    before = as_user(world.li).get(url).context["moves"]
    assert not next(one for one in before if one["name"] == "call_off")["blocked"]
    with make_inspections.after_lottery():
        late = as_user(world.li).get(url).context["moves"]
        assert "住建厅" in str(next(one for one in late if one["name"] == "call_off")["blocked"])


def test_the_list_may_wait_and_the_package_with_it(world):
    make.parameter_value(ANNOUNCE_DAYS, 10, make.LONG_AGO)
    draw = make_inspections.drawn(world)
    page = text(Client().get(f"/draws/{draw.number}/"))

    assert draw.terms_sha256 in page
    assert draw.seed in page
    assert "天山建设职业技能培训学校" not in page
    assert Client().get(f"/draws/{draw.number}/draw.json").status_code == 404
    assert Client().get(f"/draws/{draw.number}/draw.zip").status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=11), tick=False):
        assert "天山建设职业技能培训学校" in text(Client().get(f"/draws/{draw.number}/"))
        assert Client().get(f"/draws/{draw.number}/draw.json").status_code == 200


def test_names_stay_inside_where_the_rule_says_numbers(world):
    make.parameter_value(NAMES, "number", make.LONG_AGO)
    draw = make_inspections.drawn(world)
    page = text(Client().get(f"/draws/{draw.number}/"))
    package = text(Client().get(f"/draws/{draw.number}/draw.json"))

    for person in (world.yang, world.kang, world.ding):
        assert str(person) not in page + package
    assert "检查员 00" in page


def test_why_somebody_stays_away_is_for_those_who_decide(world, as_user):
    make_inspections.people(world)
    Interest.objects.create(
        user=world.yang, organization=world.school, kind="relative", since=make.LONG_AGO
    )
    draw = make_inspections.drawn(world)
    assert "近亲属" in text(as_user(world.li).get(f"/inspections/{draw.pk}/people/"))
    assert "近亲属" not in text(as_user(world.kang).get(f"/inspections/{draw.pk}/people/"))
    assert "近亲属" not in text(Client().get(f"/draws/{draw.number}/draw.json"))


def test_a_draw_once_more_shows_its_reason_to_everybody(world, as_user):
    first = make_inspections.drawn(world)
    row = first.planned
    page = as_user(world.li)
    again = page.post(f"/inspections/draft/?row={row.pk}", form(world))
    assert again.status_code == 422
    assert "已经抽过" in text(again)
    page.post(
        f"/inspections/draft/?row={row.pk}", form(world, again_because="第一次抽中的都已停办")
    )
    second = Draw.objects.latest("pk")
    make_inspections.with_event(second, world)
    second = freezing.freeze(second, by=world.li)
    assert "第一次抽中的都已停办" in text(Client().get(f"/draws/{first.number}/"))
    assert "第一次抽中的都已停办" in text(Client().get(f"/draws/{second.number}/"))


def test_hr_sees_what_it_takes_part_in(world, as_user):
    make_inspections.people(world)
    draw = make_inspections.drawn(
        world, bodies=[world.bureau, world.home_hr], housing_count=1, hr_count=1
    )
    page = as_user(world.tao)
    assert draw.title in text(page.get("/inspections/"))
    assert "莫合塔尔" in text(page.get(f"/inspections/{draw.pk}/objects/"))
    assert page.get("/inspections/draft/").status_code == 403


def test_the_clock_reminds_and_the_home_pages_know(world):
    draw = make_inspections.frozen(world)
    with make_inspections.after_lottery():
        kinds = [line.title for line in todos(fresh(world.li))]
        assert "体彩排列5 第 26330 期开奖号码" in kinds
        assert not todos(fresh(world.yang))
        SeedEntry.objects.create(seed_input=draw.inputs.get(), typed_by=world.li, value="07341")
        assert [line.title for line in todos(fresh(world.yang))]
    assert Inspection.objects.count() == 0


def fresh(user):
    """The same person in a new request."""
    return type(user).objects.get(pk=user.pk)


@pytest.mark.parametrize("number", ["SJ-1999-0001", "x"])
def test_unknown_numbers_are_not_found(db, number):
    assert Client().get(f"/draws/{number}/").status_code == 404
    assert Client().get(f"/draws/{number}/draw.json").status_code == 404


def test_what_is_prepared_is_nobodys_business_yet(world):
    draw = make_inspections.ready(world)
    assert draw.title not in text(Client().get("/draws/"))
    drafts.remove_input(draw.inputs.get(), by=world.li)
