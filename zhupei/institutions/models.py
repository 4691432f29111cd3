"""An institution's file: its licence and its rooms. (Staff, stations and ledgers follow.)"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import in_order, known
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Job


class LicenceQuerySet(models.QuerySet["Licence"]):
    def visible_to(self, user: Any) -> Self:
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        mine = Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("organization__"))


class Licence(models.Model):
    """《民办学校办学许可证》: who may train for which jobs, between which days."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="licences")
    number = models.TextField(_("许可证号"), unique=True)
    jobs = models.ManyToManyField(Job, related_name="+", verbose_name=_("办学内容"))
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"))

    objects = LicenceQuerySet.as_manager()

    class Meta:
        constraints = [in_order("valid_from", "valid_until", name="licence_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.number


class RoomUse(models.TextChoices):
    CLASSROOM = "classroom", _("教室")
    COMPUTERS = "computers", _("机房")
    WORKSHOP = "workshop", _("实训场地")


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: Any) -> Self:
        acting = getattr(user, "acting", None)
        if acting is None:
            return self.none()
        mine = Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("organization__"))


class Room(models.Model):
    """A place where an institution teaches, or an assessment body examines."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="rooms")
    name = models.TextField(_("名称"))
    address = models.TextField(_("地址"), blank=True)
    use = models.TextField(_("用途"), choices=RoomUse)
    seats = models.PositiveSmallIntegerField(_("座位"))
    stations = models.PositiveSmallIntegerField(_("工位"), default=0)

    objects = RoomQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("organization", "name", name="room_name_once"),
            known("use", RoomUse, name="room_use_known"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="room_has_seats"),
        ]

    def __str__(self) -> str:
        return self.name
