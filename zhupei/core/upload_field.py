"""A form field for large files: sent in parts where there is JavaScript, whole where there is not.

``LargeFileField().clean`` gives an ``Upload`` (whole, still to be taken) or an uploaded file,
``SeveralFilesField().clean`` a list of them; ``kept`` turns either into a stored one. ``hold``
keeps what was chosen in a form that has to be shown again.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.base import ContentFile, File
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from zhupei.core import files, films, uploads
from zhupei.core.actors import Actor
from zhupei.core.errors import Refused
from zhupei.core.models import StoredFile, Upload


class LargeFileWidget(forms.ClearableFileInput):
    """The file, and beside it the hidden name of an upload that is done. A form for strangers sets
    ``limit``: bytes, for which the page gets a ticket.
    """

    template_name = "core/_large_file.html"
    needs_multipart_form = True
    limit: int | None = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["upload"] = value if isinstance(value, str) else ""
        if self.limit is not None:
            context["widget"] |= {
                "ticket": uploads.ticket(self.limit),
                "limit": self.limit,
                "megabytes": self.limit // files.MEGABYTE,
            }
        return context

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


class SeveralFilesWidget(forms.ClearableFileInput):
    """Some files; those of ``sender`` (None: a stranger) that are here already stand above, each
    ticked.
    """

    template_name = "core/_several_files.html"
    allow_multiple_selected = True
    sender: Actor | None = None

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        keys = [key for one in value or () if (key := _key(one))]
        owner = self.sender.pk if self.sender else None
        own = Upload.objects.filter(pk__in=keys, owner=owner)
        context["widget"]["kept"] = own.exclude(file=None)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return [*_listed(data, f"{name}-upload"), *_listed(files, name)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-upload" not in data and name not in files


class SeveralFilesField(forms.FileField):
    """Some files, or none; how many are too many is the action's business."""

    default_error_messages = LargeFileField.default_error_messages

    def __init__(self, *, accept: str, **kwargs: Any) -> None:
        widget = SeveralFilesWidget(attrs={"accept": accept})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [found for one in data if (found := self._one(one, initial))]

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 - a field's
        return data  # a plain field of files forgets what came

    def _one(self, one: Any, initial: Any) -> Any:
        if not isinstance(one, str):
            return super().clean(one, initial)
        if key := _key(one):
            return key
        raise forms.ValidationError(self.error_messages["unknown"], "unknown")


def _key(words: Any) -> UUID | None:
    """The key of an upload, when these are one."""
    try:
        return UUID(words) if isinstance(words, str) else None
    except ValueError:
        return None


def _listed(data: Any, name: str) -> list[Any]:
    """All that was sent under a name; ``data`` may be a plain dictionary."""
    if hasattr(data, "getlist"):
        return list(data.getlist(name))
    return list(data.get(name) or ())


def hold(form: forms.Form, *, by: Actor | None, allowed: Callable[[], bool] | None = None) -> None:
    """Keep the files that came with a form which is shown again: nobody chooses them twice.

    What cannot be kept, because it is no file we take or because ``allowed`` says that it is
    enough, is said beside its field. ``by`` as for ``kept``.
    """
    sent: Any = form.data
    data = sent.copy()
    for name, field in form.fields.items():
        if not isinstance(field, LargeFileField | SeveralFilesField):
            continue
        if isinstance(field.widget, SeveralFilesWidget):
            field.widget.sender = by
        html_name = form.add_prefix(name)
        came = [file for file in _listed(form.files, html_name) if file]
        held = [key for file in came if (key := _held(form, name, file, (by, allowed)))]
        if held:
            data.setlist(f"{html_name}-upload", [*_listed(data, f"{html_name}-upload"), *held])
    form.data, form.files = data, MultiValueDict()


def _held(form: forms.Form, name: str, file: File[bytes], terms: Any) -> str | None:
    by, allowed = terms
    if allowed is not None and not allowed():
        form.add_error(name, _("“%(name)s”没有留住，请重新选择。") % {"name": file.name})
        return None
    try:
        return str(uploads.whole(file, by=by).pk)
    except Refused as refusal:
        if not form.has_error(name):
            form.add_error(name, str(refusal))
        return None


def kept(found: UUID | File[bytes], *, by: Actor | None) -> StoredFile:
    """Keep what the field gave, in the caller's transaction; ``by`` is None for a stranger's.

    Raises what ``uploads.take`` and ``files.accept`` raise.
    """
    if isinstance(found, UUID):
        return uploads.take(Upload(pk=found), by=by)
    return files.accept(_bare(found), by=by, kinds=uploads.KINDS if by else uploads.STRANGERS_KINDS)


def _bare(found: File[bytes]) -> File[bytes]:
    """A film without the place it was taken at; anything else as it came."""
    head = found.read(16)
    found.seek(0)
    if files.sniff(head) != films.MEDIA_TYPE or (found.size or 0) > files.LIMIT:
        return found
    film = BytesIO(found.read())
    films.hide_place(film)
    return ContentFile(film.getvalue(), found.name)
