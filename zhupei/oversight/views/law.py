"""The catalogue of legal bases."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.core import audit
from zhupei.core.errors import NotAllowed
from zhupei.oversight.access import may_keep_catalogue
from zhupei.oversight.actions import law as actions
from zhupei.oversight.forms.handovers import BasisForm
from zhupei.oversight.models import LegalBasis, Rank
from zhupei.oversight.views import frame
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """Every article, those in force first, by rank."""
    user = frame.worker(request)
    rows = list(LegalBasis.objects.visible_to(user).order_by("title", "article", "-valid_from"))
    ranks = list(Rank)
    today = timezone.localdate()
    rows.sort(key=lambda row: ranks.index(Rank(row.rank)))
    context = {
        "rows": [
            {"basis": row, "ended": bool(row.valid_until and row.valid_until < today)}
            for row in rows
        ],
        "may_keep": may_keep_catalogue(user),
    }
    return render(request, "oversight/bases.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change what is said of an article."""
    found = get_object_or_404(LegalBasis.objects.visible_to(request.user), pk=pk)
    return _edited(request, found)


@login_required
@require_http_methods(["GET", "POST"])
def enter(request: SignedIn) -> HttpResponse:
    """Enter an article."""
    frame.worker(request)
    return _edited(request, LegalBasis())


def _edited(request: SignedIn, found: LegalBasis) -> HttpResponse:
    if not may_keep_catalogue(request.user):
        raise NotAllowed("not_allowed", _("法律依据目录由自治区住建厅管理。"))
    form = BasisForm(request.POST or None, instance=found)
    if form.is_valid() and frame.tried(form, lambda: actions.keep(form.instance, by=request.user)):
        messages.success(request, _("已登记：%(basis)s。") % {"basis": form.instance})
        return redirect("oversight:bases")
    context = {"form": form, "basis": found, "timeline": audit.timeline(found) if found.pk else []}
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "oversight/basis.html", context, status=status)
