"""Builders for items put right after they were answered."""

from types import SimpleNamespace
from typing import Any

from tests import make
from zhupei.exams.actions import corrections
from zhupei.exams.models import ItemCorrection, Sitting
from zhupei.organizations.models import Role
from zhupei.questions.models import ItemVersion
from zhupei.questions.rules import Kind


def version_at(sitting: Sitting, place: int = 0) -> ItemVersion:
    """The item at a place of form A."""
    return ItemVersion.objects.get(pk=sitting.papers.get(number=1).places[place]["item"])


def place_of(sitting: Sitting, kind: str = Kind.SINGLE) -> int:
    """The first place of form A with an item of a kind."""
    return sitting.papers.get(number=1).marking.kinds.index(kind)


def proposed(
    world: SimpleNamespace, sitting: Sitting, place: int = 0, **fields: Any
) -> ItemCorrection:
    """Chen says that the key is wrong: A is right, unless told otherwise."""
    said = {"ruling": "new_key", "keys": ["A"], "reason": "教材第 37 页：答案应为 A。"} | fields
    if said["ruling"] != "new_key":
        said["keys"] = []
    return corrections.propose(sitting, version_at(sitting, place), by=world.chen, **said)


def in_force(
    world: SimpleNamespace, sitting: Sitting, place: int = 0, **fields: Any
) -> ItemCorrection:
    """Gu, of the region, agreed."""
    return corrections.agree(proposed(world, sitting, place, **fields), by=world.gu, note="属实")


def second_regulator(world: SimpleNamespace) -> Any:
    return make.member("厅里第二人", Role.REGULATOR, world.region)
