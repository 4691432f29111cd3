"""Reading what officials declare of their ties."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Interest, Kind, Organization


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class InterestForm(forms.ModelForm[Interest]):
    """Which body, which tie, since when. Only bodies that are inspected can be chosen."""

    since = _day(_("开始日期"))

    class Meta:
        model = Interest
        fields = ("organization", "kind", "since")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        inspected = Organization.objects.filter(kind__in=[Kind.INSTITUTION, Kind.ASSESSMENT_BODY])
        self.fields["organization"] = forms.ModelChoiceField(
            inspected.order_by("name"), label=_("单位"), empty_label=_("请选择培训机构或考核机构")
        )


class EndInterestForm(forms.Form):
    """The last day of a tie."""

    until = _day(_("结束日期"))
