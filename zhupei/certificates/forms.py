"""Reading input about certificates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.certificates.models import Reason, State
from zhupei.certificates.rules import tidy_number
from zhupei.syllabus.models import Job


class FilterForm(forms.Form):
    """The filters of the list, kept in the address."""

    q = forms.CharField(label=_("编号或姓名"), required=False)
    job = forms.ModelChoiceField(
        Job.objects.order_by("code"), label=_("岗位或工种"), required=False, empty_label=_("全部")
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *State.choices, ("review", _("复核中"))],
    )


class RevokeForm(forms.Form):
    """Why a certificate is taken back: for strangers a kind, for its holder words."""

    reason = forms.ChoiceField(
        label=_("原因类别"),
        choices=[("", _("请选择")), *Reason.choices],
        help_text=_("查验页上公开显示"),
        error_messages={"required": _("请选择原因类别，查验页上会公开显示。")},
    )
    note = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("持证人会看到，公众看不到"),
        error_messages={"required": _("请写明理由，持证人会看到。")},
    )


class NumberForm(forms.Form):
    """A number somebody wants to check."""

    number = forms.CharField(
        label=_("证书编号"),
        max_length=60,
        error_messages={
            "required": _("请填写证书上印的编号。"),
            "max_length": _("证书编号没有这么长，请对照证书逐位核对。"),
        },
        help_text=_("印在证书标题下面，例如 ZP-2026-6523-000418"),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    def clean_number(self) -> Any:
        return tidy_number(self.cleaned_data["number"])
