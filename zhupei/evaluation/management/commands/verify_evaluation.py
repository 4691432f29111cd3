"""zhupei verify-evaluation [YEAR]: every score again, from the facts kept beside it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhupei.evaluation.models import Evaluation, Scheme
from zhupei.evaluation.verify import check

FAULTS = {
    "facts": "事实和校验值不符",
    "points": "按事实重算的分不同",
    "score": "按评分记录得出的分不同",
    "sums": "总分不同",
    "scheme": "方案和定稿时的校验值不符",
}


class Command(BaseCommand):
    """Print what does not come out again; exit code 1 when there is anything."""

    help = "用留存的事实、评分记录和定稿的方案重算年度评估的每一个分数；有不一致时以 1 退出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Perhaps one year only."""
        parser.add_argument("year", type=int, nargs="?", help="只核对这一年度")

    def handle(self, *_args: Any, **options: Any) -> None:
        """One line for each number that differs, then how many were checked."""
        schemes = Scheme.objects.public().order_by("year")
        if options["year"]:
            schemes = schemes.filter(year=options["year"])
        wrong = 0
        for scheme in schemes:
            for one in check(scheme):
                wrong += 1
                self.stdout.write(
                    f"{one.where}\t{one.code}\t{FAULTS[one.fault]}"
                    f"\t留存 {one.kept}\t重算 {one.again}"
                )
        count = Evaluation.objects.filter(scheme__in=schemes).count()
        self.stdout.write(f"{len(schemes)} 个方案、{count} 家机构，{wrong} 处不一致。")
        if wrong:
            raise SystemExit(1)
