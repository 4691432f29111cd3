"""Who may see a part of an institution's file: the same for every part."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q

from zhupei.organizations.models import ASSIGNED

Part = TypeVar("Part", bound=models.Model)


class FileQuerySet(models.QuerySet[Part]):
    """Rows with an ``organization``: its own people's, and the authorities' of the area."""

    def visible_to(self, user: Any) -> Self:
        acting = getattr(user, "acting", None)
        if acting is None or acting.role in ASSIGNED:
            return self.none()
        mine = Q(organization=acting.organization_id)
        return self.filter(mine | acting.organization.area("organization__"))
