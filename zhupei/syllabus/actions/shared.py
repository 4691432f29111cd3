"""What the verbs of a draft have in common."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.models import User
from zhupei.syllabus.access import may_write
from zhupei.syllabus.models import State, Syllabus


def refuse_strangers(by: User, syllabus: Syllabus) -> None:
    """Raises NotAllowed."""
    if not may_write(by, syllabus):
        raise NotAllowed("not_allowed", _("培训大纲由自治区住建厅编制。"))


def opened(syllabus: Syllabus, *, by: User, seen: int | None) -> Syllabus:
    """The draft, locked and marked as changed once more. ``seen`` is the mark its reader saw.

    Raises NotAllowed; Refused "published_is_fixed", "changed_meanwhile".
    """
    row = Syllabus.objects.select_for_update(of=("self",)).select_related("job").get(pk=syllabus.pk)
    refuse_strangers(by, row)
    if row.state != State.DRAFT:
        raise Refused("published_is_fixed", _("已发布的大纲不能改。请另起一个版本。"))
    if seen is not None and seen != row.mark:
        raise Refused(
            "changed_meanwhile",
            _("您打开以后，有人改过这份大纲。页面已换成现在的样子，您写的还在；核对后请再保存。"),
        )
    row.mark += 1
    row.save(update_fields=["mark"])
    return row


def put(row: Any, fields: dict[str, Any]) -> dict[str, list[str]]:
    """Give ``row`` the values of ``fields``; return what changed as (before, after) for people."""
    changed: dict[str, list[str]] = {}
    for name, value in fields.items():
        before = getattr(row, name)
        if before != value:
            setattr(row, name, value)
            changed[str(row._meta.get_field(name).verbose_name)] = [str(before), str(value)]
    return changed
