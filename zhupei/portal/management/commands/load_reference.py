"""zhupei load-reference: divisions, jobs, working days, legal bases; run again, it adds what is
missing.
"""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from zhupei.portal.demo.build import load_reference


class Command(BaseCommand):
    help = "装入行政区划、岗位工种、法定节假日调休和法律依据；已有的不动，可以重复运行。"

    @transaction.atomic
    def handle(self, *_args: Any, **_options: Any) -> None:
        counts = load_reference()
        self.stdout.write(
            f"行政区划 {counts['divisions']} 个，岗位工种 {counts['jobs']} 个，"
            f"节假日与调休 {counts['workdays']} 天，法律依据 {counts['legal_bases']} 条。"
        )
