"""The people of a class: invited and enrolled; and the spreadsheet they come from."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes import roster as kinds
from zhupei.classes.access import may_invite, may_see_identities
from zhupei.classes.actions import importing as imports
from zhupei.classes.actions import roster as actions
from zhupei.classes.events import EnrolmentEvent
from zhupei.classes.forms import RosterForm
from zhupei.classes.models import Enrolment, Invitation, TrainingClass
from zhupei.classes.views.frame import frame, load, me
from zhupei.classes.views.plan import UNPROCESSABLE, returned
from zhupei.classes.workflow import INVITATION
from zhupei.core import import_papers, longjobs, tables
from zhupei.core.audit import history, subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.import_kinds import Row
from zhupei.core.models import LongJob, WaitingFile
from zhupei.people.rules import mask_id_number, mask_phone

PER_PAGE = 50
TO_TAKE_BACK = INVITATION.moves["take_back"].sources
SAID = 10  # words of those who left
SHOWN = 200  # faults on the page; the corrected file has them all


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is invited and who has come; whole numbers only when asked for, and that is recorded."""
    found, user = load(request, pk), me(request)
    page = _page(request, found)
    whole = request.method == "POST"
    if whole:
        actions.show_identities(found, by=user, count=len(page.object_list))
    context = _people(request, found, page, whole=whole) | {
        "whole": whole,
        "form": RosterForm(),
        "returned": [x for x in returned(found) if x["field"] == "roster"],
    }
    return render(request, "classes/roster.html", context)


def _people(request: HttpRequest, found: Any, page: Any, *, whole: bool) -> dict[str, Any]:
    """The list, and of those who left only how many and what they wanted to say, unnamed."""
    user = me(request)
    return frame(request, found, "roster") | {
        "page": page,
        "people": [_person(one, whole=whole) for one in page],
        "may_see_identities": may_see_identities(user, found),
        "may_invite": may_invite(user, found),
        "parting_words": _parting_words(found) if found.around["gone"] else [],
    }


def _parting_words(found: TrainingClass) -> list[str]:
    said = history(found).filter(verb=EnrolmentEvent.WITHDRAWN).exclude(facts__note="")
    return [str(note) for note in said.order_by("-id").values_list("facts__note", flat=True)[:SAID]]


def _page(request: HttpRequest, found: TrainingClass) -> Any:
    """Invited people first, in the order of their invitation; then those who came by themselves.
    Whoever left again is not among them.
    """
    user = me(request)
    invited = Invitation.objects.visible_to(user).standing().filter(training_class=found)
    alone = Enrolment.objects.visible_to(user).active()
    alone = alone.filter(training_class=found, invitation=None)
    rows: Any = _Both(invited.order_by("pk"), alone.select_related("person").order_by("pk"))
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


class _Both:
    """Two lists, one after the other, for a paginator."""

    def __init__(self, first: Any, second: Any) -> None:
        self.first, self.second = first, second
        self.split = first.count()

    def count(self) -> int:
        return int(self.split + self.second.count())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[Any]:
        start, stop = part.start, part.stop
        rows = list(self.first[start:stop]) if start < self.split else []
        if stop > self.split:
            rows += self.second[max(start - self.split, 0) : stop - self.split]
        return rows


def _person(one: Any, *, whole: bool) -> dict[str, Any]:
    """A row of the list, its numbers masked unless whole ones were asked for."""
    invited = isinstance(one, Invitation)
    who = one if invited else one.person
    return {
        "name": who.name,
        "id_number": who.id_number if whole else mask_id_number(who.id_number),
        "phone": who.phone if whole else mask_phone(who.phone),
        "employer": one.employer if invited else "",
        "badge": _badge(one),
        "invitation": one.pk if invited and one.state in TO_TAKE_BACK else None,
        "way": _("名册") if invited else _("自行报名"),
    }


def _badge(one: Any) -> dict[str, str]:
    looks = {
        "open": ("clock", "warn"),
        "confirmed": ("circle-check", "ok"),
        "enrolled": ("circle-check", "ok"),
    }
    icon, tone = looks.get(one.state, ("x", ""))
    return {"icon": icon, "tone": tone, "word": one.get_state_display()}


@login_required
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one invitation back."""
    found = get_object_or_404(Invitation.objects.visible_to(me(request)), pk=pk)
    actions.take_back(found, by=me(request))
    messages.success(request, _("已撤回给“%(name)s”的邀请。") % {"name": found.name})
    return redirect("classes:roster", found.training_class_id)


@login_required
@require_POST
def send_roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a spreadsheet and rehearse its import."""
    found, user = load(request, pk), me(request)
    form = RosterForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            waiting = actions.receive(found, by=user, upload=form.cleaned_data["file"])
        except Refused as refusal:
            if isinstance(refusal, NotAllowed):
                raise
            form.add_error("file", str(refusal))
        else:
            return redirect("classes:rehearsal", waiting.pk)
    page = _page(request, found)
    context = _people(request, found, page, whole=False) | {"form": form}
    return render(request, "classes/roster.html", context, status=UNPROCESSABLE)


def _waiting(request: HttpRequest, key: Any) -> tuple[WaitingFile, TrainingClass]:
    """One's own file, and the class it is meant for."""
    waiting = get_object_or_404(WaitingFile.objects.visible_to(me(request)), pk=key)
    found = load(request, int(waiting.target_key))
    if waiting.target != subject_key(found):
        raise Http404
    return waiting, found


@never_cache
@login_required
@require_GET
def rehearsal(request: HttpRequest, key: Any) -> HttpResponse:
    """What an import would do: every bad row with what is wrong, and how many are good."""
    waiting, found = _waiting(request, key)
    if waiting.taken_at:
        messages.info(request, _("这份名单已经导入过。"))
        return redirect("classes:roster", found.pk)
    if imports.under_way(waiting):
        return redirect("classes:importing", waiting.pk)
    reading = actions.rehearse(waiting, found)
    known = actions.invited_already(found, reading.good)
    fresh = len(reading.good) - known
    faults = [fault for row in reading.bad for fault in row.faults]
    context = frame(request, found, "roster") | {
        "reading": reading,
        "known": known,
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
            "corrected_url": reverse("classes:corrected", args=[key]) if reading.bad else "",
            "confirm_url": reverse("classes:import_roster", args=[key]) if fresh else "",
            "confirm_label": _("邀请可导入的 %(count)d 人") % {"count": fresh},
        },
    }
    return render(request, "classes/rehearsal.html", context)


def _good_row(row: Row[kinds.Entry]) -> dict[str, Any]:
    """A person who can be invited, as the file names them, numbers masked."""
    entry = cast("kinds.Entry", row.value)  # a row without faults has its value
    return {
        "sheet": row.sheet,
        "row": row.number,
        "name": entry.name,
        "id_number": mask_id_number(entry.id_number),
        "phone": mask_phone(entry.phone),
        "employer": entry.employer,
    }


@login_required
@require_POST
def import_roster(request: HttpRequest, key: Any) -> HttpResponse:
    """Invite the people of the good rows; of a long roster, show how far that is."""
    waiting, found = _waiting(request, key)
    made = imports.confirm(waiting, found, by=me(request))
    if isinstance(made, LongJob):
        return redirect("classes:importing", waiting.pk)
    sentence = ngettext("已邀请 %(count)d 人。", "已邀请 %(count)d 人。", len(made))
    messages.success(request, sentence % {"count": len(made)})
    return redirect("classes:roster", found.pk)


@never_cache
@login_required
@require_GET
def importing(request: HttpRequest, key: Any) -> HttpResponse:
    """How far the import of a long roster is, and how it ended."""
    waiting, found = _waiting(request, key)
    here = imports.progress_url(waiting)
    job = LongJob.objects.visible_to(me(request)).filter(url=here).order_by("-pk").first()
    if job is None:
        raise Http404
    part = longjobs.part(job, result_url=reverse("classes:roster", args=[found.pk]))
    if request.headers.get("HX-Request"):
        return render(request, "classes/importing.html#job", {"job": part})
    context = frame(request, found, "roster") | {"job": part, "waiting": waiting}
    return render(request, "classes/importing.html", context)


@never_cache
@login_required
@require_GET
def corrected(request: HttpRequest, key: Any) -> HttpResponse:
    """The bad rows as a spreadsheet, each with its faults marked."""
    waiting, found = _waiting(request, key)
    kind = kinds.kind(on=found.starts_on)
    paper = import_papers.corrected(kind, actions.rehearse(waiting, found))
    return tables.answer(paper, _("需改正的名单.xlsx"))


@login_required
@require_GET
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """An empty roster to fill in."""
    kind = kinds.kind(on=load(request, pk).starts_on)
    return tables.answer(import_papers.template(kind), _("学员名单模板.xlsx"))
