"""The tree editor: one page, a form a line. Every answer is the whole tree as it is now."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from zhupei.core.errors import Refused
from zhupei.people.requests import SignedIn
from zhupei.syllabus.actions import tree as actions
from zhupei.syllabus.editor import Kept, lines
from zhupei.syllabus.forms import TopicForm, UnitForm
from zhupei.syllabus.models import Requirement, State, Topic
from zhupei.syllabus.precheck import checks, hours_of
from zhupei.syllabus.views.syllabi import UNPROCESSABLE, load_own

UNIT_STEPS = ("up", "down")
TOPIC_STEPS = ("up", "down", "indent", "outdent")
Verb = Callable[..., Any]


@login_required
@require_GET
def tree(request: SignedIn, pk: int) -> HttpResponse:
    """The units and topics of a draft, to be written."""
    if load_own(request, pk).state != State.DRAFT:
        return redirect("syllabus:detail", pk=pk)
    return _drawn(request, pk)


@login_required
@require_POST
def add_unit(request: SignedIn, pk: int) -> HttpResponse:
    """Put a unit at the end."""
    syllabus, form = load_own(request, pk), UnitForm(request.POST)
    return _answer(
        request, pk, Kept("new-unit", form), lambda **said: actions.add_unit(syllabus, **said)
    )


@login_required
@require_POST
def unit(request: SignedIn, pk: int, unit: int, step: str) -> HttpResponse:
    """Save, move or remove a unit."""
    row = load_own(request, pk).units.filter(pk=unit).first()
    form = UnitForm(request.POST) if step == "save" else None
    if row is None:
        return _gone(request, pk, form)
    verbs: dict[str, Verb] = {
        way: lambda **said: actions.move_unit(row, step, **said) for way in UNIT_STEPS
    }
    verbs["save"] = lambda **said: actions.change_unit(row, **said)
    verbs["remove"] = lambda **said: actions.remove_unit(row, **said)
    return _answer(request, pk, Kept(f"unit-{unit}", form), _known(verbs, step))


@login_required
@require_POST
def add_topic(request: SignedIn, pk: int, unit: int) -> HttpResponse:
    """Put a topic at the end of a unit, or below another topic."""
    row = load_own(request, pk).units.filter(pk=unit).first()
    form = TopicForm(request.POST)
    key = request.POST.get("below", "")
    below = row.topics.filter(pk=key).first() if row and key.isdecimal() else None
    if row is None or (key and below is None):
        return _gone(request, pk, form)
    line = f"below-{below.pk}" if below else f"new-{unit}"
    return _answer(
        request,
        pk,
        Kept(line, form),
        lambda **said: actions.add_topic(row, below=below, **said),
    )


@login_required
@require_POST
def topic(request: SignedIn, pk: int, topic: int, step: str) -> HttpResponse:
    """Save, move or remove a topic."""
    mine = Topic.objects.visible_to(request.user).filter(unit__syllabus=load_own(request, pk))
    row = mine.filter(pk=topic).first()
    form = TopicForm(request.POST) if step == "save" else None
    if row is None:
        return _gone(request, pk, form)
    verbs: dict[str, Verb] = {
        way: lambda **said: actions.move_topic(row, step, **said) for way in TOPIC_STEPS
    }
    verbs["save"] = lambda **said: actions.change_topic(row, **said)
    verbs["remove"] = lambda **said: actions.remove_topic(row, **said)
    return _answer(request, pk, Kept(f"topic-{topic}", form), _known(verbs, step))


def _known(verbs: dict[str, Verb], step: str) -> Verb:
    if step not in verbs:
        raise Http404
    return verbs[step]


def _answer(request: SignedIn, pk: int, kept: Kept, verb: Verb) -> HttpResponse:
    """Do it and show the tree; or show the tree with what was typed and why it was not done."""
    form = kept.form
    if form is not None and not form.is_valid():
        return _drawn(request, pk, kept)
    try:
        verb(by=request.user, seen=_seen(request), **(form.cleaned_data if form else {}))
    except Refused as refusal:
        if form is not None and refusal.field in form.fields:
            form.add_error(refusal.field, str(refusal))
        else:
            kept.message = str(refusal)
        return _drawn(request, pk, kept)
    if request.headers.get("HX-Request"):
        return _drawn(request, pk, next_line=kept.line)
    return redirect("syllabus:tree", pk=pk)


def _seen(request: SignedIn) -> int:
    """The mark of the draft its reader saw; what cannot be one was never seen."""
    text = request.POST.get("seen", "")
    return int(text) if text.isdecimal() else -1


def _gone(request: SignedIn, pk: int, form: Any) -> HttpResponse:
    """Somebody removed the line meanwhile; what was typed is said, so that it is not lost."""
    typed = form.data.get("title", "") if form else ""
    words = _("这一行刚被别人删除，页面已换成现在的样子。")
    if typed:
        words += _("您写的是：“%(typed)s”。") % {"typed": typed}
    return _drawn(request, pk, Kept("", None, words))


def _drawn(
    request: SignedIn, pk: int, kept: Kept | None = None, *, next_line: str = ""
) -> HttpResponse:
    """The tree as it is now; ``next_line`` is where the writer goes on."""
    syllabus = load_own(request, pk)
    units = list(syllabus.units.prefetch_related("topics"))
    rows, new = lines(units, kept)
    context = {
        "syllabus": syllabus,
        "rows": rows,
        "new": new,
        "hours": hours_of(units),
        "checks": checks(syllabus, units),
        "message": " ".join(kept.errors) if kept else "",
        "requirements": Requirement.choices,
        "next_line": next_line,
    }
    part = "#tree" if request.headers.get("HX-Request") else ""
    status = UNPROCESSABLE if kept else 200
    return render(request, f"syllabus/tree.html{part}", context, status=status)
