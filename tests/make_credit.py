"""Builders of credit records, repairs, objections and grades."""

from datetime import date, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from zhupei.credit.actions import grades, objections, records, repairs
from zhupei.credit.models import CreditRecord, Grade, Objection, Repair
from zhupei.organizations.models import Organization


def paper(name: str = "整改证明.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def record(world: SimpleNamespace, **said: Any) -> CreditRecord:
    """Li holds something ordinary against Aygul's school; ``ago`` days before today."""
    ago = said.pop("ago", 0)
    said = {
        "by": world.li,
        "seriousness": "ordinary",
        "ground": "经查实收取培训费未开票",
        "law": "《办法》第二十三条",
        "decided_on": timezone.localdate() - timedelta(days=ago),
    } | said
    return records.enter(said.pop("organization", world.school), **said)


def repair(world: SimpleNamespace, found: CreditRecord) -> Repair:
    """Aygul proves and promises."""
    return repairs.file(
        found,
        by=world.aygul,
        account="已全部补开发票，退还多收部分。",
        proof=paper(),
        commitment=paper("信用承诺书.pdf"),
    )


def objection(world: SimpleNamespace, found: CreditRecord) -> Objection:
    """Aygul says it was somebody else."""
    return objections.file(
        found, by=world.aygul, grounds="收费的是另一家学校。", evidence=paper("收据.pdf")
    )


def grade(world: SimpleNamespace, **said: Any) -> Grade:
    """Gu grades Aygul's school."""
    said = {"year": date.today().year - 1, "grade": "B", "score": Decimal("76.5")} | said  # noqa: DTZ011 - a year
    return grades.set_grade(said.pop("organization", world.school), by=world.gu, **said)


SITE_PEOPLE = {
    "credit": "li",
    "credit:repair": "aygul",
    "credit:object": "aygul",
    "credit:set-grade": "gu",
    "credit:amend": "gu",
    "credit:objection-move": "gu",
    "public-credit": None,
}
SITE_OBJECTS = {
    "credit": {"pk": "credit_record", "institution": "school", "name": "withdraw"},
    "credit:file": {"pk": "school"},
    "credit:set-grade": {"pk": "school"},
    "credit:paper": {"pk": "credit_repair", "name": "proof"},
    "credit:repair-move": {"pk": "credit_repair", "name": "refuse"},
    "credit:objection-move": {"pk": "credit_objection", "name": "dismiss"},
    "credit:amend": {"pk": "credit_objection"},
    "credit:evidence": {"pk": "credit_objection"},
}


def for_the_site(world: SimpleNamespace) -> dict[str, Any]:
    """A record asked to be repaired and objected to at once, and a grade."""
    found = record(world, ago=120)
    grade(world)
    return {
        "credit_record": found,
        "credit_repair": repair(world, found),
        "credit_objection": objection(world, found),
    }


def grow(home: Organization, others: list[Organization], wanted: int) -> None:
    """More records of one institution and of others, with answered cases, and more grades."""
    from tests.make_many import every, many  # noqa: PLC0415 - it asks for this

    mine = every(CreditRecord, organization=home)[:1]
    many(mine, wanted, source="")
    many(mine, wanted, source="", organization=others)
    for model, state in ((Repair, "refused"), (Objection, "dismissed")):
        many(
            every(model)[:1],
            wanted,
            state=state,
            answered_at=timezone.now(),
            answered_by=lambda row: row.filed_by,
        )
    first = every(Grade)[:1]
    many(first, wanted, organization=others)
    many(first, wanted, replaced_at=timezone.now())
