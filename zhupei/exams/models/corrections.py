"""What was decided of an item once answered 试题更正: another key, points for all, or none."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.workflow import Stateful
from zhupei.exams import rules
from zhupei.exams.models.sittings import Sitting
from zhupei.organizations.models import OFFICERS
from zhupei.questions.models import ItemVersion


class RulingChoices(models.TextChoices):
    NEW_KEY = rules.Ruling.NEW_KEY.value, _("更正答案")
    ALL = rules.Ruling.ALL.value, _("此题全员给分")
    VOID = rules.Ruling.VOID.value, _("此题作废")


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("待住建厅决定")
    IN_FORCE = "in_force", _("已更正")
    REPLACED = "replaced", _("已由新的更正代替")
    REJECTED = "rejected", _("不予更正")
    WITHDRAWN = "withdrawn", _("已撤回")


class ItemCorrectionQuerySet(models.QuerySet["ItemCorrection"]):
    def visible_to(self, user: Any) -> Self:
        """For the officers of the body and of the bureaus over it."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        return self.filter(sitting__in=Sitting.objects.visible_to(user))

    def waiting(self) -> Self:
        return self.filter(state=CorrectionState.PROPOSED)

    def in_force(self) -> Self:
        return self.filter(state=CorrectionState.IN_FORCE)

    def rulings(self) -> dict[int, rules.Correction]:
        """What holds, by version; asked of one sitting."""
        held = self.in_force().values_list("version_id", "ruling", "keys")
        return {
            version: rules.Correction(rules.Ruling(ruling), tuple(keys))
            for version, ruling, keys in held
        }


class ItemCorrection(Stateful):
    """One item of one sitting, on whichever of its forms. ``keys``: the answers that count, each as
    questions/rules.py writes keys, any of them right. ``label`` says where it stands on the forms.
    ``outcome``: how many marks were computed anew, changed, came to pass, no longer pass.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="corrections")
    version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="corrections")
    label = models.TextField()
    ruling = models.TextField(_("怎么更正"), choices=RulingChoices)
    keys = models.JSONField(default=list, blank=True)
    reason = models.TextField(_("理由"))
    by_experts = models.BooleanField(default=False, help_text="the region, on the experts' word")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("提请人")
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answer = models.TextField(_("决定的理由"), blank=True)
    outcome = models.JSONField(default=dict)
    state = models.TextField(
        choices=CorrectionState, default=CorrectionState.PROPOSED, editable=False
    )

    objects = ItemCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            known("ruling", RulingChoices, name="item_correction_ruling_known"),
            known("state", CorrectionState, name="item_correction_state_known"),
            both_or_neither("decided_at", "decided_by", name="item_correction_decided_by_somebody"),
            models.UniqueConstraint(
                "sitting",
                "version",
                condition=Q(state="in_force"),
                name="item_correction_one_in_force",
            ),
            models.UniqueConstraint(
                "sitting",
                "version",
                condition=Q(state="proposed"),
                name="item_correction_one_proposed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="item_correction_nobody_decides_their_own",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["in_force", "replaced"]) | Q(decided_at__isnull=False),
                name="item_correction_in_force_was_decided",
            ),
        ]

    def __str__(self) -> str:
        return self.label
