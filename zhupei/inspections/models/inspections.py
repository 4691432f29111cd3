"""What was drawn: an object, its inspectors, what they found item by item, what was published."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import TrainingClass
from zhupei.core import deeds
from zhupei.core.constraints import both_or_neither, known
from zhupei.core.models import StoredFile
from zhupei.core.workflow import Stateful
from zhupei.exams.models import Sitting
from zhupei.inspections.models.draws import Draw, FrameInspector
from zhupei.inspections.models.lists import ListItem
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Kind, Organization


class InspectionState(models.TextChoices):
    ASSIGNED = "assigned", _("待检查")
    SIGNING = "signing", _("待会签")
    SIGNED = "signed", _("待公示")
    PUBLISHED = "published", _("已公示")


UNPUBLISHED = (InspectionState.ASSIGNED, InspectionState.SIGNING, InspectionState.SIGNED)


class Outcome(models.TextChoices):
    CLEAN = "clean", _("未发现问题")
    ORDERED = "ordered", _("发现问题，责令改正")
    REFERRED = "referred", _("发现问题，待后续处理")
    UNREACHABLE = "unreachable", _("无法联系或不在登记地址")
    OBSTRUCTED = "obstructed", _("不配合检查")
    GONE = "gone", _("对象已退出、取消或结束")


class InspectionQuerySet(models.QuerySet["Inspection"]):
    def visible_to(self, user: Any) -> Self:
        """An inspector's own and no others; officers those of the draws they see; an authority
        what was published about those in its area; whoever was inspected, once it is published.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        if acting.role not in OFFICERS:
            return self.filter(assigned_to(user))
        published = Q(state=InspectionState.PUBLISHED)
        if here.kind in AUTHORITIES or here.kind == Kind.HR:
            near = here.area("organization__") & published
            return self.filter(Q(draw__in=Draw.objects.visible_to(user)) | near)
        return self.filter(published, organization=here.pk)

    def own(self, user: Any) -> Self:
        """Those this very person goes to."""
        return self.visible_to(user).filter(assigned_to(user))

    def public(self) -> Self:
        """Those on lists anybody may read."""
        return self.filter(draw__in=Draw.objects.opened())

    def with_people(self) -> Self:
        """With those who go there, and who cannot."""
        going = Assignment.objects.select_related("inspector__user", "inspector__draw")
        related = self.select_related("organization", "draw")
        return related.prefetch_related(
            models.Prefetch("assignments", queryset=going.order_by("place"))
        )

    def published(self) -> Self:
        return self.filter(state=InspectionState.PUBLISHED)

    def of(self, organization: Organization) -> Self:
        return self.filter(organization=organization)

    def overdue(self, moment: Any) -> Self:
        """Not looked at by the day, or looked at and not published within the term."""
        late = Q(state=InspectionState.ASSIGNED) & Q(draw__check_by__lt=timezone.localdate(moment))
        return self.filter(late | Q(state__in=UNPUBLISHED, due_at__lt=moment))

    def published_in_time(self) -> Self:
        return self.published().filter(published_at__lte=F("due_at"))


class Inspection(Stateful):
    """One drawn object. ``due_at`` is the end of the term for publishing, from the visit on."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="inspections")
    place = models.PositiveIntegerField(_("抽取顺序"))
    key = models.CharField(max_length=40)
    name = models.TextField(_("抽查对象"))
    ticket = models.CharField(max_length=64)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="inspections", verbose_name=_("单位")
    )
    training_class = models.ForeignKey(
        TrainingClass, models.PROTECT, null=True, related_name="inspections"
    )
    sitting = models.ForeignKey(Sitting, models.PROTECT, null=True, related_name="inspections")
    state = models.TextField(
        choices=InspectionState, default=InspectionState.ASSIGNED, editable=False
    )
    visited_on = models.DateField(_("检查日期"), null=True)
    outcome = models.TextField(_("检查结果"), choices=Outcome, null=True)
    remark = models.TextField(_("检查情况"), blank=True)
    recorded_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(_("公示时限"), null=True, editable=False)
    published_at = models.DateTimeField(_("公示时间"), null=True, editable=False)
    late_told_at = models.DateTimeField(null=True, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        ordering = ["draw", "place"]
        constraints = [
            models.UniqueConstraint("draw", "key", name="inspection_object_once"),
            models.UniqueConstraint("draw", "place", name="inspection_place_once"),
            known("state", InspectionState, name="inspection_state_known"),
            known("outcome", Outcome, name="inspection_outcome_known"),
            both_or_neither("recorded_at", "due_at", name="inspection_recorded_has_a_term"),
            models.CheckConstraint(
                condition=Q(state=InspectionState.ASSIGNED)
                | Q(visited_on__isnull=False, outcome__isnull=False, recorded_at__isnull=False),
                name="inspection_recorded_has_a_result",
            ),
            models.CheckConstraint(
                condition=~Q(state=InspectionState.PUBLISHED) | Q(published_at__isnull=False),
                name="inspection_published_on_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["organization", "-published_at"], name="inspection_by_body"),
            models.Index(
                "due_at",
                condition=Q(state__in=UNPUBLISHED),
                name="inspection_unpublished",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where findings lead back to."""
        return reverse("inspections:inspection", args=[self.pk])


class Assignment(models.Model):
    """Who goes there. One that cannot go is kept, with the reason and who stepped in.

    ``skipped`` are keys that would have stepped in before this one, but have had a tie to the body
    since the freezing.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="assignments")
    inspector = models.ForeignKey(FrameInspector, models.PROTECT, related_name="assignments")
    place = models.PositiveSmallIntegerField()
    signed_at = models.DateTimeField(null=True)
    out_at = models.DateTimeField(null=True)
    out_because = models.TextField(null=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="successor")
    skipped = models.JSONField(default=list)

    class Meta:
        ordering = ["inspection", "place"]
        constraints = [
            models.UniqueConstraint("inspection", "inspector", name="assignment_once"),
            models.UniqueConstraint("inspection", "place", name="assignment_place_once"),
            both_or_neither("out_at", "out_because", name="assignment_out_for_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.inspector}"


def assigned_to(user: Any) -> Exists:
    """The condition "this person goes there" on rows of ``Inspection``."""
    return Exists(
        Assignment.objects.filter(
            inspection=OuterRef("pk"), inspector__user=user.pk, out_at__isnull=True
        )
    )


class Verdict(models.TextChoices):
    GOOD = "good", _("符合")
    BAD = "bad", _("不符合")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class Severity(models.TextChoices):
    """As findings have it."""

    MINOR = "minor", _("轻微")
    ORDINARY = "ordinary", _("一般")
    SERIOUS = "serious", _("严重")


class Answer(models.Model):
    """What was found on one item of one inspection."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="answers")
    item = models.ForeignKey(ListItem, models.PROTECT, related_name="+")
    verdict = models.TextField(choices=Verdict)
    severity = models.TextField(choices=Severity, null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["inspection", "item__code"]
        constraints = [
            models.UniqueConstraint("inspection", "item", name="answer_once_an_item"),
            known("verdict", Verdict, name="inspection_verdict_known"),
            known("severity", Severity, name="inspection_severity_known"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.BAD, severity__isnull=False) & ~Q(note="")
                | ~Q(verdict=Verdict.BAD) & Q(severity__isnull=True),
                name="inspection_answer_bad_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.get_verdict_display()}"


class DeedKind(models.TextChoices):
    VERDICT = "verdict", _("结论")
    SEVERITY = "severity", _("轻重")
    NOTE = "note", _("事实")
    PHOTO = "photo", _("照片")
    VISITED = "visited", _("检查日期")
    OUTCOME = "outcome", _("检查结果")
    REMARK = "remark", _("检查情况")
    HAND_IN = "hand_in", _("提交")


class Deed(deeds.Deed):
    """One thing an inspector did on the check list; ``about`` is the key of an item, or empty."""

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="deeds")
    kind = models.TextField(choices=DeedKind)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(deeds.Deed.Meta):
        constraints = [known("kind", DeedKind, name="inspection_deed_kind_known")]


class InspectionPictureQuerySet(models.QuerySet["Picture"]):
    def visible_to(self, user: Any) -> Self:
        """Inspectors and officers; not whoever was inspected, for others may be in the picture."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.organization.kind not in {*AUTHORITIES, Kind.HR}:
            return self.none()
        return self.filter(inspection__in=Inspection.objects.visible_to(user))


class Picture(models.Model):
    """A photo or paper as evidence of an inspection, perhaps of one item. ``removed``: what was
    taken out of it before it was kept, in the words of ``core.pictures``.
    """

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="pictures")
    item = models.ForeignKey(ListItem, models.PROTECT, null=True, related_name="+")
    deed = models.OneToOneField(Deed, models.PROTECT, null=True, related_name="picture")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    removed = models.JSONField(default=list)
    added_at = models.DateTimeField(db_default=Now())

    objects = InspectionPictureQuerySet.as_manager()

    def __str__(self) -> str:
        return self.file.name
