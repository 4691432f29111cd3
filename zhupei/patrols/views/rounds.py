"""Sending people to many classes and sittings at once: ticked in the ledger, shared out, looked
over line by line, confirmed.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zhupei.core.errors import NotAllowed, Refused
from zhupei.organizations.models import Role
from zhupei.patrols.access import may_plan
from zhupei.patrols.actions import planning
from zhupei.patrols.actions.planning import SomeRefused, Wish
from zhupei.patrols.crew import Candidate, Situation, situations
from zhupei.patrols.forms import RoundForm
from zhupei.patrols.models import Duty
from zhupei.patrols.rules.sharing import shared
from zhupei.patrols.views import shown
from zhupei.patrols.views.overview import authority
from zhupei.people.models import User
from zhupei.people.requests import SignedIn

MOST = 100  # duties of one page
UNPROCESSABLE = 422


class Round(NamedTuple):
    """What the page is about: the duties, the day, what is known of each, and who is to go."""

    duties: list[Duty]
    day: date
    known: Mapping[int, Situation]
    form: RoundForm

    def crew(self) -> dict[int, User]:
        return {one.user.pk: one.user for one in self.known[self.duties[0].pk].people}

    def proposal(self) -> dict[int, list[int]]:
        """Who is to go where, as the form wishes it: shared out, or the same people everywhere."""
        people = self.known[self.duties[0].pk].people
        inspect = any(one.role == Role.INSPECTOR for one in people)  # else its other officials do

        def able(one: Candidate) -> bool:
            if not self.form.shares:
                return not one.away and one.user.pk in self.form.chosen
            return not (one.away or one.busy or (inspect and one.role != Role.INSPECTOR))

        free = {
            duty.pk: [one.user.pk for one in self.known[duty.pk].people if able(one)]
            for duty in self.duties
        }
        if not self.form.shares:
            return free
        seen = {duty.pk for duty in self.duties if self.day in planning.days(duty)}
        least = {pk: self.known[pk].least for pk in free}
        given = shared({pk: free[pk] for pk in free if pk in seen}, least)
        return {pk: given.get(pk, []) for pk in free}


@login_required
@require_http_methods(["GET", "POST"])
def plan(request: SignedIn) -> HttpResponse:
    """Who goes where, before anything is planned; posted, all that is ticked is planned."""
    said = request.POST if request.method == "POST" else request.GET
    duties = _asked(request, said)
    if not duties:
        messages.warning(request, _("请先勾选要安排的班级和场次。"))
        return redirect(_back(said))
    this = _round(request, duties, said)
    if request.method == "POST":
        return _posted(request, this)
    if not this.form.is_valid():
        return _page(request, this, {}, {})
    going = this.proposal()
    wishes = _wishes(this, going, {duty.pk: None for duty in duties}, uuid4())
    refused = planning.refusals({duty: wishes[duty.pk] for duty in duties}, this.known)
    return _page(request, this, going, refused)


def _posted(request: SignedIn, this: Round) -> HttpResponse:
    said = request.POST
    going = {duty.pk: _keys(said, f"people-{duty.pk}") for duty in this.duties}
    ticked = {duty.pk: _number(said.get(f"seen-{duty.pk}")) for duty in this.duties}
    ticked = {pk: ticked[pk] for pk in _keys(said, "duty") if pk in ticked}
    if this.form.is_valid() and not ticked:
        this.form.add_error(None, _("请至少勾选一项。"))
    if this.form.errors:
        return _page(request, this, going, {}, set(ticked))
    wishes = _wishes(this, going, ticked, _key(said))
    try:
        planning.plan_all(wishes, by=request.user)
    except SomeRefused as refused:
        this.form.add_error(None, str(refused))
        again = _round(request, this.duties, said)
        return _page(request, this._replace(known=again.known), going, refused.rows, set(ticked))
    count = len(wishes)
    words = _("已安排 %(count)d 项：%(loads)s。他们收到了通知。")
    messages.success(request, words % {"count": count, "loads": _loads(this, going, set(ticked))})
    return redirect(_back(said))


def _asked(request: SignedIn, said: QueryDict) -> list[Duty]:
    """The duties of the page; a posted page names those that are not ticked any more as well."""
    authority(request)
    keys = set(_keys(said, "row") or _keys(said, "duty"))
    if len(keys) > MOST:
        raise Refused("too_many_duties", _("一次最多安排 %(most)d 项。"), most=MOST)
    rows = Duty.objects.visible_to(request.user).filter(pk__in=keys).order_by("closes_at", "pk")
    duties = list(rows.select_related("organization", "prefecture"))
    if len(duties) < len(keys):
        raise Http404
    if not all(may_plan(request.user, duty) for duty in duties):
        raise NotAllowed("not_allowed", _("由办学地住建局或自治区住建厅安排巡查。"))
    return duties


def _round(request: SignedIn, duties: list[Duty], said: QueryDict) -> Round:
    """The day asked for; else the one on which most of them can be looked at."""
    days = Counter(day for duty in duties for day in planning.days(duty))
    offered = {one.isoformat(): one for one in days}
    usual = max(sorted(days), key=days.__getitem__) if days else planning.day_to_offer(duties[0])
    day = offered.get(said.get("day", ""), usual)
    known = situations(duties, by=request.user, day=day)
    form = RoundForm(dict(sorted(days.items())) or {day: 0}, _crew(known), said, day)
    return Round(duties, day, known, form)


def _crew(known: Mapping[int, Situation]) -> list[Candidate]:
    """Everybody once, without what keeps them from one of the duties only."""
    first = next(iter(known.values()))
    return sorted((one._replace(away="") for one in first.people), key=lambda one: one.user.name)


def _wishes(
    this: Round, going: Mapping[int, list[int]], seen: Mapping[int, int | None], key: UUID
) -> dict[int, Wish]:
    crew = this.crew()
    way = this.form.cleaned_data["way"]
    return {
        pk: Wish(
            uuid5(key, str(pk)),
            way,
            this.day,
            [crew[one] for one in going[pk] if one in crew],
            newest,
        )
        for pk, newest in seen.items()
    }


def _page(
    request: SignedIn,
    this: Round,
    going: Mapping[int, list[int]],
    refused: Mapping[int, Refused],
    ticked: set[int] | None = None,
) -> HttpResponse:
    """``ticked``: those somebody ticked; at first whatever can be planned as proposed."""
    said = request.POST if request.method == "POST" else request.GET
    if ticked is None:
        ticked = {duty.pk for duty in this.duties} - set(refused)
    context = {
        "form": this.form,
        "rows": [
            _row(this, duty, going.get(duty.pk, []), refused.get(duty.pk))
            | {"ticked": duty.pk in ticked}
            for duty in this.duties
        ],
        "loads": _loads(this, going, ticked),
        "count": len(ticked),
        "day": this.day,
        "key": said.get("key") or uuid4(),
        "list": said.get("list", ""),
        "back": _back(said),
        "ready": this.form.is_bound and bool(going),
    }
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "patrols/plan_many.html", context, status=status)


def _row(this: Round, duty: Duty, going: list[int], refused: Refused | None) -> dict[str, Any]:
    known = this.known[duty.pk]
    asked = {one.user.pk for one in known.people} if this.form.shares else this.form.chosen
    people = [one for one in known.people if one.user.pk in asked | set(going)]
    return {
        "duty": duty,
        "badge": shown.badge(duty),
        "people": [
            {"user": one.user, "busy": one.busy, "goes": one.user.pk in going}
            for one in people
            if not one.away
        ],
        "away": [one.away for one in people if one.away],
        "planned": known.planned,
        "seen": known.newest,
        "refusal": str(refused) if refused else "",
    }


def _loads(this: Round, going: Mapping[int, list[int]], ticked: set[int]) -> str:
    """Who gets how many, in words."""
    loads = Counter(one for pk in ticked for one in going.get(pk, []))
    crew = this.crew()
    words = [
        _("%(person)s %(count)d 项") % {"person": crew[one].name, "count": count}
        for one, count in sorted(loads.items(), key=lambda load: (-load[1], load[0]))
        if one in crew
    ]
    return "、".join(words)


def _back(said: QueryDict) -> str:
    """The ledger as it was filtered."""
    query = urlencode(parse_qsl(said.get("list", "")))
    return reverse("patrols:duties") + (f"?{query}" if query else "")


def _keys(said: QueryDict, name: str) -> list[int]:
    return [int(word) for word in said.getlist(name) if word.isdecimal()]


def _number(word: str | None) -> int:
    return int(word) if word and word.isdecimal() else 0


def _key(said: QueryDict) -> UUID:
    try:
        return UUID(said.get("key", ""))
    except ValueError:
        return uuid4()
