"""Keeping the catalogue of legal bases."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core import audit
from zhupei.core.errors import NotAllowed, Refused
from zhupei.oversight.access import may_keep_catalogue
from zhupei.oversight.events import BasisEvent
from zhupei.oversight.models import LegalBasis, Rank
from zhupei.people.models import User


@transaction.atomic
def keep(basis: LegalBasis, *, by: User) -> LegalBasis:
    """Enter an article, or change what is said of it.

    Raises NotAllowed; Refused "normative_penalty", "ends_too_early" or "entered_already".

    Source: Administrative Penalty Law, art. 16.
    """
    if not may_keep_catalogue(by):
        raise NotAllowed("not_allowed", _("法律依据目录由自治区住建厅管理。"))
    _check(basis)
    before = LegalBasis.objects.filter(pk=basis.pk).first() if basis.pk else None
    basis.save()
    if before is None:
        audit.record(BasisEvent.ENTERED, basis, by=by)
        return basis
    changed: dict[str, dict[str, str]] = {}
    labels = []
    for field in LegalBasis._meta.concrete_fields:
        was, now = field.value_from_object(before), field.value_from_object(basis)
        if was != now:
            changed[field.name] = {"before": str(was), "after": str(now)}
            labels.append(str(field.verbose_name))
    said = "、".join(labels) or "—"
    audit.record(BasisEvent.CHANGED, basis, by=by, changed=said, fields=changed)
    return basis


def _check(basis: LegalBasis) -> None:
    if basis.rank == Rank.NORMATIVE and basis.penalty.strip():
        raise Refused(
            "normative_penalty",
            gettext_lazy("规范性文件不得设定行政处罚（行政处罚法第十六条），罚则要留空。"),
            field="penalty",
        )
    if basis.valid_until and basis.valid_until < basis.valid_from:
        raise Refused("ends_too_early", gettext_lazy("失效日期早于生效日期。"), field="valid_until")
    same = LegalBasis.objects.filter(
        title=basis.title, article=basis.article, valid_from=basis.valid_from
    )
    if same.exclude(pk=basis.pk).exists():
        raise Refused(
            "entered_already", gettext_lazy("同一条、同一生效日期已经登记过。"), field="article"
        )
