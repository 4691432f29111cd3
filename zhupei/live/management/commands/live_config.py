"""``zhupei live-config``: write the configuration of the media server for this installation."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from zhupei.live import server_config
from zhupei.live.server_config import Unfit, Where


class Command(BaseCommand):
    """Writes nginx.conf into a folder of its own and says how to start the server."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Where it goes and which addresses it gets."""
        parser.add_argument("--folder", type=Path, default=settings.DATA_DIR / "live")
        parser.add_argument(
            "--application",
            default="http://127.0.0.1:8000",
            help="how the media server reaches the pages",
        )
        parser.add_argument("--public", default=settings.PUBLIC_URL, help="how people reach them")
        parser.add_argument("--listen", default="127.0.0.1", help="0.0.0.0 for cameras elsewhere")
        parser.add_argument("--rtmp-port", type=int, default=1935, help="where cameras send")
        parser.add_argument("--hls-port", type=int, default=8088, help="where browsers fetch")
        parser.add_argument("--hook-port", type=int, default=8089, help="inner, on 127.0.0.1 only")
        parser.add_argument("--module", default="", help="path of ngx_rtmp_module.so")
        parser.add_argument("--user", default="", help="whom it becomes when root starts it")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - the signature of Django
        """Write it, or say what does not fit."""
        said = {name: options[name] for name in Where.__dataclass_fields__}
        where = Where(**said)
        try:
            path = server_config.write(where)
        except Unfit as reason:
            raise CommandError(str(reason)) from None
        host = where.listen if where.listen != "0.0.0.0" else "HOST"  # noqa: S104 - compared only
        self.stdout.write(
            f"{path}\n"
            f"start:  nginx -p {where.folder} -c {path} -g 'daemon off;'\n"
            f"then start the pages with\n"
            f"  ZHUPEI_LIVE_RTMP_URL=rtmp://{host}:{where.rtmp_port}/room\n"
            f"  ZHUPEI_LIVE_HLS_URL=http://{host}:{where.hls_port}/hls\n"
        )
