"""Reading which days are asked for."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 366  # days


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class SpanForm(forms.Form):
    """From one day to another; the quarter so far unless told."""

    since = _day(_("从"))
    until = _day(_("到"))

    def clean(self) -> None:
        said = super().clean() or {}
        since, until = said.get("since"), said.get("until")
        if since and until and not since <= until <= since + timedelta(days=LONGEST):
            self.add_error("until", _("结束日期不能早于开始日期，最多看一年。"))

    @classmethod
    def filled(cls, data: object, today: date) -> "SpanForm":
        """Bound to what was asked, or to the quarter ``today`` lies in."""
        first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
        usual = {"since": first.isoformat(), "until": today.isoformat()}
        asked = dict(data.items()) if data else {}  # type: ignore[attr-defined]
        return cls({**usual, **{key: text for key, text in asked.items() if key in usual}})
