"""Who may write blueprints, have forms made of them, and look at what came out."""

from typing import Any

from zhupei.organizations.access import regulates
from zhupei.papers.models import Blueprint, Form, State, plans_sittings
from zhupei.questions.models import QuestionSet
from zhupei.questions.models.sets import QuestionSetQuerySet


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


def releasable_by(user: Any) -> QuestionSetQuerySet:
    """The sealed sets a blueprint may be let draw from by who keeps the bank: those they are named
    on.
    """
    sets = QuestionSet.objects.all()
    return sets.held_by(user) if regulates(user) else sets.none()


def may_release(user: Any, question_set: QuestionSet) -> bool:
    """As ``releasable_by`` says it of one set."""
    return releasable_by(user).filter(pk=question_set.pk).exists()
