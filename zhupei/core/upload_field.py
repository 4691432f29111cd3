"""A form field for large files: sent in parts where there is JavaScript, whole where there is not.

``LargeFileField().clean`` gives an ``Upload`` (whole, still to be taken) or an uploaded file;
``kept`` turns either into a stored one.
"""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from zhupei.core import files, uploads
from zhupei.core.actors import Actor
from zhupei.core.models import StoredFile, Upload


class LargeFileWidget(forms.ClearableFileInput):
    """The file, and beside it the hidden name of an upload that is done."""

    template_name = "core/_large_file.html"
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return data.get(f"{name}-upload") or files.get(name)

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-upload" not in data and name not in files


class LargeFileField(forms.Field):
    widget = LargeFileWidget
    default_error_messages = {"unknown": _("这个文件没有传完或已经用过，请重新选择。")}

    def clean(self, value: Any) -> UUID | File[bytes] | None:
        if isinstance(value, str):
            try:
                return UUID(value)
            except ValueError as fault:
                raise forms.ValidationError(self.error_messages["unknown"], "unknown") from fault
        found: File[bytes] | None = super().clean(value)
        return found


def kept(found: UUID | File[bytes], *, by: Actor) -> StoredFile:
    """Keep what the field gave, in the caller's transaction.

    Raises what ``uploads.take`` and ``files.accept`` raise.
    """
    if isinstance(found, UUID):
        return uploads.take(Upload(pk=found), by=by)
    return files.accept(found, by=by, kinds={**files.KINDS, **files.RECORDINGS})
