"""Writing an item: the editor with its preview and the likely duplicates beside it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, Refused, beside
from zhupei.core.models import StoredFile
from zhupei.people.requests import SignedIn
from zhupei.questions import contents, shown
from zhupei.questions.access import may_author, wrote
from zhupei.questions.actions import items, likeness, pictures, reviews
from zhupei.questions.contents import Content
from zhupei.questions.forms_items import ItemForm
from zhupei.questions.forms_pictures import MOST_PICTURES
from zhupei.questions.models import (
    Case,
    Item,
    ItemKind,
    ItemVersion,
    QuestionSet,
    VersionState,
)
from zhupei.questions.rules import Kind
from zhupei.questions.views.frame import load, load_item


def _kind(request: SignedIn, default: str = Kind.SINGLE) -> str:
    """The kind asked for; what is none is not found."""
    kind = request.POST.get("kind") or request.GET.get("kind") or default
    if kind not in ItemKind.values:
        raise Http404
    return kind


def _case(request: SignedIn, question_set: QuestionSet) -> Case | None:
    key = request.POST.get("case") or request.GET.get("case")
    if not key:
        return None
    if not key.isdigit():
        raise Http404
    visible = Case.objects.visible_to(request.user).prefetch_related("pictures")
    return get_object_or_404(visible, pk=key, question_set=question_set)


def sent_pictures(
    request: SignedIn, question_set: QuestionSet
) -> tuple[dict[int, StoredFile], dict[int, str]]:
    """The pictures of this request, kept; and what is wrong with those that cannot be."""
    kept, wrong = {}, {}
    for number in range(MOST_PICTURES):
        if upload := request.FILES.get(f"upload_{number}"):
            try:
                kept[number] = pictures.keep(question_set, upload, by=request.user)
            except NotAllowed:
                raise
            except Refused as refusal:
                wrong[number] = str(refusal)
    return kept, wrong


@login_required
@require_http_methods(["GET", "POST"])
def new(request: SignedIn, pk: int) -> HttpResponse:
    """Write an item of a set."""
    question_set = load(request, pk)
    if not may_author(request.user, question_set):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))
    return _editor(request, question_set, None, _case(request, question_set))


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change one's own draft."""
    found = load_item(request, pk)
    version = found.latest
    if version is not None:
        version.item = found
    if version is None or version.state != VersionState.DRAFT or not wrote(request.user, version):
        raise NotAllowed("not_allowed", _("只有作者本人能改草稿；已提交的要改，请写新版。"))
    return _editor(request, found.question_set, version, version.case)


def _editor(
    request: SignedIn, question_set: QuestionSet, version: ItemVersion | None, case: Case | None
) -> HttpResponse:
    said = contents.of(version) if version else None
    form = _form(request, question_set, case, said)
    status = 200
    if request.method == "POST" and "switch" not in request.POST and "more" not in request.POST:
        if form.is_valid() and (saved := _saved(request, form, question_set, version)):
            return redirect(saved)
        status = 422 if form.errors else 200
    context = _context(request, form, question_set, version, case)
    name = "questions/editor.html"
    return render(request, f"{name}#editor" if request.htmx else name, context, status=status)


def _form(
    request: SignedIn, question_set: QuestionSet, case: Case | None, said: Content | None
) -> ItemForm:
    kind = _kind(request, said.kind if said else Kind.SINGLE)
    if request.method != "POST":
        first = _place_after(case) if case and said is None else None
        form = ItemForm(kind=kind, question_set=question_set, case=case, said=said)
        if first:
            form.initial["position"] = first
        return form
    kept, wrong = sent_pictures(request, question_set)
    form = ItemForm(
        request.POST, kind=kind, question_set=question_set, case=case, said=said, kept=kept
    )
    if "switch" in request.POST or "more" in request.POST:
        form.quiet()
    for number, sentence in wrong.items():
        form.add_error(f"alt_{number}", sentence)
    return form


def _place_after(case: Case) -> int:
    last = case.versions.exclude(state=VersionState.DROPPED).order_by("-position").first()
    return (last.position or 0) + 1 if last else 1


def _saved(
    request: SignedIn, form: ItemForm, question_set: QuestionSet, version: ItemVersion | None
) -> str | None:
    """Keep it, and hand it in when that was asked for; the address to go on to."""
    with beside(form, **form.places()):
        if version is None:
            item = items.draft(question_set, form.said, by=request.user)
        else:
            item = items.change(version, form.said, by=request.user).item
    if form.errors:
        return None
    if "submit" in request.POST:
        reviews.submit(item.versions.latest("number"), by=request.user)
        messages.success(request, _("已提交，系统已请两位专家审题。"))
    else:
        messages.success(request, _("草稿已保存。"))
    if "another" in request.POST:
        return f"{reverse('questions:new', args=[question_set.pk])}?kind={form.kind}"
    return reverse("questions:item", args=[item.pk])


def _context(
    request: SignedIn,
    form: ItemForm,
    question_set: QuestionSet,
    version: ItemVersion | None,
    case: Case | None,
) -> dict[str, Any]:
    item = version.item if version else None
    return {
        "form": form,
        "kinds": ItemKind.choices,
        "question_set": question_set,
        "version": version,
        "item": item,
        "case": case,
        "position_field": form["position"] if case else None,
        "preview_url": reverse("questions:preview", args=[question_set.pk]),
        **_beside(request, form.said, question_set, item),
    }


def _beside(
    request: SignedIn, said: Content, question_set: QuestionSet, item: Item | None
) -> dict[str, Any]:
    """The preview, and what the item looks like."""
    options = () if said.kind == Kind.JUDGE else said.options
    alike: list[ItemVersion] = []
    if said.stem:
        alike += likeness.alike(question_set, said.stem, options, by=request.user, but=item)
    visible = set(
        Item.objects.visible_to(request.user)
        .filter(pk__in=[one.item_id for one in alike])
        .values_list("pk", flat=True)
    )
    return {
        "asked": shown.asked(said),
        "alike": [{"version": one, "may_see": one.item_id in visible} for one in alike],
    }


@login_required
@require_POST
def preview(request: SignedIn, pk: int) -> HttpResponse:
    """What is being written, as the candidate will see it, and what it looks like."""
    question_set = load(request, pk)
    if not may_author(request.user, question_set):
        raise NotAllowed("not_allowed", _("只有题库专家和题库管理员能在这个题库里写题。"))
    case, item = _case(request, question_set), None
    if (key := request.POST.get("item", "")).isdigit():
        item = Item.objects.visible_to(request.user).filter(pk=key).first()
    said = contents.of(item.latest) if item and item.latest else None
    kind = _kind(request)
    form = ItemForm(request.POST, kind=kind, question_set=question_set, case=case, said=said)
    context = _beside(request, form.said, question_set, item)
    return render(request, "questions/editor.html#beside", context)
