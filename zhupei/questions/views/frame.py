"""What the pages of a set have in common: how it is loaded, its head and its tabs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from zhupei.core.errors import NotAllowed
from zhupei.core.queries import number_of
from zhupei.people.requests import SignedIn
from zhupei.questions.access import may_author, may_keep, may_see_items
from zhupei.questions.models import (
    Item,
    ItemState,
    Likeness,
    Pair,
    QuestionSet,
    Review,
    State,
    acts_as_expert,
)
from zhupei.questions.shown import SEALED, SET_BADGES

SIZE = 25


@dataclass(frozen=True)
class Button:
    """A step that is no row of a workflow's table, drawn like one."""

    name: str
    label: str | Promise
    consequence: str | Promise = ""
    tone: str = "plain"
    needs_note: bool = False


def load(request: SignedIn, pk: int) -> QuestionSet:
    """A set somebody may know of, with ``open_pairs``: how many pairs wait for a judgement."""
    visible = QuestionSet.objects.visible_to(request.user).select_related("job")
    open_ones = Pair.objects.visible_to(request.user).standing().filter(verdict=Likeness.OPEN)
    side = Q(first__question_set=OuterRef("pk")) | Q(second__question_set=OuterRef("pk"))
    with_pairs = visible.annotate(open_pairs=number_of(open_ones.filter(side)))
    return get_object_or_404(with_pairs, pk=pk)


def load_item(request: SignedIn, pk: int) -> Item:
    """One item somebody may see, with its versions at hand."""
    visible = Item.objects.visible_to(request.user)
    together = visible.select_related("question_set__job", "latest__case", "current__case")
    return get_object_or_404(together, pk=pk)


def paged(request: SignedIn, rows: QuerySet[Any], size: int = SIZE) -> Page[Any]:
    return Paginator(rows, size).get_page(request.GET.get("page"))


def seen_items(request: SignedIn, question_set: QuestionSet) -> QuerySet[Item]:
    """What somebody may see of a set. Raises NotAllowed for those who only know that it exists."""
    user = request.user
    if not (may_see_items(user, question_set) or acts_as_expert(user)):
        raise NotAllowed("not_allowed", _("试题和答案只有题库管理员和具名的人能看。"))
    return Item.objects.visible_to(user).filter(question_set=question_set)


def held_back(request: SignedIn, found: Iterable[Item]) -> Iterator[tuple[Any, Review | None]]:
    """Each item with the round that keeps its version in force out of new papers, in one
    question; without one where it is drawn.
    """
    listed = list(found)
    in_force = [one.current_id for one in listed if one.state == ItemState.PUBLISHED]
    rounds = Review.objects.visible_to(request.user).holding_back().filter(version__in=in_force)
    held = {one.version_id: one for one in rounds.order_by("pk")}
    for one in listed:
        yield one, held.get(one.current_id or 0)


def frame(request: SignedIn, question_set: QuestionSet, tab: str) -> dict[str, Any]:
    """The head of a set and the pages behind it."""
    user = request.user
    sees, expert = may_see_items(user, question_set), acts_as_expert(user)
    badges = [SET_BADGES[State(question_set.state)]] + ([SEALED] if question_set.is_sealed else [])
    tabs = [("detail", _("概况"), True), ("items", _("试题"), sees or expert)]
    tabs += [("coverage", _("覆盖"), True), ("pairs", _("疑似重复"), sees)]
    tabs += [("exchange", _("导入导出"), sees or may_author(user, question_set))]
    return {
        "question_set": question_set,
        "badges": badges,
        "tabs": [
            {
                "label": label,
                "url": reverse(f"questions:{name}", args=[question_set.pk]),
                "current": name == tab,
                "count": getattr(question_set, "open_pairs", "") if name == "pairs" else "",
            }
            for name, label, shown in tabs
            if shown
        ],
        "may_keep": may_keep(user, question_set),
        "may_see_items": sees,
        "may_author": may_author(user, question_set),
        "crumbs": [
            {"label": _("题库"), "url": reverse("questions:index")},
            {"label": question_set.title, "url": ""},
        ],
    }


def pairs_of(request: SignedIn, question_set: QuestionSet) -> QuerySet[Pair]:
    """Likely duplicates with at least one side in this set, both of which somebody may see."""
    visible = Pair.objects.visible_to(request.user).standing()
    return visible.filter(first__question_set=question_set) | visible.filter(
        second__question_set=question_set
    )
