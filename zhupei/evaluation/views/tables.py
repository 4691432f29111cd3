"""The tables of a year for those who work with it, also as a spreadsheet."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhupei.core.tables import Sheet, answer, workbook
from zhupei.evaluation import tables
from zhupei.evaluation.access import may_read_tables
from zhupei.evaluation.models import Evaluation
from zhupei.evaluation.views import schemes
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def show(request: SignedIn, pk: int) -> HttpResponse:
    """Grades by place; what was found of each indicator, with its denominator."""
    if not may_read_tables(request.user):
        raise Http404
    found = schemes.load(request, pk)
    mine = Evaluation.objects.visible_to(request.user).filter(scheme=found)
    places, everywhere = tables.grades(mine)
    lines = tables.indicators(found, mine)
    if request.GET.get("as") == "xlsx":
        return answer(
            workbook(
                Sheet(
                    _("等级"),
                    [_("地州市"), "A", "B", "C", "D", _("退出"), _("未定级"), _("合计")],
                    [[one.name, *one.row()] for one in [*places, everywhere]],
                ),
                Sheet(
                    _("指标"),
                    [
                        _("编号"), _("指标"), _("满分"), _("部分"), _("零分"), _("已评"),
                        _("不适用"), _("全部"),
                    ],
                    [list(line) for line in lines],
                ),
            ),
            _("%(year)s年度评估.xlsx") % {"year": found.year},
        )  # fmt: skip
    context = {"scheme": found, "places": places, "everywhere": everywhere, "lines": lines}
    return render(request, "evaluation/tables.html", context)
