"""A complaint: about whom, who handles it until when, what was decided. Not who complained."""

from datetime import date, datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.certificates.models import Certificate
from zhupei.classes.models import TrainingClass
from zhupei.complaints.rules import Clock, Kind
from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.crypto import EncryptedTextField, blind_index
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import OFFICERS, Division, Interest, Organization, Role
from zhupei.organizations.models import Kind as Body

BEST = 5  # of the scores a complainant gives


class KindChoices(models.TextChoices):
    STAND_IN = Kind.STAND_IN.value, _("替训替考、代签到")
    FEES = Kind.FEES.value, _("乱收费、不退费")
    PROMISES = Kind.PROMISES.value, _("虚假宣传、承诺包过")
    FORCED = Kind.FORCED.value, _("强制或变相强制参加")
    TEXTBOOKS = Kind.TEXTBOOKS.value, _("不发教材、收回教材")
    TEACHER = Kind.TEACHER.value, _("教师不到课、不合格")
    HOURS = Kind.HOURS.value, _("学时不足、走过场")
    SAFETY = Kind.SAFETY.value, _("场地设备不安全")
    UNLICENSED = Kind.UNLICENSED.value, _("无证或超范围办班")
    EXAM = Kind.EXAM.value, _("考试组织、考场纪律")
    CERTIFICATE = Kind.CERTIFICATE.value, _("证书发放、证书真假")
    CONDUCT = Kind.CONDUCT.value, _("工作人员态度和作风")
    OTHER = Kind.OTHER.value, _("其他")


class Channel(models.TextChoices):
    """How it reached us."""

    WEB = "web", _("网上")
    PHONE = "phone", _("来电")
    VISIT = "visit", _("来访")
    LETTER = "letter", _("来信")
    HOTLINE = "hotline", _("12345 转来")


class State(models.TextChoices):
    REGISTERED = "registered", _("已登记，待分派")
    ASSIGNED = "assigned", _("已分派，待受理")
    ACCEPTED = "accepted", _("已受理，调查中")
    DECIDED = "decided", _("已认定，待答复")
    REPLIED = "replied", _("已答复")
    REOPENED = "reopened", _("要求重办，待分派")
    REFUSED = "refused", _("不予受理")
    JOINED = "joined", _("已并案")
    REFERRED = "referred", _("已转其他部门")
    CLOSED = "closed", _("已办结")


UNASSIGNED = (State.REGISTERED, State.REOPENED)
OPEN = (*UNASSIGNED, State.ASSIGNED, State.ACCEPTED, State.DECIDED, State.JOINED)
JUDGED = (State.DECIDED, State.REPLIED, State.CLOSED)


class Ground(models.TextChoices):
    """Why a complaint is not taken up."""

    REMIT = "remit", _("不属于住房城乡建设部门职责")
    SAME = "same", _("同一事项已经办理并答复")
    UNCLEAR = "unclear", _("没有可以核查的具体内容")
    COURT = "court", _("已由法院、仲裁或复议机关受理")
    OTHER = "other", _("其他理由")


class Outcome(models.TextChoices):
    UPHELD = "upheld", _("属实")
    PARTLY = "partly", _("部分属实")
    NOT_UPHELD = "not_upheld", _("未查实")


class ClockChoices(models.TextChoices):
    ASSIGN = Clock.ASSIGN.value, _("分派")
    REPLY = Clock.REPLY.value, _("首次答复")
    CLOSE = Clock.CLOSE.value, _("答复结果")


def owner_index(user: Any) -> str:
    """What stands for an account beside a complaint it wants to find again. Without the key nobody
    can tell whose it is.
    """
    return blind_index(str(user.pk), purpose="complaint_owner")


def ties_of(user: Any) -> frozenset[int]:
    """The bodies somebody must stay away from, asked once a request."""
    if "complaint_ties" not in user.__dict__:
        bodies = Interest.objects.bodies_of(user.pk, timezone.localdate())
        user.__dict__["complaint_ties"] = frozenset(bodies)
    ties: frozenset[int] = user.__dict__["complaint_ties"]
    return ties


def next_due() -> Case:
    """When the next thing has to be done with a complaint: dispatch, first answer, result."""
    return Case(
        When(state__in=UNASSIGNED, then=F("assign_due")),
        When(state__in=OPEN, first_reply_at=None, then=Least("reply_due", "close_due")),
        When(state__in=OPEN, then=F("close_due")),
    )


class ComplaintQuerySet(models.QuerySet["Complaint"]):
    def visible_to(self, user: Any) -> Self:
        """Their own to somebody who wanted that; to the officers of the body that handles it, to
        whom it was assigned, and to the region's regulators. Never to anybody with a tie to the
        body complained about, nor to that body.
        """
        if not user.is_authenticated:
            return self.none()
        acting = user.acting
        if acting is None:
            return self.filter(owner_index=owner_index(user))
        here = Q(handler=acting.organization_id)
        if acting.role == Role.REGULATOR and acting.organization.kind == Body.REGION_AUTHORITY:
            seen = Q(pk__isnull=False)
        elif acting.role in OFFICERS:
            seen = here
        elif acting.role == Role.INSPECTOR:
            seen = here & Q(investigator=user.pk)
        else:
            return self.none()
        tied = ties_of(user) - {acting.organization_id}
        return (
            self.filter(seen)
            .exclude(organization=acting.organization_id)
            .exclude(organization__in=tied)
        )

    def of(self, organization: Organization) -> Self:
        """About this body."""
        return self.filter(organization=organization)

    def filed(self, first: date, last: date) -> Self:
        """Received from the first day to the last."""
        return self.filter(filed_at__date__range=(first, last))

    def matters(self) -> Self:
        """One for each thing complained about: those joined to another are left out."""
        return self.filter(leading=None)

    def open(self) -> Self:
        """Nobody has been told the result yet."""
        return self.filter(state__in=OPEN)

    def upheld(self) -> Self:
        """Found true, wholly or in part, and told so."""
        return self.filter(
            state__in=[State.REPLIED, State.CLOSED], outcome__in=[Outcome.UPHELD, Outcome.PARTLY]
        )

    def answered_in_time(self) -> Self:
        """The first answer came within its term."""
        return self.filter(first_reply_at__lte=F("reply_due"))

    def closed_in_time(self) -> Self:
        """The result was told within its term."""
        return self.filter(replied_at__lte=F("close_due"))

    def overdue(self, now: datetime) -> Self:
        """A clock has run out and what it asks for has not been done."""
        late = Q(state__in=UNASSIGNED, assign_due__lt=now) | Q(close_due__lt=now)
        return self.open().filter(late | Q(first_reply_at=None, reply_due__lt=now))

    def with_due(self) -> Self:
        """Adds ``due``: when the next thing has to be done; none once it is answered."""
        return self.annotate(due=next_due())


class Complaint(Stateful):
    """What somebody complains about. Their words are encrypted, because words tell who speaks; who
    they are is another row, ``Complainant``, and of an anonymous one there is none.

    ``leading`` is the complaint about the same matter it was joined to and is answered with.
    ``first_close_due`` is the term of its result before more time was given; None without.

    ``organization`` is None while nobody knows who is meant; ``about`` is then what it was called.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True)
    code_hash = models.CharField(max_length=64)
    form_index = models.CharField(max_length=64, unique=True, help_text="of the form handed in")
    owner_index = models.CharField(max_length=64, blank=True)
    channel = models.TextField(_("来源"), choices=Channel, default=Channel.WEB)
    kind = models.TextField(_("类别"), choices=KindChoices)
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="complaints"
    )
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, related_name="complaints"
    )
    certificate = models.ForeignKey(Certificate, models.PROTECT, null=True, related_name="+")
    about = models.TextField(_("单位名称"), blank=True)
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    handler = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    text = EncryptedTextField()
    wish = EncryptedTextField()
    happened_on = models.DateField(_("发生日期"), null=True)
    named = models.BooleanField(_("实名"))
    filed_at = models.DateTimeField()
    assign_due = models.DateTimeField()
    reply_due = models.DateTimeField()
    close_due = models.DateTimeField()
    notice_due = models.DateTimeField()
    first_close_due = models.DateTimeField(null=True)
    times_extended = models.PositiveSmallIntegerField(default=0)
    leading = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    investigator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    refused_for = models.TextField(choices=Ground, blank=True)
    first_reply_at = models.DateTimeField(null=True)
    outcome = models.TextField(_("认定"), choices=Outcome, blank=True)
    finding = models.TextField(_("查明的情况"), blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    replied_at = models.DateTimeField(null=True)
    rating = models.PositiveSmallIntegerField(null=True)
    rating_words = EncryptedTextField()
    rated_at = models.DateTimeField(null=True)
    times_reopened = models.PositiveSmallIntegerField(default=0)
    reopened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    escalated_for = models.TextField(choices=ClockChoices, blank=True)
    state = models.TextField(choices=State, default=State.REGISTERED, editable=False)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="complaint_state_known"),
            known("kind", KindChoices, name="complaint_kind_known"),
            known("channel", Channel, name="complaint_channel_known"),
            models.CheckConstraint(
                condition=Q(refused_for__in=["", *Ground.values]), name="complaint_ground_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *Outcome.values]), name="complaint_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(escalated_for__in=["", *ClockChoices.values]),
                name="complaint_clock_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=JUDGED) | ~Q(outcome=""), name="complaint_judged_somehow"
            ),
            models.CheckConstraint(
                condition=Q(state=State.REFUSED) | Q(refused_for=""),
                name="complaint_refused_on_a_ground",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, BEST)),
                name="complaint_rating_in_range",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.JOINED) | Q(leading__isnull=False),
                name="complaint_joined_to_one",
            ),
            in_order("first_close_due", "close_due", name="complaint_due_only_later"),
            both_or_neither("decided_at", "decided_by", name="complaint_decided_by_somebody"),
            both_or_neither("assigned_at", "investigator", name="complaint_assigned_to_somebody"),
            both_or_neither("rating", "rated_at", name="complaint_rated_at_a_time"),
        ]
        indexes = [
            models.Index(
                "handler", "close_due", condition=Q(state__in=OPEN), name="complaint_open"
            ),
            models.Index(fields=["-filed_at"], name="complaint_by_day"),
            models.Index("owner_index", condition=~Q(owner_index=""), name="complaint_by_owner"),
        ]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("complaints:detail", args=[self.pk])

    @property
    def body(self) -> str:
        """Who is complained about, as far as it is known."""
        return self.organization.name if self.organization else self.about or str(_("单位不明"))

    @property
    def named_body(self) -> str:
        """The same as the complainant named it: who has a certificate's number is not told where
        its holder was trained.
        """
        if self.certificate is None:
            return self.body
        return str(_("证书 %(number)s")) % {"number": self.certificate.number}

    @property
    def is_open(self) -> bool:
        return self.state in OPEN
