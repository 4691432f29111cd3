"""What several verbs of the pool do in the same way."""

from collections.abc import Iterable
from typing import Any

from django.core.files.base import File
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core import files, messages
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.models import StoredFile
from zhupei.people.models import User
from zhupei.teachers.access import may_change
from zhupei.teachers.models import Teacher


def locked(teacher: Teacher) -> Teacher:
    """The row as it is now, held until the transaction ends."""
    held = Teacher._base_manager.select_for_update(of=("self",))
    return held.select_related("person", "proposed_by").get(pk=teacher.pk)


def open_to(user: User, teacher: Teacher) -> Teacher:
    """The locked row, when ``user`` may change what it says now. Raises NotAllowed."""
    row = locked(teacher)
    if not may_change(user, row):
        raise NotAllowed(
            "not_allowed",
            _("“%(name)s”现在是“%(state)s”，您不能修改。填报中或退回补正时由报送单位或本人修改。"),
            name=row.person.name,
            state=row.get_state_display(),
        )
    return row


def kept(upload: File[bytes] | None, *, by: User, field: str) -> StoredFile | None:
    """The file, stored; a refusal of it stands beside ``field``."""
    if upload is None:
        return None
    try:
        return files.accept(upload, by=by)
    except Refused as refusal:
        refusal.field = field
        raise


def tell(teacher: Teacher, users: Iterable[User], title: Any, note: str = "") -> None:
    """A line in the inbox of those concerned."""
    url = reverse("teachers:detail", args=[teacher.pk])
    messages.tell(users, str(title) % {"name": teacher.person.name}, body=note, url=url)
