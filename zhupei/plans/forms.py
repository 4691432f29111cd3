"""Reading what an examiner types about a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.exams.models import Plan, PlanQuerySet, PlanState
from zhupei.organizations.models import Division, Organization


class PlanForm(forms.ModelForm[Plan]):
    """What a plan is called. ``prefecture`` is asked once, of bodies that work everywhere."""

    class Meta:
        model = Plan
        fields = ["title", "prefecture", "note"]
        labels = {"prefecture": _("地州市")}
        widgets = {"title": forms.TextInput(), "note": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("例如“2026 年 12 月考核计划”，住建局会看到"),
            "note": _("考核频次、联系人等，可以不写"),
        }
        error_messages = {
            "title": {"required": _("请写计划名称。")},
            "prefecture": {"required": _("请选择地州市。")},
        }

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organization.prefecture_id or self.instance.pk:
            del self.fields["prefecture"]
        else:
            everywhere = Division.objects.prefectures()
            self.fields["prefecture"].queryset = everywhere  # type: ignore[attr-defined]


class PlanFilters(forms.Form):
    """What a list of plans is narrowed by; it stands in the address."""

    q = forms.CharField(label=_("查找"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *PlanState.choices]
    )

    def narrow(self, plans: PlanQuerySet) -> PlanQuerySet:
        """An unreadable filter is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        if chosen.get("q"):
            plans = plans.matching(chosen["q"])
        if chosen.get("state"):
            plans = plans.filter(state=chosen["state"])
        return plans
