"""The regional teacher pool: who may teach what, on what evidence, and for which institutions.

Source: notice, part 3 (one teacher pool for the region).
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import Division, Kind, Organization, Role
from zhupei.people.models import Person
from zhupei.syllabus.models import Job


class Rank(models.TextChoices):
    """How high a professional title is."""

    NONE = "none", _("无职称")
    JUNIOR = "junior", _("初级")
    INTERMEDIATE = "intermediate", _("中级")
    SENIOR = "senior", _("高级及以上")


class State(models.TextChoices):
    DRAFT = "draft", _("填报中")
    APPLIED = "applied", _("待审核")
    RETURNED = "returned", _("退回补正")
    ADMITTED = "admitted", _("在库")
    REMOVED = "removed", _("已出库")


class TeacherQuerySet(models.QuerySet["Teacher"]):
    def visible_to(self, user: Any) -> Self:
        """Oneself; for an institution those it handed in or engages, for its registrar the whole
        pool as well, because they engage from it; for a bureau the pool and what institutions of
        its area handed in; for the association and the region everything but drafts.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Q(person=user.person_id) if user.person_id else Q(pk__in=[])
        acting = user.acting
        if acting is None:
            return self.filter(mine)
        where = acting.organization
        handed_in = ~Q(state=State.DRAFT)
        if where.kind in {Kind.ASSOCIATION, Kind.REGION_AUTHORITY}:
            return self.filter(mine | handed_in)
        if where.kind == Kind.PREFECTURE_AUTHORITY:
            local = handed_in & where.area("proposed_by__")
            return self.filter(mine | local | Q(state=State.ADMITTED))
        if where.kind != Kind.INSTITUTION:
            return self.filter(mine)
        engaged = Engagement.objects.filter(organization=where).values("teacher")
        mine |= Q(proposed_by=where) | Q(pk__in=engaged)
        if acting.role == Role.REGISTRAR:
            mine |= Q(state=State.ADMITTED)
        return self.filter(mine)

    def in_pool(self) -> Self:
        return self.filter(state=State.ADMITTED)

    def awaiting_review(self) -> Self:
        """Handed in and not decided on, the most urgent first."""
        return self.filter(state=State.APPLIED).order_by("due_at", "pk")

    def engaged_by(self, organization: Organization) -> Self:
        """Those who work for ``organization`` now."""
        return self.filter(
            engagements__organization=organization, engagements__until__isnull=True
        ).distinct()

    def shared(self) -> Self:
        """Those several institutions engage now, with how many (``employers``).

        Source: notice, part 2, section 2 (one teacher shared by several institutions).
        """
        current = Engagement.objects.current().filter(teacher=OuterRef("pk")).order_by()
        counted = current.values("teacher").annotate(n=Count("pk")).values("n")
        return self.annotate(employers=Subquery(counted)).filter(employers__gt=1)

    def working_in(self, prefecture: Division) -> Self:
        """Those engaged now by an institution of ``prefecture``."""
        there = Engagement.objects.current().filter(organization__prefecture=prefecture)
        return self.filter(pk__in=there.values("teacher"))

    def by_trade(self) -> models.QuerySet[Job]:
        """The trades these teach, each with how many of them do (``n``)."""
        taught = Job.objects.filter(teachers__in=self)
        return taught.annotate(n=Count("teachers")).order_by("code")

    def expiring(self, last: date) -> Self:
        """Those of whose papers in force one ends by ``last``, or has ended."""
        papers = Engagement.objects.current().expiring(last)
        proofs = Qualification.objects.filter(valid_until__lte=last)
        return self.filter(Q(pk__in=papers.values("teacher")) | Q(pk__in=proofs.values("teacher")))

    def found_by(self, words: str) -> Self:
        """Whose name or title contains every word."""
        found = self
        for word in words.split():
            found = found.filter(Q(person__name__icontains=word) | Q(title__icontains=word))
        return found

    def with_places(self) -> Self:
        """Fetches ``places``, the engagements of now, and the trades, for a list."""
        current = Engagement.objects.current().select_related("organization__prefecture")
        ordered = current.order_by("-full_time", "since", "pk")
        return self.with_trades().prefetch_related(
            Prefetch("engagements", ordered, to_attr="places")
        )

    def with_trades(self) -> Self:
        """Fetches the trades, in the order of their codes."""
        return self.prefetch_related(Prefetch("trades", Job.objects.order_by("code")))


class Teacher(Stateful):
    """A person in the pool. The same person teaching for two institutions is one row."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="teacher")
    title = models.TextField(_("职称"), blank=True)
    rank = models.TextField(_("职称级别"), choices=Rank, default=Rank.NONE)
    education = models.TextField(_("学历"), blank=True)
    trades = models.ManyToManyField(
        Job, related_name="teachers", blank=True, verbose_name=_("任教专业工种")
    )
    proposed_by = models.ForeignKey(
        Organization, models.PROTECT, null=True, related_name="+", verbose_name=_("报送单位")
    )
    state = models.TextField(choices=State, default=State.DRAFT, editable=False)
    applied_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(_("审核时限"), null=True, editable=False)
    in_pool_since = models.DateField(_("入库日期"), null=True, editable=False)

    objects = TeacherQuerySet.as_manager()

    class Meta:
        constraints = [
            known("state", State, name="teacher_state_known"),
            known("rank", Rank, name="teacher_rank_known"),
            models.CheckConstraint(
                condition=~Q(state=State.ADMITTED) | Q(in_pool_since__isnull=False),
                name="teacher_in_the_pool_since_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.person.name

    @property
    def stays_when_merged(self) -> bool:
        """Of two records of one human, one removed from the pool is history (people.merging)."""
        return self.state == State.REMOVED


class EvidenceKind(models.TextChoices):
    TITLE = "title", _("职称证书")
    SKILL = "skill", _("职业技能等级证书")
    TEACHING = "teaching", _("教师资格证")
    DEGREE = "degree", _("学历学位证书")
    PRACTICE = "practice", _("工作经历证明")


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def visible_to(self, user: Any) -> Self:
        """For those who may see the teacher; number and scan are another question (access.py)."""
        return self.filter(teacher__in=Teacher.objects.visible_to(user))


class Qualification(models.Model):
    """One piece of evidence that somebody can teach."""

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="qualifications")
    kind = models.TextField(_("类别"), choices=EvidenceKind)
    name = models.TextField(_("名称"))
    number = models.TextField(_("证书编号"), blank=True)
    issued_on = models.DateField(_("发证日期"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    trades = models.ManyToManyField(
        Job, related_name="+", blank=True, verbose_name=_("证明的专业工种")
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = QualificationQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", EvidenceKind, name="qualification_kind_known"),
            in_order("issued_on", "valid_until", name="qualification_ends_after_issue"),
        ]

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, user: Any) -> Self:
        """One's own; for an institution's office all it made; for the association and authorities
        all they oversee.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            own = user.is_authenticated and user.person_id
            return self.filter(teacher__person=own) if own else self.none()
        if acting.organization.kind == Kind.ASSOCIATION:
            return self
        mine = Q(teacher__person=user.person_id) if user.person_id else Q(pk__in=[])
        if acting.role == Role.REGISTRAR:
            mine |= Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("organization__"))

    def current(self) -> Self:
        """Those nobody has ended."""
        return self.filter(until__isnull=True)

    def expiring(self, last: date) -> Self:
        """Whose contract or paid insurance ends by ``last``, or has ended."""
        return self.filter(Q(contract_until__lte=last) | Q(insured_until__lte=last))

    def with_teachers(self) -> Self:
        """Fetches the teachers with trades and evidence, for a list that says what is missing."""
        trades = Prefetch("teacher__trades", Job.objects.order_by("code"))
        related = self.select_related("teacher__person")
        return related.prefetch_related(trades, "teacher__qualifications__trades")

    def on(self, day: date) -> Self:
        """Those that hold on ``day``."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Engagement(models.Model):
    """An institution engages a teacher from the pool, with the evidence of it."""

    teacher = models.ForeignKey(Teacher, models.PROTECT, related_name="engagements")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="engagements")
    full_time = models.BooleanField(_("专职"))
    since = models.DateField(_("聘用日期"))
    until = models.DateField(_("解聘日期"), null=True, blank=True)
    contract_until = models.DateField(_("合同或聘书期限"), null=True, blank=True)
    contract = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("合同或聘书")
    )
    insured_until = models.DateField(_("社保缴至"), null=True, blank=True)
    insurance = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("社保缴费记录")
    )

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "teacher",
                "organization",
                condition=Q(until__isnull=True),
                name="engagement_once_at_a_time",
            ),
            models.UniqueConstraint(
                "teacher",
                condition=Q(until__isnull=True, full_time=True),
                name="engagement_full_time_in_one_place",
                violation_error_message=_("这位教师已是另一家机构的专职教师。"),
            ),
            in_order("since", "until", name="engagement_ends_after_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.teacher} {self.organization}"


class StudyQuerySet(models.QuerySet["Study"]):
    def visible_to(self, user: Any) -> Self:
        """For those who may see the teacher."""
        return self.filter(teacher__in=Teacher.objects.visible_to(user))

    def awaiting_confirmation(self) -> Self:
        return self.filter(confirmed_at__isnull=True).order_by("pk")


class Study(models.Model):
    """师资研修: a course a teacher took themself, on their record once somebody confirmed it.

    Source: Measures, art. 2 (the development of teachers is within the Measures).
    """

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="studies")
    title = models.TextField(_("研修内容"))
    host = models.TextField(_("举办单位"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"))
    seconds = models.PositiveIntegerField(_("学时"), help_text="seconds; 2700 are one 学时")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("证明")
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    confirmed_by_name = models.TextField(null=True, editable=False)

    objects = StudyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "studies"
        constraints = [
            in_order("starts_on", "ends_on", name="study_ends_after_it_begins"),
            both_or_neither(
                "confirmed_at", "confirmed_by_name", name="study_confirmed_by_somebody"
            ),
            models.CheckConstraint(condition=Q(seconds__gt=0), name="study_takes_time"),
        ]

    def __str__(self) -> str:
        return self.title
