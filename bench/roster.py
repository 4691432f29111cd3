"""How long a rehearsal of a roster with 5,000 rows takes, from bytes to every fault as JSON.

Every tenth row is wrong in one of five ways, so that the sentences are paid for as well.
"""

import contextlib
import io
import os
import random
import tempfile
import time
from pathlib import Path

import xlsxwriter
from stdnum.iso7064 import mod_11_2

ROWS = 5_000
LIMIT = 5.0  # seconds
HEAD = ["序号", "姓名", "性别", "民族", "身份证号", "联系电话", "工作单位", "备注"]


def main() -> None:
    """Write a roster, read it as `zhupei import-roster --dry-run --json`, print the ratio."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - the settings must be named first
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        write(path, random.Random(1))
        answer = io.StringIO()
        start = time.perf_counter()
        with contextlib.redirect_stdout(answer):
            call_command("import_roster", str(path), "--dry-run", "--json", stdout=answer)
        taken = time.perf_counter() - start
    good = answer.getvalue().count('"status": "good"')
    print(f"{good} good rows, {ROWS - good} refused")
    if good != ROWS - ROWS // 10:
        raise SystemExit("the roster was not read as it was written")
    print(f"bench roster: ratio {LIMIT / taken:.2f} value {taken:.2f} s limit {LIMIT:.0f} s")


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
