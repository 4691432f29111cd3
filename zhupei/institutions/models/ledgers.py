"""The ledgers of practice: equipment and its use, consumables and their coming and going.

Source: notice, part 1, section 4 (ledger, list of consumables and records of use are complete).
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.core.constraints import known
from zhupei.institutions.models.rooms import Room
from zhupei.institutions.models.shared import FileQuerySet
from zhupei.organizations.models import Organization
from zhupei.syllabus.models import Job


class Condition(models.TextChoices):
    GOOD = "good", _("完好")
    REPAIR = "repair", _("待修")
    RETIRED = "retired", _("报废")


class Equipment(models.Model):
    """A line of the equipment ledger."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="equipment")
    number = models.TextField(_("设备编号"))
    name = models.TextField(_("名称"))
    model = models.TextField(_("规格型号"), blank=True)
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("适用工种")
    )
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("存放场地")
    )
    quantity = models.PositiveIntegerField(_("数量"), default=1)
    bought_on = models.DateField(_("购置日期"), null=True, blank=True)
    condition = models.TextField(_("状况"), choices=Condition, default=Condition.GOOD)

    objects = FileQuerySet["Equipment"].as_manager()

    class Meta:
        verbose_name_plural = "equipment"
        constraints = [
            known("condition", Condition, name="equipment_condition_known"),
            models.UniqueConstraint(
                "organization",
                "number",
                name="equipment_number_once",
                violation_error_message=_("这个设备编号已经登记过。"),
            ),
            models.CheckConstraint(condition=Q(quantity__gt=0), name="equipment_counts_something"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class EquipmentUse(models.Model):
    """One use of a piece of equipment."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    equipment = models.ForeignKey(Equipment, models.PROTECT, related_name="uses")
    number = models.TextField(_("记录单号"), blank=True)
    used_on = models.DateField(_("使用日期"))
    minutes = models.PositiveIntegerField(_("使用时长（分钟）"))
    purpose = models.TextField(_("用途"))
    user_name = models.TextField(_("使用人"))

    objects = FileQuerySet["EquipmentUse"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organization",
                "number",
                condition=~Q(number=""),
                name="equipment_use_number_once",
                violation_error_message=_("这个记录单号已经登记过。"),
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="equipment_use_takes_time"),
        ]
        indexes = [models.Index(fields=["equipment", "-used_on"], name="equipment_use_by_day")]

    def __str__(self) -> str:
        return f"{self.equipment} {self.used_on}"


class Consumable(models.Model):
    """A material that practice uses up."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="consumables")
    name = models.TextField(_("名称"))
    unit = models.TextField(_("单位"))
    job = models.ForeignKey(
        Job, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("适用工种")
    )
    balance = models.DecimalField(
        _("结存"), max_digits=12, decimal_places=2, default=0, editable=False
    )
    closed_on = models.DateField(_("停用日期"), null=True, blank=True)

    objects = FileQuerySet["Consumable"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organization",
                "name",
                name="consumable_name_once",
                violation_error_message=_("这种耗材已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(balance__gte=0),
                name="consumable_is_not_overdrawn",
                violation_error_message=_("领用超过结存。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Direction(models.TextChoices):
    IN = "in", _("入库")
    OUT = "out", _("领用")


class ConsumableEntry(models.Model):
    """What came in or went out on a day."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    consumable = models.ForeignKey(Consumable, models.PROTECT, related_name="entries")
    number = models.TextField(_("单据号"), blank=True)
    on = models.DateField(_("日期"))
    direction = models.TextField(_("收发"), choices=Direction)
    quantity = models.DecimalField(_("数量"), max_digits=12, decimal_places=2)
    purpose = models.TextField(_("用途或来源"), blank=True)

    objects = FileQuerySet["ConsumableEntry"].as_manager()

    class Meta:
        verbose_name_plural = "consumable entries"
        constraints = [
            known("direction", Direction, name="consumable_direction_known"),
            models.UniqueConstraint(
                "organization",
                "number",
                condition=~Q(number=""),
                name="consumable_entry_number_once",
                violation_error_message=_("这个单据号已经登记过。"),
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0), name="consumable_entry_counts_something"
            ),
        ]
        indexes = [models.Index(fields=["consumable", "-on"], name="consumable_entry_by_day")]

    def __str__(self) -> str:
        return f"{self.consumable} {self.on}"
