"""许可与人员: licences, the head, the managers, the teachers."""

from collections import Counter
from datetime import date
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.institutions import licensing, parameters, staffing
from zhupei.institutions.access import may_enter_licence
from zhupei.institutions.actions import licences, staff
from zhupei.institutions.forms.file import LicenceForm, StaffForm
from zhupei.institutions.forms.shared import EndForm, EndLicenceForm
from zhupei.institutions.models import Licence, StaffMember
from zhupei.institutions.rules.licences import LicenceFacts, Right, right
from zhupei.institutions.views.frame import entry, frame, kept, kept_part, load, paged, paper, part
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn
from zhupei.teachers.models import Engagement


@login_required
@require_GET
def people(request: SignedIn, pk: int) -> HttpResponse:
    """The licences, and everybody in office with the paper that proves it."""
    organization, user, today = load(request, pk), request.user, timezone.localdate()
    own = {"organization": organization}
    engaged = Engagement.objects.visible_to(user).filter(**own).on(today)
    members = StaffMember.objects.visible_to(user).filter(**own).select_related("proof")
    held = Licence.objects.visible_to(user).filter(**own).select_related("paper")
    licences_held = list(held.with_scope().order_by("-valid_until"))
    verdicts = staffing.verdicts(organization)
    context = frame(request, organization, "people") | {
        "licence": licensing.seen(_right(licences_held, today)),
        "licences": licences_held,
        "staff": members.on(today).order_by("post", "since"),
        "former": members.filter(until__lt=today).order_by("-until")[:10],
        "verdicts": verdicts,
        "tally": Counter(str(verdict.tone) for verdict in verdicts),
        "page": paged(request, engaged.select_related("teacher__person").order_by("since", "pk")),
        "today": today,
    }
    return render(request, "institutions/people.html", context)


def _right(held: list[Any], today: date) -> Right:
    facts = [
        LicenceFacts(one.number, one.valid_from, one.valid_until, frozenset(one.scope))
        for one in held
    ]
    return right(facts, today, parameters.warn_at(today))


# --- licences -------------------------------------------------------------------------------------


def _entering(request: SignedIn, organization: Organization) -> Organization:
    if not may_enter_licence(request.user, organization):
        raise Http404
    return organization


@login_required
@require_http_methods(["GET", "POST"])
def enter_licence(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau enters a licence."""
    organization = _entering(request, load(request, pk))
    form = LicenceForm(request.POST or None, request.FILES or None)
    verb = partial(licences.enter_licence, organization)
    heading = _("登记办学许可证")
    text = _("请核对原件后登记。机构据此在有效期内、按办学内容提交开班计划。")
    return entry(request, organization, form, verb, heading=heading, tab="people", text=text)


@login_required
@require_http_methods(["GET", "POST"])
def change_licence(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau corrects or prolongs a licence."""
    licence = part(request, Licence, pk)
    organization = _entering(request, licence.organization)
    form = LicenceForm(request.POST or None, request.FILES or None, instance=licence)
    verb = partial(licences.change, licence)
    return entry(request, organization, form, verb, heading=_("修改办学许可证"), tab="people")


@login_required
@require_http_methods(["GET", "POST"])
def end_licence(request: SignedIn, pk: int) -> HttpResponse:
    """The bureau ends a licence before its day."""
    licence = part(request, Licence, pk)
    organization = _entering(request, licence.organization)
    form = EndLicenceForm(request.POST or None)
    verb = partial(licences.end, licence)
    heading = _("终止办学许可证 %(number)s") % {"number": licence.number}
    text = _("终止之日以后不能再提交开班计划。已受理的班级不受影响，由属地住建局另行处理。")
    words = {"heading": heading, "text": text, "submit": _("终止"), "danger": True}
    return entry(request, organization, form, verb, tab="people", **words)


@login_required
@require_GET
def licence_paper(request: SignedIn, pk: int) -> HttpResponseBase:
    """The scan of a licence."""
    return paper(part(request, Licence, pk, "paper").paper)


# --- staff ----------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def appoint(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a head or a manager."""
    organization = kept(request, pk)
    form = StaffForm(request.POST or None, request.FILES or None)
    verb = partial(staff.appoint, organization)
    heading = _("登记负责人或管理人员")
    return entry(request, organization, form, verb, heading=heading, tab="people")


@login_required
@require_http_methods(["GET", "POST"])
def change_staff(request: SignedIn, pk: int) -> HttpResponse:
    """Say something else of somebody in office."""
    member = kept_part(request, StaffMember, pk)
    organization = member.organization
    form = StaffForm(request.POST or None, request.FILES or None, instance=member)
    verb = partial(staff.change, member)
    heading = _("修改 %(name)s 的任职") % {"name": member.name}
    return entry(request, organization, form, verb, heading=heading, tab="people")


@login_required
@require_http_methods(["GET", "POST"])
def leave(request: SignedIn, pk: int) -> HttpResponse:
    """Enter somebody's last day."""
    member = kept_part(request, StaffMember, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    verb = partial(staff.leave, member)
    heading = _("登记 %(name)s 离任") % {"name": member.name}
    words = {"heading": heading, "submit": _("登记离任")}
    return entry(request, member.organization, form, verb, tab="people", **words)


@login_required
@require_GET
def proof(request: SignedIn, pk: int) -> HttpResponseBase:
    """The letter of appointment or record of insurance."""
    return paper(part(request, StaffMember, pk, "proof").proof)
