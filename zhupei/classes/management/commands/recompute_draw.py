"""``zhupei recompute-draw DAY``: draw again from the recorded seed, and compare.

Exit code 1 when the plans being read a second time are not those the seed chooses.
"""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhupei.classes.models import Draw
from zhupei.classes.review import recompute


class Command(BaseCommand):
    """Draw a day's second readings again."""

    help = "用记录的种子重新抽一次某天的复读，并与当时的结果核对。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the day."""
        parser.add_argument("day", type=date.fromisoformat)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare and say so."""
        draw = Draw.objects.filter(day=options["day"]).first()
        if draw is None:
            raise CommandError(f"{options['day']} 没有抽取记录。")
        again = recompute(draw)
        numbers = draw.chosen.values_list("training_class__number", flat=True)
        then = sorted(map(str, numbers))
        self.stdout.write(f"种子 {draw.seed}，{len(draw.candidates)} 份，{draw.share}%")
        for number in again:
            self.stdout.write(number)
        if again != then:
            raise CommandError(f"与当时的结果不同：{'、'.join(then)}")
        self.stdout.write("与当时的结果一致。")
