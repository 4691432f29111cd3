"""What is said when the machine lacks something: one sentence that says what to do."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from config import ground
from config.unready import Unready

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def busy():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def setup(*words: str, **there: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "tools" / "setup.py"), *words],
        env=os.environ | there,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
    )


def test_a_busy_port_is_named_with_another_to_try(busy):
    with pytest.raises(Unready) as lack:
        ground.check_port("127.0.0.1", busy)

    assert f"端口 {busy}" in str(lack.value)
    assert f"make demo PORT={busy + 10}" in str(lack.value)


def test_the_set_up_stops_at_a_busy_port_before_it_installs_anything(busy, tmp_path):
    told = setup("demo", f"--port={busy}", f"--data={tmp_path}")

    assert told.returncode == 1
    assert f"make demo PORT={busy + 10}" in told.stderr
    assert told.stdout == ""


def test_the_set_up_stops_when_the_hot_process_port_is_busy(busy, tmp_path):
    told = setup("demo", f"--port={busy - 1}", f"--data={tmp_path}")

    assert told.returncode == 1
    assert f"Port {busy} cannot be used" in told.stderr


def test_the_supervisor_stops_at_a_busy_port_too(busy, tmp_path):
    words = [sys.executable, "-m", "config.run", f"--port={busy}", f"--data={tmp_path}"]
    told = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 2
    assert f"端口 {busy}" in told.stderr
    assert not (tmp_path / "pg").exists()


def test_a_missing_node_is_said_before_anything_is_installed(tmp_path):
    told = setup("demo", f"--data={tmp_path}", PATH=str(tmp_path))

    assert told.returncode == 1
    assert "请安装 Node.js" in told.stderr
    assert "install Node.js" in told.stderr
    assert told.stdout == ""


def test_an_old_node_is_refused(tmp_path, monkeypatch):
    for name, text in [("node", "#!/bin/sh\necho v18.19.0\n"), ("npm", "#!/bin/sh\n")]:
        (tmp_path / name).write_text(text)
        (tmp_path / name).chmod(0o755)
    package = tmp_path / "package.json"
    package.write_text(json.dumps({"engines": {"node": ">=20.19"}}))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")

    with pytest.raises(Unready, match=r"v18\.19\.0.*20\.19"):
        ground.check_node(package)


@pytest.mark.parametrize(("free", "refused"), [(499, True), (500, False)])
def test_a_full_disk_is_refused_with_what_is_left(tmp_path, monkeypatch, free, refused):
    usage = SimpleNamespace(free=free * 1024**2)
    monkeypatch.setattr(ground.shutil, "disk_usage", lambda _: usage)

    if not refused:
        ground.check_space(tmp_path / "not" / "there" / "yet")
        return
    with pytest.raises(Unready, match=f"{free} MB"):
        ground.check_space(tmp_path / "not" / "there" / "yet")


def test_an_old_python_is_refused(monkeypatch):
    monkeypatch.setattr(ground.sys, "version_info", (3, 10, 4))

    with pytest.raises(Unready, match=r"3\.11"):
        ground.check_python()
