"""Whom PostgreSQL runs as: it refuses root, so root has to lend it another identity.

Preferred: a user namespace in which root is called ``nobody``. Files stay root's, nothing is
chowned, no system user is made, folders closed to others keep working. Where the kernel or the
container forbids namespaces: the account ``postgres`` or ``nobody``, with folders given to it.
"""

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO

from config.unready import Unready

NAMESPACE = ("unshare", "--user", "--map-user=65534", "--")


@dataclass(frozen=True)
class Account:
    """How to run a program: words put before it, and another user's ids where that is needed."""

    prefix: tuple[str, ...] = ()
    uid: int | None = None
    gid: int | None = None

    @property
    def owner(self) -> int:
        """The uid that must own the data as seen from outside."""
        return os.geteuid() if self.uid is None else self.uid

    def run(
        self,
        words: Sequence[str | Path],
        *,
        text: str = "",
        output: IO[bytes] | None = None,
        seconds: float = 120,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a program with ``text`` as its input; its output goes to the file, or is returned."""
        return subprocess.run(
            [*self.prefix, *map(str, words)],
            input=text.encode(),
            stdout=output or subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=_environment(),
            cwd="/",  # the account may not be allowed to stand where we stand
            timeout=seconds,
            check=False,
            start_new_session=True,  # Ctrl-C in the terminal is ours to handle, not PostgreSQL's
            user=self.uid,
            group=self.gid,
            extra_groups=None if self.uid is None else [],
        )

    def reaches(self, path: Path) -> bool:
        """True when the account may walk to the path and into it."""
        return self.uid is None or self.run(["test", "-x", path]).returncode == 0


def _environment() -> dict[str, str]:
    """Ours without what would steer PostgreSQL, and without our keys: none of its business."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "ZHUPEI_"))}
    return kept | {"LC_ALL": "C"}


def choose() -> Account:
    """Ourselves; as root a namespace, else ``$ZHUPEI_PG_USER``, ``postgres`` or ``nobody``."""
    if os.geteuid() != 0:
        return Account()
    wanted = os.environ.get("ZHUPEI_PG_USER")
    if not wanted and namespaces_work():
        return Account(prefix=NAMESPACE)
    for name in [wanted] if wanted else ["postgres", "nobody"]:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(uid=entry.pw_uid, gid=entry.pw_gid)
    raise Unready(
        "PostgreSQL 不能以 root 身份运行，本机也没有可用的普通账户；"
        "请设置 ZHUPEI_PG_USER 为一个普通账户。",
        "PostgreSQL refuses to run as root: set ZHUPEI_PG_USER to the name of an ordinary account.",
    )


@cache
def namespaces_work() -> bool:
    """True when this kernel lets us be nobody in a namespace of our own."""
    try:
        return (
            subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
        )
    except OSError:
        return False
