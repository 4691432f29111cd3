"""Is the human at the door the candidate? Asked of whatever way of proving it was chosen.

``settings.IDENTITY_METHODS`` names a function for each way: ``(person, evidence) -> Finding``.
The ways that come with the product leave the judgement to the invigilator and only compare what
was typed. A way that compares one face with one document comes in here the same way: it is handed
this one candidate and never searches among many.

Source: PIPL, art. 26 and 29 (no face without need and consent; there is always another way).
"""

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from zhupei.invigilation.rules.door import same_ending
from zhupei.people.models import Person


@dataclass(frozen=True)
class Evidence:
    """What the invigilator has in hand: the last four of the document, and what they saw."""

    last_four: str = ""
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """Whether it agrees; if not, beside which field the sentence belongs."""

    agrees: bool
    sentence: str | Promise = ""
    field: str = ""


def by_document(person: Person, evidence: Evidence) -> Finding:
    """The invigilator compared face and photo; the last four of the number are typed from it."""
    if same_ending(evidence.last_four, person.id_last_four):
        return Finding(agrees=True)
    return Finding(
        agrees=False,
        sentence=_(
            "证件号码后四位与报名信息不一致。请对着证件再输一次；确实不一致，请选“不予入场”。"
        ),
        field="last_four",
    )


def by_temporary_paper(person: Person, evidence: Evidence) -> Finding:  # noqa: ARG001 - a method
    """The document is lost: a paper of the police or the body, and what the invigilator saw."""
    if evidence.note.strip():
        return Finding(agrees=True)
    return Finding(
        agrees=False,
        sentence=_("请写明凭什么确认是本人，例如“派出所临时身份证明，编号 …，与本人相符”。"),
        field="note",
    )


def check(method: str, person: Person, evidence: Evidence) -> Finding:
    """What this way of proving it says."""
    ask = import_string(settings.IDENTITY_METHODS[method])
    return cast("Finding", ask(person, evidence))
