"""The service worker of the exam pages."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from zhupei.core.templatetags.assets import asset

WORKER = "exam/worker.ts"


@require_GET
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the signature of a view
    """The service worker. It stands here because it rules over the addresses below its own."""
    built = Path(settings.BASE_DIR) / "frontend" / "dist" / asset(WORKER).removeprefix("/static/")
    response = HttpResponse(built.read_bytes(), content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response
