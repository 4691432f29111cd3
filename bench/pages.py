"""Server time of the pages people open most, on a region of full size: 100 times the demo, about
60,000 learners and 3,000 classes; and how many queries each asks.

The pages are asked for in one process through the whole middleware and the templates; the time of
the network and the browser is not in it. Closing line: the slowest page's p95.
"""

import statistics
import time
from collections.abc import Callable
from typing import Any

from bench.grow import grow
from bench.region import site

LIMIT = 150  # milliseconds, p95
TIMES = 100  # the demo region
QUERIES = 12
ROUNDS = 40


def main() -> None:
    """Build a demo region in a durable cluster of our own, ask for each page, print the ratio."""
    with site(demo=1):
        measure()


def measure() -> None:
    """Every page: p50, p95, queries; in a process that is set up as those that serve pages."""
    import config.wsgi  # noqa: F401, PLC0415 - once the settings are named

    start = time.perf_counter()
    grow(TIMES)
    print(f"region grown {TIMES} times in {time.perf_counter() - start:.0f} s")
    slowest = 0.0
    for name, ask in pages().items():
        p50, p95, queries = timed(ask)
        slowest = max(slowest, p95)
        note = "" if queries <= QUERIES else f"  more than {QUERIES} queries"
        print(f"{name:24} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {queries:3d} queries{note}")
    print(f"bench pages: ratio {LIMIT / slowest:.2f} value {slowest:.1f} ms limit {LIMIT} ms")


def timed(ask: Callable[[], Any]) -> tuple[float, float, int]:
    """Milliseconds at the median and the 95th percentile, and the queries of one page."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    ask()
    with CaptureQueriesContext(connection) as asked:
        response = ask()
        queries = len(asked.captured_queries)  # the log is emptied by the next request
    if response.status_code != 200:  # noqa: PLR2004 - a page that is not there is not fast
        raise SystemExit(f"{response.request['PATH_INFO']} answered {response.status_code}")
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        ask()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], queries


def pages() -> dict[str, Callable[[], Any]]:
    """The pages of the story, each as somebody who works with it."""
    from django.test import Client  # noqa: PLC0415
    from django.urls import reverse  # noqa: PLC0415

    from zhupei.certificates.models import Certificate  # noqa: PLC0415
    from zhupei.classes.models import Lesson, TrainingClass  # noqa: PLC0415
    from zhupei.credit.models import CreditRecord  # noqa: PLC0415
    from zhupei.exams.models import Candidate, Sitting  # noqa: PLC0415
    from zhupei.organizations.models import Membership, Role  # noqa: PLC0415
    from zhupei.people.models import User  # noqa: PLC0415

    def page(user: Any, name: str, *args: Any) -> Callable[[], Any]:
        client = Client()
        if user:
            client.force_login(user)
        return lambda: client.get(reverse(name, args=args))

    waiting = TrainingClass.objects.filter(state="submitted").latest("pk")
    running = Lesson.objects.filter(attendance__isnull=False).latest("pk").training_class
    sitting = Sitting.objects.filter(state="released").latest("pk")
    candidate = Candidate.objects.filter(attempt__isnull=False).latest("pk")
    certificate = Certificate.objects.latest("pk")
    record = CreditRecord.objects.latest("pk")

    def one_of(organization: Any, role: str) -> Any:
        return Membership.objects.filter(organization=organization, role=role).first().user

    bureau = Membership.objects.filter(
        role=Role.REVIEWER, organization__prefecture=waiting.prefecture_id
    )
    reviewer = bureau.first().user  # type: ignore[union-attr]  # every prefecture has one
    registrar = one_of(running.organization, Role.REGISTRAR)
    examiner = one_of(sitting.organization, Role.EXAMINER)
    regulator = Membership.objects.filter(role=Role.REGULATOR).first().user  # type: ignore[union-attr]  # the demo's
    learner = User.objects.filter(person=candidate.person).first()
    lesson = running.lessons.first()
    return {
        "public home": page(None, "portal:public"),
        "catalogue": page(None, "join:catalogue"),
        "bureau's to-do list": page(reviewer, "portal:home"),
        "review of a plan": page(reviewer, "classes:detail", waiting.pk),
        "classes": page(registrar, "classes:index"),
        "roll of a lesson": page(registrar, "attendance:roll", lesson.pk),
        "learner's home": page(learner, "portal:home"),
        "sitting": page(examiner, "exams:detail", sitting.pk),
        "certificates": page(examiner, "certificates:index"),
        "coverage map": page(regulator, "patrols:map"),
        "coverage ledger": page(regulator, "patrols:duties"),
        "coverage of a bureau": page(reviewer, "patrols:place", waiting.prefecture_id),
        "credit records": page(regulator, "credit:index"),
        "credit of a school": page(regulator, "credit:file", record.organization_id),
        "measures": page(regulator, "oversight:measures"),
        "leads": page(reviewer, "leads:index"),
        "certificate check": page(None, "verify:check", certificate.check_code),
    }
