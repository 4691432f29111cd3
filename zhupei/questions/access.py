"""Who may keep the question bank, who may write, read and judge an item, who holds which key."""

from collections.abc import Iterable
from typing import Any

from zhupei.organizations.access import regulates
from zhupei.questions.models import (
    Decision,
    Item,
    ItemVersion,
    Keyholder,
    Opinion,
    Outcome,
    QuestionSet,
    State,
    acts_as_expert,
)


def may_keep(user: Any, question_set: QuestionSet) -> bool:  # noqa: ARG001 - a predicate's signature
    """The region keeps one bank for all.

    Source: Measures, art. 21.
    """
    return regulates(user)


def holds_a_key(user: Any, question_set: QuestionSet) -> bool:
    """Is the person named on this sealed set, and confirmed by a second one?"""
    return bool(
        (regulates(user) or acts_as_expert(user))
        and Keyholder.objects.holding().filter(question_set=question_set, user=user.pk).exists()
    )


def may_see_items(user: Any, question_set: QuestionSet) -> bool:
    """Items and keys are for those who keep them; an assessment body draws without looking. Those
    of a sealed set are for the people named on it and for nobody else.
    """
    if question_set.is_sealed:
        return holds_a_key(user, question_set)
    return may_keep(user, question_set)


def may_author(user: Any, question_set: QuestionSet) -> bool:
    """Experts and the region write items, while the set is not retired."""
    if question_set.state == State.RETIRED or not (regulates(user) or acts_as_expert(user)):
        return False
    return not question_set.is_sealed or holds_a_key(user, question_set)


def keeps(user: Any, item: Item) -> bool:
    """The region, where it may open the set."""
    return may_keep(user, item.question_set) and may_see_items(user, item.question_set)


def keeps_version(user: Any, version: ItemVersion) -> bool:
    return keeps(user, version.item)


def wrote(user: Any, version: ItemVersion) -> bool:
    """Is this the author, still one of those who may write here?"""
    return version.author_id == getattr(user, "pk", None) and may_author(
        user, version.item.question_set
    )


def may_drop(user: Any, version: ItemVersion) -> bool:
    return wrote(user, version) or keeps(user, version.item)


def may_revise(
    user: Any,
    item: Item,
    versions: Iterable[ItemVersion] | None = None,
    said: Iterable[Opinion] | None = None,
) -> bool:
    """The region, whoever wrote any version of it, and the experts who found it at fault.

    A page that has all versions and opinions at hand gives them; else they are asked for.
    """
    if keeps(user, item):
        return True
    if not may_author(user, item.question_set):
        return False
    written = item.versions.all() if versions is None else versions
    given = Opinion.objects.filter(review__version__item=item) if said is None else said
    return any(one.author_id == user.pk for one in written) or any(
        one.expert_id == user.pk and one.decision == Decision.OBJECT for one in given
    )


def may_settle(user: Any, version: ItemVersion) -> bool:
    """Whoever was asked in the round that is open and has just said what they think."""
    if not acts_as_expert(user):
        return False
    given = Opinion.objects.exclude(decision=Decision.NONE)
    return given.filter(
        review__version=version, review__outcome=Outcome.OPEN, expert=user.pk
    ).exists()


def may_publish(user: Any, version: ItemVersion) -> bool:
    """Whoever just agreed to it; and of a version that was agreed on and waited for the others of
    its case, whoever's deed made them complete.
    """
    return may_settle(user, version) or (
        user is not None and ItemVersion.objects.filter(pk=version.pk).agreed().exists()
    )


def may_settle_item(user: Any, item: Item) -> bool:
    return any(may_publish(user, version) for version in item.versions.filter(state="published"))


def may_replace(user: Any, version: ItemVersion) -> bool:
    """The version in force makes room for the one that was agreed on."""
    on_the_way = version.item.versions.filter(state="in_review")
    return any(may_publish(user, other) for other in on_the_way)


def may_judge(user: Any, opinion: Opinion) -> bool:
    """The expert who was asked; in a sealed set only while they are named on it."""
    question_set = opinion.review.version.item.question_set
    return bool(
        acts_as_expert(user)
        and opinion.expert_id == user.pk
        and (not question_set.is_sealed or holds_a_key(user, question_set))
    )
