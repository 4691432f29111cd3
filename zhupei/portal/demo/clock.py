"""A clock that can be set: for Python, and for the database's record of deeds.

Everything written while it is set says so for ever: the trigger of the record adds ``simulated``
to the facts (core, migration 0002).
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, datetime, time
from unittest.mock import patch

from django.apps import apps
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

_set_to: list[datetime] = []


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Inside, it is ``moment``. May be nested; afterwards it is again what it was before."""
    _set_to.append(moment)
    try:
        with patch("django.utils.timezone.now", _now):
            _tell_database()
            yield
    finally:
        _set_to.pop()
        if not connection.needs_rollback:  # a rollback takes the setting back by itself
            _tell_database()


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day, Beijing time."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def move(moment: datetime) -> None:
    """Set the clock further, inside ``at``."""
    _set_to[-1] = moment
    _tell_database()


def _now() -> datetime:
    return _set_to[-1]


def _ours() -> datetime:
    return timezone.now()  # asked for each time: it is another function while the clock is set


def _tell_database() -> None:
    moment = _set_to[-1].isoformat() if _set_to else ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('zhupei.simulated_time', %s, false)", [moment])


@contextmanager
def columns_follow() -> Iterator[None]:
    """Columns that the database stamps by its own clock ask ours, as long as this lasts."""
    with ExitStack() as stack:
        for model in apps.get_models():
            for field in model._meta.local_concrete_fields:
                if model._meta.managed and isinstance(field.db_default, Now):
                    stack.enter_context(patch.object(field, "get_default", _ours))
        yield
