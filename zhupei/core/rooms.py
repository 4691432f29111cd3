"""Rooms of one name in every app: how an app below hears from those above, knowing none."""

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


def every(room: str) -> Iterator[ModuleType]:
    """The module of this name of every app that has one, the lowest floor first."""
    for app in apps.get_app_configs():
        if app.name.startswith("zhupei.") and module_has_submodule(app.module, room):
            yield import_module(f"{app.name}.{room}")


def gathered(room: str, name: str) -> Iterator[Any]:
    """What each of them keeps under a name; some keep nothing."""
    return (getattr(module, name) for module in every(room) if hasattr(module, name))
