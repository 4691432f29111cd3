"""Pictures in a form: each with words, kept by a token while the rest is put right."""

from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.core.models import StoredFile
from zhupei.questions.contents import Shown
from zhupei.questions.shown import key_of, token, unsaved

MOST_PICTURES = 4


class PicturesForm(forms.Form):
    """Up to four pictures. ``kept`` are those sent just now, by row: the view keeps them first, so
    that nobody has to choose a file twice.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.kept: dict[int, StoredFile] = kwargs.pop("kept", {})
        super().__init__(*args, **kwargs)
        for number in range(MOST_PICTURES):
            self.fields[f"picture_{number}"] = forms.CharField(
                required=False, widget=forms.HiddenInput
            )
            self.fields[f"alt_{number}"] = forms.CharField(
                label=_("图 %(n)d 的文字说明") % {"n": number + 1},
                required=False,
                max_length=500,
                help_text=_("图上有什么、写着什么数。看不见图的考生靠它答题。"),
            )
            self.fields[f"remove_{number}"] = forms.BooleanField(
                label=_("不要这张图"), required=False
            )

    def typed(self, name: str) -> str:
        """What was typed into a field, however unfinished the form is."""
        value = self[name].value()
        return str(value).replace("\r\n", "\n").strip() if value is not None else ""

    @cached_property
    def files_kept(self) -> dict[int, StoredFile]:
        """The pictures by their row: those just sent, then those the form named by their token."""
        keys = {}
        for number in range(MOST_PICTURES):
            if self[f"remove_{number}"].value():
                continue
            if number in self.kept:
                keys[number] = str(self.kept[number].pk)
            elif key := key_of(self.typed(f"picture_{number}")):
                keys[number] = key
        found = {str(file.pk): file for file in StoredFile.objects.filter(pk__in=keys.values())}
        return {number: found[key] for number, key in keys.items() if key in found}

    def pictures(self) -> tuple[Shown, ...]:
        return tuple(
            Shown(file, self.typed(f"alt_{number}")) for number, file in self.files_kept.items()
        )

    def first_without_words(self) -> str:
        """The field in which a picture's words are missing."""
        bare = [n for n in self.files_kept if not self.typed(f"alt_{n}")]
        return f"alt_{bare[0] if bare else 0}"

    def picture_rows(self) -> list[dict[str, Any]]:
        """The pictures, and one empty row after the last."""
        written = [
            n
            for n in range(MOST_PICTURES)
            if n in self.files_kept or self.typed(f"alt_{n}") or self[f"alt_{n}"].errors
        ]
        return [
            {
                "number": n,
                "token": token(self.files_kept[n]) if n in self.files_kept else "",
                "shown": unsaved(Shown(self.files_kept[n], "")) if n in self.files_kept else None,
                "name": self.files_kept[n].name if n in self.files_kept else "",
                "alt": self[f"alt_{n}"],
                "remove": self[f"remove_{n}"],
            }
            for n in range(min(MOST_PICTURES, max([-1, *written]) + 2))
        ]


def initial_pictures(shown: Any) -> dict[str, str]:
    """Stored pictures as the form writes them."""
    found: dict[str, str] = {}
    for number, picture in enumerate(shown):
        found |= {f"picture_{number}": token(picture.file), f"alt_{number}": picture.alt}
    return found
