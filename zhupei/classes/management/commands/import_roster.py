"""``zhupei import-roster FILE [--class ID] [--dry-run] [--json]``: read a roster, say every fault.

Exit code 0 when the file could be read, bad rows or not; 1 when it is refused as a whole.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from zhupei.classes import roster
from zhupei.classes.roster import Entry
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Fault, Reading, Row
from zhupei.people import rules

# The verb that invites people to a class. It is named, not imported, because a rehearsal without
# a class must run without any table: ``invite_from(class_pk, reading, dry_run=, username=)``
# returns the reading with what the database adds (people already enrolled).
INVITE = "zhupei.classes.actions.roster.invite_from"


class Command(BaseCommand):
    """Read a roster; with a class, invite its people."""

    help = "读取学员名单，逐行列出问题；加 --class 时把合格的行作为邀请导入。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the file, the class and the form of the answer."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--class", dest="class_pk", type=int, default=None)
        parser.add_argument("--by", dest="username", default="", help="以谁的名义导入")
        parser.add_argument("--minimum-age", type=int, default=rules.MINIMUM_WORKING_AGE)
        parser.add_argument("--dry-run", action="store_true", help="只检查，不写入")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *_args: object, **options: Any) -> None:
        """Print the reading; leave with 1 when the whole file is refused."""
        path: Path = options["file"]
        if options["class_pk"] is None and not options["dry_run"]:
            raise CommandError("请用 --class 指明培训班，或用 --dry-run 只做检查。")
        try:
            reading = self._read(path, options)
        except OSError as error:
            raise CommandError(f"打不开 {path}：{error.strerror}") from error
        except Refused as refusal:
            self._say_refused(path, refusal, as_json=options["json"])
            sys.exit(1)
        if options["json"]:
            self._print(as_json(path.name, reading))
        else:
            self.stdout.write("\n".join(as_table(path.name, reading)))

    def _read(self, path: Path, options: dict[str, Any]) -> Reading[Entry]:
        today = timezone.localdate()
        with path.open("rb") as file:
            reading = roster.read(file, on=today, minimum_age=options["minimum_age"])
        if options["class_pk"] is None:
            return reading
        invited: Reading[Entry] = import_string(INVITE)(
            options["class_pk"],
            reading,
            dry_run=options["dry_run"],
            username=options["username"],
        )
        return invited

    def _say_refused(self, path: Path, refusal: Refused, *, as_json: bool) -> None:
        if not as_json:
            self.stdout.write(f"{path.name}：{refusal}")
            return
        self._print(
            {
                "file": path.name,
                "refused": refusal.code,
                "column": refusal.facts.get("column"),
                "sentence": str(refusal),
                "columns_not_collected": [],
                "rows": [],
            }
        )

    def _print(self, answer: dict[str, Any]) -> None:
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))


def as_json(name: str, reading: Reading[Entry]) -> dict[str, Any]:
    """The reading for programs. A file with a single sheet does not repeat its name in each row."""
    return {
        "file": name,
        "refused": None,
        "column": None,
        "columns_not_collected": reading.columns_not_collected,
        "left_out": [
            {"sheet": left.sheet, "what": left.what, "why": left.why} for left in reading.left_out
        ],
        "rows": [
            {"sheet": None if reading.one_sheet else row.sheet, **_row_as_json(row)}
            for row in reading.rows
        ],
    }


def _row_as_json(row: Row[Entry]) -> dict[str, Any]:
    return {
        "row": row.number,
        "status": "refused" if row.faults else "good",
        "code": row.faults[0].code if row.faults else None,
        "name": rules.normalise_name(row.cells["name"]),
        "id": rules.normalise_id_number(row.cells["id_number"]),
        "phone": rules.normalise_phone(row.cells["phone"]),
        "faults": [_fault_as_json(fault) for fault in row.faults],
        "warnings": [_fault_as_json(warning) for warning in row.warnings],
    }


def _fault_as_json(fault: Fault) -> dict[str, str]:
    return {
        "column": fault.column,
        "value": fault.value,
        "code": fault.code,
        "rule": fault.rule,
        "fix": fault.fix,
    }


def as_table(name: str, reading: Reading[Entry]) -> list[str]:
    """The reading for people at a terminal; identity numbers are masked."""
    lines = [f"{name}：{len(reading.good)} 行可以导入，{len(reading.bad)} 行有问题。"]
    for row in reading.bad:
        where = f"{row.sheet} 第 {row.number} 行" if row.sheet else f"第 {row.number} 行"
        person = f"{row.cells['name']} {rules.mask_id_number(row.cells['id_number'])}".strip()
        lines += ["", f"{where}　{person}"]
        lines += [f"  {fault.column}：{fault.rule}{fault.fix}" for fault in row.faults]
    if reading.columns_not_collected:
        lines += ["", f"没有收集的列：{'、'.join(reading.columns_not_collected)}"]
    if reading.left_out:
        lines += ["", "没有导入的内容："]
        lines += [f"  {left.sheet} {left.what}：{left.reason}" for left in reading.left_out]
    return lines
