"""Finding a class, joining it, answering an invitation, leaving."""

from itertools import groupby
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.classes.access import may_answer, may_enrol, may_withdraw
from zhupei.classes.actions import enrolment as actions
from zhupei.classes.actions.places import CLOSED
from zhupei.classes.forms_join import CatalogueFilters
from zhupei.classes.models import Enrolment, Invitation, Lesson, TrainingClass
from zhupei.classes.models.plan import ClassQuerySet
from zhupei.classes.rules.enrolment import Booking, missed_seconds, why_closed
from zhupei.core import audit
from zhupei.core.errors import Refused
from zhupei.people.forms import ConsentForm
from zhupei.people.models import Person, Purpose
from zhupei.people.requests import SignedIn

REQUIRED = (Purpose.TRAINING,)
PER_PAGE = 20


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """The classes anybody may join; what is looked for stands in the address."""
    filters = CatalogueFilters(request.GET or None)
    classes = _public_classes()
    if filters.is_bound:
        classes = filters.narrow(classes, timezone.localdate())
    rows = classes.order_by("starts_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    found: Any
    for found in page:
        found.left = max(found.seats - found.taken, 0)
    context = {"filters": filters, "filters_active": any(request.GET.values()), "page": page}
    return render(request, "join/catalogue.html", context)


@require_GET
def training_class(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything somebody wants to know before they decide."""
    return render(
        request, "join/class.html", _offer(request, get_object_or_404(_public_classes(), pk=pk))
    )


def _public_classes() -> ClassQuerySet:
    return (
        TrainingClass.objects.public()
        .with_places()
        .with_bureau()
        .select_related("organization", "prefecture", "division", "room", "syllabus__job")
    )


def _offer(request: HttpRequest, found: Any) -> dict[str, Any]:
    """The facts of a class as its page shows them, and whether this person can join."""
    lessons = list(found.lessons.select_related("unit", "room"))
    units = list(found.syllabus.units.all())
    bookings = [Booking(lesson.starts_at, lesson.ends_at, "") for lesson in lessons]
    now = timezone.now()
    left = max(found.seats - found.taken, 0)
    last = lessons[-1].starts_at if lessons else None
    closed = why_closed(in_effect=found.in_effect, last_begins=last, now=now)
    mine = Enrolment.objects.visible_to(request.user).active().filter(training_class=found)
    works = request.user.is_authenticated and not may_enrol(request.user)
    return {
        "found": found,
        "left": left,
        "closed": closed,
        "joined": not works and mine.exists(),
        "works": works,
        "can_join": left and not closed and not works,
        "missed": missed_seconds(bookings, now),
        "units": units,
        "hours": sum(unit.hours for unit in units),
        "days": _days(lessons),
    }


def _days(lessons: list[Lesson]) -> list[dict[str, Any]]:
    """The timetable, day by day."""

    def day_of(lesson: Lesson) -> Any:
        return timezone.localdate(lesson.starts_at)

    return [{"day": day, "lessons": list(of_day)} for day, of_day in groupby(lessons, key=day_of)]


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def sign_up(request: SignedIn, pk: int) -> HttpResponse:
    """What is collected and why, the consents, and the deed."""
    found = get_object_or_404(_public_classes(), pk=pk)
    offer = _offer(request, found)
    if offer["works"] or offer["joined"]:
        return redirect("join:class", pk)
    form = _consent_form(request)
    if request.method == "POST" and form.is_valid():
        actions.sign_up(found, by=request.user, consents=form.agreed())
        messages.success(request, _("已报名“%(title)s”。") % {"title": found.title})
        return redirect("join:mine")
    status = 422 if form.errors else 200
    return render(request, "join/sign_up.html", offer | {"form": form}, status=status)


def _consent_form(request: SignedIn) -> ConsentForm:
    """Bound whenever something was sent, also when nothing was left to tick."""
    sent = request.POST if request.method == "POST" else None
    return ConsentForm(_person(request), sent, required=REQUIRED)


def _person(request: SignedIn) -> Person:
    if request.user.person is None:
        raise Http404
    return request.user.person


@never_cache
@require_GET
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link in the short message opens: for a stranger the class only, nobody's name."""
    if not request.user.is_authenticated:
        found = get_object_or_404(
            Invitation.objects.public().select_related("training_class"), token=token
        )
        offer = {"found": found.training_class, "institution": found.training_class.organization}
        return render(request, "join/invitation_public.html", offer)
    here = cast("SignedIn", request)
    return _invitation_page(here, _my_invitation(here, token), _consent_form(here))


def _my_invitation(request: SignedIn, token: str) -> Invitation:
    """Only the person invited finds it; for everybody else there is no such page."""
    found = get_object_or_404(
        Invitation.objects.visible_to(request.user).select_related("training_class"), token=token
    )
    if not may_answer(request.user, found):
        raise Http404
    return found


def _invitation_page(request: SignedIn, found: Invitation, form: ConsentForm) -> HttpResponse:
    offered = _public_classes().filter(pk=found.training_class_id).first()
    if offered is None:
        words = CLOSED["class_frozen" if found.training_class.frozen_since else "class_not_open"]
        raise Refused("class_not_open", words, thing=found.training_class)
    context = _offer(request, offered) | {"invitation": found, "form": form}
    context["timeline"] = audit.timeline(found)
    status = 422 if form.errors else 200
    return render(request, "join/invitation.html", context, status=status)


@login_required
@require_POST
def confirm(request: SignedIn, token: str) -> HttpResponse:
    """Accept, with the consents."""
    found = _my_invitation(request, token)
    form = _consent_form(request)
    if not form.is_valid():
        return _invitation_page(request, found, form)
    actions.confirm(found, by=request.user, consents=form.agreed())
    messages.success(request, _("已确认参加“%(title)s”。") % {"title": found.training_class.title})
    return redirect("join:mine")


@login_required
@require_POST
def decline(request: SignedIn, token: str) -> HttpResponse:
    """Say no; nothing follows from it."""
    found = actions.decline(_my_invitation(request, token), by=request.user)
    messages.success(request, _("已回复不参加，没有任何影响。改主意了可以再打开短信里的链接。"))
    return redirect("join:invitation", found.token)


@never_cache
@login_required
@require_GET
def mine(request: SignedIn) -> HttpResponse:
    """My classes, and the invitations that wait for me."""
    if not may_enrol(request.user):
        raise Http404
    enrolments = Enrolment.objects.visible_to(request.user).with_coming_lessons()
    context = {
        "enrolments": enrolments.select_related(
            "training_class__organization", "training_class__room"
        ).order_by("state", "-training_class__starts_on"),
        "invitations": Invitation.objects.visible_to(request.user)
        .public()
        .open()
        .select_related("training_class__organization", "training_class__division"),
    }
    return render(request, "join/mine.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request: SignedIn, pk: int) -> HttpResponse:
    """What leaving means, then the deed; a reason is welcome and not needed."""
    found = get_object_or_404(
        Enrolment.objects.visible_to(request.user).select_related("training_class__organization"),
        pk=pk,
    )
    if not may_withdraw(request.user, found):
        raise Http404
    if request.method == "POST":
        actions.withdraw(found, by=request.user, note=request.POST.get("note", "")[:500])
        title = found.training_class.title
        messages.success(request, _("已退出“%(title)s”，名额已放开。") % {"title": title})
        return redirect("join:mine")
    context = {"enrolment": found, "timeline": audit.timeline(found)}
    return render(request, "join/withdraw.html", context)
