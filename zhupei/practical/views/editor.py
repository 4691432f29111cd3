"""The editor of a rubric: one task with its criteria, the fatal errors."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhupei.core.errors import NotAllowed, Refused
from zhupei.people.requests import SignedIn
from zhupei.practical.access import may_write
from zhupei.practical.actions import rubrics as actions
from zhupei.practical.forms import CriteriaFormSet, FatalForm, TaskForm, criteria_of
from zhupei.practical.models import Rubric, RubricState
from zhupei.practical.rules import rubric as rules
from zhupei.practical.rules.rubric import Task
from zhupei.practical.views.rubrics import UNPROCESSABLE, load


def _editable(request: SignedIn, pk: int) -> Rubric:
    rubric = load(request, pk)
    if not may_write(request.user, rubric):
        raise NotAllowed("not_allowed", _("评分表由自治区住建厅统一管理。"))
    if rubric.state != RubricState.DRAFT:
        raise Refused("published_is_fixed", _("已发布的评分表不能再改。请复制成新的版本。"))
    return rubric


def _read_again(form: Any, rubric: Rubric) -> None:
    """What was typed stays; the next saving is judged by the rubric as it is now."""
    form.data = form.data.copy()
    form.data["seen"] = rubric.mark


@login_required
@require_http_methods(["GET", "POST"])
def task(request: SignedIn, pk: int, key: str = "") -> HttpResponse:
    """One task with its criteria; without a key a new one."""
    rubric = _editable(request, pk)
    values = rubric.values
    known = next((one for one in values.tasks if one.key == key), None)
    if key and known is None:
        raise Http404
    form = TaskForm(request.POST or None, initial=_first(rubric, values, known))
    lines = CriteriaFormSet(request.POST or None, initial=criteria_of(known))
    if request.method == "POST" and form.is_valid() and lines.is_valid():
        said = form.cleaned_data
        changed = rules.with_task(values, _task(values, known, said, lines), said["place"])
        try:
            actions.rewrite(rubric, changed, by=request.user, mark=said["seen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            _read_again(form, rubric)
        else:
            return _saved(request, rubric, said["title"], more="more" in request.POST, key=key)
    context = {"rubric": rubric, "task": known, "form": form, "lines": lines}
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "practical/task.html", context, status=status)


def _first(rubric: Rubric, values: rules.Rubric, known: Task | None) -> dict[str, Any]:
    if known is None:
        return {"seen": rubric.mark, "place": len(values.tasks) + 1}
    place = values.tasks.index(known) + 1
    return known._asdict() | {"seen": rubric.mark, "place": place}


def _task(values: rules.Rubric, known: Task | None, said: dict[str, Any], lines: Any) -> Task:
    taken = list(values.criteria())
    filled = [
        one
        for one in lines.forms
        if one.cleaned_data.get("text") and not one.cleaned_data.get("DELETE")
    ]
    key = known.key if known else rules.fresh_key("t", [one.key for one in values.tasks])
    criteria = tuple(one.criterion(taken) for one in filled)
    return Task(key, said["title"], said["minutes"], said["brief"], criteria)


def _saved(request: SignedIn, rubric: Rubric, title: str, *, more: bool, key: str) -> HttpResponse:
    messages.success(request, _("已保存“%(title)s”。") % {"title": title})
    if more and key:
        return redirect("practical:task", pk=rubric.pk, key=key)
    return redirect("practical:rubric", pk=rubric.pk)


@login_required
@require_POST
def remove_task(request: SignedIn, pk: int, key: str) -> HttpResponse:
    """Take a task out of the draft."""
    rubric = _editable(request, pk)
    changed = rules.without_task(rubric.values, key)
    actions.rewrite(rubric, changed, by=request.user, mark=rubric.mark)
    return redirect("practical:rubric", pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def fatal(request: SignedIn, pk: int) -> HttpResponse:
    """The fatal errors, a line each."""
    rubric = _editable(request, pk)
    texts = "\n".join(one.text for one in rubric.values.fatal)
    form = FatalForm(request.POST or None, initial={"seen": rubric.mark, "texts": texts})
    if request.method == "POST" and form.is_valid():
        changed = rules.with_fatal(rubric.values, form.lines())
        try:
            actions.rewrite(rubric, changed, by=request.user, mark=form.cleaned_data["seen"])
        except Refused as refusal:
            form.add_error(None, str(refusal))
            _read_again(form, rubric)
        else:
            return redirect("practical:rubric", pk=pk)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "practical/fatal.html", {"rubric": rubric, "form": form}, status=status)
