"""zhupei evaluate-notice FILE: the figures of the notice of 2023 by the rules of the evaluation."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhupei.evaluation.notice_2023 import STATEMENTS, count, judge
from zhupei.institutions import notice_2023


class Command(BaseCommand):
    """Print each statement, what the notice says, what the indicators count, and of how many."""

    help = "用年度评估的指标规则核算一组机构，逐条对照 2023 年度评估通报；有不一致时以 1 退出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file: one like tests/data/notice-2023/institutions.json."""
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line a statement; a mark where the two figures differ."""
        judged = [judge(case) for case in notice_2023.read(options["file"])]
        known = sum(one.case.parts is not None for one in judged)
        wrong = 0
        for one in STATEMENTS:
            figure = count(one, judged)
            wrong += figure != one.figure
            of = known if one.of_parts else len(judged)
            mark = "" if figure == one.figure else "　← 不一致"
            self.stdout.write(
                f"{one.where}\t{one.says}\t通报 {one.figure}\t核算 {figure} / {of}{mark}"
            )
        self.stdout.write(f"共 {len(STATEMENTS)} 条，{len(STATEMENTS) - wrong} 条一致。")
        if wrong:
            raise SystemExit(1)
