"""``zhupei verify-archive PATH``: is this package, a ZIP or a folder, what was sealed?

Needs no database and no network. Exit code 0 when it is whole; 1 when not, after one line for
every file or event that is wrong.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhupei.core import bag


class Command(BaseCommand):
    """Check a package offline."""

    help = "离线检测档案包（ZIP 或文件夹）：文件是否完整、事件记录是否被改动。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the package."""
        parser.add_argument("path", type=Path, help="档案包：.zip 文件或解压后的文件夹")

    def handle(self, *_args: object, **options: Any) -> None:
        """Print every fault, or that there is none and what the package's digest is."""
        path: Path = options["path"]
        faults = bag.verify(path)
        for fault in faults:
            self.stdout.write(f"{fault.code}  {fault}")
        if faults:
            self.stdout.write(f"{path.name}：发现 {len(faults)} 处问题")
            sys.exit(1)
        self.stdout.write(f"{path.name}：完整，文件和事件记录都没有被改动")
        if path.is_file():
            self.stdout.write(f"SHA-256 {bag.fingerprint(path)}（请与系统中归档事件所记的比对）")
