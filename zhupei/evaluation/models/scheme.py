"""The scheme 评估方案 of a year: its indicators, its figures, its days; frozen with a hash."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import AUTHORITIES


class SchemeState(models.TextChoices):
    DRAFT = "draft", _("起草中")
    FROZEN = "frozen", _("评估中")
    ANNOUNCED = "announced", _("已通报")


class SchemeQuerySet(models.QuerySet["Scheme"]):
    def visible_to(self, user: Any) -> Self:
        """Authorities see drafts; whoever works here, what was published."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        return self if acting.organization.kind in AUTHORITIES else self.public()

    def public(self) -> Self:
        """What was published is for everybody to read."""
        return self.exclude(state=SchemeState.DRAFT)


class Scheme(Stateful):
    """How a year is evaluated. ``figures`` are the parameters as they were when it was frozen;
    ``sha256`` is of everything that decides on a score. Facts of the days from ``counts_from`` to
    ``counts_until`` count.
    """

    year = models.PositiveSmallIntegerField(_("评估年度"), unique=True)
    title = models.TextField(_("方案名称"))
    counts_from = models.DateField(_("数据起"))
    counts_until = models.DateField(_("数据止"))
    report_until = models.DateField(_("机构自评截止"))
    figures = models.JSONField(default=dict, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    frozen_by_name = models.TextField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    announced_as = models.TextField(_("通报文号"), null=True, editable=False)
    state = models.TextField(choices=SchemeState, default=SchemeState.DRAFT, editable=False)

    objects = SchemeQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", SchemeState, name="scheme_state_known"),
            in_order("counts_from", "counts_until", name="scheme_counts_forward"),
            both_or_neither("frozen_at", "frozen_by_name", name="scheme_frozen_by_somebody"),
            both_or_neither("announced_at", "announced_as", name="scheme_announced_as_something"),
            models.CheckConstraint(
                condition=Q(state=SchemeState.DRAFT) | ~Q(sha256=""),
                name="scheme_frozen_has_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def ends_at(self) -> datetime:
        """The moment all its facts are there: what was read before says nothing of the whole."""
        after = self.counts_until + timedelta(days=1)
        return timezone.make_aware(datetime.combine(after, time()))

    @property
    def is_over(self) -> bool:
        return timezone.now() >= self.ends_at


class Block(models.TextChoices):
    BASICS = "basics", _("基本条件")
    TEACHING = "teaching", _("教学管理")
    BUREAU = "bureau", _("属地住建评价")
    BONUS = "bonus", _("加分")


class Source(models.TextChoices):
    AUTO = "auto", _("自动取数")
    HUMAN = "human", _("人工评分")
    BOTH = "both", _("自动取数、人工核对")


class Indicator(models.Model):
    """One line of the tree. ``rule`` computes it (for HUMAN only what a person starts from);
    ``figures`` are those of the rule.
    """

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="indicators")
    position = models.PositiveSmallIntegerField()
    code = models.CharField(_("编号"), max_length=8)
    block = models.TextField(choices=Block)
    section = models.TextField(_("分组"))
    title = models.TextField(_("指标"))
    points = models.DecimalField(_("分值"), max_digits=5, decimal_places=2)
    source = models.TextField(_("取数方式"), choices=Source)
    rule = models.TextField(blank=True)
    rule_version = models.PositiveSmallIntegerField(default=1)
    figures = models.JSONField(_("系数"), default=dict)
    formula = models.TextField(_("怎样给分"))
    law = models.TextField(_("依据"))

    class Meta:
        ordering = ["scheme", "position"]
        constraints = [
            known("block", Block, name="indicator_block_known"),
            known("source", Source, name="indicator_source_known"),
            models.UniqueConstraint("scheme", "code", name="indicator_code_once"),
            models.CheckConstraint(condition=Q(points__gt=0), name="indicator_is_worth_something"),
            models.CheckConstraint(
                condition=Q(source=Source.HUMAN) | ~Q(rule=""), name="indicator_computed_has_a_rule"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def by_people(self) -> bool:
        """May people score it?"""
        return self.source != Source.AUTO

    @property
    def of(self) -> Decimal:
        return self.points
