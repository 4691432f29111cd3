"""Builders of filings: each walks one there by its verbs."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests import make
from zhupei.filings import actions
from zhupei.filings.models import Filing
from zhupei.organizations.models import Division

PDF = b"%PDF-1.7"


def fields(**fields: Any) -> dict[str, Any]:
    """What a legal filing of Aygul's school says: three months in Kashgar, from next month."""
    today = timezone.localdate()
    return {
        "jobs": [make.job()],
        "division": Division.objects.get(code="653101"),
        "address": "喀什市人民东路 8 号建设大厦 3 楼",
        "valid_from": today + timedelta(days=30),
        "valid_until": today + timedelta(days=120),
        "learners": 90,
        "contact": "艾力·玉素甫",
        "contact_phone": "13899990001",
    } | fields


def draft(world: SimpleNamespace, **values: Any) -> Filing:
    """A draft without papers."""
    return actions.draft(world.school, by=world.aygul, **fields(**values))


def paper(name: str = "许可证.pdf") -> ContentFile:
    return ContentFile(PDF, name)


def ready(world: SimpleNamespace, **values: Any) -> Filing:
    """A draft with its papers, so that it may be handed in."""
    filing = draft(world, **values)
    for kind, name in (("licence", "许可证.pdf"), ("premises", "租赁合同.pdf")):
        actions.attach(filing, by=world.aygul, upload=paper(name), kind=kind)
    return filing


def submitted(world: SimpleNamespace, **values: Any) -> Filing:
    return actions.submit(ready(world, **values), by=world.aygul)


def filed(world: SimpleNamespace, **values: Any) -> Filing:
    return actions.accept(submitted(world, **values), by=world.tian)
