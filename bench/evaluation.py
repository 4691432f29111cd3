"""A year of 1,000 institutions: how long it takes to read and score them all, and how fast the
pages of it are then.

The demo region is grown until it has that many institutions, with their classes, lessons and
learners; a scheme is frozen over them, and what the worker does is timed here. Closing line: the
reading and scoring of all.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bench.grow import grow
from bench.pages import timed
from bench.region import site

WANTED = int(os.environ.get("BENCH_INSTITUTIONS", "1000"))
LIMIT = 60  # seconds
PAGE = 200  # milliseconds, p95
QUERIES = 12


def main() -> None:
    """Build a region in a durable cluster of our own, evaluate it, print the ratio."""
    with site(demo=float(os.environ.get("BENCH_SCALE", "1"))):
        measure()


def measure() -> None:
    """Freeze, compute, look at the pages."""
    from zhupei.evaluation.actions import computing  # noqa: PLC0415 - once Django is set up
    from zhupei.institutions.models import Admission  # noqa: PLC0415

    grow(-(-WANTED // Admission.objects.count()))
    scheme, user = frozen()
    job = computing.job_of(scheme)
    job.owner = user
    start = time.perf_counter()
    count = computing.run(scheme, job)
    took = time.perf_counter() - start
    print(f"{count} institutions read and scored in {took:.1f} s")
    for name, ask in pages(scheme, user).items():
        p50, p95, queries = timed(ask)
        note = "" if queries <= QUERIES else f"  more than {QUERIES} queries"
        note += "" if p95 <= PAGE else f"  more than {PAGE} ms"
        print(f"{name:24} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {queries:3d} queries{note}")
    scaled = took * WANTED / count
    print(f"bench evaluation: ratio {LIMIT / scaled:.2f} value {scaled:.1f} s limit {LIMIT} s")


def frozen() -> Any:
    """A scheme of the year that ends today, over everybody; and the regulator."""
    from django.utils import timezone  # noqa: PLC0415

    from zhupei.evaluation.actions import schemes  # noqa: PLC0415
    from zhupei.organizations.models import Membership, Role  # noqa: PLC0415

    worn = Membership.objects.filter(role=Role.REGULATOR).select_related("user", "organization")
    membership = worn.first()
    assert membership
    user = membership.user
    user.acting = membership
    today = timezone.localdate()
    scheme = schemes.draft(by=user, year=today.year + 1, report_until=today + timedelta(days=9))
    schemes.change(scheme, by=user, counts_from=today - timedelta(days=365), counts_until=today)
    scheme.refresh_from_db()
    return schemes.freeze(scheme, by=user), user


def pages(scheme: Any, user: Any) -> dict[str, Callable[[], Any]]:
    """The list, one institution, one indicator, the scheme, the tables, the public page."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    found = scheme.evaluations.latest("pk")
    answer = found.answers.get(indicator__code="2.1.3")

    def page(name: str, *args: Any) -> Callable[[], Any]:
        client = Client()
        client.force_login(user)
        return lambda: client.get(reverse(f"evaluation:{name}", args=args))

    return {
        "list": page("index"),
        "institution": page("detail", found.pk),
        "indicator": page("answer", answer.pk),
        "scheme": page("scheme", scheme.pk),
        "tables": page("tables", scheme.pk),
        "public year": page("year", scheme.year),
    }
