"""Ledgers from spreadsheets: template, dry run, import."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhupei.core import import_papers, tables
from zhupei.core.audit import subject_key
from zhupei.core.errors import NotAllowed, Refused
from zhupei.core.import_kinds import Row
from zhupei.core.models import WaitingFile
from zhupei.institutions.actions import imports as actions
from zhupei.institutions.actions.imports import LEDGERS, Ledger, Outcome
from zhupei.institutions.forms.ledgers import LedgerForm
from zhupei.institutions.views.frame import UNPROCESSABLE, frame, kept
from zhupei.organizations.models import Organization
from zhupei.people.requests import SignedIn

SHOWN = 200  # faults on the page; the corrected file has them all
TOLD = 3  # rows that stayed out, in the message after an import


def _ledger(name: str) -> Ledger:
    if name not in LEDGERS:
        raise Http404
    return LEDGERS[name]


@login_required
@require_http_methods(["GET", "POST"])
def send(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """Take a spreadsheet and rehearse its import."""
    organization, ledger = kept(request, pk), _ledger(name)
    form = LedgerForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            upload = form.cleaned_data["file"]
            waiting = actions.receive(organization, ledger, by=request.user, upload=upload)
        except NotAllowed:
            raise
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("institutions:rehearsal", name, waiting.pk)
    context = frame(request, organization, _tab(ledger)) | {
        "form": form,
        "ledger": name,
        "title": ledger.title,
        "columns": ledger.kind(organization).columns,
        "back": reverse(f"institutions:{ledger.page}", args=[pk]),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "institutions/import.html", context, status=status)


def _tab(ledger: Ledger) -> str:
    return "consumables" if ledger.page == "consumables" else "equipment"


def _waiting(request: SignedIn, key: Any) -> tuple[WaitingFile, Organization]:
    """One's own file, and the institution it is meant for."""
    waiting = get_object_or_404(WaitingFile.objects.visible_to(request.user), pk=key)
    if not waiting.target.startswith("organizations.organization/"):
        raise Http404
    organization = kept(request, int(waiting.target_key))
    if waiting.target != subject_key(organization):
        raise Http404
    return waiting, organization


@never_cache
@login_required
@require_GET
def rehearsal(request: SignedIn, name: str, key: Any) -> HttpResponse:
    """What an import would do: every bad row with what is wrong, and how many are good."""
    ledger = _ledger(name)
    waiting, organization = _waiting(request, key)
    if waiting.taken_at:
        messages.info(request, _("这份台账已经导入过。"))
        return redirect(f"institutions:{ledger.page}", organization.pk)
    reading = actions.rehearse(waiting, organization, ledger)
    known = [row for row in reading.good if actions.is_known(row)]
    fresh = [row for row in reading.good if not actions.is_known(row)]
    faults = [fault for row in reading.bad for fault in row.faults]
    columns = ledger.kind(organization).columns
    context = frame(request, organization, _tab(ledger)) | {
        "title": ledger.title,
        "reading": reading,
        "columns": columns,
        "known": [_line(row, columns) for row in known[:SHOWN]],
        "known_count": len(known),
        "fresh": [_line(row, columns) for row in fresh[:SHOWN]],
        "fresh_count": len(fresh),
        "more_fresh": max(len(fresh) - SHOWN, 0),
        "more_faults": max(len(faults) - SHOWN, 0),
        "warnings": [one for one in reading.warnings if one.code != "known"][:SHOWN],
        "back": reverse(f"institutions:{ledger.page}", args=[organization.pk]),
        "report": {
            "file": waiting.name,
            "total": len(reading.rows),
            "good": len(fresh),
            "refused": len(reading.bad),
            "rows": faults[:SHOWN],
            "corrected_url": _url("corrected", name, key) if reading.bad else "",
            "confirm_url": _url("take", name, key) if fresh else "",
            "confirm_label": _("导入 %(count)d 行") % {"count": len(fresh)},
        },
    }
    return render(request, "institutions/rehearsal.html", context)


def _url(action: str, name: str, key: Any) -> str:
    return reverse(f"institutions:{action}", args=[name, key])


def _line(row: Row[Any], columns: Any) -> dict[str, Any]:
    cells = [(column.title, row.cells[column.key]) for column in columns]
    return {"row": row.number, "sheet": row.sheet, "cells": cells}


@login_required
@require_POST
def take(request: SignedIn, name: str, key: Any) -> HttpResponse:
    """Take the good rows in."""
    ledger = _ledger(name)
    waiting, organization = _waiting(request, key)
    outcome = actions.confirm(waiting, organization, ledger, by=request.user)
    messages.success(request, _told(outcome))
    if outcome.refused:
        messages.warning(request, _left_out(outcome))
    return redirect(f"institutions:{ledger.page}", organization.pk)


def _told(outcome: Outcome) -> str:
    words = {"made": outcome.made, "known": outcome.known}
    if outcome.known:
        return _("已导入 %(made)d 行；%(known)d 行台账里已有，没有重复登记。") % words
    return _("已导入 %(made)d 行。") % words


def _left_out(outcome: Outcome) -> str:
    """Which rows stayed out, the first of them with the reason."""
    rows = outcome.refused
    first = _("、").join(
        _("第 %(row)d 行（%(rule)s）") % {"row": row.number, "rule": row.faults[0].rule}
        for row in rows[:TOLD]
    )
    words = {"count": len(rows), "first": first}
    return _("%(count)d 行没有导入：%(first)s。改正后再导入，已导入的行不会重复。") % words


@never_cache
@login_required
@require_GET
def corrected(request: SignedIn, name: str, key: Any) -> HttpResponse:
    """The bad rows as a spreadsheet, each with its faults marked."""
    ledger = _ledger(name)
    waiting, organization = _waiting(request, key)
    reading = actions.rehearse(waiting, organization, ledger)
    paper = import_papers.corrected(ledger.kind(organization), reading)
    return tables.answer(paper, _("需改正的%(title)s.xlsx") % {"title": ledger.title})


@login_required
@require_GET
def template(request: SignedIn, pk: int, name: str) -> HttpResponse:
    """An empty ledger to fill in."""
    ledger = _ledger(name)
    paper = import_papers.template(ledger.kind(kept(request, pk)))
    return tables.answer(paper, _("%(title)s模板.xlsx") % {"title": ledger.title})
