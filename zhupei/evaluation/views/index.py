"""The evaluations of a year; an institution goes straight to its own."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.evaluation.access import may_write_schemes
from zhupei.evaluation.forms.evaluations import ListForm
from zhupei.evaluation.models import Evaluation, Scheme, State
from zhupei.evaluation.models.evaluation import SEEN_BY_ALL, EvaluationQuerySet
from zhupei.evaluation.views import frame
from zhupei.organizations.models import Kind
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """The evaluations somebody may see, of the newest year unless told."""
    acting = request.user.acting
    if acting is None:
        raise Http404
    schemes = list(Scheme.objects.visible_to(request.user).public().order_by("-year"))
    if acting.organization.kind == Kind.INSTITUTION:
        return _own(request)
    chosen = _chosen(schemes, request.GET.get("year", ""))
    form = ListForm(request.GET, user=request.user)
    rows = Evaluation.objects.visible_to(request.user).filter(scheme=chosen)
    figures = _figures(rows)
    rows = _filtered(rows, form)
    page = Paginator(
        rows.select_related("organization__prefecture").order_by(
            "organization__prefecture", "organization__name", "pk"
        ),
        frame.A_PAGE,
    ).get_page(request.GET.get("page"))
    context = {
        "scheme": chosen,
        "schemes": schemes,
        "figures": figures,
        "page": page,
        "rows": [_row(one) for one in page],
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
        "may_write": may_write_schemes(request.user),
    }
    return render(request, "evaluation/index.html", context)


def _own(request: SignedIn) -> HttpResponse:
    found = Evaluation.objects.visible_to(request.user).order_by("-scheme__year").first()
    if found is None:
        return redirect("evaluation:outlook")
    return redirect("evaluation:detail", pk=found.pk)


def _chosen(schemes: list[Scheme], year: str) -> Scheme | None:
    wanted = [one for one in schemes if str(one.year) == year]
    return wanted[0] if wanted else (schemes[0] if schemes else None)


def _filtered(rows: EvaluationQuerySet, form: ListForm) -> EvaluationQuerySet:
    if not form.is_valid():
        return rows
    said = form.cleaned_data
    rows = rows.found_by(said["q"])
    if said.get("prefecture"):
        rows = rows.filter(organization__prefecture=said["prefecture"])
    if said["state"]:
        rows = rows.filter(state=said["state"])
    if said["grade"]:
        rows = rows.filter(grade=said["grade"], state=State.DECIDED)
    return rows


def _figures(rows: EvaluationQuerySet) -> list[dict[str, Any]]:
    """How many are where, and what grades there are."""
    decided = Q(state=State.DECIDED)
    counts = rows.order_by().aggregate(
        all=Count("pk"),
        open=Count("pk", filter=Q(state=State.OPEN)),
        scoring=Count("pk", filter=Q(state__in=[State.REPORTED, State.SCORED])),
        public=Count("pk", filter=Q(state__in=[State.REVIEWED, State.PUBLIC])),
        exited=Count("pk", filter=Q(state=State.EXITED)),
        **{grade: Count("pk", filter=decided & Q(grade=grade)) for grade in "ABCD"},
    )
    told = [
        {"label": _("参评机构"), "value": counts["all"], "url": "?"},
        {"label": _("自评中"), "value": counts["open"], "url": "?state=open"},
        {"label": _("评分和复核中"), "value": counts["scoring"]},
        {"label": _("待公示、公示中"), "value": counts["public"]},
    ]
    grades = "　".join(f"{grade} {counts[grade]}" for grade in "ABCD")
    exited = _("退出 %(n)s 家") % {"n": counts["exited"]}
    return [*told, {"label": _("已定级"), "value": grades, "note": exited}]


def _row(one: Evaluation) -> dict[str, Any]:
    return {
        "evaluation": one,
        "badge": frame.badge(one),
        "grade": frame.grade_badge(one.grade) if one.state in SEEN_BY_ALL else None,
        "sum": frame.whole(one),
        "score": frame.number(one.score),
    }
