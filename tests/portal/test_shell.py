"""The navigation: short, its doors open, the right one marked, its side pages beside each other."""

import pytest
from django.urls import reverse

HOME = reverse("portal:home")
DOORS = {
    "gu": [
        ["待办"],
        ["机构", "师资库", "大纲与题库"],
        ["开班", "考核", "证书", "满意度", "监管", "评价", "档案"],
        ["本单位人员", "规则参数"],
    ],
    "li": [
        ["待办"],
        ["机构", "师资库", "大纲与题库"],
        ["开班", "考核", "证书", "满意度", "监管", "评价", "档案"],
        ["本单位人员", "规则参数"],
    ],
    "aygul": [
        ["待办"],
        ["机构", "师资库", "大纲与教材"],
        ["开班", "考勤确认", "学员回访", "证书", "监管", "评价", "档案"],
        ["本单位人员", "规则参数"],
    ],
    "ma": [
        ["待办"],
        ["机构", "大纲与教材"],
        ["开班", "考勤确认", "证书", "档案"],
        ["规则参数"],
    ],
    "chen": [
        ["待办"],
        ["机构", "大纲与教材", "题库"],
        ["考核", "监考", "证书", "监管", "档案"],
        ["本单位人员", "规则参数"],
    ],
    "tian": [
        ["待办"],
        ["机构", "大纲与教材"],
        ["异地备案", "考核机构确定", "监管"],
        ["本单位人员", "规则参数"],
    ],
    "he": [["待办"], ["大纲与教材"], ["异地备案"], ["本单位人员", "规则参数"]],
    "song": [["待办"], ["师资库", "大纲与教材"], ["本单位人员", "规则参数"]],
}


def groups(nav) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for door in nav:
        if door["gap"]:
            found.append([])
        found[-1].append(str(door["label"]))
    return found


@pytest.mark.parametrize(("person", "doors"), DOORS.items())
def test_everybody_finds_the_doors_of_their_own_work_and_they_open(world, as_user, person, doors):
    browser = as_user(getattr(world, person))
    nav = browser.get(HOME).context["nav"]

    assert groups(nav) == doors
    assert len(nav) <= 13
    for door in nav:
        page = browser.get(door["url"], follow=True)
        assert page.status_code == 200, door["label"]
        assert [str(d["label"]) for d in page.context["nav"] if d["current"]] == [door["label"]]
        for tab in page.context["door_tabs"]:
            assert browser.get(tab["url"], follow=True).status_code == 200, tab["label"]


@pytest.mark.parametrize(
    ("person", "page", "door"),
    [
        ("gu", "organizations:index", "机构"),
        ("gu", "organizations:register", "机构"),
        ("gu", "organizations:members", "本单位人员"),
        ("gu", "organizations:wordings", "规则参数"),
        ("gu", "oversight:index", "机构"),
        ("gu", "questions:index", "大纲与题库"),
        ("chen", "questions:index", "题库"),
        ("li", "classes:second_readings", "开班"),
        ("li", "filings:copies", "开班"),
        ("he", "filings:copies", "异地备案"),
        ("aygul", "feedback:figures", "学员回访"),
        ("li", "feedback:calls", "满意度"),
        ("aygul", "attendance:corrections", "考勤确认"),
        ("adil", "teaching:my_books", "学习"),
        ("adil", "join:mine", "班级"),
    ],
)
def test_the_door_of_the_page_one_stands_in_is_marked(world, as_user, person, page, door):
    seen = as_user(getattr(world, person)).get(reverse(page))

    assert [str(d["label"]) for d in seen.context["nav"] if d["current"]] == [door]


@pytest.mark.parametrize(
    ("person", "page", "tabs"),
    [
        ("gu", "oversight:index", ["档案", "准入", "配备核对", "暂停业务", "单位名册"]),
        ("li", "institutions:staffing", ["档案", "准入", "配备核对", "暂停业务"]),
        (
            "gu",
            "syllabus:textbooks",
            ["培训大纲", "岗位工种", "教材", "题库", "待审试题", "细目表"],
        ),
        ("song", "syllabus:textbooks", ["培训大纲", "岗位工种", "教材"]),
        ("li", "classes:index", ["开班计划", "异地备案", "复读", "抽取", "审核统计"]),
        ("aygul", "classes:index", ["开班计划", "异地备案"]),
        ("aygul", "feedback:calls", ["回访", "满意度"]),
        ("gu", "organizations:parameters", ["规则参数", "消息文字"]),
        ("ma", "classes:index", []),  # one page alone needs no tabs
        ("li", "classes:reviewed_plans", []),  # a page deeper in has its own way back
    ],
)
def test_what_is_used_less_often_stands_beside_its_page(world, as_user, person, page, tabs):
    seen = as_user(getattr(world, person)).get(reverse(page))

    assert [str(tab["label"]) for tab in seen.context["door_tabs"]] == tabs
    assert sum(tab["current"] for tab in seen.context["door_tabs"]) == bool(tabs)


@pytest.mark.parametrize(
    ("person", "page", "pages", "here"),
    [
        ("li", "patrols:duties", ["覆盖情况", "台账", "巡查记录", "我的巡查"], "台账"),
        ("gu", "inspections:plans", ["抽查", "检查任务", "年度计划", "抽查事项清单"], "年度计划"),
        ("li", "corrections:findings", ["整改通知", "问题清单"], "问题清单"),
        ("aygul", "corrections:index", [], ""),
        ("aygul", "credit:grades", ["信用记录", "机构信用档案", "年度等级"], "年度等级"),
        ("aygul", "assistance:totals", ["帮扶记录", "对口关系", "年度数"], "年度数"),
    ],
)
def test_a_tab_that_is_several_pages_stays_marked_on_all_of_them(
    world, as_user, person, page, pages, here
):
    seen = as_user(getattr(world, person)).get(reverse(page))

    (tab,) = [tab for tab in seen.context["door_tabs"] if tab["current"]]
    assert [str(one["label"]) for one in tab["pages"]] == pages
    assert [str(one["label"]) for one in tab["pages"] if one["current"]] == [here][: len(pages)]


def test_the_page_of_a_prefecture_belongs_to_its_coverage(world, as_user):
    seen = as_user(world.li).get(reverse("patrols:map"), follow=True)

    (tab,) = [tab for tab in seen.context["door_tabs"] if tab["current"]]
    assert [str(one["label"]) for one in tab["pages"] if one["current"]] == ["覆盖情况"]


def test_learners_have_five_doors_and_no_tabs(world, as_user):
    seen = as_user(world.adil).get(HOME)

    labels = ["学习", "班级", "考试", "证书", "我的"]
    assert [str(door["label"]) for door in seen.context["nav"]] == labels
    assert seen.context["door_tabs"] == []
