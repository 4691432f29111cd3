"""One human, one record: the region joins what was entered twice.

Source: Measures, art. 15 (real names; one person is one identity).
"""

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from zhupei.core import files
from zhupei.core.errors import NotAllowed
from zhupei.organizations.access import may_keep_identities
from zhupei.people import merging
from zhupei.people.merging import Keep
from zhupei.people.models import Distinction, Person, User


@transaction.atomic
def merge(
    duplicate: Person,
    into: Person,
    *,
    by: User,
    reason: str,
    evidence: File[bytes],
    keep: Keep = Keep(),  # noqa: B008 - a tuple
) -> Person:
    """Make two records one. Raises NotAllowed, and what ``files.accept`` and
    ``people.merging.merge`` raise.
    """
    _refuse_others(by)
    proof = files.accept(evidence, by=by)
    return merging.merge(duplicate, into, by=by, reason=reason, evidence=proof, keep=keep)


def tell_apart(one: Person, other: Person, *, by: User, note: str) -> Distinction:
    """Write down that two look-alikes are two humans. Raises NotAllowed; "reason_required"."""
    _refuse_others(by)
    return merging.tell_apart(one, other, by=by, note=note)


def _refuse_others(by: User) -> None:
    if not may_keep_identities(by):
        raise NotAllowed("not_allowed", _("只有自治区住建厅能合并身份登记。"))
