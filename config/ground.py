"""What the machine must offer before anything is installed or started.

Each check raises Unready with a sentence that says what to do. Standard library only.
"""

import json
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from config.unready import Unready

OLDEST_PYTHON = (3, 11)
LEAST_SPACE = 500 * 1024**2  # bytes


def check_python() -> None:
    """Refuse a Python older than the code is written for."""
    if sys.version_info < OLDEST_PYTHON:
        raise Unready(
            f"需要 Python 3.11 或更新版本，现在是 {sys.version.split()[0]}；"
            "请安装后运行 make demo PYTHON=python3.11。",
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: "
            "install it, then run make demo PYTHON=python3.11.",
        )


def check_node(package: Path) -> None:
    """Refuse a missing Node.js, or one older than ``package.json`` asks for."""
    needed = _numbers(json.loads(package.read_text())["engines"]["node"])
    wanted = ".".join(map(str, needed))
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        raise Unready(
            f"没有找到 Node.js；请安装 Node.js {wanted} 或更新版本（含 npm），再运行一次。",
            f"Node.js is missing: install Node.js {wanted} or newer with npm, then run this again.",
        )
    found = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    if _numbers(found) < needed:
        raise Unready(
            f"Node.js 版本是 {found.strip()}，需要 {wanted} 或更新版本；请升级后再运行一次。",
            f"Node.js is {found.strip()}: install {wanted} or newer, then run this again.",
        )


def check_space(folder: Path) -> None:
    """Refuse a disk that would be full before the start is over."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < LEAST_SPACE:
        raise Unready(
            f"{folder} 所在磁盘只剩 {free // 1024**2} MB，至少需要 {LEAST_SPACE // 1024**2} MB；"
            "请清理磁盘，或用 DATA=… 换一个位置。",
            f"The disk of {folder} has {free // 1024**2} MB left, {LEAST_SPACE // 1024**2} MB are "
            "needed: free some space or choose another place with DATA=….",
        )


def check_port(host: str, port: int) -> None:
    """Refuse a port somebody listens on already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            raise Unready(
                f"端口 {port} 用不了（{reason.strerror}）；演示需要两个相邻的端口，"
                f"请换一个：make demo PORT={port + 10}。",
                f"Port {port} cannot be used: the demo needs two neighbouring ports, "
                f"choose others with make demo PORT={port + 10}.",
            ) from reason


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))
