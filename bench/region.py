"""A site in a cluster of its own, for benches that want rows as the product writes them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import cluster

# A disk, where the system's temporary folder may be memory.
DISK = Path(os.environ.get("BENCH_DIR", "/var/tmp"))  # noqa: S108 - mkdtemp makes our own folder


@contextmanager
def site(*, demo: float = 0) -> Iterator[Path]:
    """The data folder of a durable cluster with all tables, Django set up on it; with ``demo``, a
    demo region of that size. All of it is gone afterwards.
    """
    data = Path(tempfile.mkdtemp(prefix="zhupei-bench-", dir=DISK))
    data.chmod(0o711)  # the account PostgreSQL runs as has to walk through
    os.environ |= {
        "ZHUPEI_DATA": str(data),
        "DATABASE_URL": cluster.url(data),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ZHUPEI_DEMO": "1" if demo else "",
    }
    try:
        cluster.start(data)
        (data / "static").mkdir()
        _build(demo)
        yield data
    finally:
        cluster.destroy(data)
        shutil.rmtree(data, ignore_errors=True)


def _build(demo: float) -> None:
    import django  # noqa: PLC0415 - the settings must be named first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable")
    if demo:
        call_command("demo_data", scale=demo)
