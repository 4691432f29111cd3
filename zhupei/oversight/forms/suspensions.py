"""Reading why an institution is suspended, reinstated or leaves."""

from django import forms
from django.utils.translation import gettext_lazy as _

LAWS = [
    ("第二十三条", _("《办法》第二十三条：扰乱培训管理秩序、侵害学员利益")),
    ("建办人函〔2019〕384号", _("建办人函〔2019〕384号：弄虚作假，责令整改")),
]
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RangeForm(forms.Form):
    """From which day of issue certificates are marked; empty: none."""

    certificates_from = forms.DateField(label=_("发证日期不早于"), required=False, widget=DAY)


class SuspendForm(forms.Form):
    """Why, by which rule, on what evidence."""

    certificates_from = forms.DateField(required=False, widget=forms.HiddenInput())
    law = forms.ChoiceField(label=_("依据"), choices=LAWS, widget=forms.RadioSelect())
    note = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("机构、学员和属地住建局都会看到"),
        error_messages={"required": _("请写明理由，机构和学员会看到。")},
    )
    evidence = forms.FileField(
        label=_("凭据"), required=False, help_text=_("PDF、图片或 Office 文档，至多 20 MB")
    )


class ReinstateForm(forms.Form):
    """Why it may go on; the evidence is required."""

    note = forms.CharField(
        label=_("恢复理由"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("机构和学员会看到"),
        error_messages={"required": _("请写明理由，机构和学员会看到。")},
    )
    evidence = forms.FileField(
        label=_("整改凭据"),
        help_text=_("PDF、图片或 Office 文档，至多 20 MB"),
        error_messages={"required": _("请上传整改凭据，没有凭据不能恢复。")},
    )


class LeaveForm(forms.Form):
    """Why an institution leaves."""

    note = forms.CharField(
        label=_("退出理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("对方会看到"),
        error_messages={"required": _("请写明理由，对方会看到。")},
    )


class FilterForm(forms.Form):
    """Suspensions by institution and by whether they still hold."""

    q = forms.CharField(label=_("机构名称"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("open", _("暂停中")), ("lifted", _("已恢复"))],
    )
