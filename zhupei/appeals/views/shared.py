"""What the pages of this app have in common."""

from collections.abc import Callable
from typing import Any

from django import forms

from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn


def tried(form: forms.Form, verb: Callable[[], Any]) -> Any:
    """What the verb returns; None when it refused, which then stands beside its field."""
    try:
        return verb() or True
    except Refused as refusal:
        refusal.beside(form)
        return None


def shell(request: SignedIn) -> str:
    """Learners and officers read the same page, each in their own shell."""
    return "core/learner.html" if request.user.acting is None else "core/workbench.html"
