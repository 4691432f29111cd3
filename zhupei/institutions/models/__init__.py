"""The tables of an institution's file, a module for each part of it."""

from zhupei.institutions.models.ledgers import (
    Condition,
    Consumable,
    ConsumableEntry,
    Direction,
    Equipment,
    EquipmentUse,
)
from zhupei.institutions.models.licence import Licence
from zhupei.institutions.models.platforms import Platform, PlatformOwner
from zhupei.institutions.models.policies import Policy, PolicyKind
from zhupei.institutions.models.rooms import Room, RoomUse, Station, Tenure
from zhupei.institutions.models.staff import Post, StaffMember
from zhupei.institutions.models.standing import Admission, Standing

__all__ = [
    "Admission",
    "Condition",
    "Consumable",
    "ConsumableEntry",
    "Direction",
    "Equipment",
    "EquipmentUse",
    "Licence",
    "Platform",
    "PlatformOwner",
    "Policy",
    "PolicyKind",
    "Post",
    "Room",
    "RoomUse",
    "StaffMember",
    "Standing",
    "Station",
    "Tenure",
]
