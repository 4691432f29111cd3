"""``zhupei import-roster FILE [--class ID] [--dry-run] [--json]``: read a roster, say every fault.

Exit code 0 when the file could be read, bad rows or not; 1 when it is refused as a whole. With a
class and without ``--dry-run`` the good rows are invited in the name of the account ``--by``.
"""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhupei.classes import roster
from zhupei.classes.actions import roster as actions
from zhupei.classes.models import TrainingClass
from zhupei.classes.roster import Entry
from zhupei.core.errors import Refused
from zhupei.core.import_kinds import Fault, Reading, Row
from zhupei.organizations.models import Role
from zhupei.people import rules
from zhupei.people.models import User


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
        training_class = self._class(options)
        on = training_class.starts_on if training_class else timezone.localdate()
        try:
            with path.open("rb") as file:
                reading = roster.read(file, on=on, minimum_age=options["minimum_age"])
            invited = None if options["dry_run"] else self._invite(training_class, reading, options)
        except OSError as error:
            raise CommandError(f"打不开 {path}：{error.strerror}") from error
        except Refused as refusal:
            self._say_refused(path, refusal, as_json=options["json"])
            sys.exit(1)
        if options["json"]:
            self._print(as_json(path.name, reading) | {"invited": invited})
        else:
            self.stdout.write("\n".join(as_table(path.name, reading)))
            if invited is not None:
                self.stdout.write(f"\n发出邀请 {invited} 份。")

    def _class(self, options: dict[str, Any]) -> TrainingClass | None:
        """The class named, if any; only a rehearsal can do without."""
        if options["class_pk"] is None:
            if not options["dry_run"]:
                raise CommandError("请用 --class 指明培训班，或用 --dry-run 只做检查。")
            return None
        found = TrainingClass.objects.filter(pk=options["class_pk"]).first()
        if found is None:
            raise CommandError(f"没有编号为 {options['class_pk']} 的培训班。")
        return found

    def _invite(
        self, training_class: TrainingClass | None, reading: Reading[Entry], options: dict[str, Any]
    ) -> int:
        """Invite the good rows in the name of somebody who may; return how many are new."""
        assert training_class is not None
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("请用 --by 写明以哪个账号的名义导入。")
        worn = training_class.organization.memberships.filter(user=user, role=Role.REGISTRAR)
        user.acting = worn.select_related("organization").first()
        return len(actions.invite(training_class, by=user, rows=reading.good))

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
