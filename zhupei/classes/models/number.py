"""The register that class numbers come from: one row a year, locked while a number is taken."""

from django.db import models


class ClassNumber(models.Model):
    """The last number given in a year. What rolls back gives its number back: no gaps."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(year__range=(2000, 2999)), name="class_number_year_sensible"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.last}"


def next_number(year: int) -> str:
    """The next number of a year: ``KB-2026-0147``. The caller holds the transaction."""
    ClassNumber.objects.get_or_create(year=year)
    row = ClassNumber.objects.select_for_update().get(year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return f"KB-{year}-{row.last:04d}"
