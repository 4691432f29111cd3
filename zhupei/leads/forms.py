"""Reading filters, which days are to be searched, and what becomes of a confirmed lead."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.corrections.models import Severity
from zhupei.leads.finders import SEARCHES
from zhupei.leads.models import Lead, Rule, State
from zhupei.organizations.models import Organization

DAY = {"type": "date"}


class LeadFilters(forms.Form):
    q = forms.CharField(label=_("班级、场次或机构"), required=False)
    rule = forms.ChoiceField(
        label=_("规则"), required=False, choices=[("", _("全部")), *Rule.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )


class SearchForm(forms.Form):
    """Which days, by which rules; none chosen means all in use."""

    first = forms.DateField(label=_("从"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    last = forms.DateField(label=_("到"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    rules = forms.MultipleChoiceField(
        label=_("规则"),
        required=False,
        help_text=_("不选就按全部启用的规则"),
        choices=[(rule, Rule(rule).label) for rule in SEARCHES],
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of_last_month(cls) -> "SearchForm":
        today = timezone.localdate()
        return cls(initial={"first": today - timedelta(days=30), "last": today})


class HandOnForm(forms.Form):
    """A confirmed lead in the words of a finding."""

    organization = forms.ModelChoiceField(
        Organization.objects.none(), label=_("单位"), empty_label=None
    )
    text = forms.CharField(
        label=_("问题"),
        help_text=_("写明事实，不写猜测；单位会看到这段话，看不到线索"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    law = forms.CharField(label=_("依据"), initial=_("《办法》第十三条、第二十三条"))
    severity = forms.ChoiceField(
        label=_("程度"),
        choices=Severity.choices,
        initial=Severity.SERIOUS,
        widget=forms.RadioSelect,
    )

    def __init__(self, lead: Lead, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = lead.places.values("organization")
        field = self.fields["organization"]
        field.queryset = Organization.objects.filter(pk__in=bodies)  # type: ignore[attr-defined]
        field.initial = lead.organization_id
