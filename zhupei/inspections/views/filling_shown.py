"""A check list as its page and the page's script want it."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from zhupei.core import deeds, offline, pictures
from zhupei.inspections.actions.checking import FAULTY, WITHOUT_ITEMS
from zhupei.inspections.actions.filling import Reading
from zhupei.inspections.models import DeedKind, Inspection, ListItem, Outcome, Severity, Verdict
from zhupei.people.models import User


def result(said: Reading) -> dict[str, Any]:
    """What the form of the result begins with."""
    visited = said.visited or timezone.localdate().isoformat()
    return {"visited_on": visited, "outcome": said.outcome, "remark": said.remark}


def removed(found: Inspection) -> dict[str, str]:
    """By deed, what was taken out of its picture: for the phone to say so."""
    rows = found.pictures.filter(deed__isnull=False)
    return {str(one.deed_id): pictures.said(one.removed) for one in rows if one.removed}


def data(found: Inspection, items: Iterable[ListItem], user: User) -> dict[str, Any]:
    """What the page's script works with."""
    done = list(found.deeds.all())
    return {
        "about": found.pk,
        "user": user.pk,
        "now": offline.milliseconds(),
        "sync": reverse("inspections:sync", args=[found.pk]),
        "page": reverse("inspections:inspection", args=[found.pk]),
        "worker": reverse("inspections:worker"),
        "uploads": reverse("uploads:begin"),
        "closed": "",
        "items": [
            {
                "key": str(item.pk),
                "text": f"{item.code} {item.title}",
                "law": " · ".join(filter(None, [item.law, item.method])),
            }
            for item in items
        ],
        "verdicts": _choices(Verdict),
        "severities": _choices(Severity),
        "outcomes": _choices(Outcome),
        "without": sorted(WITHOUT_ITEMS),
        "faulty": sorted(FAULTY),
        "first": timezone.localdate(found.draw.drawn_at).isoformat(),
        "removed": removed(found),
        "deeds": deeds.said(one for one in done if one.kind != DeedKind.HAND_IN),
        "spent": [str(one.pk) for one in done if one.kind == DeedKind.HAND_IN],
    }


def _choices(of: Any) -> list[dict[str, str]]:
    return [{"value": value, "word": str(word)} for value, word in of.choices]
