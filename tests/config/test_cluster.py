"""The private cluster: made, started, stopped, and found again after the worst."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from config import binaries, cluster, processes
from config.account import namespaces_work
from config.unready import Unready

ROOT = Path(__file__).resolve().parents[2]
EMBEDDED = Path(str(binaries._embedded()))


@pytest.fixture
def data():
    folder = Path(tempfile.mkdtemp(prefix="zhupei-cluster-", dir=cluster._quick_folder()))
    folder.chmod(0o711)
    yield folder
    cluster.destroy(folder)


def ask(data: Path, question: str):
    with psycopg.connect(cluster.url(data), autocommit=True) as connection:
        cursor = connection.execute(question)
        return cursor.fetchone()[0] if cursor.description else None


def test_a_cluster_keeps_its_data_over_a_stop_and_a_second_start(data):
    assert cluster.start(data)
    assert not cluster.start(data)
    ask(data, "CREATE TABLE kept AS SELECT 7 AS n")

    cluster.stop(data)

    assert not cluster.running(data)
    assert cluster.start(data)
    assert ask(data, "SELECT n FROM kept") == 7


def test_a_demo_is_durable_and_a_test_run_is_fast(data):
    cluster.start(data)
    assert ask(data, "SHOW fsync") == "on"
    assert ask(data, "SHOW synchronous_commit") == "on"
    cluster.stop(data)

    cluster.start(data, durable=False)
    assert ask(data, "SHOW fsync") == "off"


def test_it_listens_on_a_socket_nobody_else_can_reach(data):
    cluster.start(data)

    assert ask(data, "SHOW listen_addresses") == ""
    assert cluster.socket_dir(data).stat().st_mode & 0o777 == 0o700


def test_the_extensions_we_need_are_there_and_know_chinese_letters(data):
    cluster.start(data)

    ask(data, "CREATE EXTENSION btree_gist")
    ask(data, "CREATE EXTENSION pg_trgm")
    assert ask(data, "SELECT show_trgm('培训') <> '{}'")


def test_acknowledged_rows_survive_kill_9_of_every_server_process(data):
    cluster.start(data)
    ask(data, "CREATE TABLE kept AS SELECT 7 AS n")

    processes.send(cluster._inhabitants(data / "pg"), signal.SIGKILL)
    assert processes.wait_until(lambda: not cluster.running(data), 5)

    assert cluster.start(data)
    assert ask(data, "SELECT n FROM kept") == 7


def test_a_killed_postmaster_whose_children_are_still_there_is_cleared(data):
    cluster.start(data)
    with psycopg.connect(cluster.url(data)):
        processes.send({cluster._postmaster(data / "pg")}, signal.SIGKILL)
        assert processes.wait_until(lambda: not cluster.running(data), 5)

        assert cluster.start(data)
    assert ask(data, "SELECT 1") == 1


def test_a_lock_file_that_names_a_living_stranger_does_not_stop_the_start(data):
    cluster.start(data)
    cluster.stop(data)
    lock = data / "pg" / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n{data / 'pg'}\n1\n5432\n\n\n 1 1\nready\n")

    assert not cluster.running(data)
    assert cluster.start(data)


def test_half_a_cluster_never_counts(data):
    (data / "pg.new").mkdir()
    (data / "pg.new" / "PG_VERSION").write_text("15\n")

    assert cluster.start(data)
    assert not (data / "pg.new").exists()


def test_four_who_start_at_once_get_one_server(data):
    with ThreadPoolExecutor(4) as pool:
        started = list(pool.map(lambda _: cluster.start(data), range(4)))

    assert sorted(started) == [False, False, False, True]


def test_a_test_cluster_whose_run_was_killed_is_swept(data):
    left = data / "zhupei-test-left"
    left.mkdir(mode=0o711)
    cluster.start(left, durable=False)
    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], stdout=-1, check=True
    )
    (left / "owner").write_text(gone.stdout.decode())

    cluster._sweep(data)

    assert not left.exists()
    assert not cluster.running(left)


def test_root_uses_a_namespace_and_data_stays_roots(data):
    if os.geteuid() != 0 or not namespaces_work():
        pytest.skip("only root has to borrow an identity, and this kernel must allow namespaces")

    cluster.start(data)

    assert (data / "pg").stat().st_uid == 0


def test_root_falls_back_to_another_account_with_everything_in_closed_folders(data, monkeypatch):
    if os.geteuid() != 0:
        pytest.skip("only root can lend another account")
    monkeypatch.setenv("ZHUPEI_PG_USER", "nobody")
    monkeypatch.setattr(cluster, "OUTSIDE", data.with_name(f"{data.name}-outside"))
    data.chmod(0o700)
    monkeypatch.setenv("PG_BIN", str(binaries.copy(EMBEDDED, data / "closed")))

    try:
        cluster.start(data)

        assert (data / "pg").is_symlink()
        assert ask(data, "SELECT 1") == 1
        assert cluster.running(data)
    finally:
        cluster.destroy(data)
        shutil.rmtree(cluster.OUTSIDE, ignore_errors=True)


def test_the_embedded_binaries_work_as_whoever_runs_the_tests(data, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(EMBEDDED))

    cluster.start(data)

    assert ask(data, "SHOW server_version").startswith("18.")
    ask(data, "CREATE EXTENSION btree_gist")
    ask(data, "CREATE EXTENSION pg_trgm")
    assert ask(data, "SELECT show_trgm('培训') <> '{}'")


def test_the_embedded_binaries_work_as_an_ordinary_user(data):
    """As root we become nobody for the whole program; otherwise we are ordinary already."""
    there = {"PG_BIN": str(EMBEDDED), "PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    nobody: dict[str, object] = {}
    if os.geteuid() == 0:
        # The checkout may lie in a folder closed to others, so nobody gets a copy.
        copy = data / "copy"
        shutil.copytree(ROOT / "config", copy / "config")
        os.chown(data, 65534, 65534)
        there["PG_BIN"] = str(binaries.copy(EMBEDDED, copy))
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
    code = (
        "from pathlib import Path; from config import cluster; import sys;"
        "d = Path(sys.argv[1]);"
        "print(cluster.start(d), cluster.running(d));"
        "print((d / 'pg').stat().st_uid, (d / 'pg/PG_VERSION').read_text());"
        "cluster.stop(d); print(cluster.running(d)); cluster.destroy(d)"
    )

    told = subprocess.run(
        [sys.executable if os.geteuid() else _open_python(), "-c", code, str(data / "inner")],
        cwd=data / "copy" if nobody else ROOT,
        env=there,
        capture_output=True,
        text=True,
        check=False,
        **nobody,
    )

    uid = 65534 if nobody else os.geteuid()
    assert told.stdout.split() == ["True", "True", str(uid), "18", "False"], told.stderr


def _open_python() -> str:
    """A Python of the system that an ordinary user may run; root's own may lie in a closed home."""
    for name in ("/usr/bin/python3", "/usr/local/bin/python3", sys.executable):
        words = [name, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            if subprocess.run(words, user=65534, group=65534, check=False).returncode == 0:
                return name
        except OSError:
            continue
    pytest.fail("no Python 3.11 an ordinary user may run: install the system's python3")


def test_data_of_another_version_are_refused_with_a_sentence(data):
    cluster.start(data)
    cluster.stop(data)
    (data / "pg" / "PG_VERSION").write_text("12\n")

    with pytest.raises(Unready, match="PostgreSQL 12"):
        cluster.start(data)


def test_a_wrapper_script_is_no_postgresql(tmp_path, monkeypatch):
    for name in binaries.PROGRAMS:
        (tmp_path / name).write_text("#!/bin/sh\nexit 0\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    assert tmp_path not in list(binaries.candidates())
