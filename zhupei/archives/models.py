"""Archive packages: one per class 一班一档, one per sitting and practical session 一场一档."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.exams.models import Sitting
from zhupei.organizations.models import ASSIGNED, Division, Organization


class Subject(models.TextChoices):
    CLASS = "class", _("一班一档")
    SITTING = "sitting", _("一场一档")
    SESSION = "session", _("一场一档（实操）")


class PackageQuerySet(models.QuerySet["Package"]):
    def visible_to(self, user: Any) -> Self:
        """The owner's own, and those of the area; never a learner's: they name other people."""
        if not user.is_authenticated or user.acting is None or user.acting.role in ASSIGNED:
            return self.none()
        organization = user.acting.organization
        return self.filter(Q(organization=organization.pk) | organization.area(""))


class Package(models.Model):
    """A sealed BagIt package as it was made on a day. A later one does not replace it."""

    subject = models.TextField(choices=Subject)
    subject_id = models.BigIntegerField()
    title = models.TextField()
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(Division, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by_name = models.TextField()

    objects = PackageQuerySet.as_manager()

    class Meta:
        constraints = [known("subject", Subject, name="package_subject_known")]
        indexes = [
            models.Index(fields=["subject", "subject_id", "-made_at"], name="package_by_subject")
        ]

    def __str__(self) -> str:
        return self.title


class RecordingQuerySet(models.QuerySet["Recording"]):
    def visible_to(self, user: Any) -> Self:
        """For the officers who may see the sitting."""
        if not user.is_authenticated or user.acting is None or user.acting.role in ASSIGNED:
            return self.none()
        return self.filter(sitting__in=Sitting.objects.visible_to(user))

    def standing(self) -> Self:
        """Those not taken back."""
        return self.filter(withdrawn_at__isnull=True)


class Recording(models.Model):
    """Sound and pictures of an exam room, registered with their digest. What was taken back stays
    named, with the reason.
    """

    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="recordings")
    label = models.TextField(_("机位"))
    begins_at = models.DateTimeField(_("开始时间"))
    ends_at = models.DateTimeField(_("结束时间"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    added_by_name = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.TextField(blank=True)

    objects = RecordingQuerySet.as_manager()

    class Meta:
        ordering = ["begins_at", "pk"]
        constraints = [
            in_order("begins_at", "ends_at", name="recording_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.file}"


def unmade(subject: Subject) -> Q:
    """The condition "has no package yet" on classes, sittings or sessions."""
    made = Package.objects.filter(subject=subject, subject_id=OuterRef("pk"))
    return ~Q(Exists(made))
