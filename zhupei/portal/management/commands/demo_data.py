"""zhupei demo-data: build the demo region, or keep something going on in it."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from zhupei.people.models import User
from zhupei.portal.demo import build

WIDTH = 30  # of the bar, in characters
EVERY = 0.1  # seconds between two drawings


class Command(BaseCommand):
    help = "建立示例区域（人物均为虚构）；--refresh 只补上今天的课、考试和待答复的邀请。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, default=2026, help="同一个数生成同样的人和事")
        parser.add_argument(
            "--scale", type=float, default=1, help="规模的倍数，例如 100；小于 1 时学员减少"
        )
        parser.add_argument("--refresh", action="store_true", help="在已有的示例区域里补上今天的事")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("这是正式系统，不能写入虚构的人和事。")
        if options["refresh"]:
            added = build.refresh()
            self.stdout.write(f"补上了 {added} 项。" if added else "今天的课和考试都在，没有补充。")
            return
        if User.objects.exists():
            raise CommandError("数据库里已有账号；示例区域只建在空的数据库里（或用 --refresh）。")
        if options["scale"] <= 0:
            raise CommandError("--scale 应大于 0。")
        build.build(seed=options["seed"], scale=options["scale"], tell=Bar(self.stdout))


class Bar:
    """One line that fills up; where nobody watches, a line for every tenth."""

    def __init__(self, out: Any) -> None:
        self.out, self.live, self.drawn, self.tenths = out, out.isatty(), 0.0, -1

    def __call__(self, part: float, what: str) -> None:
        if self.live:
            self._draw(part, what)
        elif int(part * 10) > self.tenths:
            self.tenths = int(part * 10)
            self.out.write(f"{part:4.0%}  {what}")

    def _draw(self, part: float, what: str) -> None:
        now = time.monotonic()
        if part < 1 and now - self.drawn < EVERY:
            return
        self.drawn = now
        full = round(part * WIDTH)
        bar = "█" * full + "░" * (WIDTH - full)
        self.out.write(f"\r{bar} {part:4.0%}  {what}\033[K", ending="\n" if part == 1 else "")
        self.out.flush()
