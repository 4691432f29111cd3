"""The licence to train."""

from datetime import date
from typing import Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Job


class LicenceQuerySet(FileQuerySet["Licence"]):
    def on(self, day: date) -> Self:
        """Those in force on ``day``."""
        return self.filter(valid_from__lte=day, valid_until__gte=day)

    def with_scope(self) -> Self:
        """Adds ``scope``: the names of the jobs each allows."""
        jobs = Licence.jobs.through._base_manager.filter(licence=OuterRef("pk"))
        return self.annotate(scope=ArraySubquery(jobs.order_by("job__code").values("job__name")))


class Licence(models.Model):
    """《民办学校办学许可证》: who may train for which jobs, between which days."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="licences")
    number = models.TextField(_("许可证号"), unique=True)
    issuer = models.TextField(_("发证机关"), blank=True)
    jobs = models.ManyToManyField(Job, related_name="+", verbose_name=_("办学内容"))
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"))
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("许可证扫描件")
    )

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [in_order("valid_from", "valid_until", name="licence_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.number
