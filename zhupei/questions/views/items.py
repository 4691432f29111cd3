"""Items: the list of a set, one item with its versions, its moves, its pictures."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import F, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_list_or_404, get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import audit, files
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import actions, contents, rules, shown
from zhupei.questions.access import keeps, may_revise, may_see_items, wrote
from zhupei.questions.actions import flags, reviews
from zhupei.questions.actions import items as verbs
from zhupei.questions.forms import ItemFilters
from zhupei.questions.models import (
    OPENED,
    Decision,
    Item,
    ItemState,
    ItemVersion,
    Opinion,
    Picture,
    QuestionSet,
    VersionState,
    acts_as_expert,
)
from zhupei.questions.views.frame import (
    Button,
    frame,
    held_back,
    load,
    load_item,
    paged,
    pairs_of,
    seen_items,
)
from zhupei.questions.words import figures
from zhupei.questions.workflow import ITEM, VERSION

MINE = ("submit", "withdraw", "drop")  # of the version's moves, those somebody presses
REVISE = Button(
    "revise", gettext_lazy("写新版"), gettext_lazy("照现在的内容起一份草稿；新版审完之前旧版照用。")
)
FLAG = Button(
    "flag",
    gettext_lazy("请专家再审"),
    gettext_lazy("两位专家看有没有问题；都说要改的，暂停抽用。"),
    needs_note=True,
)


@login_required
@require_GET
def items(request: SignedIn, pk: int) -> HttpResponse:
    """The items of a set; a look at all of them is an event."""
    question_set = load(request, pk)
    rows = seen_items(request, question_set)
    if may_see_items(request.user, question_set):
        actions.look(question_set, by=request.user)
    context = frame(request, question_set, "items") | _listed(request, rows, question_set)
    return render(request, "questions/items.html", context)


def _listed(request: SignedIn, rows: QuerySet[Item], question_set: QuestionSet) -> dict[str, Any]:
    points = contents.points_of(question_set.job)
    written = rows.order_by().values_list("latest__point", "latest__author_name").distinct()
    said = set(written)
    titles = [*points, *(topic for topics in points.values() for topic in topics)]
    filters = ItemFilters(
        request.GET,
        points=dict.fromkeys([*titles, *sorted({point for point, _name in said if point})]),
        authors=sorted({name for _point, name in said if name}),
    )
    together = rows.select_related("latest", "current", "question_set").order_by("pk")
    page = paged(request, _found(together, filters))
    _mark(request, page)
    return {
        "page": page,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
    }


STANDINGS: dict[str, Q] = {
    "in_force": Q(state=ItemState.PUBLISHED),
    "retired": Q(state=ItemState.RETIRED),
    **{
        str(state): Q(latest__state=state) & ~Q(state=ItemState.RETIRED)
        for state in (
            VersionState.DRAFT,
            VersionState.IN_REVIEW,
            VersionState.RETURNED,
            VersionState.DROPPED,
        )
    },
}


def _found(rows: QuerySet[Item], filters: ItemFilters) -> QuerySet[Item]:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["kind"]:
        rows = rows.filter(latest__kind=said["kind"])
    if said["difficulty"]:
        rows = rows.filter(latest__difficulty=said["difficulty"])
    if said["author"]:
        rows = rows.filter(latest__author_name=said["author"])
    if said["point"]:
        rows = rows.filter(latest__point="" if said["point"] == "-" else said["point"])
    return _with_words(_standing(rows, said["standing"]), said["q"].strip())


def _standing(rows: Any, standing: str) -> Any:
    if standing == "faulty":
        return rows.faulty()
    if standing == "held":
        return rows.held()
    return rows.filter(STANDINGS[standing]) if standing else rows


def _with_words(rows: QuerySet[Item], words: str) -> QuerySet[Item]:
    """By number; or by words, what fits best first."""
    if words.isascii() and words.isdigit():
        return rows.filter(Q(pk=int(words)) | Q(latest__stem__contains=words))
    wanted = rules.likeness_words(words)
    if not wanted:
        return rows
    return (
        rows.filter(latest__words__trigram_word_similar=wanted)
        .annotate(fit=TrigramWordSimilarity(wanted, "latest__words"))
        .order_by(F("fit").desc(), "pk")
    )


@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """What somebody wrote, in whatever set, the newest first."""
    own = ItemVersion.objects.visible_to(request.user).filter(author=request.user)
    rows = Item.objects.visible_to(request.user).filter(pk__in=own.values("item"))
    together = rows.select_related("latest", "current", "question_set")
    page = paged(request, together.order_by("-latest__written_at", "-pk"))
    _mark(request, page)
    return render(request, "questions/mine.html", {"page": page})


def _mark(request: SignedIn, found: Iterable[Any]) -> None:
    """Say of each where it stands, and why it is not drawn, in one question."""
    for one, held in held_back(request, found):
        one.held, one.badges = held, shown.badges(one, held)


@login_required
@require_GET
def item(request: SignedIn, pk: int) -> HttpResponse:
    """One item: what it asks, what was said about it, its versions; looking is an event."""
    versions = _versions(request, pk)
    found = versions[0].item
    verbs.look(found, by=request.user)
    wanted = request.GET.get("version", "")
    version = next((one for one in versions if str(one.number) == wanted), versions[0])
    said = list(
        Opinion.objects.visible_to(request.user)
        .filter(review__version__item=found)
        .select_related("review__version")
        .order_by("-review", "pk")
    )
    context = _about(request, found, version, said) | {
        "versions": [(one, shown.VERSION_BADGES[VersionState(one.state)]) for one in versions],
        "moves": _moves(request, found, versions, said),
        "may_edit": versions[0].state == VersionState.DRAFT and wrote(request.user, versions[0]),
        "before": next((one for one in versions if one.number < version.number), None),
    }
    return render(request, "questions/item.html", context)


def _versions(request: SignedIn, pk: int) -> list[ItemVersion]:
    """All of one item, the newest first, each with the item at hand, in one question."""
    rows = ItemVersion.objects.visible_to(request.user).filter(item=pk)
    together = rows.select_related("item__question_set__job", "case").order_by("-number")
    versions = get_list_or_404(together)
    item, by_key = versions[0].item, {one.pk: one for one in versions}
    item.latest = by_key.get(item.latest_id or 0)
    item.current = by_key.get(item.current_id or 0)
    for one in versions:
        one.item = item
    return versions


def _about(
    request: SignedIn, found: Item, version: ItemVersion, said: list[Opinion]
) -> dict[str, Any]:
    """What is shown to whoever has nothing to say about it any more; who still has to, reads the
    item without others' opinions.
    """
    mine = [one for one in said if one.expert_id == request.user.pk]
    awaited = next((one for one in mine if one.is_awaited), None)
    ((_same, held),) = held_back(request, [found])
    of_it = Q(version=version) | Q(case=version.case_id) if version.case_id else Q(version=version)
    pictures: Any = Picture.objects.visible_to(request.user).filter(of_it)
    return {
        "item": found,
        "question_set": found.question_set,
        "badges": shown.badges(found, held),
        "held": held,
        "unasked": held is not None and all(one.review_id != held.pk for one in said),
        "version": version,
        "asked": shown.asked_version(version, pictures=list(pictures)),
        "awaited": awaited,
        "rounds": [] if awaited else _rounds(said),
        "alike": _alike(request, found),
        "timeline": [] if awaited else audit.timeline(found),
        "crumbs": _crumbs(found),
    }


def _rounds(said: list[Opinion]) -> list[dict[str, Any]]:
    """The opinions round by round, the latest round first."""
    rounds: dict[int, dict[str, Any]] = {}
    for opinion in said:
        review = opinion.review
        begun = {"review": review, "facts": figures(review.facts), "opinions": []}
        one = rounds.setdefault(review.pk, begun)
        one["opinions"].append(
            {
                "row": opinion,
                "badge": shown.DECISIONS[Decision(opinion.decision)],
                "reasons": shown.reasons(opinion),
            }
        )
    return list(rounds.values())


def _alike(request: SignedIn, found: Item) -> list[dict[str, Any]]:
    pairs = pairs_of(request, found.question_set).filter(Q(first=found) | Q(second=found))
    together = pairs.select_related("first__latest", "second__latest").order_by("-score")[:5]
    return [
        {"pair": pair, "other": pair.second if pair.first_id == found.pk else pair.first}
        for pair in together
    ]


def _crumbs(found: Item) -> list[dict[str, Any]]:
    return [
        {"label": _("题库"), "url": reverse("questions:index")},
        {
            "label": found.question_set.title,
            "url": reverse("questions:items", args=[found.question_set_id]),
        },
        {"label": str(found), "url": ""},
    ]


def _moves(
    request: SignedIn, found: Item, versions: list[ItemVersion], said: list[Opinion]
) -> list[Any]:
    user, latest = request.user, versions[0]
    moves: list[Any] = list(VERSION.available(latest, user, among=MINE))
    on_its_way = latest.state in OPENED
    if (
        found.state != ItemState.RETIRED
        and not on_its_way
        and may_revise(user, found, versions, said)
    ):
        moves.append(REVISE)
    asked = any(one.is_awaited and one.review.version_id == found.current_id for one in said)
    if found.state == ItemState.PUBLISHED and keeps(user, found) and not asked:
        moves.append(FLAG)
    return [*moves, *ITEM.available(found, user, among=["retire"])]


def _submit(found: Item, by: Any, note: str) -> None:
    reviews.submit(_latest(found), by=by, note=note)


def _withdraw(found: Item, by: Any, note: str) -> None:
    reviews.withdraw(_latest(found), by=by, note=note)


def _drop(found: Item, by: Any, note: str) -> None:
    verbs.drop(_latest(found), by=by, note=note)


def _retire(found: Item, by: Any, note: str) -> None:
    verbs.retire(found, by=by, note=note)


def _revise(found: Item, by: Any, note: str) -> None:  # noqa: ARG001 - as the others
    verbs.revise(found, by=by)


def _flag(found: Item, by: Any, note: str) -> None:
    if found.current is None:
        raise Http404
    flags.flag(found.current, by=by, reason=note)


def _latest(found: Item) -> ItemVersion:
    if found.latest is None:
        raise Http404
    found.latest.item = found
    return found.latest


MOVES: dict[str, Callable[[Item, Any, str], None]] = {
    "submit": _submit,
    "withdraw": _withdraw,
    "drop": _drop,
    "retire": _retire,
    "revise": _revise,
    "flag": _flag,
}
DONE = {
    "submit": gettext_lazy("已提交，系统已请两位专家审题。"),
    "withdraw": gettext_lazy("已撤回，可以接着改。"),
    "drop": gettext_lazy("这一版已作废。"),
    "retire": gettext_lazy("这道题已停用。"),
    "flag": gettext_lazy("已请两位专家再审。"),
}


@login_required
@require_POST
def move(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Perform one step on an item or its latest version."""
    if name not in MOVES:
        raise Http404
    found = load_item(request, pk)
    MOVES[name](found, request.user, request.POST.get("note", ""))
    if name == "revise":
        return redirect("questions:edit", pk=pk)
    messages.success(request, str(DONE[name]))
    return redirect("questions:item", pk=pk)


@login_required
@require_GET
def difference(request: SignedIn, pk: int, old: int, new: int) -> HttpResponse:
    """What two versions say differently; seeing it is a look at the item."""
    found = load_item(request, pk)
    verbs.look(found, by=request.user)
    together = found.versions.select_related("case").prefetch_related("pictures")
    before = get_object_or_404(together, number=old)
    after = get_object_or_404(together, number=new)
    context = {
        "item": found,
        "question_set": found.question_set,
        "before": before,
        "after": after,
        "changes": shown.difference(before, after),
        "crumbs": _crumbs(found),
    }
    return render(request, "questions/difference.html", context)


@login_required
@require_GET
def picture(request: SignedIn, pk: int) -> FileResponse:
    """A picture of an item or a case, for whoever may see one that shows it."""
    visible = Picture.objects.visible_to(request.user).select_related("file")
    return files.respond(get_object_or_404(visible, pk=pk).file, inline=True)


@login_required
@require_GET
def unsaved_picture(request: SignedIn, token: str) -> FileResponse:
    """A picture that was sent with a form which is not saved yet; its token is known to nobody
    else.
    """
    file = contents.file_of(shown.key_of(token))
    if file is None or not (acts_as_expert(request.user) or regulates(request.user)):
        raise Http404
    return files.respond(file, inline=True)
