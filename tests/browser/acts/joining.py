"""Learners: one signs up by themself, others answer an invitation, one leaves again."""

import json
import re
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Page, expect

from tests import make
from tests.browser.acts.plan import ROSTERS, TITLE
from tests.browser.stage import Stage, fill, follow, press, sees
from zhupei.people.models import User

CONSENTS = ["为参加本班培训处理", "为参加考核处理", "允许公众凭证书编号查验"]


def register_from_the_catalogue(stage: Stage, name: str, id_number: str, phone: str) -> User:
    """Find the class, register with a code from a short message, sign up, agree."""
    page = stage.phone()
    page.goto("/")
    stage.look(page, "public")
    page.goto("/join/")
    stage.look(page, "catalogue")
    follow(page, TITLE)
    stage.look(page, "class-public")
    follow(page, "我要报名")
    stage.look(page, "sign-in")
    follow(page, "没有账号，先注册")
    fill(page, {"手机号": phone})
    press(page, "获取验证码")
    sees(page, "验证码已发出")
    code = re.search(r"\d{6}", message_to(stage, phone))
    assert code
    fill(page, {"短信验证码": code[0], "姓名": name, "身份证号码": id_number})
    fill(page, {"设一个密码": make.PASSWORD})
    stage.look(page, "register")
    page.get_by_role("button", name="注册", exact=True).click()
    agree_and(page, stage, "确定报名", "sign-up")
    return User.objects.get(person__name=name)


def message_to(stage: Stage, phone: str) -> str:
    """The newest short message to a phone, as the demo's page shows it."""
    page = stage.phone()
    page.goto("/people/demo/messages/")
    stage.look(page, "short-messages")
    return page.get_by_role("listitem").filter(has_text=phone).first.locator("p").inner_text()


def agree_and(page: Page, stage: Stage, button: str, name: str) -> None:
    """Tick every consent; the first one is needed, and nothing is ticked beforehand."""
    for consent in CONSENTS:
        expect(page.get_by_label(consent)).not_to_be_checked()
    press(page, button)
    sees(page, "报名需要这一项同意")
    for consent in CONSENTS:
        page.get_by_label(consent).check()
    stage.look(page, name)
    press(page, button)
    sees(page, TITLE)
    page.wait_for_url("**/join/mine/")


def listed(name: str) -> dict[str, Any]:
    """The row of the roster somebody stands in."""
    rows = json.loads((ROSTERS / "expected.json").read_text())["报名花名册.xlsx"]["good"]
    return next(row for row in rows if row["name"] == name)


def account(name: str) -> User:
    """Somebody of the roster who has an account already."""
    row = listed(name)
    return make.learner(name, id_number=row["id"], phone=row["phone"])


def confirm_invitation(stage: Stage, user: User) -> str:
    """By the link in the short message. Returns its path."""
    assert user.person
    link = re.search(r"/join/\S*?/(?=\s|$)", message_to(stage, user.person.phone))
    assert link
    page = stage.phone(user)
    stage.look(page, "learner-home")
    page.goto(link[0])
    stage.look(page, "invitation")
    agree_and(page, stage, "确认参加", "invitation-agreed")
    stage.look(page, "my-classes")
    return link[0]


def find_nothing_there(stage: Stage, somebody_else: User, link: str) -> None:
    page = stage.phone(somebody_else)
    response = page.goto(link)
    assert response
    assert response.status == 404
    stage.look(page, "not-yours")


def withdraw(stage: Stage, user: User) -> None:
    page = stage.phone(user)
    page.goto("/join/mine/")
    follow(page, "退出本班")
    stage.look(page, "withdraw")
    press(page, "确定退出")
    sees(page, "名额已放开")


def stand_in_the_roster(stage: Stage, world: SimpleNamespace, pk: int) -> None:
    page = stage.desk(world.aygul)
    page.goto(f"/classes/{pk}/roster/")
    sees(page, "自行报名", "已确认")
    stage.look(page, "roster-answered")
