"""The tus protocol 1.0.0 over HTTP: core and creation, as ``tus-js-client`` speaks it.

See https://tus.io/protocols/resumable-upload for what the headers mean.
"""

import base64
import binascii
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zhupei.core import throttle, uploads
from zhupei.core.errors import Refused
from zhupei.core.models import Upload
from zhupei.core.parameters import STRANGERS_UPLOADS, value

if TYPE_CHECKING:
    from zhupei.core.actors import Actor

VERSION = "1.0.0"
BYTES = "application/offset+octet-stream"
HOUR = 3600  # seconds


@never_cache
@require_http_methods(["POST", "OPTIONS"])
def begin(request: HttpRequest) -> HttpResponseBase:
    """Announce a file: ``Upload-Length``, and in ``Upload-Metadata`` its name; a stranger's
    ``ticket`` as well.
    """
    said = _metadata(request)
    limit = uploads.allowed_by(said["ticket"]) if "ticket" in said else None
    if limit is None and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if request.method == "OPTIONS":
        return _answer(Tus_Max_Size=uploads.LIMIT, Tus_Version=VERSION, Tus_Extension="creation")
    size = _number(request, "Upload-Length")
    if size is None:
        return _answer(HTTPStatus.BAD_REQUEST)
    by = None if limit else cast("Actor", request.user)
    try:
        if by is None:
            _check_haste(request)
        upload = uploads.begin(said.get("filename", ""), size, by=by, limit=limit or uploads.LIMIT)
    except Refused as refusal:
        return _refused(refusal, HTTPStatus.UNPROCESSABLE_ENTITY)
    return _answer(HTTPStatus.CREATED, Location=reverse("uploads:part", args=[upload.pk]))


def within(request: HttpRequest) -> bool:
    """Counts one more file of strangers from this address; is it still one of the allowed?"""
    return throttle.within("uploads", throttle.address(request), value(STRANGERS_UPLOADS), HOUR)


def _check_haste(request: HttpRequest) -> None:
    """Raises Refused "too_many_uploads"."""
    if not within(request):
        raise Refused("too_many_uploads", _("这个网络地址一小时内传得太多了，请过一会儿再传。"))


@never_cache
@require_http_methods(["HEAD", "PATCH"])
def part(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """How much has arrived; or the next bytes."""
    upload = Upload.objects.visible_to(request.user).filter(pk=key).first()
    if upload is None and not request.user.is_authenticated:
        return redirect_to_login(request.path)
    if upload is None:
        raise Http404
    if request.method == "HEAD":
        return _answer(Upload_Offset=upload.received, Upload_Length=upload.size)
    start = _number(request, "Upload-Offset")
    if request.content_type != BYTES or start is None:
        return _answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    if int(request.headers.get("Content-Length") or 0) > uploads.PART:
        return _answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        by = cast("Actor", request.user) if request.user.is_authenticated else None
        upload = uploads.append(upload, start, request.body, by=by)
    except Refused as refusal:
        elsewhere = refusal.code == "upload_elsewhere"
        status = HTTPStatus.CONFLICT if elsewhere else HTTPStatus.UNPROCESSABLE_ENTITY
        return _refused(refusal, status)
    return _answer(HTTPStatus.NO_CONTENT, Upload_Offset=upload.received)


def _number(request: HttpRequest, header: str) -> int | None:
    text = request.headers.get(header, "")
    return int(text) if text.isascii() and text.isdigit() else None


def _metadata(request: HttpRequest) -> dict[str, str]:
    """What ``Upload-Metadata`` says: base64, as the protocol wants it; nonsense is empty."""
    said = {}
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _blank, coded = pair.strip().partition(" ")
        try:
            said[key] = base64.b64decode(coded, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            said[key] = ""
    return said


def _refused(refusal: Refused, status: HTTPStatus) -> HttpResponse:
    response = HttpResponse(str(refusal), status=status, content_type="text/plain; charset=utf-8")
    response["Tus-Resumable"] = VERSION
    return response


def _answer(status: HTTPStatus = HTTPStatus.NO_CONTENT, **headers: object) -> HttpResponse:
    response = HttpResponse(status=status)
    response["Tus-Resumable"] = VERSION
    for name, said in headers.items():
        response[name.replace("_", "-")] = str(said)
    return response
