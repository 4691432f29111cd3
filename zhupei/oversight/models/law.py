"""The catalogue of legal bases: which text says what, and whether it may provide for a penalty.

Source: Administrative Penalty Law, art. 9 and 16; project register of facts, §9.4 (the Measures
are a normative document: "warning" and "circular of criticism" are penalties).
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind
from zhupei.oversight.rules import Text, may_set_penalties


class Rank(models.TextChoices):
    LAW = Text.LAW.value, _("法律")
    REGULATION = Text.REGULATION.value, _("行政法规")
    LOCAL = Text.LOCAL.value, _("地方性法规")
    MINISTRY = Text.MINISTRY.value, _("部门规章")
    LOCAL_RULE = Text.LOCAL_RULE.value, _("地方政府规章")
    NORMATIVE = Text.NORMATIVE.value, _("规范性文件")


class Competent(models.TextChoices):
    HOUSING = "housing", _("住房城乡建设部门")
    HR = "hr", _("人力资源社会保障部门")
    EDUCATION = "education", _("教育部门")
    MARKET = "market", _("市场监管部门")
    FIRE = "fire", _("消防救援机构")
    POLICE = "police", _("公安机关")
    OTHER = "other", _("其他执法机关")


class LegalBasisQuerySet(models.QuerySet["LegalBasis"]):
    def visible_to(self, user: Any) -> Self:
        """For whoever decides or receives; the law is no secret, but the list is a tool."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role not in OFFICERS:
            return self.none()
        return self if acting.organization.kind in AUTHORITIES | {Kind.HR} else self.none()

    def in_force(self, day: date) -> Self:
        """Those one may rest on, on ``day``."""
        lasting = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(lasting, valid_from__lte=day)

    def for_penalties(self) -> Self:
        """Those that may provide for a penalty, and do."""
        return self.exclude(rank=Rank.NORMATIVE).exclude(penalty="")


class LegalBasis(models.Model):
    """One article somebody may rest on. ``checked_on``: the day the legal office compared it with
    the text; until then it says so wherever it is chosen.
    """

    title = models.TextField(_("名称"))
    article = models.TextField(_("条款"))
    rank = models.TextField(_("位阶"), choices=Rank)
    matter = models.TextField(_("适用的情形"))
    penalty = models.TextField(_("罚则（没有的留空）"), blank=True)
    competent = models.TextField(_("有权机关"), choices=Competent)
    valid_from = models.DateField(_("生效日期"))
    valid_until = models.DateField(_("失效日期"), null=True, blank=True)
    checked_on = models.DateField(_("法制机构核对日期"), null=True, blank=True)

    objects = LegalBasisQuerySet.as_manager()

    class Meta:
        constraints = [
            known("rank", Rank, name="legal_basis_rank_known"),
            known("competent", Competent, name="legal_basis_competent_known"),
            in_order("valid_from", "valid_until", name="legal_basis_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(rank=Rank.NORMATIVE) | Q(penalty=""),
                name="legal_basis_normative_sets_no_penalty",
                violation_error_message=_("规范性文件不得设定行政处罚（行政处罚法第十六条）。"),
            ),
            models.UniqueConstraint(
                "title", "article", "valid_from", name="legal_basis_once_a_version"
            ),
        ]

    def __str__(self) -> str:
        return f"《{self.title}》{self.article}"

    @property
    def may_penalise(self) -> bool:
        """May a penalty rest on it?"""
        return may_set_penalties(Text(self.rank)) and bool(self.penalty)
