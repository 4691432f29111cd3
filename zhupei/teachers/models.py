"""The regional teacher pool: who may teach, and for which institutions they do."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order
from zhupei.organizations.models import Organization
from zhupei.people.models import Person


class TeacherQuerySet(models.QuerySet["Teacher"]):
    def visible_to(self, user: Any) -> Self:
        """Teachers engaged by one's own institution, or by one in one's area."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        mine = Q(engagements__organization=acting.organization_id)
        area = acting.organization.area("engagements__organization__")
        return self.filter(mine | area).distinct()

    def engaged_by(self, organization: Organization) -> Self:
        return self.filter(
            engagements__organization=organization, engagements__until__isnull=True
        ).distinct()


class Teacher(models.Model):
    """A person in the pool. The same person teaching for two institutions is one row."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="teacher")
    title = models.TextField(_("职称"), blank=True)
    in_pool_since = models.DateField(_("入库日期"))

    objects = TeacherQuerySet.as_manager()

    def __str__(self) -> str:
        return self.person.name


class Engagement(models.Model):
    """An institution engages a teacher from the pool."""

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="engagements")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="engagements")
    full_time = models.BooleanField(_("专职"))
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "teacher",
                "organization",
                condition=Q(until__isnull=True),
                name="engagement_once_at_a_time",
            ),
            in_order("since", "until", name="engagement_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.organization}"
