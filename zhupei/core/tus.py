"""The tus protocol 1.0.0 over HTTP: core and creation, as ``tus-js-client`` speaks it.

See https://tus.io/protocols/resumable-upload for what the headers mean.
"""

import base64
import binascii
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhupei.core import uploads
from zhupei.core.errors import Refused
from zhupei.core.models import Upload

if TYPE_CHECKING:
    from zhupei.core.actors import Actor

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"


@never_cache
@login_required
@require_http_methods(["POST", "OPTIONS"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Announce a file: ``Upload-Length`` and its name in ``Upload-Metadata``."""
    if request.method == "OPTIONS":
        return _answer(Tus_Max_Size=uploads.LIMIT, Tus_Version=VERSION, Tus_Extension="creation")
    size = _number(request, "Upload-Length")
    if size is None:
        return _answer(HTTPStatus.BAD_REQUEST)
    try:
        upload = uploads.begin(_name(request), size, by=cast("Actor", request.user))
    except Refused as refusal:
        return _refused(refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _answer(HTTPStatus.CREATED, Location=reverse("uploads:part", args=[upload.pk]))


@never_cache
@login_required
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """How much has arrived; or the next bytes."""
    upload = get_object_or_404(Upload.objects.visible_to(request.user), pk=key)
    if request.method == "HEAD":
        return _answer(Upload_Offset=upload.received, Upload_Length=upload.size)
    start = _number(request, "Upload-Offset")
    if request.content_type != BYTES or start is None:
        return _answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.headers.get("Content-Length") or 0) > uploads.PART:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        upload = uploads.append(upload, start, request.body, by=cast("Actor", request.user))
    except Refused as refusal:
        elsewhere = refusal.code == "upload_elsewhere"
        status = HTTPStatus.CONFLICT if elsewhere else HTTPStatus.UNPROCESSABLE_ENTITY
        return _refused(refusal, status)
    return _answer(HTTPStatus.NO_CONTENT, Upload_Offset=upload.received)


def _number(request: HttpRequest, header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() else None


def _name(request: HttpRequest) -> str:
    """The value of ``filename`` in ``Upload-Metadata``: base64, as the protocol wants it."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _blank, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return base64.b64decode(value, validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                return ""
    return ""


def _refused(refusal: Refused, status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(str(refusal), status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    return response


def _answer(status: HTTPStatus = HTTPStatus.NO_CONTENT, **headers: object) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Tus-Resumable"] = VERSION
    for name, value in headers.items():
        response[name.replace("_", "-")] = str(value)
    return response
