"""Reading what a reviewer answers, and what is asked of the figures of reviews."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.classes.models import SecondState, Verdict

DAY = {"type": "date"}


class FindingForm(forms.Form):
    """The answer to one item of the checklist."""

    verdict = forms.ChoiceField(
        label=_("看过以后"), choices=Verdict, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        label=_("说明"),
        help_text=_("不符时写明哪里不符、怎样改；退回时成为这一项的退回理由。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )


_FIRST_YEAR, _LAST_YEAR = 2000, 2100  # of a period one can ask for


class FigureFilters(forms.Form):
    """Between which days the decisions counted were made."""

    since = forms.DateField(label=_("从"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    until = forms.DateField(label=_("到"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in ("since", "until"):
            if said.get(name) and not _FIRST_YEAR <= said[name].year <= _LAST_YEAR:
                self.add_error(name, _("年份不对，请填 2000 年到 2100 年之间的日期。"))
        if said.get("since") and said.get("until") and said["until"] < said["since"]:
            self.add_error("until", _("结束早于开始，请检查两个日期。"))
        return said


class SecondReadingFilters(forms.Form):
    """Which second readings to list."""

    state = forms.ChoiceField(
        label=_("状态"), choices=[("", _("全部")), *SecondState.choices], required=False
    )
