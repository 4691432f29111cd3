"""The demo as a person runs it: start, kill -9, start again, Ctrl-C. Its data are still there.

The database is not empty, so that the region is not built: what is tried here is the running.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from config import cluster

ROOT = Path(__file__).resolve().parents[2]
MAKE_USER = """
from django.contrib.auth import get_user_model
get_user_model()(username="kept", name="留").save()
"""


@pytest.fixture
def data(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    folder.chmod(0o711)
    words = [sys.executable, "-m", "config.cli", "shell", "-c", MAKE_USER]
    subprocess.run(words, cwd=ROOT, env=environment(folder), check=True, capture_output=True)
    yield folder
    cluster.destroy(folder)


def environment(data: Path) -> dict[str, str]:
    inherited = {k: v for k, v in os.environ.items() if k != "DATABASE_URL"}
    return inherited | {"ZHUPEI_DATA": str(data)}


def two_free_ports() -> int:
    for port in range(18000, 19000, 7):
        try:
            with socket.create_server(("127.0.0.1", port)):
                socket.create_server(("127.0.0.1", port + 1)).close()
        except OSError:
            continue
        return port
    pytest.fail("no two free ports")


def demo(data: Path, port: int) -> subprocess.Popen[str]:
    words = [sys.executable, "-m", "config.run", f"--port={port}", f"--data={data}"]
    return subprocess.Popen(
        words, cwd=ROOT, env=environment(data), stdout=subprocess.PIPE, stderr=-2, text=True
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    said = ""
    for line in process.stdout:
        said += line
        if words in line:
            return said
    pytest.fail(f"the demo ended before it said {words!r}:\n{said}")


def kept(data: Path) -> str:
    with psycopg.connect(cluster.url(data)) as connection:
        return connection.execute("SELECT username FROM people_user").fetchone()[0]


@pytest.mark.slow
def test_the_demo_recovers_from_kill_9_keeps_its_data_and_stops_cleanly(data):
    port = two_free_ports()
    first = demo(data, port)
    read_until(first, "is running at")
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()

    began = time.monotonic()
    second = demo(data, port)
    said = read_until(second, "is running at")

    assert "The last run was killed" in said
    assert "not ready" not in said
    assert time.monotonic() - began < 30  # alone under 10 s; here the other tests run beside it
    assert kept(data) == "kept"

    second.send_signal(signal.SIGINT)
    assert "Everything has stopped" in second.stdout.read()
    second.stdout.close()
    assert second.wait() == 0
    assert not cluster.running(data)
    with socket.create_server(("127.0.0.1", port)):
        assert not (data / "run.json").exists()
