"""Reading what a designation says."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Division, Kind, Organization
from zhupei.syllabus.models import Job
from zhupei.venues.models import Designation, PaperKind, State

DATE = {"type": "date"}


class DesignationFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("编号或考核机构"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *State.choices]
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(), label=_("地州市"), required=False, empty_label=_("全部")
    )


class DesignationForm(forms.ModelForm[Designation]):
    """What a designation says, its papers apart."""

    class Meta:
        model = Designation
        fields = [
            "organization",
            "jobs",
            "valid_from",
            "valid_until",
            "conditions",
            "affiliates",
        ]
        widgets = {
            "jobs": forms.CheckboxSelectMultiple,
            "affiliates": forms.CheckboxSelectMultiple,
            "valid_from": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "valid_until": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "conditions": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "organization": _("本地州市的，或全区的考核机构"),
            "valid_from": _("这一天起可以安排考核"),
            "valid_until": _("过了这一天，要重新确定"),
            "conditions": _("例如每场人数、限定的考点；会向社会公布"),
            "affiliates": _("与考核机构同属一个单位或有投资关系的培训机构；是否回避由规则参数决定"),
        }
        error_messages = {
            "organization": {"required": _("请选择考核机构。")},
            "jobs": {"required": _("请至少选择一个岗位或工种。")},
        }

    def __init__(self, *args: Any, prefecture: Division, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        local = Q(prefecture=prefecture) | Q(prefecture__isnull=True)
        bodies = Organization.objects.filter(local, kind=Kind.ASSESSMENT_BODY)
        fields["organization"].queryset = bodies.order_by("name")
        fields["organization"].empty_label = _("请选择")
        fields["jobs"].queryset = Job.objects.order_by("code")
        kin = Organization.objects.filter(kind=Kind.INSTITUTION, prefecture=prefecture)
        fields["affiliates"].queryset = kin.order_by("name")
        fields["organization"].law = fields["jobs"].law = _("第十九条")

    def clean_valid_until(self) -> Any:
        """The message belongs beside the later of the two dates."""
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data["valid_until"]
        if first and last < first:
            raise forms.ValidationError(_("结束早于开始，请检查两个日期。"))
        return last


class PaperForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=PaperKind)
    file = forms.FileField(
        label=_("文件（至多 20 MB）"), help_text=_("PDF、图片或 Office 文档"), allow_empty_file=True
    )
