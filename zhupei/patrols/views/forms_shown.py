"""A form as its page and the page's script want it."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhupei.core import deeds, offline, pictures
from zhupei.patrols import checklist
from zhupei.patrols.actions import completeness, rolls
from zhupei.patrols.models import DeedKind, Found, Patrol, PatrolState
from zhupei.patrols.reading import Reading, reading
from zhupei.people.models import User

WORDS = (checklist.SEEN, *completeness.EXCUSES)  # what is said in words besides the notes


def keys(patrol: Patrol) -> list[str]:
    return [item.key for item in checklist.items(patrol.form, patrol.duty.kind)]


def known(patrol: Patrol) -> Reading:
    """What the server has of the form."""
    return reading(patrol.deeds.all())


def choices() -> list[tuple[str, str]]:
    return [
        (checklist.Answer.GOOD.value, _("符合")),
        (checklist.Answer.BAD.value, _("不符")),
        (checklist.Answer.NONE.value, _("不适用")),
    ]


def closed(patrol: Patrol) -> str:
    """Why nothing can be filled in any more; empty: it can."""
    if patrol.state == PatrolState.CALLED_OFF:
        return _("这次巡查已取消安排。")
    if patrol.state == PatrolState.FILED:
        return _("已提交，不能再改。")
    return ""


def visit(patrol: Patrol, offers: Sequence[rolls.Offer]) -> dict[str, Any]:
    """What the plain form shows."""
    said = known(patrol)
    offer = _on_hand(offers)
    return {
        "closed": closed(patrol),
        "items": [
            {
                "item": item,
                "answer": said.answers.get(item.key, ""),
                "note": said.notes.get(item.key, ""),
            }
            for item in checklist.items(patrol.form, patrol.duty.kind)
        ],
        "choices": choices(),
        "words": {about: said.notes.get(about, "") for about in WORDS},
        "offer": offer,
        "sample": [(one, hint(one)) for one in offer.sample] if offer else [],
        "found": Found.choices,
        "called": [one for one in offers if one.begun and one is not offer],
        "photos": photos(patrol),
    }


def _on_hand(offers: Sequence[rolls.Offer]) -> rolls.Offer | None:
    """What there is to call: first whoever was drawn and not called yet, then this hour's."""
    now = timezone.now()
    open_ones = [one for one in offers if one.unanswered]
    return next(iter([*open_ones, *(one for one in offers if one.hour.around(now))]), None)


def photos(patrol: Patrol) -> list[dict[str, Any]]:
    """The pictures with what was taken out of each."""
    rows = patrol.photos.select_related("file", "deed__made_by")
    return [{"photo": one, "removed": pictures.said(one.removed)} for one in rows]


def removed(patrol: Patrol) -> dict[str, str]:
    """By deed, what was taken out of its picture: for the phone to say so."""
    rows = patrol.photos.all()
    return {str(one.deed_id): pictures.said(one.removed) for one in rows if one.removed}


def data(patrol: Patrol, user: User, offers: Sequence[rolls.Offer]) -> dict[str, Any]:
    """What the page's script works with: the form, the samples, what the server has."""
    duty = patrol.duty
    return {
        "about": patrol.pk,
        "user": user.pk,
        "now": offline.milliseconds(),
        "sync": reverse("patrols:sync", args=[patrol.pk]),
        "page": reverse("patrols:visit", args=[patrol.pk]),
        "worker": reverse("patrols:worker"),
        "uploads": reverse("uploads:begin"),
        "record": reverse("patrols:record", args=[patrol.pk]),
        "closed": closed(patrol),
        "remote": patrol.way == "remote",
        "items": [
            {"key": item.key, "text": str(item.text), "law": item.law}
            for item in checklist.items(patrol.form, duty.kind)
        ],
        "hours": [_hour(one) for one in offers],
        "least": completeness.least_of(patrol)._asdict(),
        "stills": completeness.stills(patrol),
        "removed": removed(patrol),
        "deeds": deeds.said(patrol.deeds.exclude(kind=DeedKind.HAND_IN)),
    }


def _hour(offer: rolls.Offer) -> dict[str, Any]:
    return {
        "title": offer.hour.title,
        "days": sorted(day.isoformat() for day in offer.hour.days()),
        "opens": offline.milliseconds(offer.hour.opens_at - rolls.BEFORE),
        "closes": offline.milliseconds(offer.hour.closes_at),
        "expected": offer.expected,
        "ticket": offer.ticket,
        "sample": [
            {"id": str(one.enrolment), "name": one.name, "hint": hint(one)} for one in offer.sample
        ],
    }


def hint(one: rolls.Drawn) -> str:
    """Where somebody sits, and how the number of their card ends: to tell whether it is them."""
    tail = _("证件尾号 %(tail)s") % {"tail": one.tail}
    return f"{one.place}，{tail}" if one.place else tail
