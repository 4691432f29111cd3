"""The online platform an institution teaches with.

Source: Measures, art. 15; notice, part 1, section 2 (own platforms, assessed platforms of others).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization


class PlatformOwner(models.TextChoices):
    OWN = "own", _("自有")
    OTHERS = "others", _("第三方")


class Platform(models.Model):
    """A platform and the assessment it passed."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="platforms")
    name = models.TextField(_("平台名称"))
    url = models.URLField(_("网址"))
    owner = models.TextField(_("来源"), choices=PlatformOwner)
    provider = models.TextField(_("运营单位"))
    assessed_on = models.DateField(_("评估通过日期"), null=True, blank=True)
    valid_until = models.DateField(_("评估有效期止"), null=True, blank=True)
    paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("评估结论")
    )
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = FileQuerySet["Platform"].as_manager()

    class Meta:
        constraints = [
            known("owner", PlatformOwner, name="platform_owner_known"),
            in_order("assessed_on", "valid_until", name="platform_assessment_lasts"),
            models.UniqueConstraint(
                "organization",
                "name",
                condition=Q(ended_on__isnull=True),
                name="platform_once_at_a_time",
                violation_error_message=_("这个平台已经登记过。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name
