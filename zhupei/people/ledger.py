"""What somebody agreed to, in which words, when, and when they took it back: all of it, for them.

Source: PIPL, art. 44 and 45 (knowing, and having a copy of, what is done with one's data).
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.functional import Promise

from zhupei.people.models import Consent, Person, Purpose
from zhupei.people.privacy import WORDINGS


class Line(NamedTuple):
    """One consent. ``text`` is empty when the words have changed since; ``former``: it stands with
    a record that was merged into this one, where one of the same purpose stands already.
    """

    consent: Consent
    text: str | Promise
    former: bool


def lines(person: Person) -> list[Line]:
    """The newest first."""
    return sorted(_lines(person), key=lambda line: line.consent.given_at, reverse=True)


def _lines(person: Person) -> Iterator[Line]:
    own = list(person.consents.all())
    told = {(one.purpose, one.given_at) for one in own}
    for one in own:
        yield Line(one, _words(one), former=False)
    for one in Consent.objects.filter(person__merged_into=person.pk):
        if (one.purpose, one.given_at) not in told:
            yield Line(one, _words(one), former=True)


def _words(one: Consent) -> str | Promise:
    wording = WORDINGS[Purpose(one.purpose)]
    return wording.text if wording.version == one.wording_version else ""
