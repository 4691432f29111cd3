"""Sealed forms, fetched by browsers minutes before the exam: bytes for everybody, for ever.

Nobody signs in for them and nothing in an address says whose form it is: what is in them opens
only with the key that the start hands out. So any cache on the way may keep them.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from zhupei.exams.models import Paper

A_YEAR = 31_536_000  # seconds


def _etag(_request: HttpRequest, sha256: str) -> str:
    return f'"{sha256}"'


@require_safe
@condition(etag_func=_etag)
def form(request: HttpRequest, sha256: str) -> HttpResponse:  # noqa: ARG001 - the same for all
    """The bytes whose SHA-256 is in the address; see sealing.py for what they are."""
    sealed = Paper.objects.public().filter(sealed_sha256=sha256).values_list("sealed", flat=True)
    found = sealed.first()
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found), content_type="application/octet-stream")
    patch_cache_control(answer, public=True, max_age=A_YEAR, immutable=True)
    return answer
