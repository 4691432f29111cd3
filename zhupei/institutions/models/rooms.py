"""Where an institution teaches: rooms, and the practice stations in them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.core.models import StoredFile
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Job


class RoomUse(models.TextChoices):
    CLASSROOM = "classroom", _("教室")
    COMPUTERS = "computers", _("机房")
    WORKSHOP = "workshop", _("实训场地")


class Tenure(models.TextChoices):
    OWNED = "owned", _("自有")
    LEASED = "leased", _("租赁")
    SHARED = "shared", _("依托企业或学校")


class RoomQuerySet(FileQuerySet["Room"]):
    def in_use(self) -> Self:
        """Those still used."""
        return self.filter(closed_on__isnull=True)


class Room(models.Model):
    """A place where an institution teaches, or an assessment body examines."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="rooms")
    name = models.TextField(_("名称"))
    address = models.TextField(_("地址"), blank=True)
    use = models.TextField(_("用途"), choices=RoomUse)
    seats = models.PositiveSmallIntegerField(_("座位"))
    stations = models.PositiveSmallIntegerField(_("工位"), default=0)
    computers = models.PositiveSmallIntegerField(_("机位"), default=0)
    tenure = models.TextField(_("产权"), choices=Tenure, default=Tenure.OWNED)
    lease_until = models.DateField(_("租期或协议至"), null=True, blank=True)
    fire_checked_on = models.DateField(_("消防检查日期"), null=True, blank=True)
    fire_valid_until = models.DateField(_("下次消防检查不晚于"), null=True, blank=True)
    fire_paper = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("消防检查记录")
    )
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("organization", "name", name="room_name_once"),
            known("use", RoomUse, name="room_use_known"),
            known("tenure", Tenure, name="room_tenure_known"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="room_has_seats"),
            models.CheckConstraint(
                condition=Q(tenure=Tenure.OWNED) | Q(lease_until__isnull=False),
                name="room_not_owned_has_a_term",
                violation_error_message=_("租赁或依托的场地要写明租期或协议到哪一天。"),
            ),
            in_order(
                "fire_checked_on", "fire_valid_until", name="room_fire_check_lasts_after_it_is_made"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def usable_on(self, day: date) -> bool:
        """Is its term, if it has one, not over, and is it not closed?"""
        lasting = self.lease_until is None or day <= self.lease_until
        return lasting and (self.closed_on is None or day < self.closed_on)


class Station(models.Model):
    """How many practice stations of one trade a room has."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="stations")
    room = models.ForeignKey(
        Room, models.CASCADE, related_name="station_rows", verbose_name=_("场地")
    )
    job = models.ForeignKey(Job, models.PROTECT, related_name="+", verbose_name=_("工种"))
    count = models.PositiveSmallIntegerField(_("工位"))

    objects = FileQuerySet["Station"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("room", "job", name="station_once_a_room_and_job"),
            models.CheckConstraint(condition=Q(count__gt=0), name="station_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.job}"
