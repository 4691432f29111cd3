"""The grade of an institution in a year: A, B, C, D or out.

Source: Measures, art. 14 (the grading goes into the credit system).
"""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.sources import Sourced, SourcedQuerySet
from zhupei.credit.models.records import seen_by
from zhupei.organizations.models import Organization


class Letter(models.TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    OUT = "out", _("退出")


class GradeQuerySet(SourcedQuerySet["Grade"]):
    def visible_to(self, user: Any) -> Self:
        seen = seen_by(user, "")
        return self.none() if seen is None else self.filter(seen)

    def public(self) -> Self:
        """The grades in force; what they replaced is for the file."""
        return self.current()

    def current(self) -> Self:
        """Not replaced by a later word on the same year."""
        return self.filter(replaced_at__isnull=True)

    def of_year(self, year: int) -> Self:
        return self.current().filter(year=year)

    def latest_of(self, organizations: Iterable[Organization]) -> "dict[int, Grade]":
        """The newest year's grade of each, by the key of the institution; none: not in it."""
        rows = self.current().filter(organization__in=organizations)
        newest = rows.order_by("organization", "-year").distinct("organization")
        return {grade.organization_id: grade for grade in newest}


class Grade(Sourced):
    """What an institution was worth in one year. A changed mind is a new row, the old one stays."""

    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="grades", verbose_name=_("机构")
    )
    year = models.PositiveSmallIntegerField(_("年度"))
    grade = models.TextField(_("等级"), choices=Letter)
    score = models.DecimalField(
        _("得分"),
        max_digits=5,
        decimal_places=2,
        null=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    set_at = models.DateTimeField(_("登记时间"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    note = models.TextField(_("说明"), blank=True)
    replaced_at = models.DateTimeField(null=True)

    objects = GradeQuerySet.as_manager()

    class Meta:
        constraints = [
            known("grade", Letter, name="credit_grade_known"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__range=(0, 100)),
                name="credit_grade_score_of_a_hundred",
            ),
            models.UniqueConstraint(
                "organization",
                "year",
                condition=Q(replaced_at__isnull=True),
                name="credit_grade_one_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_grade_display()}"

    def get_absolute_url(self) -> str:
        return reverse("credit:file", args=[self.organization_id])
