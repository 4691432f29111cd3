"""Somebody complains on a phone; the bureau asks the school, decides and answers."""

import pytest
from playwright.sync_api import expect

from tests import make, make_classes, make_complaints
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.complaints import forms_public
from zhupei.complaints.models import Complaint, Inquiry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
TOLD = {
    "投诉什么": "乱收费、不退费",
    "发生了什么": make_complaints.TEXT,
    "姓名（实名时填）": make_complaints.NAME,
    "手机号（实名时填）": make_complaints.PHONE,
}


@pytest.fixture(autouse=True)
def nobody_is_too_quick(monkeypatch):
    """A journey types faster than a person."""
    monkeypatch.setattr(forms_public, "TOO_QUICK", -1)


def tell(page) -> tuple[str, str]:
    """From the public page of the class to number and code."""
    follow(page, "网上投诉")
    fill(page, TOLD)
    page.get_by_label("实名：经办人可以联系我核实").check()
    press(page, "提交投诉")
    sees(page, "投诉已登记")
    number, code = page.locator(".receipt-sign").all_inner_texts()
    return number, code


def act(page, name: str, fields: dict[str, str] | None = None) -> None:
    """One of the things a page of a complaint offers."""
    follow(page.locator("#acts"), name)
    panel = page.locator("#act")
    fill(panel, fields or {})
    press(panel, name)


def complained(stage: Stage, found) -> tuple[str, str]:
    phone = stage.phone()
    phone.goto("/complain/")
    stage.look(phone, "complain-find")
    phone.goto(f"/join/{found.pk}/")
    follow(phone, "网上投诉")
    stage.look(phone, "complain-form")
    phone.go_back()
    receipt = tell(phone)
    stage.look(phone, "complain-receipt")
    return receipt


def asked(stage: Stage, clerk) -> None:
    """Li takes it in hand, nearly names the complainant, and asks the school."""
    act(clerk, "分派", {"经办人": "李文涛"})
    act(clerk, "受理")
    act(clerk, "询问被投诉单位", {"询问事项": f"{make_complaints.NAME}反映收费，请说明。"})
    sees(clerk, "写到了投诉人")
    stage.look(clerk, "complaint-exposed")
    panel = clerk.locator("#act")
    fill(panel, {"询问事项": make_complaints.STATEMENT})
    press(panel, "询问被投诉单位")
    stage.look(clerk, "complaint")


def decided(clerk) -> None:
    clerk.reload()
    follow(clerk.locator("#acts"), "作出认定")
    clerk.get_by_label("部分属实").check()
    fill(clerk.locator("#act"), {"查明的情况": "收费没有公示。"})
    press(clerk.locator("#act"), "作出认定")
    act(clerk, "答复结果")
    sees(clerk, "已答复")


def test_from_a_phone_to_the_bureau_to_the_school_and_back(stage: Stage):
    world = make.world()
    number, code = complained(stage, make_classes.approved_class(world))
    clerk, school = stage.desk(world.li), stage.desk(world.aygul)
    clerk.goto("/complaints/")
    stage.look(clerk, "complaints")
    clerk.goto(f"/complaints/{Complaint.objects.get().pk}/")
    asked(stage, clerk)
    school.goto(f"/complaints/inquiries/{Inquiry.objects.get().pk}/")
    stage.look(school, "inquiry")
    assert make_complaints.NAME not in school.content()
    fill(school, {"情况说明": "收据附后，多收的已退。"})
    press(school, "提交说明")
    sees(school, "已说明")
    decided(clerk)

    phone = stage.phone()
    phone.goto("/complain/follow/")
    fill(phone, {"投诉编号": number, "查询码": code})
    press(phone, "查看")
    sees(phone, "部分属实", "收费没有公示")
    stage.look(phone, "complain-case")
    phone.get_by_label("满意", exact=True).check()
    press(phone, "提交评价")
    sees(phone, "您评价了 4 分")


def test_a_film_that_is_too_large_is_refused_before_it_is_sent_and_no_script_is_needed(
    stage: Stage,
):
    world = make.world()
    address = f"/complain/new/?institution={world.school.pk}"
    page = stage.phone()
    page.goto(address)
    page.evaluate(
        """() => {
            const chosen = new DataTransfer();
            const film = new File(["x"], "证据.mp4");
            Object.defineProperty(film, "size", { value: 200 * 1024 * 1024 });
            chosen.items.add(film);
            const field = document.querySelector("[name=film]");
            Object.defineProperty(field, "files", { get: () => [film], configurable: true });
            field.dispatchEvent(new Event("change"));
        }"""
    )
    sees(page, "超过 100 MB，没有传")

    plain = stage.phone(java_script_enabled=False)
    plain.goto("/complain/")
    fill(plain, {"机构名称、班级名称或班级编号": "天山"})
    press(plain, "查找")
    follow(plain, world.school.name)
    fill(plain, {"投诉什么": "其他", "发生了什么": "没有脚本也能投诉。"})
    press(plain, "提交投诉")
    sees(plain, "请选择匿名还是实名")
    expect(plain.get_by_label("发生了什么")).to_have_value("没有脚本也能投诉。")
    plain.get_by_label("匿名：不留姓名和电话").check()
    press(plain, "提交投诉")
    sees(plain, "投诉已登记")
