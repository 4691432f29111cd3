"""Wrong codes are counted: a million of them are soon tried by a program, not by a person.

Outside the transaction of signing in, which a refusal undoes.
"""

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.attendance.parameters import WRONG_TRIES
from zhupei.core.errors import Refused
from zhupei.core.parameters import value
from zhupei.people.models import User

MINUTE = 60  # seconds
GUESSES = {"code_wrong", "code_old"}


def check_tries(user: User) -> None:
    """Raises Refused "too_many_tries" once somebody was wrong too often within a minute."""
    tried = cache.get(_key(user), 0)
    if tried and tried >= value(WRONG_TRIES):
        raise Refused(
            "too_many_tries",
            _("这一分钟里输错太多次了。请等一分钟，对着屏幕再输；还不行就请教师登记。"),
            field="code",
        )


def note_try(user: User, refusal: Refused) -> None:
    """Count a refusal that may have been a guess."""
    if refusal.code in GUESSES:
        cache.set(_key(user), cache.get(_key(user), 0) + 1, 2 * MINUTE)


def _key(user: User) -> str:
    return f"attendance:tries:{user.pk}:{int(timezone.now().timestamp()) // MINUTE}"
