"""The demo: one process that starts the database, web, hot and worker, and looks after them.

Ctrl-C or SIGTERM stops all of it. A child that dies is started again. What a ``kill -9`` of this
process leaves behind is recognised by a mark in its environment and ended at the next start.
"""

import argparse
import fcntl
import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from config import cluster, ground, keys, logins, processes
from config.unready import Unready

BASE_DIR = Path(__file__).resolve().parent.parent
MARK = "ZHUPEI_RUN"
LARGEST_LOG = 20 * 1024**2  # bytes; a larger one is put aside at the next start
LONGEST_PAUSE = 30.0  # seconds between two attempts to start a child again
STEADY = 60.0  # seconds after which a child counts as healthy again
PATIENCE = 10.0  # seconds a child has to stop by itself


class Stop(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


@dataclass
class Child:
    """One process of the demo and how it fares."""

    name: str
    words: Sequence[str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    began: float = 0.0
    pause: float = 0.0
    again_at: float = field(default=0.0)

    def look_after(self) -> None:
        """Start it when it does not run; wait twice as long after each early death."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is None:
            return
        if self.process is not None:
            self.pause = (
                1.0 if now - self.began > STEADY else min(self.pause * 2 or 1.0, LONGEST_PAUSE)
            )
            self.again_at = now + self.pause
            _say(f"{self.name} 已退出，{self.pause:.0f} 秒后重启；日志 {self.log}")
            self.process = None
        if now >= self.again_at:
            self.start()

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C in the terminal is for the supervisor."""
        self.began = time.monotonic()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.words,
                cwd=BASE_DIR,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def main(words: Sequence[str] | None = None) -> None:
    """Run the demo until told to stop; exit code 2 and a sentence if something is lacking."""
    options = _options(words)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _asked_to_stop)
    try:
        _demo(options)
    except Unready as lack:
        sys.stderr.write(f"{lack}\n")
        sys.exit(2)
    except Stop:
        sys.exit(0)


def clear_leftovers(data: Path) -> None:
    """End the processes of a run that was killed. Refuses while this folder's demo is running."""
    with _alone(data):
        _end_leftovers(data)


def _demo(options: argparse.Namespace) -> None:
    data: Path = options.data.resolve()
    with _alone(data):
        _end_leftovers(data)
        ground.check_space(data)
        ground.check_port(options.host, options.port)
        ground.check_port(options.host, options.port + 1)
        _environment(data, options)
        children = _children(data, options)
        own_cluster = not os.environ.get("DATABASE_URL")
        try:
            _prepare(data, own_cluster=own_cluster, scale=options.scale)
            for child in children:
                child.start()
            _welcome(data, options)
            _watch(data, children, own_cluster=own_cluster)
        finally:
            _stop(data, children, own_cluster=own_cluster)


def _options(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="zhupei demo", description=__doc__)
    parser.add_argument(
        "--port", type=int, default=8000, help="pages; the next port is the hot process"
    )
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 to reach it from a phone")
    default = Path(os.environ.get("ZHUPEI_DATA") or BASE_DIR / "var")
    parser.add_argument(
        "--data", type=Path, default=default, help="the folder that holds everything"
    )
    parser.add_argument("--scale", type=float, help="size of the demo region, 1 is the usual one")
    return parser.parse_args(words)


def _environment(data: Path, options: argparse.Namespace) -> None:
    keys.provide(data)
    mark = secrets.token_hex(16)
    (data / "run.json").write_text(json.dumps({"mark": mark, "port": options.port}))
    os.environ[MARK] = mark
    os.environ["ZHUPEI_DATA"] = str(data)
    os.environ["ZHUPEI_DEMO"] = "1"
    os.environ["ZHUPEI_HOT_PORT"] = str(options.port + 1)
    os.environ.setdefault("ZHUPEI_PUBLIC_URL", f"http://127.0.0.1:{options.port}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")


def _children(data: Path, options: argparse.Namespace) -> list[Child]:
    web = "granian --interface wsgi --workers 2 --blocking-threads 8 --workers-kill-timeout 3"
    web += f" --respawn-failed-workers --no-ws --host {options.host} --port {options.port}"
    hot = "uvicorn --loop uvloop --http httptools --no-access-log --no-server-header"
    hot += " --no-proxy-headers --timeout-graceful-shutdown 3"
    hot += " --timeout-keep-alive 75"  # seconds; candidates answer every twenty or so
    hot += f" --host {options.host} --port {options.port + 1}"
    python = [sys.executable, "-m"]
    words = {
        "web": [*python, *web.split(), "config.wsgi:application"],
        "hot": [*python, *hot.split(), "config.hot:app"],
        "worker": [sys.executable, "manage.py", "procrastinate", "worker"],
    }
    return [Child(name, line, _log(data, name)) for name, line in words.items()]


def _log(data: Path, name: str) -> Path:
    log = data / "log" / f"{name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".old.log"))
    return log


def _prepare(data: Path, *, own_cluster: bool, scale: float | None) -> None:
    if own_cluster:
        _say("启动 PostgreSQL … Starting PostgreSQL …")
        cluster.start(data)
    _say("准备数据库 … Preparing the database …")
    words = [sys.executable, "-m", "config.prepare", *([f"--scale={scale}"] if scale else [])]
    with subprocess.Popen(
        words, cwd=BASE_DIR, stdin=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            code = process.wait()
        except Stop:
            process.terminate()
            raise
    if code:
        raise Unready(
            "数据库没有准备好，原因见上。",
            "The database could not be prepared; the reason is above.",
        )


def _welcome(data: Path, options: argparse.Namespace) -> None:
    address = f"http://127.0.0.1:{options.port}"
    _say("等待网页 … Waiting for the pages …")
    ready = processes.wait_until(lambda: _answers(options.port), 60)
    _say(f"\n{logins.table(data / 'demo-logins.json')}\n")
    if not ready:
        _say(f"还有部分没有就绪，请看日志。Something is not ready yet, see {data / 'log'}")
    _say(f"筑培已启动：{address}    数据与日志：{data}    按 Ctrl-C 停止。")
    _say(f"ZhuPei is running at {address} with its data in {data}. Ctrl-C stops it.")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _watch(data: Path, children: list[Child], *, own_cluster: bool) -> None:
    while True:
        for child in children:
            child.look_after()
        if own_cluster and not cluster.running(data):
            _say("PostgreSQL 已退出，重新启动。PostgreSQL is gone, starting it again.")
            cluster.start(data)
        time.sleep(0.5)


def _stop(data: Path, children: list[Child], *, own_cluster: bool) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # once is enough
    _say("\n正在停止 … Stopping …")
    for child in children:
        if child.process is not None:
            child.process.terminate()
    for child in children:
        _wait_or_kill(child)
    if own_cluster:
        cluster.stop(data)
    (data / "run.json").unlink(missing_ok=True)
    _say("已全部停止。Everything has stopped.")


def _wait_or_kill(child: Child) -> None:
    if child.process is None:
        return
    try:
        child.process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """Hold the data folder for one demo at a time; the kernel lets go of it when we die."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "run.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as reason:
            raise Unready(
                f"{data} 的演示已在运行；请先停止它（Ctrl-C），或用 DATA=… 另选目录。",
                f"The demo of {data} is running already: stop it with Ctrl-C or choose another "
                "folder with DATA=….",
            ) from reason
        yield


def _end_leftovers(data: Path) -> None:
    try:
        mark = json.loads((data / "run.json").read_text())["mark"]
    except (OSError, ValueError, KeyError):
        return
    words = f"{MARK}={mark}"
    left = processes.with_environment(words)
    if not left:
        return
    _say("上次没有正常停止，正在清理。The last run was killed, ending what it left.")
    processes.send(left, signal.SIGTERM)

    def ended() -> bool:
        # A dying process loses its environment a moment before its life.
        left.update(processes.with_environment(words))
        return not any(map(processes.alive, left))

    if not processes.wait_until(ended, PATIENCE):
        processes.send(left, signal.SIGKILL)
        processes.wait_until(ended, PATIENCE)


def _asked_to_stop(_number: int, _frame: FrameType | None) -> None:
    raise Stop


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
