"""The steps of a measure that ask for more than a word: each has a page with its form, which
shows what it will cause.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from zhupei.core.errors import NotAllowed
from zhupei.core.templatetags.ui import beijing
from zhupei.oversight import consequences, rules
from zhupei.oversight.access import may_decide, may_handle, may_state
from zhupei.oversight.actions import decisions, measures
from zhupei.oversight.forms.measures import (
    DecisionForm,
    FactsForm,
    HeardForm,
    HearingForm,
    OutcomeForm,
    ServiceForm,
    StatementForm,
    UrgentForm,
)
from zhupei.oversight.forms.suspensions import RangeForm
from zhupei.oversight.models import Measure, MeasureKind, MeasureState
from zhupei.oversight.models.measures import OPEN
from zhupei.oversight.views import frame
from zhupei.people.requests import SignedIn

M = MeasureState
Values = dict[str, Any]


class Step(NamedTuple):
    """One page: who may open it, in which states, its words, its form, its verb."""

    who: Callable[[Any, Measure], bool]
    states: frozenset[str]
    label: Any
    hint: Any
    icon: str
    form: Callable[..., forms.Form]
    verb: Callable[..., Any]
    tone: str = "primary"
    fits: Callable[[Measure], bool] = lambda measure: True  # noqa: ARG005 - of one measure


def _with_upload(verb: Callable[..., Any]) -> Callable[..., Any]:
    """A verb that takes one ``upload``, fed from a form's ``file``."""
    return lambda measure, by, file, **said: verb(measure, by=by, upload=file, **said)


def _state(measure: Measure, by: Any, file: Any, wish: str, statement: str) -> Measure:
    return measures.state(
        measure,
        by=by,
        statement=statement,
        hearing=wish == "hearing",
        waive=wish == "waive",
        uploads=[file] if file else [],
    )


def _no_measure(form: type[forms.Form]) -> Callable[..., forms.Form]:
    return lambda _measure, *args, **kwargs: form(*args, **kwargs)


def _is_listening(measure: Measure) -> bool:
    return measure.listening


def _waits_for_hearing(measure: Measure) -> bool:
    return measure.hearing_asked and measure.heard_at is None


def _was_to_be_heard(measure: Measure) -> bool:
    called = measure.hearing_at is not None and measure.hearing_at <= timezone.now()
    return _waits_for_hearing(measure) and called


def _could_stop(measure: Measure) -> bool:
    return measure.kind == MeasureKind.SUSPEND and measure.suspension_id is None


def _is_no_stop(measure: Measure) -> bool:
    return measure.kind != MeasureKind.SUSPEND


# fmt: off
STEPS = {
    "edit": Step(may_handle, frozenset({M.DRAFT}), _("修改事实和依据"), _("告知以后不能再改"),
                 "pencil", _no_measure(FactsForm), measures.edit, "plain"),
    "state": Step(may_state, frozenset({M.NOTICED, M.STATED}), _("陈述申辩"),
                  _("期满以前可以多次提交，可以附材料，可以要求听证"), "message-report",
                  _no_measure(StatementForm), _state, "primary", _is_listening),
    "urgent": Step(may_handle, frozenset(OPEN), _("先行暂停"),
                   _("情况紧急，不能等到陈述申辩以后；先看后果，事后照样听取"), "player-pause",
                   _no_measure(UrgentForm), measures.stop_at_once, "danger", _could_stop),
    "hearing": Step(may_handle, frozenset({M.STATED}), _("通知听证"),
                    _("机构要求听证；要提前通知"), "calendar-event",
                    _no_measure(HearingForm), measures.call_hearing, "primary", _waits_for_hearing),
    "heard": Step(may_handle, frozenset({M.STATED}), _("记录听证"), _("附双方签字的笔录"),
                  "notebook", _no_measure(HeardForm), _with_upload(measures.hear), "primary",
                  _was_to_be_heard),
    "decide": Step(may_decide, frozenset({M.NOTICED, M.STATED}), _("作出决定"),
                   _("先看后果，再写决定和理由；机构收到通知"), "scale",
                   DecisionForm, decisions.decide),
    "serve": Step(may_handle, frozenset({M.DECIDED}), _("登记送达"),
                  _("机构没有在平台签收的，登记纸质送达"), "mail",
                  _no_measure(ServiceForm), _with_upload(decisions.serve), "plain"),
    "outcome": Step(may_handle, frozenset({M.SERVED}), _("确认执行完毕"),
                    _("写明结果，限期改正的要有证明；机构收到通知"), "check",
                    _no_measure(OutcomeForm), _with_upload(decisions.carry_out), "primary",
                    _is_no_stop),
}
# fmt: on


def steps_of(measure: Measure, user: Any) -> list[Values]:
    """The steps somebody may take now, as lines with a link."""
    found = [
        {
            "name": name,
            "label": step.label,
            "hint": step.hint,
            "icon": step.icon,
            "tone": step.tone,
            "url": reverse("oversight:step", args=[measure.pk, name]),
            "blocked": _blocked(measure) if name == "decide" else "",
        }
        for name, step in STEPS.items()
        if measure.state in step.states and step.fits(measure) and step.who(user, measure)
    ]
    if measure.state == M.SERVED and measure.kind == MeasureKind.SUSPEND:
        found += _reinstate(measure, user)
    return found


def _reinstate(measure: Measure, user: Any) -> list[Values]:
    if measure.suspension is None or not may_handle(user, measure):
        return []
    url = reverse("oversight:reinstate", args=[measure.organization_id])
    hint = _("先看会恢复什么；要有整改凭据，措施随之解除")
    return [
        {
            "name": "reinstate",
            "label": _("恢复业务"),
            "hint": hint,
            "icon": "player-play",
            "tone": "plain",
            "url": url,
            "blocked": "",
        }
    ]


def _blocked(measure: Measure) -> str:
    """Why it cannot be decided yet, in words; empty when it can."""
    reason = rules.why_not_decide(
        timezone.now(),
        until=measure.words_until,
        waived=measure.waived_at is not None,
        hearing_asked=measure.hearing_asked,
        heard=measure.heard_at is not None,
    )
    if reason == "hearing_pending":
        return _now("机构要求听证，听证以后才能决定")
    if reason:
        words = _now(
            "%(until)s（含当日）以前机构可以陈述申辩、要求听证；期满或者机构放弃后才能决定"
        )
        return words % {"until": beijing(measure.last_day)}
    return ""


@login_required
@require_http_methods(["GET", "POST"])
def step(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """One step: what it will cause, its form, then the deed."""
    if name not in STEPS:
        raise Http404
    measure, taken = _load(request, pk), STEPS[name]
    if not taken.who(request.user, measure):
        raise NotAllowed("not_allowed", _("您不能做这一步：%(label)s。"), label=taken.label)
    if measure.state not in taken.states or not taken.fits(measure):
        messages.warning(request, _now("这一步现在不能做，看看现在可以做什么。"))
        return redirect("oversight:measure", pk=pk)
    shown = _consequences(request, measure, name)
    form = taken.form(
        measure,
        request.POST or None,
        request.FILES or None,
        initial={
            "certificates_from": shown.get("issued_from"),
            "facts": measure.facts,
            "basis": measure.basis_id,
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if frame.tried(form, lambda: taken.verb(measure, by=request.user, **said)):
            messages.success(request, _now("已办：%(label)s。") % {"label": taken.label})
            return redirect("oversight:measure", pk=pk)
    context = {"measure": measure, "step": taken, "form": form, "blocked": "", **shown}
    if name == "decide":
        context["blocked"] = _blocked(measure)
    status = frame.UNPROCESSABLE if form.errors else 200
    return render(request, "oversight/measure_step.html", context, status=status)


def _load(request: SignedIn, pk: int) -> Measure:
    rows = Measure.objects.visible_to(request.user)
    related = ("organization__prefecture", "organization__admission", "authority", "basis")
    return get_object_or_404(rows.select_related(*related, "suspension"), pk=pk)


def _consequences(request: SignedIn, measure: Measure, name: str) -> Values:
    """What a stop would stop, what stands in the way of a removal: counts and names."""
    organization = measure.organization
    if name == "decide" and measure.kind == MeasureKind.REMOVE:
        return {"removes": True, "unfinished": consequences.unfinished(organization)}
    stops = measure.kind == MeasureKind.SUSPEND and name in {"decide", "urgent"}
    if not stops:
        return {}
    if measure.suspension and measure.suspension.lifted_at is None:
        return {"stopped": measure.suspension}
    source = request.POST if request.method == "POST" else request.GET
    wanted = RangeForm(source if "certificates_from" in source else None)
    issued_from = wanted.cleaned_data["certificates_from"] if wanted.is_valid() else None
    return {
        "organization": organization,
        "wanted": wanted,
        "issued_from": issued_from,
        "ranges": consequences.ranges(organization),
        "will": consequences.of(organization, issued_from=issued_from),
    }
