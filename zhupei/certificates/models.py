"""Certificates: what was issued to whom, from which chain of facts, and whether it stands."""

import secrets
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Attempt
from zhupei.organizations.models import ASSIGNED, Division, Organization, channel
from zhupei.people.models import Person
from zhupei.practical.models import Turn
from zhupei.syllabus.models import Job


class State(models.TextChoices):
    VALID = "valid", _("有效")
    REVOKED = "revoked", _("已撤销")


class Reason(models.TextChoices):
    """Kinds of reasons for revoking, as the public page names them. The issuer's own words stay
    in the event record: they may speak of the person.
    """

    MISTAKE = "mistake", _("发证有误")
    HOURS_UNTRUE = "hours_untrue", _("培训学时不实")
    EXAM_BREACH = "exam_breach", _("考核违规")
    HOLDER_ASKED = "holder_asked", _("持证人申请注销")
    OTHER = "other", _("其他原因")


def check_code() -> str:
    """80 random bits: the address on the QR code cannot be guessed from the number."""
    return secrets.token_hex(10)


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: Any) -> Self:
        """A learner's own; the issuer's; the institution's that trained; for authorities those
        of their area: examined there, or trained by an institution of theirs.
        """
        if not user.is_authenticated:
            return self.none()
        if user.acting is None:
            return self.filter(person=user.person_id) if user.person_id else self.none()
        if user.acting.role in ASSIGNED:
            return self.none()
        organization = user.acting.organization
        return self.filter(
            Q(organization=organization.pk)
            | Q(institution=organization.pk)
            | organization.area("attempt__sitting__")
            | organization.area("institution__")
        )

    def public(self) -> Self:
        """Anybody may check any certificate: the page shows a masked name."""
        return self

    def valid(self) -> Self:
        return self.filter(state=State.VALID)

    def under_review(self) -> Self:
        """Valid, but somebody is looking into them."""
        return self.valid().filter(review_since__isnull=False)

    def unfounded(self) -> Self:
        """Valid, and the mark they rest on passes no more: their issuer has to decide."""
        return self.valid().filter(attempt__passed=False)

    def with_chain(self) -> Self:
        """With everything a certificate rests on, in one query."""
        return self.select_related(
            "job",
            "organization",
            "institution",
            "prefecture",
            "person",
            "file",
            "attempt__sitting",
            "attempt__candidate__enrolment__training_class",
        )

    def with_bureau(self) -> Self:
        """Adds ``bureau`` and ``bureau_phone``: whom to tell when something is wrong with it.

        Source: Measures, art. 24 (complaints go to the authority of the place).
        """
        return self.annotate(**channel())


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
    practical_turn = models.ForeignKey(
        Turn,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="certificates",
        help_text="the practical exam it rests on, where its category asks for one",
    )
    trained_from = models.DateField()
    trained_until = models.DateField()
    hours = models.PositiveSmallIntegerField(_("学时"))
    issued_on = models.DateField(_("发证日期"))
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=State, default=State.VALID, editable=False)
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, editable=False)
    revoked_for = models.TextField(_("撤销原因"), choices=Reason, null=True, editable=False)
    review_since = models.DateTimeField(_("复核开始"), null=True, editable=False)
    review_reason = models.TextField(_("复核原因"), null=True, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="certificate_state_known"),
            known("revoked_for", Reason, name="certificate_reason_known"),
            both_or_neither("revoked_at", "revoked_for", name="certificate_revoked_when_and_why"),
            both_or_neither(
                "review_since", "review_reason", name="certificate_reviewed_when_and_why"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(state=State.REVOKED),
                name="certificate_valid_has_no_revocation",
            ),
        ]
        indexes = [
            models.Index("person", name="certificate_by_person"),
            models.Index(fields=["organization", "-issued_on"], name="certificate_by_issuer"),
            models.Index(
                "institution",
                condition=Q(review_since__isnull=False),
                name="certificate_under_review",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_under_review(self) -> bool:
        return self.state == State.VALID and self.review_since is not None
