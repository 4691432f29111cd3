"""Reading the filters of the lists."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.analysis.models import LeadState


class StudyFilters(forms.Form):
    q = forms.CharField(label=_("场次、编号或岗位"), required=False)


class LeadFilters(forms.Form):
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *LeadState.choices]
    )
