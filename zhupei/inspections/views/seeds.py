"""Typing in what a public event came to, opening what was committed to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhupei.core.errors import NotAllowed
from zhupei.inspections.access import may_type
from zhupei.inspections.actions import seeds
from zhupei.inspections.forms import ValueForm
from zhupei.inspections.models import SeedKind
from zhupei.inspections.views.draws import frame
from zhupei.inspections.views.shared import UNPROCESSABLE, done, load_draw
from zhupei.people.requests import SignedIn


@login_required
@require_http_methods(["GET", "POST"])
def value(request: SignedIn, pk: int, place: int) -> HttpResponse:
    """One part of the seed. Nobody reads here what the other one typed."""
    draw = load_draw(request, pk)
    found = get_object_or_404(draw.inputs.prefetch_related("entries__typed_by"), place=place)
    if not may_type(request.user, draw):
        raise NotAllowed("not_allowed", _("只有组织抽查的单位、参加的部门和检查员能录入。"))
    form = ValueForm(request.POST or None)
    is_event = found.kind == SeedKind.EVENT
    verb = seeds.type_in if is_event else seeds.open_commitment
    if form.is_valid():
        said = form.cleaned_data["value"]
        row = done(form, lambda: verb(found, by=request.user, value=said))
        if row:
            known = row.known_at is not None
            sentence = _("已录入，两人一致。") if is_event else _("承诺已公开，和摘要相符。")
            if not known:
                sentence = _("已录入，请第二个人再录入一次。")
            messages.success(request, sentence)
            return redirect("inspections:draw", pk)
    context = frame(request, draw, "draw") | {
        "input": found,
        "is_event": is_event,
        "form": form,
        "typed": [one.typed_by for one in found.entries.all()],
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "inspections/value.html", context, status=status)
