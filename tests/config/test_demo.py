"""The demo as a person runs it: start, kill -9, start again, Ctrl-C. Its data are still there.

The database is not empty, so that the region is not built: what is tried here is the running.
"""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest

from config import cluster
from tests.config.test_cli import zhupei

ROOT = Path(__file__).resolve().parents[2]
MAKE_USER = """
from django.contrib.auth import get_user_model
get_user_model()(username="kept", name="留").save()
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder of data where a first command ran, and what that command said."""
    folder = tmp_path_factory.mktemp("installed")
    folder.chmod(0o711)
    data = folder / "var"
    told = zhupei("showmigrations", "--plan", cwd=folder, ZHUPEI_DATA="var")
    try:
        yield SimpleNamespace(told=told, data=data, left_running=cluster.running(data))
    finally:
        cluster.destroy(data)


@pytest.fixture
def data(installed):
    told = zhupei("shell", "-c", MAKE_USER, ZHUPEI_DATA=str(installed.data))
    assert told.returncode == 0, told.stderr
    return installed.data


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
def test_a_command_starts_the_database_makes_its_tables_and_stops_it_again(installed):
    assert installed.told.returncode == 0, installed.told.stderr
    assert "[X]  contenttypes.0001_initial" in installed.told.stdout
    assert "[ ]" not in installed.told.stdout
    assert (installed.data / "keys.json").exists()
    assert not installed.left_running


@pytest.mark.slow
def test_the_demo_recovers_from_kill_9_keeps_its_data_and_stops_cleanly(data):
    port = two_free_ports()
    first = demo(data, port)
    read_until(first, "is running at")
    first.send_signal(signal.SIGKILL)
    first.wait()
    first.stdout.close()

    second = demo(data, port)
    said = read_until(second, "is running at")

    assert "The last run was killed" in said
    assert "not ready" not in said
    assert kept(data) == "kept"

    second.send_signal(signal.SIGINT)
    assert "Everything has stopped" in second.stdout.read()
    second.stdout.close()
    assert second.wait() == 0
    assert not cluster.running(data)
    with socket.create_server(("127.0.0.1", port)):
        assert not (data / "run.json").exists()
