"""The keys of a laptop: made once, kept in the data folder, handed on in the environment.

A server sets them itself; what is set already is never touched.
"""

import base64
import json
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

NAMES = ("ZHUPEI_SECRET_KEY", "ZHUPEI_FIELD_KEY", "ZHUPEI_INDEX_KEY", "ZHUPEI_EXAM_KEY")


def provide(data: Path, environment: MutableMapping[str, str] = os.environ) -> None:
    """Put the data folder's keys into the environment, making them when there are none.

    Without the keys that wrote it, encrypted data cannot be read again, so they live beside it.
    """
    if all(environment.get(name) for name in NAMES):
        return
    file = data / "keys.json"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        _write(file, {name: _new() for name in NAMES})
    known = json.loads(file.read_text())
    if not set(NAMES) <= set(known):  # a folder from before the newest key
        known = {name: _new() for name in NAMES} | known
        file.unlink()
        _write(file, known)
    for name, value in known.items():
        environment.setdefault(name, value)


def _new() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _write(file: Path, keys: dict[str, str]) -> None:
    # Whole or not at all, never readable by others, and the first of two writers wins.
    new = file.with_name(f"keys.{os.getpid()}.new")
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:  # noqa: PTH123 - Path.open takes no mode bits
        json.dump(keys, out, indent=1)
        out.flush()
        os.fsync(out.fileno())
    try:
        file.hardlink_to(new)
    except FileExistsError:
        pass
    finally:
        new.unlink()
