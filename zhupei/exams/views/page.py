"""What the exam page is given: the paper in the candidate's own order, without its keys."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.exams import rules, sealing
from zhupei.exams.actions import attempts
from zhupei.exams.models import Attempt, Candidate, State
from zhupei.exams.rules import LONGEST_ANSWER
from zhupei.questions.rules import LETTERS, Kind

KINDS = {
    Kind.SINGLE: _("单选题"),
    Kind.MULTIPLE: _("多选题"),
    Kind.JUDGE: _("判断题"),
    Kind.BLANK: _("填空题"),
    Kind.ESSAY: _("简答题"),
}


def paper_data(request: HttpRequest, attempt: Attempt) -> dict[str, Any]:
    """Everything the page's script starts from, one JSON object."""
    sitting = attempt.sitting
    return {
        "attempt": attempt.pk,
        "items": shown_items(attempt),
        "kinds": KINDS,
        "now": milliseconds(timezone.now()),
        "closes": milliseconds(attempt.closes_at),
        "grace": sitting.grace_seconds * 1000,
        "hot": hot_address(request),
        "paused": attempt.paused_at is not None,
        "carry": carry(sitting.pk),
        "longest": LONGEST_ANSWER,
        "urls": _urls(attempt),
    } | stored(attempt)


def door_data(request: HttpRequest, seat: Candidate) -> dict[str, Any] | None:
    """What the door's script needs to fetch the form beforehand and to start; None unless the
    sitting is sealed and this seat may still begin or go on.
    """
    attempt: Attempt | None = getattr(seat, "attempt", None)
    sitting = seat.sitting
    if attempt is None or sitting.state != State.SEALED or attempt.handed_in_at:
        return None
    return {
        "attempt": attempt.pk,
        "ticket": attempts.ticket(attempt),
        "hot": hot_address(request),
        "now": milliseconds(timezone.now()),
        "opens": milliseconds(sitting.starts_at),
        "closes": milliseconds(attempt.closes_at),
        "grace": sitting.grace_seconds * 1000,
        "begun": attempt.started_at is not None,
        "form": {
            "url": reverse("sit:form", args=[attempt.paper.sealed_sha256]),
            "sha256": attempt.paper.sealed_sha256,
        },
        "carry": carry(sitting.pk),
        "kinds": KINDS,
        "longest": LONGEST_ANSWER,
        "urls": _urls(attempt),
    }


def carry(sitting: int) -> dict[str, Any]:
    """What an answer file is encrypted for; see docs/mechanisms/exam-page.md."""
    return {"sitting": sitting, "key": sealing.text(sealing.public_half(sitting))}


def _urls(attempt: Attempt) -> dict[str, str]:
    return {
        "door": reverse("sit:door", args=[attempt.candidate_id]),
        "paper": reverse("sit:paper", args=[attempt.pk]),
        "ticket": reverse("sit:ticket", args=[attempt.pk]),
        "result": reverse("sit:result", args=[attempt.pk]),
        "worker": reverse("sit:worker"),
        "heard": reverse("invigilation:heard", args=[attempt.pk]),
        "call": reverse("invigilation:call", args=[attempt.candidate_id]),
    }


def stored(attempt: Attempt) -> dict[str, Any]:
    """What may be newer than the page: the ticket, and the answers of another device."""
    answers = attempt.answers().values_list("item", "choice", "turn")
    return {
        "ticket": attempts.ticket(attempt),
        "answers": [list(answer) for answer in answers],
        "notice": attempt.notice,
    }


def shown_items(attempt: Attempt) -> list[dict[str, Any]]:
    """The items in the candidate's order; each option keeps the letter of the sealed form."""
    paper = attempt.paper
    return [
        _shown(place, letters, paper.places[place], paper.content["points"][str(place)])
        for place, letters in rules.order(attempt.seed, paper.places, shuffle=paper.shuffle)
    ]


def _shown(place: int, letters: str, said: Mapping[str, Any], worth: str) -> dict[str, Any]:
    options = said["options"] or []
    return {
        "place": place,
        "kind": said["kind"],
        "stem": said["stem"],
        "options": [[letter, options[LETTERS.index(letter)]] for letter in letters],
        "pictures": said.get("pictures", []),
        "blanks": said.get("blanks"),
        "group": said.get("group"),
        "points": worth,
    }


def hot_address(request: HttpRequest) -> str:
    """Where the hot process listens: named by the settings, or beside this very host."""
    if settings.HOT_URL:
        return str(settings.HOT_URL)
    host = urlsplit(request.build_absolute_uri()).hostname or ""
    bracketed = f"[{host}]" if ":" in host else host
    return f"{request.scheme}://{bracketed}:{settings.HOT_PORT}"


def milliseconds(moment: Any) -> int:
    return int(moment.timestamp() * 1000)
