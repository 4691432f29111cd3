"""配备核对: what the rules on staff say of every institution of an area."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.institutions import parameters, staffing
from zhupei.institutions.forms.admission import LACKS, StaffingForm
from zhupei.institutions.models import Standing
from zhupei.institutions.staffing import Report
from zhupei.institutions.views.admission import A_PAGE, badge, found
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def index(request: SignedIn) -> HttpResponse:
    """How many institutions lack what, each figure a link to its list; and the list."""
    if request.user.acting is None:
        raise Http404
    form = StaffingForm(request.GET, user=request.user)
    reports = [_standing(report) for report in staffing.reports(found(request, form))]
    lack = form.cleaned_data["lack"] if form.is_valid() else ""
    page = Paginator(_matching(reports, lack), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(report) for report in page],
        "filters": form,
        "filters_active": any(request.GET.get(name) for name in form.fields),
        "figures": _figures(request.GET, reports),
        "assessed": sum(report.assessed for report in reports),
        "unknown": sum(not report.assessed for report in reports),
        "limits": parameters.limits(),
    }
    return render(request, "institutions/staffing.html", context)


def _standing(report: Report) -> Report:
    """Who has left is not assessed any more."""
    admission = getattr(report.organization, "admission", None)
    left = admission is not None and admission.state == Standing.LEFT
    return report._replace(assessed=report.assessed and not left)


def _matching(reports: Sequence[Report], lack: str) -> list[Report]:
    if lack == "unknown":
        return [report for report in reports if not report.assessed]
    if lack == "good":
        return [report for report in reports if report.assessed and not report.codes]
    if lack in LACKS:
        return [report for report in reports if _lacks(report, lack)]
    return list(reports)


def _lacks(report: Report, lack: str) -> bool:
    return report.assessed and not report.codes.isdisjoint(LACKS[lack])


def _figures(query: QueryDict, reports: Sequence[Report]) -> list[dict[str, Any]]:
    """Each with its denominator: those assessed, and how many were not."""
    known = sum(report.assessed for report in reports)
    of = _("共 %(known)d 家已核对") % {"known": known}
    labels = {
        "managers": _("管理人员不足"),
        "several": _("一人管多类"),
        "head": _("负责人不符"),
        "trades": _("专业工种师资不足"),
        "shared": _("有多家共用教师"),
    }
    figures = [
        {
            "label": label,
            "value": sum(_lacks(report, lack) for report in reports),
            "note": of,
            "url": _link(query, lack),
        }
        for lack, label in labels.items()
    ]
    unknown = {
        "label": _("未核对"),
        "value": len(reports) - known,
        "note": _("没有登记人员，或已退出"),
        "url": _link(query, "unknown"),
    }
    return [*figures, unknown]


def _link(query: QueryDict, lack: str) -> str:
    """The list behind a figure, with the other filters kept."""
    kept = query.copy()
    kept.pop("page", None)
    kept["lack"] = lack
    return f"?{kept.urlencode()}#list"


def _row(report: Report) -> dict[str, Any]:
    verdicts = report.verdicts if report.assessed else []
    open_ones = [verdict for verdict in verdicts if verdict.tone != "ok"]
    return {
        "organization": report.organization,
        "badge": badge(report.organization),
        "assessed": report.assessed,
        "verdicts": open_ones,
        "good": len(verdicts) - len(open_ones),
    }
