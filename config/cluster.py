"""A private PostgreSQL cluster in the data folder: made, started, stopped, and found again.

It listens on a unix socket only. Starting is serialised by a file lock, so that many may ask at
once; what a ``kill -9`` left behind is recognised and cleared before the next start. Knows neither
Django nor any package from outside the standard library.
"""

import fcntl
import hashlib
import os
import shlex
import shutil
import signal
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from config import binaries, processes
from config.account import Account, choose
from config.unready import Unready

NAME = "zhupei"  # the database and its role, which owns this cluster and no other
OUTSIDE = Path("/var/lib/zhupei")  # for data whose folder another account cannot reach
LONGEST_SOCKET = 90  # bytes; the kernel's limit for the whole path is 107
QUICK_FOLDER = Path("/dev/shm")  # noqa: S108 - a folder of ours with a random name is made in it
QUICK_SPACE = 2 * 1024**3

COMMON = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "jit": "off",
    "log_timezone": "Asia/Shanghai",
    "timezone": "UTC",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
THROWAWAY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def socket_dir(data: Path) -> Path:
    """The folder of the cluster's socket: short, the same for all who name the same data."""
    name = f"zhupei-{_short_hash(data)}"
    folder = Path(tempfile.gettempdir()) / name
    return folder if len(os.fsencode(folder)) < LONGEST_SOCKET else Path("/tmp") / name  # noqa: S108 - owner is checked in _open_sockets


def url(data: Path) -> str:
    """The cluster as a ``DATABASE_URL``, for programs that want one."""
    return f"postgresql://{NAME}@{quote(str(socket_dir(data)), safe='')}/{NAME}"


def running(data: Path) -> bool:
    """True when the cluster of this data folder is up."""
    return _postmaster(data.resolve() / "pg") is not None


def start(data: Path, *, durable: bool = True) -> bool:
    """Make the cluster if there is none and start it; False when it was running already.

    Raises Unready with a sentence that says what to do.
    """
    data = data.resolve()
    data.mkdir(parents=True, exist_ok=True)
    with _lock(data):
        if running(data):
            processes.wait_until(lambda: _ready(data / "pg"), 60)
            return False
        account = choose()
        home = _home(data, account)
        _clear_wreck(home, socket_dir(data))
        programs = _reachable(binaries.find(_version(home)), account)
        if not (home / "PG_VERSION").exists():
            _create(home, programs, account, durable=durable)
        _own(home, account)
        _launch(data, home, programs, account, DURABLE if durable else THROWAWAY)
        return True


def stop(data: Path) -> None:
    """Stop the cluster the fast way: open transactions roll back, nothing committed is lost."""
    data = data.resolve()
    with _lock(data):
        home = (data / "pg").resolve()
        # One that was interrupted while starting has not written its lock file yet.
        processes.wait_until(lambda: bool(_postmaster(home)) or not _inhabitants(home), 5)
        for number, seconds in [(signal.SIGINT, 30), (signal.SIGQUIT, 10)]:
            postmaster = _postmaster(home)
            if postmaster is None:
                return
            processes.send({postmaster}, number)
            if processes.wait_until(lambda: not _inhabitants(home), seconds):
                return


def destroy(data: Path) -> None:
    """Stop the cluster and remove the whole data folder."""
    stop(data)
    shutil.rmtree((data / "pg").resolve(), ignore_errors=True)
    shutil.rmtree(socket_dir(data), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)


@contextmanager
def throwaway() -> Iterator[Path]:
    """Yield the data folder of a fast cluster for tests: in memory if possible, gone afterwards."""
    folder = _quick_folder()
    _sweep(folder)
    data = Path(tempfile.mkdtemp(prefix="zhupei-test-", dir=folder))
    data.chmod(0o711)  # the account PostgreSQL runs as has to walk through
    (data / "owner").write_text(str(os.getpid()))
    try:
        start(data, durable=False)
        yield data
    finally:
        destroy(data)


# Looking


def _short_hash(data: Path) -> str:
    return hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]


def _version(home: Path) -> int | None:
    try:
        return int((home / "PG_VERSION").read_text())
    except OSError:
        return None


def _inhabitants(home: Path) -> set[int]:
    """Every server process of this cluster: the postmaster and its children stand in the folder."""
    return processes.working_in(home.resolve(), "postgres")


def _postmaster(home: Path) -> int | None:
    try:
        pid = int((home / "postmaster.pid").read_text().split("\n")[0])
    except (OSError, ValueError):
        return None
    return pid if pid in _inhabitants(home) else None


def _ready(home: Path) -> bool:
    """True when the server says so itself: the last word of its lock file."""
    try:
        return (home / "postmaster.pid").read_text().split()[-1] == "ready"
    except (OSError, IndexError):
        return False


# Making


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    try:
        file = (data / "pg.lock").open("w")
    except PermissionError as reason:
        raise _not_yours(data) from reason
    except FileNotFoundError:  # nothing there: nobody to wait for
        yield
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _home(data: Path, account: Account) -> Path:
    """Where the cluster lives: ``pg`` in the data folder, or outside if closed to the account."""
    link = data / "pg"
    if not account.reaches(data):
        if not link.exists():
            OUTSIDE.mkdir(mode=0o755, parents=True, exist_ok=True)
            link.unlink(missing_ok=True)
            link.symlink_to(OUTSIDE / _short_hash(data))
        if not link.is_symlink():
            raise Unready(
                f"运行 PostgreSQL 的账户进不了数据目录 {data}；请把 DATA 放到所有人可进入的目录。",
                f"The account PostgreSQL runs as cannot reach {data}: "
                "choose an open folder with DATA=….",
            )
    return link.resolve()


def _reachable(programs: Path, account: Account) -> Path:
    """The programs, copied to an open folder when the account cannot walk to them."""
    return programs if account.reaches(programs) else binaries.copy(programs, OUTSIDE)


def _create(home: Path, programs: Path, account: Account, *, durable: bool) -> None:
    """Build the cluster beside its place and move it there whole: half a one never counts."""
    new = home.with_name(f"{home.name}.new")
    processes.send(_inhabitants(new), signal.SIGKILL)
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700, parents=True)
    _own(new, account)
    # C.UTF-8 rather than C: pg_trgm must know which Chinese characters are letters.
    words = ["--locale=C.UTF-8", "--encoding=UTF8", "--auth=trust", f"--username={NAME}"]
    words += ["--no-instructions"] if durable else ["--no-instructions", "--no-sync"]
    _must(account, [programs / "initdb", "-D", new, *words])
    _must(
        account,
        [programs / "postgres", "--single", "-D", new, "postgres"],
        f"CREATE DATABASE {NAME}\n",
    )
    new.rename(home)


def _must(account: Account, words: list[str | Path], text: str = "") -> None:
    try:
        done = account.run(words, text=text)
    except (OSError, subprocess.TimeoutExpired) as reason:
        raise _failed(str(reason)) from reason
    if done.returncode:
        raise _failed(done.stdout.decode(errors="replace"))


def _own(folder: Path, account: Account) -> None:
    """Give the folder to whom PostgreSQL runs as; only root can, and only when it is not so."""
    if folder.stat().st_uid == account.owner:
        return
    if os.geteuid() != 0:
        raise _not_yours(folder)
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, account.owner, account.gid or 0, follow_symlinks=False)


# Starting


def _clear_wreck(home: Path, sockets: Path) -> None:
    """Remove what a killed server left: orphans that still hold its memory, then its lock files.

    A postmaster that is a zombie, or whose pid is somebody else's by now, makes PostgreSQL refuse
    to start; nobody stands in the folder any more, so nothing can be running on it.
    """
    if not processes.wait_until(lambda: not _inhabitants(home), 5):
        processes.send(_inhabitants(home), signal.SIGKILL)
        processes.wait_until(lambda: not _inhabitants(home), 5)
    (home / "postmaster.pid").unlink(missing_ok=True)
    for left in sockets.glob(".s.PGSQL.*"):
        left.unlink(missing_ok=True)


def _launch(
    data: Path, home: Path, programs: Path, account: Account, settings: dict[str, str]
) -> None:
    sockets = socket_dir(data)
    _open_sockets(sockets, account)
    log = data / "log" / "postgresql.log"
    log.parent.mkdir(exist_ok=True)
    options = COMMON | settings | {"unix_socket_directories": str(sockets), "cluster_name": NAME}
    words = shlex.join(
        word for name, value in options.items() for word in ("-c", f"{name}={value}")
    )
    with log.open("ab") as output:
        began = output.tell()
        # The server writes to the file we opened, so its account needs no right to the log folder.
        done = account.run(
            [programs / "pg_ctl", "start", "-D", home, "-w", "-t", "90", "-o", words], output=output
        )
    if done.returncode:
        raise _failed(log.read_bytes()[began:].decode(errors="replace"))


def _open_sockets(sockets: Path, account: Account) -> None:
    """Make the socket folder ours alone: in a shared place somebody might have made it first."""
    sockets.mkdir(mode=0o700, exist_ok=True)
    found = sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), account.owner}:
        raise Unready(
            f"{sockets} 属于别人；请删除它，或换一个数据目录（DATA=…）。",
            f"{sockets} belongs to somebody else: remove it or choose another folder with DATA=….",
        )
    sockets.chmod(0o700)
    if found.st_uid != account.owner:
        os.chown(sockets, account.owner, account.gid or 0)


def _failed(output: str) -> Unready:
    last = "\n".join(output.strip().splitlines()[-6:])
    return Unready(
        f"PostgreSQL 没有启动。它的说明：\n{last}",
        "PostgreSQL did not start; its own words are above.",
    )


def _not_yours(folder: Path) -> Unready:
    return Unready(
        f"{folder} 属于另一个用户；请用那个用户运行，或换一个数据目录（DATA=…）。",
        f"{folder} belongs to another user: run as that user or choose another folder with DATA=….",
    )


# Throwing away


def _quick_folder() -> Path | None:
    """Memory, when there is plenty; otherwise None, the system's temporary folder."""
    if not os.access(QUICK_FOLDER, os.W_OK) or shutil.disk_usage(QUICK_FOLDER).free < QUICK_SPACE:
        return None
    return QUICK_FOLDER


def _sweep(folder: Path | None) -> None:
    """Destroy test clusters whose test run was killed before it could."""
    for owner in (folder or Path(tempfile.gettempdir())).glob("zhupei-test-*/owner"):
        try:
            pid = int(owner.read_text())
        except (OSError, ValueError):
            continue
        if not processes.alive(pid):
            destroy(owner.parent)
