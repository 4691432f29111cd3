"""How long 300 learners wait who scan the codes of their rooms within one minute.

One web process as the demo starts it (two there), a durable cluster, both sides on this machine.
Everybody does what a phone does: opens the scanned address, is led to the page with the button,
taps it, reads what is credited: four requests, each timed from the first byte sent to the last one
read.
Closing line: the p95 of all of them.
"""

import http.client
import random
import re
import socket
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from bench.region import site

ROOT = Path(__file__).resolve().parent.parent
LEARNERS, CLASSES = 300, 6
SECONDS = 60
LIMIT = 300  # milliseconds, p95
PHONES = 48  # requests under way at the same time, at most
STEPS = ("scan", "page", "tap", "result")
# As in config/run.py, but for one worker.
WEB = "granian --interface wsgi --workers 1 --blocking-threads 8 --workers-kill-timeout 3 --no-ws"


class Phone(NamedTuple):
    """Somebody who is signed in, and the lesson they come to."""

    session: str
    lesson: int
    after: float  # seconds from the start


def main() -> None:
    """Build a world in a cluster of our own, start the web process, let everybody come."""
    with site():
        phones = build()
        port = _free_port()
        web = _start(port)
        try:
            report(port, phones)
        finally:
            web.terminate()
            web.wait(20)


def build() -> list[Phone]:
    """Six classes of fifty, each in a lesson that has just begun; everybody is signed in."""
    from tests import make  # noqa: PLC0415 - models exist only once Django is set up

    world = make.world()
    chance = random.Random(1)
    each = LEARNERS // CLASSES
    return [
        Phone(session, lesson, chance.uniform(0, SECONDS))
        for number in range(CLASSES)
        for lesson, sessions in [_class(world, number, each)]
        for session in sessions
    ]


def _class(world: SimpleNamespace, number: int, learners: int) -> tuple[int, list[str]]:
    """A class in effect in the middle of a lesson: its key, and a session for each learner."""
    from django.utils import timezone  # noqa: PLC0415

    from tests import make  # noqa: PLC0415
    from zhupei.classes.models import Enrolment, TrainingClass  # noqa: PLC0415
    from zhupei.people.models import User  # noqa: PLC0415

    now, today = timezone.now(), timezone.localdate()
    taught = TrainingClass.objects.create(
        number=f"BENCH-{number}",
        organization=world.school,
        prefecture_id="652300",
        division_id="652301",
        syllabus=world.syllabus,
        title=f"土建施工员 第 {number} 班",
        starts_on=today,
        ends_on=today + timedelta(days=6),
        seats=learners,
        room=world.room,
        contact_phone="0994-2345678",
        state="approved",
        mode="approval",
    )
    lesson = taught.lessons.create(
        unit=world.syllabus.units.first(),
        kind="theory",
        starts_at=now - timedelta(minutes=2),
        ends_at=now + timedelta(minutes=88),
        teacher=world.teacher,
        room=world.room,
    )
    people = [make.person() for _ in range(learners)]
    users = User.objects.bulk_create(
        User(username=f"bench{who.pk}", name=who.name, person=who) for who in people
    )
    Enrolment.objects.bulk_create(
        Enrolment(training_class=taught, person=who, enrolled_at=now) for who in people
    )
    return lesson.pk, [_session(user) for user in users]


def _session(user: Any) -> str:
    from django.test import Client  # noqa: PLC0415

    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def report(port: int, phones: list[Phone]) -> None:
    """Everybody comes at their moment; print what they waited, unless somebody failed."""
    from zhupei.attendance.models import Attendance  # noqa: PLC0415

    _visit(port, phones[0].session, "GET", "/home/", b"")  # templates and connections warm up
    began = time.perf_counter()
    with ThreadPoolExecutor(PHONES) as pool:
        ordered = sorted(phones, key=lambda one: one.after)
        waits = list(pool.map(lambda one: _come(port, one, began), ordered))
    took = time.perf_counter() - began
    there = Attendance.objects.filter(credited_seconds__gt=0, waiting=False).count()
    if there != LEARNERS:
        raise SystemExit(f"bench scanning: {there} of {LEARNERS} signed in, so it means nothing")
    for step, times in zip(STEPS, zip(*waits, strict=True), strict=True):
        p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(f"  {step:8} p50 {p50:6.1f} ms  p95 {p95:6.1f} ms")
    p95 = statistics.quantiles([wait for one in waits for wait in one], n=20)[-1]
    print(f"bench scanning: {LEARNERS} learners, {4 * LEARNERS / took:.1f} requests/s")
    print(f"bench scanning: ratio {LIMIT / p95:.2f} value {p95:.1f} ms limit {LIMIT} ms")


def _come(port: int, phone: Phone, began: float) -> list[float]:
    """One learner's four requests, in milliseconds each."""
    time.sleep(max(0.0, began + phone.after - time.perf_counter()))
    sign = f"/attendance/{phone.lesson}/sign/"
    waits, cookies = [], phone.session
    _, cookies, wait = _visit(port, cookies, "GET", _code_address(phone.lesson), b"")
    waits.append(wait)
    page, cookies, wait = _visit(port, cookies, "GET", sign, b"")
    waits.append(wait)
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)
    if token is None:
        raise SystemExit(f"bench scanning: {sign} has no button; it said {page[:300]!r}")
    body = b"csrfmiddlewaretoken=" + token[1]
    _, cookies, wait = _visit(port, cookies, "POST", sign, body)
    waits.append(wait)
    page, _, wait = _visit(port, cookies, "GET", sign, b"")
    waits.append(wait)
    if "已签到".encode() not in page:
        raise SystemExit("bench scanning: somebody tapped and was not signed in")
    return waits


def _code_address(lesson: int) -> str:
    """What the QR code of this very moment says."""
    from django.utils import timezone  # noqa: PLC0415

    from zhupei.attendance import rules  # noqa: PLC0415
    from zhupei.attendance.actions.signing import screen_secret  # noqa: PLC0415

    code = rules.code_for(screen_secret(), lesson, timezone.now(), every=15)
    return f"/attendance/{lesson}/s/{code}/"


def _visit(
    port: int, cookies: str, method: str, path: str, body: bytes
) -> tuple[bytes, str, float]:
    """One request: what was answered, the cookies afterwards, the milliseconds it took."""
    if "=" not in cookies:
        cookies = f"sessionid={cookies}"
    headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, body or None, headers)
    response = connection.getresponse()
    answer = response.read()
    wait = (time.perf_counter() - start) * 1000
    connection.close()
    if response.status not in {HTTPStatus.OK, HTTPStatus.FOUND}:
        raise SystemExit(f"bench scanning: {method} {path} answered {response.status}")
    jar = dict(one.split("=", 1) for one in cookies.split("; "))
    for line in response.headers.get_all("Set-Cookie") or []:
        name, _, value = line.partition(";")[0].partition("=")
        jar[name] = value
    return answer, "; ".join(f"{name}={value}" for name, value in jar.items()), wait


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(port: int) -> subprocess.Popen[bytes]:
    """The web process, once it answers."""
    words = [sys.executable, "-m", *WEB.split(), "--port", str(port), "config.wsgi:application"]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    for _ in range(300):
        try:
            _visit(port, "none=none", "GET", "/account/login/", b"")
        except OSError:
            time.sleep(0.2)
        else:
            return process
    process.terminate()
    raise SystemExit("bench scanning: the web process did not start")
