"""Where a thing came from: any row that has a page, kept as its key, its label and its address.

A finding, a measure or a record may come from a row of any app, also of one on a floor above; so
it keeps no foreign key, but what the record of deeds keeps: the name of the row as it was.
"""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.core.audit import subject_key

Row = TypeVar("Row", bound=models.Model)


class SourcedQuerySet(models.QuerySet[Row]):
    def about(self, source: models.Model) -> Self:
        """What came from this very row."""
        return self.filter(source=subject_key(source))


class Sourced(models.Model):
    """A model whose rows say where they came from; empty: from nothing on record."""

    source = models.TextField(blank=True, editable=False)
    source_label = models.TextField(_("来源"), blank=True, editable=False)
    source_path = models.TextField(blank=True, editable=False)

    class Meta:
        abstract = True


def of(source: models.Model | None) -> dict[str, str]:
    """The three fields of a row that came from ``source``; a row without a page has no address."""
    if source is None:
        return {"source": "", "source_label": "", "source_path": ""}
    page = getattr(source, "get_absolute_url", None)
    return {
        "source": subject_key(source),
        "source_label": str(source),
        "source_path": str(page()) if page else "",
    }


def find(key: str) -> models.Model | None:
    """The row a key names, when there still is one."""
    from django.apps import apps  # noqa: PLC0415 - models exist only once all apps are loaded

    label, _slash, number = key.partition("/")
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    found: models.Model | None = model._base_manager.filter(pk=number).first()
    return found
