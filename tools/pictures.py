"""Take the pictures of the manual from a demo that is running, and write them small.

    python -m tools.pictures http://127.0.0.1:8000 var/demo-logins.json [name …]

Starts nothing itself. Needs Pillow, which nothing else here does (``uv pip install pillow``). A
picture says who looks, where they begin, and which links they follow: keys of rows differ from
demo to demo. Those who use a phone are pictured on one.
"""

import io
import json
import os
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from PIL import Image
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    StorageState,
    sync_playwright,
)

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "manual" / "pictures"
DESK, PHONE = (1440, 900), (360, 740)
COLOURS = 128
LARGEST = 150_000  # bytes of one picture
TODAY = f"{datetime.now(UTC) + timedelta(hours=8):%F}"  # noqa: TID251 - no Django here
PATIENCE = 3_000  # milliseconds to wait for a link


class Picture(NamedTuple):
    """One picture. ``who`` is a username, or the beginning of a role in the file of logins;
    ``follow`` are selectors of links, the first match of each is opened; ``part`` is scrolled to
    the top of the window; what is ``typed`` into fields by name is sent with the last of them.
    """

    name: str
    who: str
    path: str
    follow: tuple[str, ...] = ()
    size: tuple[int, int] = DESK
    part: str = ""
    typed: tuple[tuple[str, str], ...] = ()


SIGNED_IN: dict[str, StorageState] = {}
LESSON = "学员（现在有课）"
TEACHER = "教师（现在有课）"
CANDIDATE = "学员（现在可以考试）"
# fmt: off
PICTURES = (
    Picture("public-home", "", "/"),
    Picture("catalogue", "", "/join/"),
    Picture("invitation", "学员（有邀请", "/home/", ("main a[href*='/join/i/']",), PHONE),
    Picture("learner-wait", "学员（候补", "/join/mine/", (), PHONE),
    Picture("learner-sign", LESSON, "/home/", ("main a[href$='/sign/']",), PHONE),
    Picture("learner-classes", LESSON, "/join/mine/", (), PHONE),
    Picture("sign-in-screen", TEACHER, "/home/",
            ("main a[href$='/roll/']", "main a[href$='/screen/']")),
    Picture("teacher-roll", TEACHER, "/home/", ("main a[href$='/roll/']",), PHONE),
    Picture("teacher-offline", TEACHER, "/home/",
            ("main a[href$='/roll/']", "main a[href$='/offline/']"), PHONE),
    Picture("registrar-file", "jiaowu03", "/institutions/"),
    Picture("registrar-plan", "jiaowu03", "/classes/?state=draft",
            ("main td a.name",)),
    Picture("registrar-filing", "jiaowu03", "/filings/?state=draft", ("main td a",)),
    Picture("registrar-record", "jiaowu03", "/classes/?state=finished",
            ("main td a.name", "main a[href*='/teaching/class/']")),
    Picture("reviewer-checklist", "changji", "/classes/?state=submitted",
            ("main td a.name",)),
    Picture("reviewer-evidence", "changji", "/classes/?state=submitted",
            ("main td a.name", "a[href*='/review/teachers/']")),
    Picture("reviewer-staffing", "changji", "/institutions/staffing/"),
    Picture("reviewer-suspend", "changji", "/institutions/admissions/?state=active",
            ("main td a", "main a[href$='/suspend/']")),
    Picture("region-todo", "ting", "/home/"),
    Picture("region-effect", "ting", "/org/parameters/classes.review_workdays/",
            typed=(("value", "2"), ("valid_from", TODAY), ("source", "示例"))),
    Picture("region-second", "ting", "/classes/second-readings/?state=waiting", ("main td a",)),
    Picture("examiner-plan", "kaowu02", "/exams/plans/?state=notified", ("main td a.name",)),
    Picture("examiner-map", "kaowu02", "/exams/?state=sealed",
            ("main td a.name", "main a[href$='/map/']")),
    Picture("examiner-items", "kaowu02", "/exams/?state=released",
            ("main td a.name", "main a[href$='/items/']")),
    Picture("examiner-practical", "kaowu02", "/practical/?state=fixed&sort=opens_at",
            ("main td a.name",)),
    Picture("invigilator-board", "jiankao02", "/room/", ("main td a",)),
    Picture("invigilator-door", "jiankao02", "/room/",
            ("main td a", "main a[href$='/door/']"), PHONE),
    Picture("candidate-exams", CANDIDATE, "/exam/", (), PHONE),
    Picture("candidate-begin", CANDIDATE, "/exam/", ("main a.btn-primary",), PHONE),
    Picture("candidate-rehearsal", "", "/exam/rehearsal/", (), PHONE),
    Picture("hr-todo", "renshe-hetian", "/home/"),
    Picture("hr-filing", "renshe-hetian", "/filings/?state=submitted", ("main td a",)),
    Picture("education-copies", "jiaoyu-tulufan", "/filings/copies/"),
    Picture("association-reviews", "xiehui", "/teachers/reviews/"),
    Picture("association-shared", "xiehui", "/teachers/shared/"),
)
# fmt: on


def main(base: str, logins: Path, wanted: list[str]) -> None:
    """Take the pictures named, or all of them."""
    known = json.loads(logins.read_text(encoding="utf-8"))
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=flags)
        for picture in PICTURES:
            if not wanted or picture.name in wanted:
                try:
                    print(picture.name, take(browser, base, known, picture))
                except (Error, LookupError) as fault:
                    print(picture.name, "not taken:", str(fault).splitlines()[0])
        browser.close()


def take(browser: Browser, base: str, known: list[dict[str, str]], picture: Picture) -> int:
    """One picture; return its bytes."""
    context = _window(browser, base, picture)
    page = context.new_page()
    if picture.who and picture.who not in SIGNED_IN:
        sign_in(page, login_of(picture.who, known))
        SIGNED_IN[picture.who] = context.storage_state()
    page.goto(picture.path)
    for selector in picture.follow:
        page.goto(str(page.locator(selector).first.get_attribute("href", timeout=PATIENCE)))
    for name, text in picture.typed:
        page.fill(f"main [name={name}]", text)
    if picture.typed:
        page.press(f"main [name={picture.typed[-1][0]}]", "Enter")
    page.wait_for_load_state("networkidle")
    if picture.part:
        page.locator(picture.part).first.evaluate("part => part.scrollIntoView()")
    shot = small(page.screenshot())
    context.close()
    if len(shot) > LARGEST:
        raise LookupError(f"{len(shot)} bytes are too many")
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{picture.name}.png").write_bytes(shot)
    return len(shot)


def _window(browser: Browser, base: str, picture: Picture) -> BrowserContext:
    width, height = picture.size
    return browser.new_context(
        base_url=base,
        storage_state=SIGNED_IN.get(picture.who),
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )


def login_of(who: str, known: list[dict[str, str]]) -> dict[str, str]:
    """The login with this username, or the first whose role begins so."""
    for login in known:
        if login["username"] == who or login["role"].startswith(who):
            return login
    raise LookupError(f"no login for {who}")


def sign_in(page: Page, login: dict[str, str]) -> None:
    page.goto("/account/login/")
    page.fill("input[name=login]", login["username"])
    page.fill("input[name=password]", login["password"])
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login" not in url)


def small(png: bytes) -> bytes:
    """The picture in few colours: pages have no more."""
    with Image.open(io.BytesIO(png)) as image:
        flat = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    out = io.BytesIO()
    flat.save(out, "PNG", optimize=True)
    return out.getvalue()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
