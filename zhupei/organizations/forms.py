"""Reading the decision to change a figure of the rules."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.organizations.models import Division


class ParameterForm(forms.Form):
    """The field for the value follows the kind of the parameter."""

    prefecture = forms.ModelChoiceField(
        label=_("适用范围"),
        queryset=Division.objects.prefectures(),
        required=False,
        empty_label=_("全区"),
    )
    valid_from = forms.DateField(
        label=_("生效日期"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("依据"), max_length=200, help_text=_("文号与条款，例如：新建科〔2026〕12号第三条")
    )

    field_order = ["value", "prefecture", "valid_from", "source"]

    def __init__(self, parameter: Parameter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(parameter)
        if not parameter.per_prefecture:
            del self.fields["prefecture"]
        self.order_fields(self.field_order)


def _value_field(parameter: Parameter) -> forms.Field:
    label = _("新的值（%(unit)s）") % {"unit": parameter.unit} if parameter.unit else _("新的值")
    if parameter.choices:
        return forms.ChoiceField(label=label, choices=parameter.choices)
    if isinstance(parameter.default, str):
        return forms.CharField(label=label, max_length=200)
    kind = forms.DecimalField if isinstance(parameter.default, Decimal) else forms.IntegerField
    return kind(label=label, min_value=parameter.minimum, max_value=parameter.maximum)
