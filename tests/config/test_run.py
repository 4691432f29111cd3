"""The supervisor: children come back, a killed run is cleared, one demo per data folder."""

import json
import os
import stat
import subprocess
import sys

import pytest

from config import keys, logins, processes, run
from config.unready import Unready

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def child(tmp_path):
    child = run.Child("sleeper", SLEEP, tmp_path / "sleeper.log")
    yield child
    if child.process is not None:
        child.process.kill()
        child.process.wait()


def test_a_child_that_dies_is_started_again_after_a_pause(child):
    child.start()
    first = child.process
    first.kill()
    first.wait()

    child.look_after()
    assert child.process is None

    child.again_at = 0.0
    child.look_after()
    assert child.process.pid != first.pid


def test_the_pause_doubles_with_each_early_death_and_has_an_end(tmp_path):
    child = run.Child("failing", [sys.executable, "-c", "raise SystemExit(1)"], tmp_path / "log")
    pauses = []
    for _ in range(7):
        child.start()
        child.process.wait()
        child.again_at = float("inf")
        child.look_after()
        pauses.append(child.pause)

    assert pauses == [1, 2, 4, 8, 16, 30, 30]


def test_what_a_killed_run_left_is_ended_and_strangers_are_not(tmp_path):
    (tmp_path / "run.json").write_text(json.dumps({"mark": "abc", "port": 1}))
    ours = subprocess.Popen(SLEEP, env=os.environ | {run.MARK: "abc"}, start_new_session=True)
    stranger = subprocess.Popen(SLEEP, env=os.environ | {run.MARK: "xyz"}, start_new_session=True)
    try:
        assert processes.wait_until(lambda: processes.with_environment(f"{run.MARK}=abc"), 5)

        run.clear_leftovers(tmp_path)

        assert not processes.alive(ours.pid)
        assert processes.alive(stranger.pid)
    finally:
        for process in (ours, stranger):
            process.kill()
            process.wait()


def test_a_second_demo_on_the_same_data_is_refused(tmp_path):
    with run._alone(tmp_path), pytest.raises(Unready, match="已在运行"):
        run.clear_leftovers(tmp_path)


def test_a_zombie_is_not_alive():
    process = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)

    assert not processes.alive(process.pid)
    process.wait()


def test_keys_are_made_once_kept_and_closed_to_others(tmp_path):
    first: dict[str, str] = {}
    keys.provide(tmp_path, first)
    second = {"ZHUPEI_FIELD_KEY": "set by hand"}
    keys.provide(tmp_path, second)

    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert set(first) == set(keys.NAMES)
    assert second == first | {"ZHUPEI_FIELD_KEY": "set by hand"}


def test_a_folder_from_before_a_key_gets_it_and_keeps_the_others(tmp_path):
    (tmp_path / "keys.json").write_text('{"ZHUPEI_FIELD_KEY": "old"}')
    first: dict[str, str] = {}
    second: dict[str, str] = {}

    keys.provide(tmp_path, first)
    keys.provide(tmp_path, second)

    assert first == second
    assert set(first) == set(keys.NAMES)
    assert first["ZHUPEI_FIELD_KEY"] == "old"


def test_keys_of_a_server_are_never_touched_and_no_file_is_made(tmp_path):
    there = dict.fromkeys(keys.NAMES, "k")

    keys.provide(tmp_path, there)

    assert there == dict.fromkeys(keys.NAMES, "k")
    assert not (tmp_path / "keys.json").exists()


def test_the_table_of_logins_lines_up_in_chinese(tmp_path):
    file = tmp_path / "demo-logins.json"
    people = [
        {"role": "监管", "organization": "厅", "name": "古丽", "username": "gu", "password": "p"},
        {"role": "学员", "organization": None, "name": "Adil", "username": "adil", "password": "p"},
    ]
    file.write_text(json.dumps(people))

    lines = logins.table(file).splitlines()

    assert len({logins.width(line[: line.index("gu")]) for line in lines if "gu" in line}) == 1
    starts = [logins.width(line[: line.rindex(" p")]) for line in lines[1:]]
    assert starts[0] == starts[1]
    assert "—" in lines[2]
