"""What waits for experts: the queue, one item, many at once; asking somebody else."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core.errors import NotAllowed, beside
from zhupei.core.queries import number_of
from zhupei.organizations.access import regulates
from zhupei.people.requests import SignedIn
from zhupei.questions import shown, words
from zhupei.questions.access import may_judge
from zhupei.questions.actions import items, reviews
from zhupei.questions.actions.turns import barred, experts
from zhupei.questions.forms import OpinionForm, QueueFilters
from zhupei.questions.models import (
    Cause,
    Decision,
    ItemVersion,
    Opinion,
    Outcome,
    QuestionSet,
    acts_as_expert,
)
from zhupei.questions.views.frame import paged, pairs_of

AT_ONCE = 10  # items of one sheet
ALWAYS = ("stem", "key", "point", "difficulty", "analysis")  # parts that may be spoken of


def _awaited(request: SignedIn) -> QuerySet[Opinion]:
    """What waits for an expert; for the region whatever waits for any of them."""
    if not (acts_as_expert(request.user) or regulates(request.user)):
        raise Http404
    rows = Opinion.objects.visible_to(request.user).awaited()
    if acts_as_expert(request.user):
        rows = rows.filter(expert=request.user)
    return rows.select_related("review__version__item__question_set", "expert")


@login_required
@require_GET
def queue(request: SignedIn) -> HttpResponse:
    """待审试题: the oldest first, with why each is asked and until when."""
    rows = _awaited(request)
    sets = QuestionSet.objects.visible_to(request.user)
    filters = QueueFilters(request.GET, sets=sets)
    if filters.is_valid():
        said = filters.cleaned_data
        if said["question_set"]:
            rows = rows.filter(review__version__item__question_set=said["question_set"])
        if said["cause"]:
            rows = rows.filter(review__cause=said["cause"])
    page = paged(request, rows)
    context = {
        "page": page,
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "reads": acts_as_expert(request.user),
        "now": timezone.now(),
        "at_once": AT_ONCE,
    }
    return render(request, "questions/queue.html", context)


def _shown(request: SignedIn, opinions: Sequence[Opinion]) -> list[dict[str, Any]]:
    """The items of these opinions as candidates see them, in a few questions."""
    keys = [one.review.version_id for one in opinions]
    visible = ItemVersion.objects.visible_to(request.user)
    together = visible.filter(pk__in=keys).select_related("case")
    versions = together.prefetch_related("pictures", "case__pictures").in_bulk()
    for one in opinions:
        versions[one.review.version_id].item = one.review.version.item
    return [
        {
            "opinion": one,
            "version": versions[one.review.version_id],
            "asked": shown.asked_version(versions[one.review.version_id]),
        }
        for one in opinions
    ]


def _form(opinion: Opinion, version: ItemVersion, data: Any = None) -> OpinionForm:
    """The form for one item; with several on a page each has a name of its own."""
    said = {
        "options": bool(version.options),
        "pictures": bool(version.pictures.all()),
        "case": version.case_id is not None,
        "source": bool(version.source),
    }
    parts = [part for part in words.PARTS if part in ALWAYS or said.get(part)]
    figure = reviews.figure_of(opinion.review)
    return OpinionForm(data, prefix=f"o{opinion.pk}", parts=parts, figure=figure, auto_id="id-%s")


def _decide(form: OpinionForm, opinion: Opinion, by: Any) -> bool:
    """Give the opinion; what is refused is said beside its field."""
    said = {"decision": form.cleaned_data["decision"], "reasons": form.reasons}
    with beside(form):
        reviews.decide(opinion, by=by, read=form.read, **said)
    return not form.errors


@login_required
@require_http_methods(["GET", "POST"])
def opinion(request: SignedIn, pk: int) -> HttpResponse:
    """Read one item and say what one thinks of it."""
    found = _own(request, pk)
    if found.decision != Decision.NONE or found.review.outcome != Outcome.OPEN:
        return redirect("questions:item", pk=found.review.version.item_id)
    version, before = _with_the_one_before(request, found)
    form = _form(found, version, request.POST or None)
    if request.method == "POST" and form.is_valid() and _decide(form, found, request.user):
        messages.success(request, _("意见已提交。"))
        following = _awaited(request).first()
        if following is None:
            return redirect("questions:queue")
        return redirect("questions:opinion", pk=following.pk)
    if request.method == "GET":
        items.look(version.item, by=request.user)
    context = _beside(request, found, version, before) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "questions/opinion.html", context, status=status)


def _own(request: SignedIn, pk: int) -> Opinion:
    """One's own opinion, with ``waiting``: how many one still has to give."""
    visible = Opinion.objects.visible_to(request.user)
    mine = visible.awaited().filter(expert=request.user)
    together = visible.select_related("review__version__item__question_set__job")
    found = get_object_or_404(together.annotate(waiting=number_of(mine)), pk=pk)
    if not may_judge(request.user, found):
        raise NotAllowed("not_allowed", _("只有请到的专家本人能审。"))
    return found


def _with_the_one_before(
    request: SignedIn, found: Opinion
) -> tuple[ItemVersion, ItemVersion | None]:
    """What is to be read, and the version before it, with their pictures."""
    asked = found.review.version
    rows = ItemVersion.objects.visible_to(request.user).filter(
        item=asked.item_id, number__lte=asked.number
    )
    together = rows.select_related("case").prefetch_related("pictures", "case__pictures")
    version, *older = together.order_by("-number")[:2]
    version.item = asked.item
    return version, older[0] if older else None


def _beside(
    request: SignedIn, found: Opinion, version: ItemVersion, before: ItemVersion | None
) -> dict[str, Any]:
    """The item, what changed since the version before, why it was flagged, what it looks like."""
    item = found.review.version.item
    pairs = pairs_of(request, item.question_set)
    pairs = pairs.filter(first=item) | pairs.filter(second=item)
    return {
        "opinion": found,
        "version": version,
        "asked": shown.asked_version(version),
        "item": item,
        "question_set": item.question_set,
        "review": found.review,
        "flagged": found.review.cause == Cause.FLAGGED,
        "facts": words.figures(found.review.facts),
        "before": before,
        "changes": shown.difference(before, version) if before else [],
        "pairs": pairs.select_related("first__latest", "second__latest").order_by("-score")[:5],
        "waiting": getattr(found, "waiting", 0),
        "crumbs": [
            {"label": _("待审试题"), "url": reverse("questions:queue")},
            {"label": str(item), "url": ""},
        ],
    }


@login_required
@require_http_methods(["GET", "POST"])
def sheet(request: SignedIn) -> HttpResponse:
    """Ten items on one sheet: each with its own decision; those without one wait on."""
    if not acts_as_expert(request.user):
        raise Http404
    if request.method == "POST":
        keys = [key for key in request.POST.getlist("opinion") if key.isdigit()]
        rows = _awaited(request).filter(pk__in=keys[:AT_ONCE])
    else:
        rows = _awaited(request).filter(review__cause=Cause.SUBMITTED)[:AT_ONCE]
    lines = _shown(request, list(rows))
    for line in lines:
        line["form"] = _form(line["opinion"], line["version"], request.POST or None)
    if request.method == "POST":
        left = [line for line in lines if not _given(line, request.user)]
        wrong = [line for line in left if line["form"].errors]
        done = len(lines) - len(left)
        if done:
            messages.success(request, _("已提交 %(count)d 题的意见。") % {"count": done})
        if not wrong:
            return redirect("questions:sheet" if done else "questions:queue")
        return render(request, "questions/sheet.html", {"lines": left}, status=422)
    items.look_at_all([line["version"].item for line in lines], by=request.user)
    return render(request, "questions/sheet.html", {"lines": lines})


def _given(line: dict[str, Any], by: Any) -> bool:
    """Was something decided about this one, and taken?"""
    form = line["form"]
    if not form.is_valid() or not (form.cleaned_data["decision"] or any(form.reasons.values())):
        return False
    return _decide(form, line["opinion"], by)


@login_required
@require_http_methods(["GET", "POST"])
def reassign(request: SignedIn, pk: int) -> HttpResponse:
    """Ask another expert instead of one who does not answer."""
    visible = Opinion.objects.visible_to(request.user).awaited()
    together = visible.select_related(
        "review__version__item__question_set", "review__version__case"
    )
    found = get_object_or_404(together, pk=pk)
    if not regulates(request.user):
        raise NotAllowed("not_allowed", _("改派审题专家由题库管理员办理。"))
    question_set = found.review.version.item.question_set
    out = barred(found.review)
    offered = [one for one in experts(question_set) if one.pk not in out]
    fault = ""
    if request.method == "POST":
        chosen = {str(one.pk): one for one in offered}.get(request.POST.get("expert", ""))
        if chosen is not None:
            reviews.replace(found, chosen, by=request.user)
            messages.success(request, _("已改请 %(expert)s 审题。") % {"expert": chosen})
            return redirect("questions:queue")
        fault = _("请选一位专家。")
    context = {"opinion": found, "item": found.review.version.item, "offered": offered}
    context |= {"question_set": question_set, "fault": fault}
    return render(request, "questions/reassign.html", context, status=422 if fault else 200)
