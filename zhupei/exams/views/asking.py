"""What a bureau asks back and the body answers, on the page of what it was told."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from zhupei.core.errors import beside
from zhupei.exams.access import may_ask, may_plan
from zhupei.exams.actions import materials as actions
from zhupei.exams.forms import QuestionForm
from zhupei.exams.models import Plan, PlanQuestion, Sitting
from zhupei.people.requests import SignedIn

PAGES = {Sitting: ("exams:papers", "exams:ask", "exams:reply"),
         Plan: ("plans:detail", "plans:ask", "plans:reply")}  # fmt: skip


def part(request: SignedIn, about: Sitting | Plan, form: QuestionForm) -> dict[str, Any]:
    """What ``exams/_questions.html`` needs."""
    _page, ask_name, reply_name = PAGES[type(about)]
    asked = PlanQuestion.objects.visible_to(request.user).about(about)
    return {
        "questions": [
            (one, reverse(reply_name, args=[about.pk, one.pk]))
            for one in asked.select_related("asked_by", "replied_by")
        ],
        "may_ask": may_ask(request.user, about),
        "may_reply": may_plan(request.user, about.organization),
        "ask_url": reverse(ask_name, args=[about.pk]) + "#questions",
        "form": form,
    }


def ask(request: SignedIn, about: Sitting | Plan) -> tuple[QuestionForm, HttpResponse]:
    """The bureau asks back: the form, with what is wrong; the answer is for when nothing is."""
    form = QuestionForm(request.POST)
    if form.is_valid():
        with beside(form):
            actions.ask(about, by=request.user, **form.cleaned_data)
    return form, _back(about)


def reply(request: SignedIn, about: Sitting | Plan, question: int) -> HttpResponse:
    """The body answers."""
    rows = PlanQuestion.objects.visible_to(request.user).about(about)
    one = get_object_or_404(rows, pk=question)
    actions.reply(one, by=request.user, text=request.POST.get("text", ""))
    return _back(about)


def _back(about: Sitting | Plan) -> HttpResponse:
    return redirect(reverse(PAGES[type(about)][0], args=[about.pk]) + "#questions")
