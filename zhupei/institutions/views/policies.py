"""制度与平台: the eight policies with their versions, and the online platforms."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhupei.institutions.actions import platforms
from zhupei.institutions.actions import policies as actions
from zhupei.institutions.forms.file import PlatformForm, PolicyForm
from zhupei.institutions.forms.shared import EndForm
from zhupei.institutions.models import Platform, Policy, PolicyKind
from zhupei.institutions.views.frame import entry, frame, kept, kept_part, load, paper, part
from zhupei.people.requests import SignedIn


@login_required
@require_GET
def policies(request: SignedIn, pk: int) -> HttpResponse:
    """Each of the eight, in force or missing, with the versions before; and the platforms."""
    organization, user, today = load(request, pk), request.user, timezone.localdate()
    own = Policy.objects.visible_to(user).filter(organization=organization)
    versions = list(own.select_related("file").order_by("-adopted_on", "-pk"))
    used = Platform.objects.visible_to(user).filter(organization=organization)
    context = frame(request, organization, "policies") | {
        "policies": [_kind(kind, versions) for kind in PolicyKind],
        "platforms": used.order_by("-ended_on", "name"),
        "today": today,
    }
    return render(request, "institutions/policies.html", context)


def _kind(kind: PolicyKind, versions: list[Policy]) -> dict[str, object]:
    of_kind = [policy for policy in versions if policy.kind == kind]
    in_force = next((policy for policy in of_kind if policy.replaced_on is None), None)
    before = [policy for policy in of_kind if policy is not in_force]
    return {"kind": kind, "in_force": in_force, "before": before}


@login_required
@require_http_methods(["GET", "POST"])
def adopt(request: SignedIn, pk: int) -> HttpResponse:
    """A policy, or a new version of one."""
    organization = kept(request, pk)
    wanted = request.GET.get("kind", "")
    form = PolicyForm(request.POST or None, request.FILES or None, kind=wanted)
    verb = partial(actions.adopt, organization)
    return entry(request, organization, form, verb, heading=_("登记制度"), tab="policies")


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """A policy ends and nothing replaces it."""
    policy = kept_part(request, Policy, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    words = {
        "heading": _("废止《%(title)s》") % {"title": policy.title},
        "text": _("只是换新版本的，请直接登记新版本。废止后这一类制度就缺了。"),
        "submit": _("废止"),
        "danger": True,
    }
    verb = partial(actions.withdraw, policy)
    return entry(request, policy.organization, form, verb, tab="policies", **words)


@login_required
@require_GET
def policy_text(request: SignedIn, pk: int) -> HttpResponseBase:
    """The text of a policy."""
    return paper(part(request, Policy, pk, "file").file)


# --- platforms ------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "POST"])
def add_platform(request: SignedIn, pk: int) -> HttpResponse:
    """Enter a platform."""
    organization = kept(request, pk)
    form = PlatformForm(request.POST or None, request.FILES or None)
    verb = partial(platforms.add, organization)
    return entry(request, organization, form, verb, heading=_("登记网络平台"), tab="policies")


@login_required
@require_http_methods(["GET", "POST"])
def change_platform(request: SignedIn, pk: int) -> HttpResponse:
    """Say something else of a platform."""
    platform = kept_part(request, Platform, pk)
    organization = platform.organization
    form = PlatformForm(request.POST or None, request.FILES or None, instance=platform)
    verb = partial(platforms.change, platform)
    return entry(request, organization, form, verb, heading=_("修改网络平台"), tab="policies")


@login_required
@require_http_methods(["GET", "POST"])
def end_platform(request: SignedIn, pk: int) -> HttpResponse:
    """The platform is not used any more."""
    platform = kept_part(request, Platform, pk)
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    words = {
        "heading": _("停用平台 %(name)s") % {"name": platform.name},
        "submit": _("停用"),
        "danger": True,
    }
    verb = partial(platforms.end, platform)
    return entry(request, platform.organization, form, verb, tab="policies", **words)


@login_required
@require_GET
def platform_paper(request: SignedIn, pk: int) -> HttpResponseBase:
    """The paper of the assessment a platform passed."""
    return paper(part(request, Platform, pk, "paper").paper)
