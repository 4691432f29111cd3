"""Who complained, and what was said afterwards, to and fro."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.complaints.models.complaint import Complaint
from zhupei.core.constraints import known
from zhupei.core.crypto import EncryptedTextField
from zhupei.core.models import StoredFile
from zhupei.organizations.models import Organization


class Complainant(models.Model):
    """Who somebody is who complained in their own name. Opened only by ``actions.identity``, which
    writes down who looked and why. ``account``: the key of a login that wants to be told.
    """

    complaint = models.OneToOneField(Complaint, models.CASCADE, related_name="complainant")
    name = EncryptedTextField()
    phone = EncryptedTextField()
    account = EncryptedTextField()

    def __str__(self) -> str:
        return str(self.complaint)


class Side(models.TextChoices):
    """Who speaks, and who may read it."""

    COMPLAINANT = "complainant", _("投诉人")
    BUREAU = "bureau", _("办理单位")
    INTERNAL = "internal", _("调查记录")


class Word(models.Model):
    """Something said in a complaint after it was filed. Internal words the complainant never
    sees; ``by`` is None for theirs.
    """

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="words")
    side = models.TextField(choices=Side)
    text = EncryptedTextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            known("side", Side, name="word_side_known"),
            models.CheckConstraint(
                condition=Q(side=Side.COMPLAINANT, by__isnull=True)
                | (~Q(side=Side.COMPLAINANT) & Q(by__isnull=False)),
                name="word_of_officers_has_a_name",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.complaint} {self.side}"


class Attachment(models.Model):
    """A picture, film or paper of a complaint; with ``word``, of what was said later."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="attachments")
    word = models.ForeignKey(Word, models.CASCADE, null=True, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file.name


class Transfer(models.Model):
    """A complaint handed on 转办: to another authority here, or to one ``outside`` the system."""

    complaint = models.ForeignKey(Complaint, models.CASCADE, related_name="transfers")
    from_organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    to_organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    outside = models.TextField(_("系统外的部门"), blank=True)
    reason = models.TextField(_("转办理由"))
    by_name = models.TextField(_("经办人"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(to_organization__isnull=True) & ~Q(outside=""))
                | Q(to_organization__isnull=False, outside=""),
                name="transfer_goes_to_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.complaint} → {self.to_organization or self.outside}"
