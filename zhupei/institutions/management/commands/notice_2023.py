"""zhupei notice-2023 FILE: the figures of the notice of 2023, counted by our own rules."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhupei.institutions import notice_2023
from zhupei.institutions.rules.notice_2023 import STATEMENTS, assessed, count


class Command(BaseCommand):
    """Print each statement, what the notice says and what the rules count."""

    help = "用本系统的规则核算一组机构，逐条对照 2023 年度评估通报的数字；有不一致时以 1 退出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file: one like tests/data/notice-2023/institutions.json."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line a statement; a mark where the two figures differ."""
        cases = notice_2023.read(options["file"])
        known = assessed(cases)
        wrong = 0
        for statement in STATEMENTS:
            figure = count(statement, cases)
            wrong += figure != statement.figure
            of = known if statement.of_parts else len(cases)
            mark = "" if figure == statement.figure else "　← 不一致"
            self.stdout.write(
                f"{statement.where}\t{statement.says}\t通报 {statement.figure}"
                f"\t核算 {figure} / {of}{mark}"
            )
        self.stdout.write(
            f"共 {len(STATEMENTS)} 条，{len(STATEMENTS) - wrong} 条一致；"
            f"{len(cases)} 家中 {len(cases) - known} 家未作分项评估。"
        )
        if wrong:
            raise SystemExit(1)
