"""Who somebody is: one person, at most one account, and what they agreed to."""

from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.core.crypto import EncryptedTextField
from zhupei.core.models import StoredFile
from zhupei.people.rules import mask_id_number, mask_phone


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever acts for the region looks after identities; everybody else is their own."""
        if not user.is_authenticated:
            return self.none()
        if _acts_for_region(user):
            return self.standing()
        return self.filter(pk=user.person_id) if user.person_id else self.none()

    def standing(self) -> Self:
        """Those not merged into another."""
        return self.filter(merged_into__isnull=True)

    def known_by(self, index: str) -> Self:
        """Whoever has this number (its blind index), or had it before two records became one."""
        return self.standing().filter(Q(id_index=index) | Q(merged_from__id_index=index)).distinct()


def _acts_for_region(user: Any) -> bool:
    acting = getattr(user, "acting", None)
    return acting is not None and acting.organization.kind == "region_authority"


class Person(models.Model):
    """One natural person: the same wherever they learn, teach or work.

    A second record of the same human ends as a tombstone: all its rows moved to ``merged_into``,
    only its number stays, and leads there.
    """

    name = models.TextField(_("姓名"))
    id_number = EncryptedTextField()
    id_index = models.CharField(max_length=64, unique=True)
    id_last_four = models.CharField(max_length=4)
    birth_date = models.DateField()
    phone = EncryptedTextField()
    phone_index = models.CharField(max_length=64, unique=True)
    registered_at = models.DateTimeField(db_default=Now())
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged_from"
    )

    objects = PersonQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["name", "birth_date"], name="person_by_name_and_birth")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")), name="person_merged_into_another"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def standing(self) -> "Person":
        """The record that counts for this human."""
        return self.merged_into or self

    @property
    def id_indexes(self) -> Q:
        """For a column that holds such an index: the number, or one merged into this record."""
        former = Person.objects.filter(merged_into=self.pk).values("id_index")
        return Q(id_index=self.id_index) | Q(id_index__in=former)

    @property
    def masked_id_number(self) -> str:
        return mask_id_number(self.id_number)

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password nobody can sign in to it."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do comes from its memberships, or from being that person.

    ``acting`` is the membership worn in this request (set by ``ActingMiddleware``); a learner
    wears none. There is no superuser: nobody may do what no role allows.
    """

    username = models.CharField(_("账号"), max_length=150, unique=True)
    name = models.TextField(_("姓名"))
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account"
    )
    phone = EncryptedTextField(default="", help_text="of accounts without a person, for links")
    phone_index = models.CharField(max_length=64, unique=True, null=True, editable=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(db_default=Now())

    objects = UserManager()

    worn: list[Any]  # the memberships that may be worn, on the user of a request

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def own_phone(self) -> str:
        """Where messages to this account go; empty when nobody entered a number."""
        return self.person.phone if self.person else self.phone

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.own_phone) if self.own_phone else ""

    @cached_property
    def acting(self) -> Any:
        """The membership this person acts for; the first one when nothing was chosen."""
        current = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
        memberships: Any = self.memberships  # made by organizations
        return (
            memberships.filter(current)
            .select_related("organization__prefecture", "organization__division")
            .order_by("pk")
            .first()
        )


class AccessLink(models.Model):
    """A link sent to the phone of an account, with which its owner sets the password once.

    Nobody ever types the password of somebody else.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="access_links")
    token_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["user", "-sent_at"], name="access_link_by_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.sent_at:%F %T}"


class Purpose(models.TextChoices):
    """What somebody may agree to; each is asked for separately."""

    TRAINING = "training", _("为参加本班培训处理姓名、证件号码和手机号")
    EXAM = "exam", _("为参加考核处理成绩与作答记录")
    CERTIFICATE_CHECK = "certificate_check", _("允许公众凭证书编号查验（姓名隐去）")


class Consent(models.Model):
    """The ledger of consents: what was agreed to, in which words, when, and when taken back."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    purpose = models.TextField(choices=Purpose)
    wording_version = models.TextField()
    given_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            known("purpose", Purpose, name="consent_purpose_known"),
            models.UniqueConstraint(
                "person",
                "purpose",
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_purpose_display()}"


class PhoneCode(models.Model):
    """A six-digit code sent to a phone, to prove that whoever types it holds the phone."""

    phone_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index", "-sent_at"], name="phone_code_by_phone")]

    def __str__(self) -> str:
        return f"{self.phone_index[:8]} {self.sent_at:%F %T}"


class RegionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever acts for the region looks after identities; nobody else."""
        return self if _acts_for_region(user) else self.none()


class Merger(models.Model):
    """Two records of one human made one: on whose word, with what evidence, and what moved."""

    duplicate = models.OneToOneField(Person, models.PROTECT, related_name="merger")
    into = models.ForeignKey(Person, models.PROTECT, related_name="mergers")
    reason = models.TextField()
    evidence = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    moved = models.JSONField(help_text="keys of the rows that moved, by model")
    merged_at = models.DateTimeField(db_default=Now())

    objects = RegionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-merged_at"], name="merger_by_age")]

    def __str__(self) -> str:
        return f"{self.duplicate} → {self.into}"


class Distinction(models.Model):
    """Two records that look alike and belong to two humans: they are not offered again."""

    first = models.ForeignKey(Person, models.CASCADE, related_name="+")
    second = models.ForeignKey(Person, models.CASCADE, related_name="+")
    note = models.TextField()
    said_at = models.DateTimeField(db_default=Now())

    objects = RegionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("first", "second", name="distinction_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="distinction_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
