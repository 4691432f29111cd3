"""zhupei verify-events: prove that nobody altered the record of deeds."""

from typing import Any

from django.core.management.base import BaseCommand

from zhupei.core import audit

FAULTS = {
    "altered": "内容被改动",
    "unlinked": "与前一条连接不上（有事件被删除或调换）",
    "cut_off": "链条末端与登记不符（末尾有事件被删除，或登记被改动）",
    "headless": "链条没有登记（登记被删除）",
}


class Command(BaseCommand):
    help = "核对事件记录：每条事件的摘要、前后连接与链条末端。有改动时逐条列出并以 1 退出。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        broken = list(audit.broken_links())
        for link in broken:
            self.stdout.write(
                f"事件 {link.id or '-'}  {link.subject} 第 {link.seq} 条 {link.verb}："
                f"{FAULTS[link.fault]}"
            )
        seal = audit.seal()
        self.stdout.write(f"对象 {seal.subjects} 个，事件 {seal.events} 条，总摘要 {seal.digest}")
        if broken:
            self.stderr.write(f"有 {len(broken)} 处与当时写下的不一致。")
            raise SystemExit(1)
        self.stdout.write("记录完整，没有改动。")
