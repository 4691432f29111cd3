"""People in front of their browsers, and the moment it is for them."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Literal

import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from tests.browser.looks import SIZES, Looks
from tests.make import PASSWORD
from zhupei.people.models import User

PATIENCE = 60_000  # milliseconds for anything a page promises; two journeys share a small machine
A_LOOK = 50  # milliseconds between two looks at whether a page has come
expect.set_options(timeout=PATIENCE)


class Stage:
    """Opens browsers. Everybody has one of their own; it closes when the day ends."""

    def __init__(self, browser: Browser, site: str, looks: Looks) -> None:
        self.browser, self.site, self.looks = browser, site, looks
        self.today = timezone.localdate()
        self._moved: time_machine.Coordinates | None = None
        self._journey: time_machine.travel | None = None
        self._open: dict[User, Page] = {}
        self._contexts: list[BrowserContext] = []

    def phone(self, user: User | None = None, **more: Any) -> Page:
        """A phone; signed in as ``user``, the same page again later that day."""
        return self._page(user, "phone", {"is_mobile": True, "has_touch": True} | more)

    def desk(self, user: User | None = None, **more: Any) -> Page:
        """A desk with a large screen."""
        return self._page(user, "desk", more)

    def _page(self, user: User | None, size: str, more: Mapping[str, Any]) -> Page:
        if user is not None and user in self._open:
            return self._open[user]
        context = self.browser.new_context(
            base_url=self.site,
            viewport=SIZES[size],
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        if user is not None:
            context.add_cookies([let_in(user, self.site)])
        page = context.new_page()
        self.looks.listen(page)
        if user is not None:
            page.goto("/home/")
            self._open[user] = page
        return page

    def look(self, page: Page, name: str) -> None:
        """Judge the page as it stands; with ``ZHUPEI_SHOTS``, take its picture."""
        self.looks.at(page, name)

    def day(self, days: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=days)

    def be(self, moment: datetime) -> None:
        """Be at ``moment`` for the pages. On another day everybody has to sign in anew."""
        if timezone.localdate(moment) != timezone.localdate():
            self.leave()
        if self._journey is None:
            self._journey = time_machine.travel(moment, tick=True)
            self._moved = self._journey.start()
        else:
            assert self._moved
            self._moved.move_to(moment)

    def be_now(self) -> None:
        """Come back to the true time."""
        self.leave()
        if self._journey is not None:
            self._journey.stop()
        self._journey = None

    def leave(self) -> None:
        """Everybody goes home."""
        for context in self._contexts:
            context.close()
        self._contexts.clear()
        self._open.clear()


def noon(day: date) -> datetime:
    """Twelve o'clock in Beijing."""
    return timezone.make_aware(datetime.combine(day, time(12)))


def let_in(user: User, site: str) -> Any:
    """The cookie of somebody who signed in already."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": site}


def sign_in(page: Page, user: User) -> None:
    """Through the page everybody uses."""
    page.goto("/account/login/")
    page.get_by_label("手机号或账号").fill(user.username)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url("**/home/")


def fill(page: Page | Locator, fields: Mapping[str, str | bool]) -> None:
    """Fill a form by the labels people read; for a list the words of its option."""
    for label, value in fields.items():
        field = page.get_by_label(label).first
        if isinstance(value, bool):
            field.set_checked(value)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def hand(page: Page | Locator, name: str, file: str, content: bytes = b"%PDF-1.7") -> None:
    """Choose a file for the field of this name."""
    chosen = {"name": file, "mimeType": "application/octet-stream", "buffer": content}
    page.locator(f"[type=file][name={name}]").set_input_files([chosen])


def press(page: Page | Locator, name: str) -> None:
    """Press the button of this name."""
    page.get_by_role("button", name=name).first.click()


def follow(page: Page | Locator, name: str) -> None:
    """Follow the link of this name, and be where it leads."""
    step(page.get_by_role("link", name=name).first)


def step(link: Locator) -> None:
    """Follow this link, and be where it leads."""
    page = link.page
    page.evaluate("() => { document.left = true }")
    link.click()
    for _n in range(PATIENCE // A_LOOK):  # asked from here: a page without scripts has no clock
        if _arrived(page):
            return
        page.wait_for_timeout(A_LOOK)
    raise AssertionError(f"nothing came of the link on {page.url}")


def _arrived(page: Page) -> bool:
    try:
        return bool(page.evaluate("() => !document.left && document.readyState === 'complete'"))
    except Error:  # one page has gone and the other has not come
        return False


def fetched(page: Page, name: str, role: Literal["link", "button"] = "link") -> Path:
    """The file behind the link of this name, or behind the button."""
    with page.expect_download() as waiting:
        page.get_by_role(role, name=name).first.click()
    return Path(waiting.value.path())


def sees(page: Page | Locator, *words: str) -> None:
    """The page says all of this."""
    for said in words:
        expect(page.get_by_text(said).filter(visible=True).first).to_be_visible()


def number_in(page: Page) -> int:
    """The number in the address: which class, which sitting, which certificate."""
    return int(next(part for part in reversed(page.url.split("/")) if part.isdigit()))
