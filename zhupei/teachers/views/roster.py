"""本机构教师: who works here, on what papers; and rosters that come in and go out."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from zhupei.core import import_papers, tables
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.import_kinds import Row
from zhupei.core.models import WaitingFile
from zhupei.people.models import User
from zhupei.people.rules import mask_id_number, mask_phone
from zhupei.teachers import sheet
from zhupei.teachers.actions import roster as actions
from zhupei.teachers.dossiers import gaps
from zhupei.teachers.forms import ImportForm, RosterFilters
from zhupei.teachers.models import Engagement, EngagementQuerySet, Teacher
from zhupei.teachers.roster import Entry
from zhupei.teachers.views.frame import PER_PAGE, UNPROCESSABLE, at_work, proposes, tabs

SHOWN = 200  # faults on the page; the corrected file has them all


def _registrar(request: HttpRequest) -> User:
    """Somebody who keeps the roster of an institution."""
    user = at_work(request)
    if not proposes(user):
        raise Http404
    return user


@login_required
@require_GET
def roster(request: HttpRequest) -> HttpResponse:
    """The teachers of one's institution by trade, and what is missing of each.

    Source: notice, part 2, section 2 (institutions keep no roster of teachers by trade).
    """
    return _roster(request, ImportForm())


def _roster(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    user = _registrar(request)
    filters = RosterFilters(request.GET or None)
    rows = _narrowed(_engaged(user), filters)
    own = Teacher.objects.visible_to(user).engaged_by(user.acting.organization)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs(user, "roster"),
        "filters": filters,
        "filters_active": any(request.GET.get(name) for name in filters.fields),
        "page": page,
        "rows": [{"engagement": one, "gaps": gaps(one.teacher, one)} for one in page],
        "trades": own.by_trade(),
        "form": form,
    }
    return render(request, "teachers/roster.html", context, status=status)


def _engaged(user: User) -> EngagementQuerySet:
    own = Engagement.objects.visible_to(user).current()
    rows = own.filter(organization=user.acting.organization_id)
    return rows.with_teachers().order_by("-full_time", "since", "pk")


def _narrowed(rows: EngagementQuerySet, filters: RosterFilters) -> EngagementQuerySet:
    if not filters.is_valid():
        return rows
    said = filters.cleaned_data
    if said["q"]:
        rows = rows.filter(teacher__person__name__icontains=said["q"].strip())
    if said["trade"]:
        rows = rows.filter(teacher__trades=said["trade"])
    return rows.filter(full_time=said["time"] == "full") if said["time"] else rows


@never_cache
@login_required
@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a spreadsheet; that it was taken out is recorded."""
    user = _registrar(request)
    rows = list(_narrowed(_engaged(user), RosterFilters(request.GET or None)))
    actions.export(user.acting.organization, by=user, count=len(rows))
    return tables.answer(sheet.workbook(rows), _("教师花名册.xlsx"))


@login_required
@require_POST
def send(request: HttpRequest) -> HttpResponse:
    """Take a roster and rehearse its import."""
    user = _registrar(request)
    form = ImportForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            waiting = actions.receive(
                user.acting.organization, by=user, upload=form.cleaned_data["file"]
            )
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            form.add_error("file", str(refusal))
        else:
            return redirect("teachers:rehearsal", waiting.pk)
    return _roster(request, form, UNPROCESSABLE)


def _waiting(request: HttpRequest, key: Any) -> WaitingFile:
    """One's own file, meant for the institution one acts for."""
    user = _registrar(request)
    waiting = get_object_or_404(WaitingFile.objects.visible_to(user), pk=key)
    if waiting.target != subject_key(user.acting.organization):
        raise Http404
    return waiting


@never_cache
@login_required
@require_GET
def rehearsal(request: HttpRequest, key: Any) -> HttpResponse:
    """What an import would do: every bad row with what is wrong, and who would be proposed."""
    waiting = _waiting(request, key)
    if waiting.taken_at:
        messages.info(request, _("这份花名册已经导入过。"))
        return redirect("teachers:reviews")
    reading = actions.rehearse(waiting)
    faults = [fault for row in reading.bad for fault in row.faults]
    context = {
        "reading": reading,
        "warnings": reading.warnings[:SHOWN],
        "good": [_good_row(row) for row in reading.good[:SHOWN]],
        "more_good": max(len(reading.good) - SHOWN, 0),
        "more_faults": max(len(faults) - SHOWN, 0),
        "report": {
            "file": waiting.name,
            "total": len(reading.rows),
            "good": len(reading.good),
            "refused": len(reading.bad),
            "rows": faults[:SHOWN],
            "corrected_url": reverse("teachers:corrected", args=[key]) if reading.bad else "",
            "confirm_url": reverse("teachers:import_roster", args=[key]),
            "confirm_label": _("导入可导入的 %(count)d 人") % {"count": len(reading.good)},
        },
    }
    return render(request, "teachers/rehearsal.html", context)


def _good_row(row: Row[Entry]) -> dict[str, Any]:
    """A person who can be proposed, as the file names them, numbers masked."""
    entry = cast("Entry", row.value)  # a row without faults has its value
    return {
        "sheet": row.sheet,
        "row": row.number,
        "name": entry.name,
        "id_number": mask_id_number(entry.id_number),
        "phone": mask_phone(entry.phone),
        "title": entry.title,
        "trades": row.cells["trades"],
    }


@login_required
@require_POST
def confirm(request: HttpRequest, key: Any) -> HttpResponse:
    """Start the applications of the good rows."""
    user = _registrar(request)
    waiting = _waiting(request, key)
    made = actions.confirm_import(waiting, user.acting.organization, by=user)
    said = {"count": len(made)}
    messages.success(request, _("已填报 %(count)d 人。上传扫描件后逐人提交审核。") % said)
    return redirect("teachers:reviews")


@never_cache
@login_required
@require_GET
def corrected(request: HttpRequest, key: Any) -> HttpResponse:
    """The bad rows as a spreadsheet, each with its faults marked."""
    reading = actions.rehearse(_waiting(request, key))
    paper = import_papers.corrected(actions.kind(), reading)
    return tables.answer(paper, _("需改正的教师花名册.xlsx"))


@login_required
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """An empty roster to fill in."""
    _registrar(request)
    return tables.answer(import_papers.template(actions.kind()), _("教师花名册模板.xlsx"))
