"""Reading other words for a text, and which messages somebody looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.core.models import Delivery


class WordingForm(forms.Form):
    text = forms.CharField(
        label=_("文字"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}), strip=True
    )
    valid_from = forms.DateField(
        label=_("启用日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class DeliveryFilters(forms.Form):
    """What stands in the address of the list."""

    delivery = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *Delivery.choices]
    )
