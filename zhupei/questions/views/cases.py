"""Case groups: the shared text with its items."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, beside
from zhupei.people.requests import SignedIn
from zhupei.questions import shown
from zhupei.questions.access import may_author
from zhupei.questions.actions import cases, groups
from zhupei.questions.actions.items import look_at_all
from zhupei.questions.contents import Shown
from zhupei.questions.forms import CaseForm
from zhupei.questions.forms_pictures import initial_pictures
from zhupei.questions.models import Case, Item, QuestionSet, VersionState
from zhupei.questions.views.frame import load
from zhupei.questions.views.writing import sent_pictures


def _load(request: SignedIn, pk: int) -> Case:
    visible = Case.objects.visible_to(request.user).select_related("question_set__job", "follows")
    return get_object_or_404(visible.prefetch_related("pictures__file"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, pk: int) -> HttpResponse:
    """Begin a case group."""
    question_set = load(request, pk)
    if not may_author(request.user, question_set):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))
    return _editor(request, question_set, None)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Write a case anew; one that was handed in is followed by a new one."""
    case = _load(request, pk)
    if not cases.may_change(request.user, case):
        raise NotAllowed("not_allowed", _("只有作者和题库管理员能改案例。"))
    return _editor(request, case.question_set, case)


def _editor(request: SignedIn, question_set: QuestionSet, case: Case | None) -> HttpResponse:
    if request.method == "POST":
        kept, wrong = sent_pictures(request, question_set)
        form = CaseForm(request.POST, kept=kept)
        for number, sentence in wrong.items():
            form.add_error(f"alt_{number}", sentence)
        if form.is_valid() and (saved := _saved(request, form, question_set, case)):
            return redirect("questions:case", pk=saved.pk)
    else:
        form = CaseForm(initial=_initial(case))
    context = {
        "form": form,
        "question_set": question_set,
        "case": case,
        "frozen": case is not None and cases.is_frozen(case),
        "crumbs": _crumbs(question_set),
    }
    status = 422 if form.errors else 200
    return render(request, "questions/case_editor.html", context, status=status)


def _initial(case: Case | None) -> dict[str, Any]:
    if case is None:
        return {}
    pictures = [Shown(picture.file, picture.alt) for picture in case.pictures.all()]
    return {"text": case.text, **initial_pictures(pictures)}


def _saved(
    request: SignedIn, form: CaseForm, question_set: QuestionSet, case: Case | None
) -> Case | None:
    text, pictures = form.typed("text"), form.pictures()
    saved: Case | None = None
    with beside(form, pictures=form.first_without_words()):
        if case is None:
            saved = cases.write(question_set, text, by=request.user, pictures=pictures)
        else:
            saved = cases.change(case, text, by=request.user, pictures=pictures)
        messages.success(request, _("案例已保存。"))
    return saved


@login_required
@require_GET
def case(request: SignedIn, pk: int) -> HttpResponse:
    """One case group with its items; seeing it is a look at each of them."""
    found = _load(request, pk)
    rows = Item.objects.visible_to(request.user).filter(latest__case=found)
    items: list[Any] = list(
        rows.exclude(latest__state=VersionState.DROPPED)
        .select_related("latest", "current", "question_set")
        .order_by("latest__position")
    )
    look_at_all(items, by=request.user)
    waits = groups.waits(found)
    agreed = set(groups.agreed(found)) if waits else set()
    for item in items:
        item.badges = [shown.AGREED] if item.latest_id in agreed else shown.badges(item)
    following = Case.objects.visible_to(request.user).filter(follows=found).first()
    context = {
        "case": found,
        "question_set": found.question_set,
        "pictures": [shown.saved(picture) for picture in found.pictures.all()],
        "items": items,
        "following": following,
        "waiting": {"agreed": len(agreed), "of": len(items)} if waits and items else None,
        "may_change": following is None and cases.may_change(request.user, found),
        "may_author": following is None and may_author(request.user, found.question_set),
        "frozen": cases.is_frozen(found),
        "crumbs": _crumbs(found.question_set),
    }
    return render(request, "questions/case.html", context)


@login_required
@require_POST
def give_up(request: SignedIn, pk: int) -> HttpResponse:
    """Leave the case as it was before it was changed."""
    found = _load(request, pk)
    before = found.follows_id
    count = cases.give_up(found, by=request.user, note=request.POST.get("note", ""))
    messages.success(request, _("已放弃改写，%(count)d 道小题的新版作废。") % {"count": count})
    return redirect("questions:case", pk=before)


def _crumbs(question_set: QuestionSet) -> list[dict[str, Any]]:
    return [
        {"label": _("题库"), "url": reverse("questions:index")},
        {
            "label": question_set.title,
            "url": reverse("questions:items", args=[question_set.pk]),
        },
        {"label": _("案例组"), "url": ""},
    ]
