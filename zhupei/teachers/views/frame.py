"""What the pages of the pool share: the tabs of its lists, states as badges, forms that refuse."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.frames import shell_of
from zhupei.organizations.access import regulates
from zhupei.people.models import User
from zhupei.people.requests import SignedIn
from zhupei.teachers.access import may_propose, reviews, sees_shared
from zhupei.teachers.models import State, Teacher

UNPROCESSABLE = 422
PER_PAGE = 25

ICONS = {
    State.DRAFT: ("pencil", ""),
    State.APPLIED: ("hourglass", "warn"),
    State.RETURNED: ("arrow-back-up", "bad"),
    State.ADMITTED: ("circle-check", "ok"),
    State.REMOVED: ("ban", "bad"),
}


def proposes(user: User) -> bool:
    """Does somebody here hand teachers in and engage them?"""
    return may_propose(user, user.acting.organization)


def decides(user: User) -> bool:
    """Does somebody here decide who is in the pool?"""
    return reviews(user) or regulates(user)


LISTS: tuple[tuple[str, Any, Callable[[User], bool]], ...] = (
    ("index", gettext_lazy("师资库"), lambda _user: True),
    ("roster", gettext_lazy("本机构教师"), proposes),
    ("reviews", gettext_lazy("报送与审核"), lambda user: proposes(user) or decides(user)),
    ("shared", gettext_lazy("多家共用"), sees_shared),
    ("studies", gettext_lazy("研修确认"), decides),
)


def at_work(request: HttpRequest) -> User:
    """Whoever is signed in and works here; the lists are not for others."""
    user = request.user
    if not isinstance(user, User) or user.acting is None:
        raise Http404
    return user


def tabs(user: User, current: str) -> list[dict[str, Any]]:
    """The lists this person has."""
    return [
        {"label": label, "url": reverse(f"teachers:{name}"), "current": name == current}
        for name, label, has in LISTS
        if has(user)
    ]


def load(request: SignedIn, pk: int) -> Teacher:
    """The teacher, if the person may know about them."""
    visible = Teacher.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("person", "proposed_by__prefecture"), pk=pk)


def badge(state: str) -> dict[str, Any]:
    """A state as icon, word and colour."""
    icon, tone = ICONS[State(state)]
    return {"icon": icon, "tone": tone, "word": State(state).label}


def crumbs(teacher: Teacher, here: Any = "") -> list[dict[str, Any]]:
    """The way from the pool to a page about one teacher."""
    name = {"label": teacher.person.name, "url": reverse("teachers:detail", args=[teacher.pk])}
    way = [{"label": _("师资库"), "url": reverse("teachers:index")}]
    return [*way, name, {"label": here}] if here else [*way, {"label": teacher.person.name}]


def entry(
    request: SignedIn,
    form: forms.Form,
    verb: Callable[[dict[str, Any]], Any],
    *,
    done: Any,
    page: dict[str, Any],
) -> HttpResponse:
    """A page with one form: what the verb refuses stands beside its field, nothing is lost.

    ``page`` has heading, back (where to go then), and may have note, submit_label and crumbs.
    """
    if request.method == "POST" and form.is_valid():
        try:
            verb(form.cleaned_data)
        except NotAllowed:
            raise
        except Refused as refusal:
            refusal.beside(form)
        else:
            messages.success(request, done)
            return redirect(page["back"])
    context = page | {"form": form, "shell": shell_of(request)}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "teachers/form.html", context, status=status)
