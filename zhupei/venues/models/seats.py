"""Where people are examined: sites 考点, their examination rooms, the seats and machines."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import both_or_neither, known
from zhupei.institutions.models import Room
from zhupei.organizations.models import ASSIGNED, Division, Organization


class SiteQuerySet(models.QuerySet["Site"]):
    def visible_to(self, user: Any) -> Self:
        """Their own body's, and those of the area for the authorities."""
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        mine = Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area(""))

    def open(self) -> Self:
        return self.filter(closed_on__isnull=True)

    def with_counts(self) -> Self:
        """Adds ``room_count`` and ``seat_count``: seats for candidates, spares apart."""
        usable = Q(rooms__room__exam_seats__usable=True, rooms__room__exam_seats__spare=False)
        return self.annotate(
            room_count=Count("rooms", distinct=True),
            seat_count=Count("rooms__room__exam_seats", filter=usable, distinct=True),
        )


class Site(models.Model):
    """A place with examination rooms, and how people find and enter it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="sites")
    name = models.TextField(_("考点名称"))
    prefecture = models.ForeignKey(Division, models.PROTECT, related_name="+")
    division = models.ForeignKey(
        Division, models.PROTECT, related_name="+", verbose_name=_("所在县市")
    )
    address = models.TextField(_("地址"))
    directions = models.TextField(_("怎样到达"), blank=True)
    contact = models.TextField(_("联系人"))
    contact_phone = models.TextField(_("联系电话"))
    accessibility = models.TextField(_("无障碍条件"), blank=True)
    closed_on = models.DateField(_("停用日期"), null=True, blank=True, editable=False)

    objects = SiteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organization",
                "name",
                name="site_name_once",
                violation_error_message=_("已有一个同名的考点。请换一个名称。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExamRoom(models.Model):
    """That a room of the body is an examination room of a site, and what belongs to it."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms", verbose_name=_("考点"))
    room = models.OneToOneField(Room, models.PROTECT, related_name="exam_room")
    front = models.TextField(_("讲台位置和入口"), blank=True)
    spacing = models.TextField(_("座位间距"), blank=True)

    def __str__(self) -> str:
        return str(self.room)


class Condition(models.TextChoices):
    UNKNOWN = "unknown", _("未检查")
    OK = "ok", _("正常")
    BROKEN = "broken", _("故障")


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> Self:
        """For those who may see the site."""
        return self.filter(room__exam_room__site__in=Site.objects.visible_to(user))

    def for_candidates(self) -> Self:
        """Those people may be seated on: neither spare nor broken nor out of use."""
        return self.filter(usable=True, spare=False).exclude(condition=Condition.BROKEN)

    def spares(self) -> Self:
        """Those kept free for when a machine fails."""
        return self.filter(usable=True, spare=True).exclude(condition=Condition.BROKEN)


class Seat(models.Model):
    """One seat of a room, where it stands, and the machine on it."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="exam_seats")
    number = models.PositiveSmallIntegerField(_("座位号"))
    row = models.PositiveSmallIntegerField(_("排"))
    column = models.PositiveSmallIntegerField(_("列"))
    usable = models.BooleanField(_("可用"), default=True)
    spare = models.BooleanField(_("备用"), default=False)
    machine = models.TextField(_("机器编号"), blank=True)
    asset_tag = models.TextField(_("资产编号"), blank=True)
    condition = models.TextField(_("设备状态"), choices=Condition, default=Condition.UNKNOWN)
    checked_at = models.DateTimeField(_("检查时间"), null=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    note = models.TextField(_("备注"), blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["room", "row", "column"]
        constraints = [
            models.UniqueConstraint("room", "number", name="seat_number_once_a_room"),
            models.UniqueConstraint("room", "row", "column", name="seat_place_once_a_room"),
            known("condition", Condition, name="seat_condition_known"),
            both_or_neither("checked_at", "checked_by", name="seat_checked_by_somebody"),
            models.CheckConstraint(
                condition=Q(number__gt=0, row__gt=0, column__gt=0), name="seat_counts_from_one"
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(room)s %(number)s 号") % {"room": self.room, "number": self.number})

    def checked_since(self, moment: datetime) -> bool:
        """Has somebody looked at the machine since, and found it in order?"""
        return (
            self.condition == Condition.OK
            and self.checked_at is not None
            and self.checked_at >= moment
        )


class RoomCheckQuerySet(models.QuerySet["RoomCheck"]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(room__exam_room__site__in=Site.objects.visible_to(user))


class RoomCheck(models.Model):
    """What was looked at in a room before a day of exams, beside the machines. Never changed."""

    room = models.ForeignKey(Room, models.PROTECT, related_name="checks")
    done = models.JSONField(help_text="keys of words.CHECKLIST that were in order")
    working = models.PositiveSmallIntegerField(help_text="machines in order that day")
    broken = models.PositiveSmallIntegerField(help_text="machines out of order that day")
    note = models.TextField(_("说明"), blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = RoomCheckQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["room", "-made_at"], name="room_check_newest")]

    def __str__(self) -> str:
        return str(self.room)
