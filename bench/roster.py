"""How long a roster of 5,000 rows takes: to rehearse, from bytes to every fault; then to import.

Every tenth row is wrong in one of five ways, so that the sentences are paid for as well. The class
is in effect, and every fifth of its people has an account: a short message leaves for everybody,
a line lands in the inbox of those. The closing line is the one nearer to its limit.
"""

import contextlib
import io
import random
import time
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from stdnum.iso7064 import mod_11_2

from bench.region import site

ROWS = 5_000
REHEARSAL = 5.0  # seconds
IMPORT = 20.0  # seconds
HEAD = ["序号", "姓名", "性别", "民族", "身份证号", "联系电话", "工作单位", "备注"]


class Taken(NamedTuple):
    """Seconds, and how many there may be."""

    what: str
    seconds: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.limit / self.seconds


def main() -> None:
    """Write a roster, rehearse and import it, print the ratio."""
    with site(demo=0.1) as data:
        measure(data / "roster.xlsx")


def measure(path: Path) -> None:
    """Both times; the worse of the two closes."""
    write(path, random.Random(1))
    rehearsal = Taken("rehearsal", _rehearse(path), REHEARSAL)
    imported = Taken("import", _import(path), IMPORT)
    for one in (rehearsal, imported):
        print(f"{one.what}: {one.seconds:.2f} s of {one.limit:.0f} s")
    worse = min(rehearsal, imported, key=lambda one: one.ratio)
    print(
        f"bench roster: ratio {worse.ratio:.2f} value {worse.seconds:.2f} s"
        f" limit {worse.limit:.0f} s"
    )


def _rehearse(path: Path) -> float:
    """As `zhupei import-roster --dry-run --json`."""
    from django.core.management import call_command  # noqa: PLC0415

    answer = io.StringIO()
    start = time.perf_counter()
    with contextlib.redirect_stdout(answer):
        call_command("import_roster", str(path), "--dry-run", "--json", stdout=answer)
    taken = time.perf_counter() - start
    good = answer.getvalue().count('"status": "good"')
    print(f"{good} good rows, {ROWS - good} refused")
    if good != ROWS - ROWS // 10:
        raise SystemExit("the roster was not read as it was written")
    return taken


def _import(path: Path) -> float:
    """As the registrar confirms it and the worker does it, while the page asks how far it is."""
    from django.core.files.base import ContentFile  # noqa: PLC0415

    from zhupei.classes import jobs  # noqa: PLC0415
    from zhupei.classes.actions import importing, roster  # noqa: PLC0415
    from zhupei.classes.models import TrainingClass  # noqa: PLC0415
    from zhupei.core.models import LongJob  # noqa: PLC0415
    from zhupei.people.models import User  # noqa: PLC0415

    found = TrainingClass.objects.filter(state="approved", frozen_since=None).latest("starts_on")
    members = found.organization.memberships
    user = User.objects.get(pk=members.filter(role="registrar").earliest("pk").user_id)
    file = roster.receive(found, by=user, upload=ContentFile(path.read_bytes(), path.name))
    known = _accounts([row.value for row in roster.rehearse(file, found).good][::5])
    start = time.perf_counter()
    job = importing.confirm(file, found, by=user)
    if not isinstance(job, LongJob):
        raise SystemExit("5,000 rows were imported while a page waited")
    jobs.import_roster(str(file.pk), found.pk, user.acting.pk, job.pk)
    taken = time.perf_counter() - start
    job.refresh_from_db()
    print(f"{job.result} ({known} with an account)")
    if job.done != ROWS - ROWS // 10:
        raise SystemExit("not everybody was invited")
    return taken


def _accounts(entries: list[Any]) -> int:
    """These are known already, each with an account."""
    from zhupei.core.crypto import blind_index  # noqa: PLC0415
    from zhupei.people.models import Person, User  # noqa: PLC0415
    from zhupei.people.rules import born_on  # noqa: PLC0415

    people = Person.objects.bulk_create(
        Person(
            name=one.name,
            id_number=one.id_number,
            id_index=blind_index(one.id_number, purpose="id_number"),
            id_last_four=one.id_number[-4:],
            birth_date=born_on(one.id_number),
            phone=f"199{n:08d}",
            phone_index=blind_index(f"199{n:08d}", purpose="phone"),
        )
        for n, one in enumerate(entries)
    )
    User.objects.bulk_create(
        User(username=f"bench{one.pk}", name=one.name, person=one) for one in people
    )
    return len(people)


def write(path: Path, chance: random.Random) -> None:
    """A roster with a title, invented people, and every tenth row wrong."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("报名表")
        sheet.write(0, 0, "培训班报名花名册")
        sheet.write_row(1, 0, HEAD)
        for number in range(1, ROWS + 1):
            wrong = number // 10 if number % 10 == 0 else None
            sheet.write_row(number + 1, 0, [number, *person(number, wrong, chance)])


def person(number: int, wrong: int | None, chance: random.Random) -> list[object]:
    """The cells of one person; a wrong row has one of five faults in turn."""
    year = 1966 + (number - 1) // 1_000 * 8 + chance.randint(0, 7)  # no number is given twice
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    body = f"650000{year}{month:02}{day:02}{number % 1000:03}"
    cells: list[object] = [
        "".join(chance.sample("伟芳敏静丽强磊军洋勇艳杰娟涛", 3)),
        "男" if number % 2 else "女",
        "某族",
        body + mod_11_2.calc_check_digit(body),
        f"1{chance.randint(3_000_000_000, 9_999_999_999)}",
        "××建筑工程有限公司",
        "",
    ]
    if wrong is not None:
        place, value = [
            (0, ""),
            (1, "女" if number % 2 else "男"),
            (3, int(body + "0")),
            (4, "0991-2345678"),
            (3, body),
        ][wrong % 5]
        cells[place] = value
    return cells
