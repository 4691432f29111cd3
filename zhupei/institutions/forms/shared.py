"""What the forms of a file have in common."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from zhupei.institutions.models import Room
from zhupei.organizations.models import Organization
from zhupei.people.models import User

DAY = {"type": "date"}
PAPERS = _("PDF、图片或 Office 文档，至多 20 MB")


def one_line(field: "models.Field[Any, Any]", **kwargs: Any) -> Any:
    """Short texts in one line, days with the browser's calendar."""
    if isinstance(field, models.TextField) and not field.choices:
        kwargs["widget"] = forms.TextInput()
    elif isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    elif isinstance(field, models.DateField):
        kwargs["widget"] = forms.DateInput(attrs=DAY, format="%Y-%m-%d")
    return field.formfield(**kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    """A day of a form without a model."""
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"), **kwargs
    )


def paper(label: Any, *, required: bool = False, help_text: Any = PAPERS) -> forms.FileField:
    """An uploaded paper; what is in it is looked at by the verb."""
    return forms.FileField(
        label=label, required=required, help_text=help_text, allow_empty_file=True
    )


class Grouped(forms.Form):
    """A form whose fields stand in rows: ``rows`` names them, everything else follows alone.

    ``spans`` names pairs of days of which the second is not the earlier.
    """

    rows: Sequence[Sequence[str]] = ()
    spans: Sequence[tuple[str, str]] = ()

    def clean(self) -> dict[str, Any]:
        """The message belongs beside the later of two days."""
        said = super().clean() or self.cleaned_data
        for first, last in self.spans:
            if said.get(first) and said.get(last) and said[last] < said[first]:
                self.add_error(last, _("结束早于开始，请检查两个日期。"))
        return said

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields as they stand side by side."""
        named = [name for row in self.rows for name in row]
        alone = [[name] for name in self.fields if name not in named]
        return [[self[name] for name in row] for row in (*self.rows, *alone)]


def rooms_of(organization: Organization, user: User) -> models.QuerySet[Room]:
    """The rooms a part of this file may name."""
    visible = Room.objects.visible_to(user).filter(organization=organization)
    return visible.in_use().order_by("name")


class EndForm(forms.Form):
    """On which day something ends."""

    on = day(_("日期"))


class NoteForm(forms.Form):
    """Why."""

    note = forms.CharField(label=_("原因"), widget=forms.Textarea(attrs={"rows": 3}))


class EndLicenceForm(EndForm):
    note = forms.CharField(
        label=_("原因和文号"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("吊销、交回或换发；会记入本机构的经过"),
    )
