"""Who may write blueprints, have forms made of them, and look at what came out."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.papers.models import Blueprint, Form, State, plans_sittings
from zhupei.questions.access import holds_a_key
from zhupei.questions.models import QuestionSet


def may_keep(user: Any, blueprint: Blueprint) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region says what is examined, for all bodies alike.

    Source: Measures, art. 17 (standards of assessment) and art. 21 (one question bank).
    """
    return regulates(user)


def may_draw(user: Any, blueprint: Blueprint) -> bool:
    """Forms that will be sat: whoever plans a sitting, from what is published, without looking."""
    return blueprint.state == State.PUBLISHED and (regulates(user) or plans_sittings(user))


def may_look(user: Any, form: Form) -> bool:
    """Trial forms, for those who keep the bank; with items of a sealed set on them, for those named
    on it. A form that will be sat is looked at by nobody.
    """
    if not form.assembly.trial or not regulates(user):
        return False
    return not form.assembly.sealed_sets.difference(QuestionSet.objects.held_by(user)).exists()


def may_release(user: Any, question_set: QuestionSet) -> bool:
    """Who keeps the bank and is named on the sealed set lets a blueprint draw from it."""
    return question_set.is_sealed and regulates(user) and holds_a_key(user, question_set)
