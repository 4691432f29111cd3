"""What anybody may ask: does this certificate stand? Says only what a stranger needs.

By the code of the QR the page shows the masked holder; by a number, which anybody can count up, it
shows the holder only as far as they agreed, and only so many a minute. See ``rules.sight``.
"""

from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from zhupei.certificates import parameters, rules
from zhupei.certificates.forms import NumberForm
from zhupei.certificates.models import Certificate, State
from zhupei.certificates.pdf import STATEMENT
from zhupei.core.parameters import value
from zhupei.organizations.models import Organization
from zhupei.people.access import has_consented
from zhupei.people.models import Purpose
from zhupei.people.rules import mask_name

MINUTE = 60  # seconds


@require_GET
@never_cache
def check(request: HttpRequest, code: str) -> HttpResponse:
    """Where the QR code leads."""
    certificate = _found(check_code=code.lower())
    if certificate is None:
        return _answer(request, "verify/check.html", {"unknown": code}, status=404)
    sight = rules.sight(scanned=True, consented=True)
    return _answer(request, "verify/check.html", _face(certificate, sight))


@require_GET
@never_cache
def search(request: HttpRequest) -> HttpResponse:
    """Check by the number printed on a certificate."""
    form = NumberForm(request.GET or None)
    number = form.cleaned_data["number"] if form.is_bound and form.is_valid() else ""
    if not number:
        return _answer(request, "verify/search.html", {"form": form})
    if not _in_time(request):
        context = {"form": form, "too_many": True}
        return _answer(request, "verify/search.html", context, status=429)
    certificate = _found(number=number)
    if certificate is None:
        return _answer(request, "verify/check.html", {"unknown": number} | _bureau_of(number))
    consented = has_consented(certificate.person, Purpose.CERTIFICATE_CHECK)
    face = _face(certificate, rules.sight(scanned=False, consented=consented))
    return _answer(request, "verify/check.html", face)


def _answer(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    shared = {"place": _("证书查验"), "checked_at": timezone.now()}
    response = render(request, template, shared | context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _found(**key: str) -> Certificate | None:
    rows = Certificate.objects.public().with_bureau()
    return (
        rows.select_related("job", "institution", "organization", "person", "file")
        .filter(**key)
        .first()
    )


def _face(certificate: Certificate, sight: rules.Sight) -> dict[str, Any]:
    """What the page says, and nothing that ``sight`` does not allow."""
    face: dict[str, Any] = {
        "certificate": certificate,
        "valid": certificate.state == State.VALID,
        "bureau": certificate.bureau,  # type: ignore[attr-defined]  # added by with_bureau
        "bureau_phone": certificate.bureau_phone,  # type: ignore[attr-defined]  # likewise
        "bureau_hours": certificate.bureau_hours,  # type: ignore[attr-defined]  # likewise
        "statement": STATEMENT,
    }
    if sight != rules.Sight.VERDICT:
        face["name"] = mask_name(certificate.name)
    if sight == rules.Sight.HOLDER:
        face["last_four"] = certificate.person.id_last_four
    return face


def _bureau_of(number: str) -> dict[str, str]:
    """Whom to tell about a number nobody issued: the bureau of the place it names."""
    bureau = Organization.objects.bureaus().filter(prefecture=rules.place_in(number)).first()
    if bureau is None:
        return {}
    return {
        "bureau": bureau.name,
        "bureau_phone": bureau.complaint_phone,
        "bureau_hours": bureau.complaint_hours,
    }


def _in_time(request: HttpRequest) -> bool:
    """Has this address asked less often in this minute than it may?"""
    minute = int(timezone.now().timestamp()) // MINUTE
    key = f"verify:{request.META.get('REMOTE_ADDR', '')}:{minute}"
    asked = cache.get(key, 0)
    cache.set(key, asked + 1, 2 * MINUTE)
    return bool(asked < value(parameters.CHECKS_PER_MINUTE))
