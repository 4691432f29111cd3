"""A camera, the real media server, a watcher: nginx with its rtmp module, and ffmpeg on both ends.

Skipped, with the reason, on machines that lack one of them; what the server is answered is proved
in test_server.py everywhere.
"""

import getpass
import os
import shutil
import signal
import socket
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from config import processes
from tests import make, make_live
from zhupei.live import server_config
from zhupei.live.actions import looks, rooms, snapshots
from zhupei.live.models import Broadcast
from zhupei.live.server_config import Where

LACKING = [
    name
    for name, there in {
        "nginx": server_config.server(),
        "its rtmp module (libnginx-mod-rtmp)": server_config.module(),
        "ffmpeg": shutil.which("ffmpeg"),
    }.items()
    if not there
]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow,
    pytest.mark.skipif(bool(LACKING), reason=f"this machine lacks {', '.join(LACKING)}"),
]
PATIENCE = 90.0  # seconds: a picture is cut every two, and the machine may be busy
PICTURE = "-re -f lavfi -i testsrc=size=320x180:rate=10 -c:v libx264 -preset ultrafast -g 10"
WHO = getpass.getuser() if os.geteuid() == 0 else ""  # it may read this folder


@pytest.fixture
def media(transactional_db, settings, tmp_path) -> Iterator[SimpleNamespace]:
    """The media server of these pages, on ports of its own."""
    settings.STATIC_ROOT = settings.STATICFILES_DIRS[0]
    pages = LiveServer("127.0.0.1")
    with media_server(pages.url, settings, tmp_path / "live") as hls:
        yield SimpleNamespace(hls=hls)
    pages.stop()


@contextmanager
def media_server(pages: str, settings: Any, folder: Path) -> Iterator[int]:
    """The server as ``zhupei live-config`` sets it up, asking ``pages``; gives the port of HLS."""
    rtmp, hls, hook = (free_port() for _ in range(3))
    path = server_config.write(Where(folder, pages, pages, rtmp, hls, hook, user=WHO))
    settings.LIVE_RTMP_URL = f"rtmp://127.0.0.1:{rtmp}/room"
    settings.LIVE_HLS_URL = f"http://127.0.0.1:{hls}/hls"
    words = [server_config.server() or "", "-p", str(folder), "-c", str(path), "-g", "daemon off;"]
    with running(words):
        assert processes.wait_until(lambda: answers(rtmp) and answers(hls), PATIENCE), (
            folder / "run" / "error.log"
        ).read_text()
        yield hls


@contextmanager
def running(words: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def camera(code: str, server: str) -> list[str]:
    program = shutil.which("ffmpeg") or ""
    return [program, "-v", "error", *PICTURE.split(), "-f", "flv", f"{server}/{code}"]


def fetch(address: str) -> tuple[int, bytes]:
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - our own
            return answer.status, answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, b""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def test_a_picture_goes_from_the_room_to_the_watcher_and_to_nobody_else(
    media, settings, monkeypatch
):
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    world = make.world()
    room = make_live.stream(world)
    code = f"{room.stream}?key={room.key}"
    look = looks.open(room, by=world.li)
    address = looks.address(look)

    wrong = subprocess.run(
        camera(f"{room.stream}?key=wrong", settings.LIVE_RTMP_URL),
        env=os.environ, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert wrong.returncode != 0
    assert not Broadcast.objects.exists()

    with running(camera(code, settings.LIVE_RTMP_URL)) as sending:
        there = processes.wait_until(lambda: fetch(address)[0] == 200, PATIENCE)
        assert there, sending.poll()
        assert Broadcast.objects.get().ended_at is None
        playlist = fetch(address)[1].decode()
        piece = next(line for line in playlist.splitlines() if line.endswith(".ts"))
        assert fetch(address.replace("index.m3u8", piece))[1][:1] == b"\x47"  # of MPEG-TS
        ticket = address.split("/")[-3]
        assert fetch(address.replace(ticket, "A" * 40))[0] == 403
        assert fetch(f"http://127.0.0.1:{media.hls}/hls/{room.stream}/{piece}")[0] == 404
        assert fetch(address.replace(room.stream, "../../../etc"))[0] in {400, 404}
        assert snapshots.shoot(look, by=world.li).file is not None
        looks.close(look, by=world.li, outcome="fine")
        assert fetch(address)[0] == 403

    ended = processes.wait_until(lambda: Broadcast.objects.get().ended_at is not None, PATIENCE)
    assert ended
    rooms.renew_key(room, by=world.aygul)
    late = subprocess.run(
        camera(code, settings.LIVE_RTMP_URL), capture_output=True, timeout=PATIENCE, check=False
    )
    assert late.returncode != 0
