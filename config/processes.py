"""Which processes live, read from /proc: a pid alone may be a zombie, or by now somebody else."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

PROC = Path("/proc")


def alive(pid: int) -> bool:
    """True when the process exists and is more than a zombie nobody has reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return state(pid) != "Z"


def state(pid: int) -> str:
    """The kernel's letter (R, S, Z …); empty where there is no /proc to ask."""
    try:
        # The name in brackets may contain blanks and brackets itself.
        return (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def working_in(folder: Path, name: str) -> set[int]:
    """Pids of living processes called ``name`` whose working directory is ``folder``."""
    return {int(entry.name) for entry in PROC.glob("[0-9]*") if _works_in(entry, folder, name)}


def _works_in(entry: Path, folder: Path, name: str) -> bool:
    try:
        return (entry / "comm").read_text().strip() == name and (entry / "cwd").readlink() == folder
    except OSError:
        return False


def send(pids: set[int], number: signal.Signals) -> None:
    """Send a signal to each that still exists."""
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Look again every 20 ms until the condition holds (True) or the time is over (False)."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def with_environment(words: str) -> set[int]:
    """Pids of other living processes that were started with ``NAME=value`` in their environment."""
    pids = {int(entry.name) for entry in PROC.glob("[0-9]*") if _has_environment(entry, words)}
    return {pid for pid in pids if pid != os.getpid() and alive(pid)}


def _has_environment(entry: Path, words: str) -> bool:
    try:
        return words.encode() in (entry / "environ").read_bytes().split(b"\0")
    except OSError:
        return False
