"""Who may write blueprints, have forms made of them, and look at what came out."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.papers.models import Blueprint, Form, State, plans_sittings


def may_keep(user: Any, blueprint: Blueprint) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region says what is examined, for all bodies alike.

    Source: Measures, art. 17 (standards of assessment) and art. 21 (one question bank).
    """
    return regulates(user)


def may_draw(user: Any, blueprint: Blueprint) -> bool:
    """Forms that will be sat: whoever plans a sitting, from what is published, without looking."""
    return blueprint.state == State.PUBLISHED and (regulates(user) or plans_sittings(user))


def may_look(user: Any, form: Form) -> bool:
    """Trial forms, for those who keep the bank. A form that will be sat is looked at by nobody."""
    return form.assembly.trial and regulates(user)
