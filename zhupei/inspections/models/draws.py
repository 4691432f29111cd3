"""A draw: frames frozen as texts, a seed nobody could know then, and what it chose."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, in_order, known
from zhupei.core.workflow import Stateful
from zhupei.inspections.models.lists import ItemList, ListItem, Target
from zhupei.inspections.models.plans import PlannedDraw
from zhupei.organizations.models import AUTHORITIES, OFFICERS, Division, Kind, Organization
from zhupei.syllabus.models import Job

HEX = r"^[0-9a-f]{64}$"


class DrawState(models.TextChoices):
    DRAFT = "draft", _("准备中")
    FROZEN = "frozen", _("名单已冻结")
    DRAWN = "drawn", _("已抽取")
    FINISHED = "finished", _("结果已全部公示")
    CALLED_OFF = "called_off", _("已作废")


class ChanceDrawQuerySet(models.QuerySet["Draw"]):
    def visible_to(self, user: Any) -> Self:
        """The authority's own; the region sees all; a department those its inspectors take part
        in; an inspector those they may be chosen by.
        """
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        here = acting.organization
        if acting.role not in OFFICERS:
            return self.filter(inspectors__user=user.pk).distinct()
        if here.kind == Kind.REGION_AUTHORITY:
            return self
        if here.kind in AUTHORITIES:
            return self.filter(Q(authority=here.pk) | self._taking_part(here)).distinct()
        return (
            self.filter(self._taking_part(here)).distinct() if here.kind == Kind.HR else self.none()
        )

    @staticmethod
    def _taking_part(here: Organization) -> Q:
        return Q(bodies=here.pk) & ~Q(state=DrawState.DRAFT)

    def public(self) -> Self:
        """What was frozen once is public, whatever became of it."""
        return self.filter(number__isnull=False)

    def opened(self) -> Self:
        """Those whose lists anybody may read now."""
        now = timezone.now()
        return self.public().filter(Q(announce_days=0) | Q(list_public_at__lte=now))

    def handed_out(self) -> Self:
        """Those whose frames are open as well. Frames of before format 2 stay closed: they said
        who stays away from whom, and what is known of an institution inside.
        """
        return self.opened().exclude(secret="")

    def standing(self) -> Self:
        return self.exclude(state=DrawState.CALLED_OFF)


class Draw(Stateful):
    """One draw. ``again_because`` and ``outside_because`` are shown to everybody.

    ``announce_days``: 0, the frames are public from the freezing and the list from the draw;
    otherwise both appear so many days after the draw, their hashes at once. ``secret`` hides the
    inspectors in the frames; it is never shown. Empty, the frames are of before format 2.
    """

    number = models.CharField(_("编号"), max_length=20, unique=True, null=True, editable=False)
    authority = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.TextField(_("抽查名称"))
    planned = models.ForeignKey(
        PlannedDraw, models.PROTECT, null=True, blank=True, related_name="draws"
    )
    outside_because = models.TextField(_("计划外抽查的理由"), blank=True)
    again_because = models.TextField(_("再次抽取的理由"), blank=True)
    target = models.TextField(_("抽查对象"), choices=Target)
    prefecture = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地州市")
    )
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("岗位或工种")
    )
    since = models.DateField(_("对象所在期间从"), null=True, blank=True)
    until = models.DateField(_("到"), null=True, blank=True)
    item_list = models.ForeignKey(ItemList, models.PROTECT, related_name="+")
    items = models.ManyToManyField(ListItem, related_name="+", verbose_name=_("抽查事项"))
    percent = models.PositiveSmallIntegerField(_("抽查比例（%）"))
    bodies = models.ManyToManyField(
        Organization, related_name="+", verbose_name=_("派检查员的单位")
    )
    housing_count = models.PositiveSmallIntegerField(_("每个对象的住建检查员（名）"), default=2)
    hr_count = models.PositiveSmallIntegerField(_("每个对象的人社检查员（名）"), default=0)
    check_by = models.DateField(_("检查截止日期"))
    called_off_because = models.TextField(_("作废理由"), blank=True, editable=False)
    state = models.TextField(choices=DrawState, default=DrawState.DRAFT, editable=False)
    announce_days = models.PositiveSmallIntegerField(default=0, editable=False)
    names_public = models.BooleanField(default=True, editable=False)
    frozen_at = models.DateTimeField(_("冻结时间"), null=True, editable=False)
    terms_sha256 = models.CharField(max_length=64, null=True, editable=False)
    frame_size = models.PositiveIntegerField(default=0, editable=False)
    sample = models.PositiveIntegerField(default=0, editable=False)
    secret = models.CharField(max_length=64, default="", editable=False)
    seed = models.CharField(_("种子"), max_length=64, null=True, editable=False)
    drawn_at = models.DateTimeField(_("抽取时间"), null=True, editable=False)
    list_public_at = models.DateTimeField(_("名单公布时间"), null=True, editable=False)

    objects = ChanceDrawQuerySet.as_manager()

    class Meta:
        constraints = [
            known("target", Target, name="draw_target_known"),
            known("state", DrawState, name="draw_state_known"),
            in_order("since", "until", name="draw_days_in_order"),
            both_or_neither("frozen_at", "terms_sha256", name="draw_frozen_with_its_hash"),
            both_or_neither("number", "frozen_at", name="draw_numbered_when_frozen"),
            both_or_neither("drawn_at", "seed", name="draw_drawn_with_its_seed"),
            both_or_neither("drawn_at", "list_public_at", name="draw_drawn_is_published"),
            models.CheckConstraint(condition=Q(percent__range=(1, 100)), name="draw_percent_known"),
            models.CheckConstraint(
                condition=Q(planned__isnull=False) | ~Q(outside_because=""),
                name="draw_planned_or_explained",
            ),
            models.CheckConstraint(
                condition=Q(housing_count__gte=2)
                | Q(hr_count__gte=2)
                | Q(housing_count=1, hr_count=1),
                name="draw_two_inspectors",
                violation_error_message=_("每个对象至少 2 名检查员。"),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["drawn", "finished"]) | Q(seed__isnull=False),
                name="draw_drawn_has_a_seed",
            ),
        ]
        indexes = [models.Index(fields=["authority", "-frozen_at"], name="draw_by_authority")]

    def __str__(self) -> str:
        return self.title

    @property
    def list_is_public(self) -> bool:
        """May anybody read the frames, and the list once there is one?"""
        if self.frozen_at is None:
            return False
        if self.announce_days == 0:
            return True
        return bool(self.list_public_at and self.list_public_at <= timezone.now())


class FrameKind(models.TextChoices):
    TERMS = "terms", _("抽取约定")
    OBJECTS = "objects", _("对象名单")
    INSPECTORS = "inspectors", _("可派检查员（化名）")
    RECUSALS = "recusals", _("回避名单")  # of frames before format 2


NEEDED = (FrameKind.TERMS, FrameKind.OBJECTS, FrameKind.INSPECTORS)


class FrameQuerySet(models.QuerySet["Frame"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(draw__in=Draw.objects.visible_to(user))

    def public(self) -> Self:
        return self.filter(draw__in=Draw.objects.handed_out())


class Frame(models.Model):
    """One frozen text and its hash. The database refuses to change or delete it."""

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="frames")
    kind = models.TextField(choices=FrameKind)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()

    objects = FrameQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("draw", "kind", name="frame_once"),
            known("kind", FrameKind, name="frame_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.draw} {self.get_kind_display()}"


class RecusalQuerySet(models.QuerySet["Recusal"]):
    def visible_to(self, user: Any) -> Self:
        """Whoever runs the draw, and the region; not the inspectors about each other."""
        acting = getattr(user, "acting", None)
        if (
            acting is None
            or acting.role not in OFFICERS
            or acting.organization.kind not in AUTHORITIES
        ):
            return self.none()
        return self.filter(inspector__draw__in=Draw.objects.visible_to(user))


class Team(models.TextChoices):
    HOUSING = "housing", _("住建")
    HR = "hr", _("人社")


class FrameInspector(models.Model):
    """Who stands behind a key, under which the frame has them by an alias at every owner.
    ``name`` is the one the aliases are made of.
    """

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="inspectors")
    key = models.CharField(max_length=20)
    name = models.TextField(default="")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    team = models.TextField(choices=Team)

    class Meta:
        ordering = ["draw", "pk"]
        constraints = [
            models.UniqueConstraint("draw", "key", name="frame_inspector_key_once"),
            models.UniqueConstraint("draw", "user", name="frame_inspector_once"),
            known("team", Team, name="frame_inspector_team_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def shown(self) -> str:
        """How everybody may read of them: by name, or by the number in the frame."""
        if self.draw.names_public:
            return str(self.user)
        return str(_("检查员 %(key)s") % {"key": self.key.rpartition("/")[2]})


class Recusal(models.Model):
    """Why an inspector of the frame stays away from a body, as it was known at freezing. The
    reason is for those who decide; the public reads that there is one.
    """

    inspector = models.ForeignKey(FrameInspector, models.PROTECT, related_name="recusals")
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    reason = models.TextField(_("回避原因"))

    objects = RecusalQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("inspector", "organization", name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.inspector} — {self.organization}"


class SeedKind(models.TextChoices):
    EVENT = "event", _("公开事件")
    COMMITMENT = "commitment", _("事先承诺")


class SeedInput(models.Model):
    """One part of the seed. An event is named before it happens and typed in by two people; of a
    commitment the hash is published at freezing and the words are opened afterwards.
    """

    draw = models.ForeignKey(Draw, models.CASCADE, related_name="inputs")
    place = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=SeedKind)
    description = models.TextField(_("是什么"))
    source = models.TextField(_("在哪里公布"), blank=True)
    happens_at = models.DateTimeField(_("何时公布（北京时间）"), null=True)
    commitment = models.CharField(_("承诺摘要"), max_length=64, blank=True)
    value = models.TextField(blank=True, editable=False)
    known_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["draw", "place"]
        constraints = [
            models.UniqueConstraint("draw", "place", name="seed_input_place_once"),
            known("kind", SeedKind, name="seed_input_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=SeedKind.EVENT, happens_at__isnull=False, commitment="")
                | Q(kind=SeedKind.COMMITMENT, happens_at__isnull=True, commitment__regex=HEX),
                name="seed_input_event_or_commitment",
            ),
            models.CheckConstraint(
                condition=Q(known_at__isnull=True, value="")
                | Q(known_at__isnull=False) & ~Q(value=""),
                name="seed_input_known_with_value",
            ),
        ]

    def __str__(self) -> str:
        return self.description


class SeedEntry(models.Model):
    """What one person typed of an event. Two have to type the same."""

    seed_input = models.ForeignKey(SeedInput, models.CASCADE, related_name="entries")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    value = models.TextField()
    typed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "seed entries"
        constraints = [
            models.UniqueConstraint("seed_input", "typed_by", name="seed_entry_once_by_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.seed_input} {self.typed_by}"
