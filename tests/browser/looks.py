"""Looking at pages: a picture for people, axe for machines, both widths every time."""

import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, TimeoutError, ViewportSize  # noqa: A004 - its own

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "desk": {"width": 1440, "height": 900},
}
RUN = """([tags, rules]) => axe.run(document, {
    runOnly: tags, rules, resultTypes: ["violations"]}).then(found =>
    found.violations.map(rule => `${rule.help} (${rule.id}, ${rule.nodes.length} times): `
        + rule.nodes.slice(0, 5).map(node => node.target.join(" ")).join(", ")))"""
# Colours are the same on both screens, and judging them takes most of the time.
UNASKED = {"phone": {"color-contrast": {"enabled": False}}, "desk": {}}
BROKEN = """most => Promise.all([...document.images].map(one => {
    one.loading = "eager";  // a lazy picture far below is decoded when somebody scrolls there
    const late = new Promise((_, reject) => setTimeout(reject, most));
    return Promise.race([one.decode(), late]).then(() => [], () => [one.alt || one.src]);
})).then(found => found.flat())"""
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
EXPECTED = (
    "Failed to load resource",  # an answer that says no; the server's faults are judged apart
    "htmx:sendAbort",  # the reader went on while the pre-check was on its way
    "htmx:afterRequest",
)
PATIENCE = 30_000  # milliseconds to lay a page out in its new size, and to draw its pictures


class Looks:
    """What was seen. With ``ZHUPEI_SHOTS`` each page leaves two pictures in that folder."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.seen: list[str] = []

    def at(self, page: Page, name: str) -> None:
        """Look at the page as it stands, narrow and wide, and give it its size back.

        The second time of the same name nobody looks.
        """
        if name in self.seen:
            return
        page.wait_for_load_state()
        own = page.viewport_size
        self.seen.append(name)
        for size, viewport in SIZES.items():
            page.set_viewport_size(viewport)
            self._picture(page, f"{len(self.seen):02d}-{name}-{size}")
            self._examine(page, size, f"{name} ({size}, {page.url})")
        if own:
            page.set_viewport_size(own)

    def _picture(self, page: Page, name: str) -> None:
        folder = os.environ.get("ZHUPEI_SHOTS")
        if folder:
            page.evaluate("scrollTo(0, 0)")
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)

    def _examine(self, page: Page, size: str, where: str) -> None:
        try:
            page.wait_for_function(FITS, timeout=PATIENCE)
        except TimeoutError:
            self.faults.append(f"{where}: wider than the screen")
        broken = page.evaluate(BROKEN, PATIENCE)
        self.faults += [f"{where}: the picture “{words}” cannot be drawn" for words in broken]
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text())
        found: list[str] = page.evaluate(RUN, [RULES, UNASKED[size]])
        self.faults += [f"{where}: {fault}" for fault in found]

    def listen(self, page: Page) -> None:
        """Note scripts that fail and answers that are the server's fault."""
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("console", lambda said: self._said(page, said))
        page.on("response", self._answered)

    def _said(self, page: Page, said: Any) -> None:
        if said.type == "error" and not any(word in said.text for word in EXPECTED):
            self.faults.append(f"{page.url}: {said.text}")

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.url}: {response.status}")

    def judge(self) -> None:
        """Nothing seen may be amiss."""
        assert not self.faults, "\n".join(self.faults)
