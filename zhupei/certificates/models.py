"""Certificates: what was issued to whom, from which chain of facts, and whether it stands."""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Attempt
from zhupei.organizations.models import Division, Organization
from zhupei.people.models import Person
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已撤销")


def check_code() -> str:
    """80 random bits: the address on the QR code cannot be guessed from the number."""
    return secrets.token_hex(10)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; the issuer's; the institution's that trained; those of the area."""
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        organization = user.acting.organization
        return self.filter(
            Q(organization=organization.pk)
            | Q(institution=organization.pk)
            | organization.area("organization__")
        )

    def public(self) -> Self:
        """Anybody may check any certificate: the page shows a masked name."""
        return self

    def valid(self) -> Self:
        return self.filter(state=State.VALID)


class Certificate(Stateful):
    """A 培训合格证明. The national number is stored when it comes back, never invented."""

    number = models.CharField(_("证书编号"), max_length=30, unique=True)
    national_number = models.TextField(_("国家编号"), null=True, unique=True)
    check_code = models.CharField(max_length=20, unique=True, default=check_code, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="certificates", verbose_name=_("发证单位")
    )
    institution = models.ForeignKey(
        Organization, models.PROTECT, related_name="+", verbose_name=_("培训机构")
    )
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    name = models.TextField(_("姓名"), help_text="as it was when issued")
    job = models.ForeignKey(Job, models.PROTECT, related_name="+")
    attempt = models.OneToOneField(Attempt, models.PROTECT, related_name="certificate")
    trained_from = models.DateField()
    trained_until = models.DateField()
    hours = models.PositiveSmallIntegerField(_("学时"))
    issued_on = models.DateField(_("发证日期"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=State, default=State.VALID, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [known("state", State, name="certificate_state_known")]
        indexes = [
            models.Index("person", name="certificate_by_person"),
            models.Index(fields=["organization", "-issued_on"], name="certificate_by_issuer"),
        ]

    def __str__(self) -> str:
        return self.number
