"""What of a person is kept, why, and for how long: declared for every field of every model.

Each app lists its fields in ``privacy.py``; a house test fails when one is missing, so nobody adds
personal data without saying what for. The public page on personal data is written from it.

Source: PIPL, art. 6 and 19 (least data, shortest time), art. 17 (telling people).
"""

from dataclasses import dataclass
from importlib import import_module

from django.apps import apps
from django.utils.functional import Promise
from django.utils.module_loading import module_has_submodule


@dataclass(frozen=True)
class Personal:
    """One field that says something about a person."""

    purpose: str | Promise
    keep: str | Promise


def declared() -> list[tuple[Personal, list[str]]]:
    """Every purpose of every app's register, with the fields kept for it that have a name."""
    rows: dict[Personal, list[str]] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("zhupei.") and module_has_submodule(app.module, "privacy"):
            for name, personal in _fields(app.name).items():
                if personal:
                    rows.setdefault(personal, []).extend(_label(app.label, name))
    return list(rows.items())


def _fields(app: str) -> dict[str, Personal | None]:
    return getattr(import_module(f"{app}.privacy"), "FIELDS", {})


def _label(app: str, name: str) -> list[str]:
    """The field's own words; a name Django made up from the identifier is none."""
    model, _dot, field = name.partition(".")
    label = apps.get_model(app, model)._meta.get_field(field).verbose_name
    return [str(label)] if isinstance(label, Promise) else []
