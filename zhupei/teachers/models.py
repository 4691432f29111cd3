"""The regional teacher pool: who may teach what, on what evidence, and for which institutions.

Source: notice, part 3 (one teacher pool for the region).
"""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.organizations.models import Kind, Organization
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
        """Oneself; for institutions the whole pool (they engage from it) and those they handed
        in; for associations and authorities over the region or a prefecture everybody.
        """
        if not user.is_authenticated:
            return self.none()
        mine = Q(person=user.person_id) if user.person_id else Q(pk__in=[])
        acting = user.acting
        if acting is None:
            return self.filter(mine)
        if acting.organization.kind in {
            Kind.ASSOCIATION,
            Kind.REGION_AUTHORITY,
            Kind.PREFECTURE_AUTHORITY,
        }:
            return self
        if acting.organization.kind != Kind.INSTITUTION:
            return self.filter(mine)
        here = acting.organization_id
        own = Q(proposed_by=here) | Q(engagements__organization=here)
        return self.filter(mine | own | Q(state=State.ADMITTED)).distinct()

    def in_pool(self) -> Self:
        return self.filter(state=State.ADMITTED)

    def engaged_by(self, organization: Organization) -> Self:
        """Those who work for ``organization`` now."""
        return self.filter(
            engagements__organization=organization, engagements__until__isnull=True
        ).distinct()


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


class EvidenceKind(models.TextChoices):
    TITLE = "title", _("职称证书")
    SKILL = "skill", _("职业技能等级证书")
    TEACHING = "teaching", _("教师资格证")
    DEGREE = "degree", _("学历学位证书")
    PRACTICE = "practice", _("工作经历证明")


class TeacherPartQuerySet(models.QuerySet["models.Model"]):
    """Rows with a ``teacher``, for those who may see the teacher."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(teacher__in=Teacher.objects.visible_to(user))


class Qualification(models.Model):
    """One piece of evidence that somebody can teach."""

    teacher = models.ForeignKey(Teacher, models.CASCADE, related_name="qualifications")
    kind = models.TextField(_("类别"), choices=EvidenceKind)
    name = models.TextField(_("名称"))
    number = models.TextField(_("证书编号"), blank=True)
    issued_on = models.DateField(_("发证日期"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")

    objects = TeacherPartQuerySet.as_manager()

    class Meta:
        constraints = [
            known("kind", EvidenceKind, name="qualification_kind_known"),
            in_order("issued_on", "valid_until", name="qualification_ends_after_issue"),
        ]

    def __str__(self) -> str:
        return self.name


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, user: Any) -> Self:
        """An institution's own; for associations and authorities all they oversee."""
        acting = getattr(user, "acting", None)
        if acting is None:
            return (
                self.filter(teacher__person=user.person_id)
                if user.is_authenticated
                else (self.none())
            )
        if acting.organization.kind == Kind.ASSOCIATION:
            return self
        mine = Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("organization__"))

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

    objects = TeacherPartQuerySet.as_manager()

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
