"""Builders of suspensions."""

from types import SimpleNamespace
from typing import Any

from django.core.files.base import ContentFile

from zhupei.oversight import actions
from zhupei.oversight.models import Suspension


def paper(name: str = "整改报告.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 " + name.encode(), name)


def suspension(world: SimpleNamespace, **said: Any) -> Suspension:
    """Li suspends Aygul's school."""
    said = {"by": world.li, "note": "查实顶替参训"} | said
    return actions.suspend(world.school, **said)


def lifted(world: SimpleNamespace) -> Suspension:
    """A suspension that is over, with the evidence of both decisions."""
    suspension(world, evidence=paper("笔录.pdf"))
    return actions.reinstate(world.school, by=world.li, note="已整改", evidence=paper())
