"""What a verb came to: the code of its refusal, or the events it left."""

import pytest

from zhupei.core import audit
from zhupei.core.errors import Refused


def refused(verb, *args, **fields) -> str:
    """The code with which a verb refuses; its sentence can be read."""
    with pytest.raises(Refused) as refusal:
        verb(*args, **fields)
    assert str(refusal.value)
    return refusal.value.code


def verbs_of(thing) -> list[str]:
    """What happened to a thing, oldest first."""
    return [event.verb for event in audit.own_history(thing)]
