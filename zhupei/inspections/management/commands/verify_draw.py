"""``zhupei verify-draw NUMBER``: draw again from the frozen texts and the seed, and compare."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhupei.inspections import verifying
from zhupei.inspections.models import Draw


class Command(BaseCommand):
    """Recompute one draw, or all that were frozen."""

    help = (
        "按冻结的名单和种子重算双随机抽取，并与当时的结果和事件记录核对。"
        "不写编号时核对全部；有不符时逐条列出并以 1 退出。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the draw."""
        parser.add_argument("number", nargs="?", default="", help="编号，例如 SJ-2026-0001")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare and say so."""
        draws = Draw.objects.public().order_by("number")
        if options["number"]:
            draws = draws.filter(number=options["number"])
            if not draws:
                raise CommandError(f"没有编号为 {options['number']} 的抽查。")
        wrong = 0
        for draw in draws:
            found = verifying.faults(draw)
            wrong += bool(found and draw.secret)
            said = _word(draw, wrong=bool(found))
            self.stdout.write(f"{draw.number}  {draw.title}  摘要 {draw.terms_sha256}  {said}")
            for fault in found:
                self.stdout.write(f"    {fault}")
        if wrong:
            raise CommandError(f"有 {wrong} 次抽取与当时公布的不一致。")


def _word(draw: Draw, *, wrong: bool) -> str:
    if not draw.secret:
        return "旧格式"
    if wrong:
        return "不符"
    return "一致" if draw.seed else "名单完好，还没有抽取"
