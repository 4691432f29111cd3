"""A real browser in front of the real processes.

The pages are served by a thread of the test, so that their clock can be moved; the hot process
and the worker are children as in production, on the same database and with the true clock.
"""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from config import processes
from tests.browser.looks import Looks
from tests.browser.stage import Stage

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # the database may be there
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 120.0  # seconds a child has to start


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, for one file of tests.

    Playwright leaves an event loop running in this thread, which Django takes for asynchronous
    code and other tests could not start theirs beside: it ends with the file.
    """
    program = next(filter(None, map(shutil.which, NAMES)), None)
    assert program, "there is no Chromium: apt-get install chromium"
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=program, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def site(transactional_db, settings, tmp_path) -> Iterator[str]:
    """The address of the pages."""
    settings.DEMO = True  # short messages are read on a page
    settings.SIGNING_DIR = tmp_path / "signing"
    settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]
    server = LiveServer("127.0.0.1")
    settings.PUBLIC_URL = server.url
    yield server.url
    server.stop()


@pytest.fixture
def looks() -> Iterator[Looks]:
    """Every page somebody looked at, judged at the end: one fault does not hide the next."""
    looks = Looks()
    yield looks
    looks.judge()


@pytest.fixture
def stage(chromium, site, looks) -> Iterator[Stage]:
    """The people in front of their browsers."""
    stage = Stage(chromium, site, looks)
    yield stage
    stage.be_now()


@pytest.fixture
def hot(site, settings, tmp_path) -> Iterator[int]:
    """The hot process; the exam pages know its port."""
    port = free_port()
    settings.HOT_PORT = port
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": policy | {"connect-src": ["'self'", f"http://*:{port}"]}
    }
    words = "uvicorn --loop uvloop --http httptools --timeout-graceful-shutdown 2"
    words = f"{words} --port {port} config.hot:app".split()
    with child(words, tmp_path, site) as process:
        assert processes.wait_until(lambda: answers(port) or bool(process.poll()), PATIENCE)
        assert process.poll() is None, (tmp_path / "uvicorn.log").read_text()
        yield port


@pytest.fixture
def worker(site, tmp_path) -> Iterator[None]:
    """The worker, with the true clock."""
    with child(["manage", "procrastinate", "worker"], tmp_path, site):
        yield


@contextmanager
def child(words: list[str], data: Path, site: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of the house on the database and the files of this test."""
    own = {
        "DATABASE_URL": database_url(),
        "ZHUPEI_DATA": str(data),
        "ZHUPEI_DEMO": "1",
        "ZHUPEI_SIGNING_DIR": str(data / "signing"),
        "ZHUPEI_PUBLIC_URL": site,
    }
    with (data / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=ROOT, env=os.environ | own, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(PATIENCE)


def database_url() -> str:
    """The database of this test, which is another one in every worker of xdist."""
    name = connection.settings_dict["NAME"]
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0
