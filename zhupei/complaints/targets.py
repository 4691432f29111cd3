"""Whom a complaint can be about, found by name, number or place, and whose it is to handle.

Everything here is public already: institutions, assessment bodies, classes that were ever open and
certificates by their numbers. Authorities are public, too: one complains about them to the region.
"""

import re
from typing import Any, NamedTuple

from django.db.models import Q

from zhupei.certificates.models import Certificate
from zhupei.classes.models import TrainingClass
from zhupei.organizations.models import AUTHORITIES, Division, Kind, Level, Organization

PLAIN = re.compile(r"[A-Za-z0-9-]{1,40}")
FOUND = 20  # of each sort; more words find less
ABOUT = {Kind.INSTITUTION, Kind.ASSESSMENT_BODY, *AUTHORITIES}
EVER_PUBLIC = ("filed", "approved", "finished", "cancelled", "revoked")


class Target(NamedTuple):
    """What a complaint is about, as far as anybody knows; ``prefecture`` says where."""

    prefecture: Division | None
    organization: Organization | None = None
    training_class: TrainingClass | None = None
    certificate: Certificate | None = None

    @property
    def query(self) -> str:
        """How an address names it."""
        if self.certificate:
            return f"certificate={self.certificate.number}"
        if self.training_class:
            return f"class={self.training_class.pk}"
        if self.organization:
            return f"institution={self.organization.pk}"
        return f"place={self.prefecture.code}" if self.prefecture else ""


class Found(NamedTuple):
    """What a few words may mean."""

    organizations: list[Organization]
    classes: list[TrainingClass]


def search(words: str) -> Found:
    """Bodies whose name holds every word, classes whose title or number does."""
    names, classes = Q(), Q(number__isnull=False, state__in=EVER_PUBLIC)
    for word in words.split()[:5]:
        names &= Q(name__icontains=word) | Q(short_name__icontains=word)
        classes &= Q(title__icontains=word) | Q(number__icontains=word)
    if not words.strip():
        return Found([], [])
    bodies = Organization.objects.filter(names, kind__in=ABOUT).select_related("prefecture")
    found = TrainingClass.objects.filter(classes).select_related("organization", "division")
    return Found(
        list(bodies.order_by("kind", "name")[:FOUND]),
        list(found.order_by("-starts_on", "pk")[:FOUND]),
    )


def of_address(said: dict[str, str]) -> Target | None:
    """What the words of an address name; None when there is no such thing."""
    said = {name: text for name, text in said.items() if PLAIN.fullmatch(text)}
    if code := said.get("certificate"):
        return _certificate(code)
    if key := said.get("class"):
        return _class(key)
    if key := said.get("institution"):
        return _organization(key)
    place = Division.objects.filter(level=Level.PREFECTURE, code=said.get("place", "")[:6]).first()
    return Target(place) if place else None


def _number(text: str) -> int:
    """A key, or 0, which none is."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0  # noqa: PLR2004 - no key is longer


def _organization(text: str) -> Target | None:
    rows = Organization.objects.filter(kind__in=ABOUT).select_related("prefecture")
    found = rows.filter(pk=_number(text)).first()
    return Target(found.prefecture, found) if found else None


def _class(text: str) -> Target | None:
    rows = TrainingClass.objects.filter(number__isnull=False, state__in=EVER_PUBLIC)
    related = rows.select_related("prefecture", "organization", "syllabus__job")
    found = related.filter(pk=_number(text)).first()
    return Target(found.prefecture, found.organization, found) if found else None


def _certificate(number: str) -> Target | None:
    """Where somebody trained is not told to whoever has a number: the form names the certificate
    only, and what is filed names the institution.
    """
    rows = Certificate.objects.public().select_related("prefecture", "institution")
    found = rows.filter(number=number.upper()[:30]).first()
    return Target(found.prefecture, None, None, found) if found else None


def handler_of(target: Target) -> Organization:
    """The bureau of the place; the region for what is about an authority or everywhere, and where
    there is no bureau.

    Source: Measures, art. 24 (complaints go to the authority of the place).
    """
    region = Organization.objects.filter(kind=Kind.REGION_AUTHORITY).order_by("pk")
    body = target.organization
    if target.prefecture is None or (body is not None and body.kind in AUTHORITIES):
        return region[0]
    local = Organization.objects.bureaus().filter(prefecture=target.prefecture)
    return local.order_by("pk").first() or region[0]


def here(user: Any) -> Target | None:
    """The place of an officer: what is said at their counter mostly happened there."""
    prefecture = user.acting.organization.prefecture
    return Target(prefecture) if prefecture else None
