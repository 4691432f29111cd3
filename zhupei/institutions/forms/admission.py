"""Reading what is asked of the lists of institutions, and a new institution."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.institutions.models import Standing
from zhupei.organizations.models import Division, Kind, Level

LACKS = {
    "managers": ("managers_short",),
    "head": ("head_unfit", "head_missing"),
    "trades": ("teachers_short",),
    "shared": ("teachers_shared",),
    "several": ("manager_of_several",),
    "papers": ("papers_lacking",),
}


class ListForm(forms.Form):
    """By name, and for the region by prefecture."""

    q = forms.CharField(label=_("机构名称"), required=False)
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(),
        label=_("地州市"),
        required=False,
        empty_label=_("全部"),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.acting.organization.kind != Kind.REGION_AUTHORITY:
            del self.fields["prefecture"]


class StaffingForm(ListForm):
    """What somebody looks for among the verdicts on staff."""

    lack = forms.ChoiceField(
        label=_("核对结果"),
        required=False,
        choices=[
            ("", _("全部")),
            ("managers", _("管理人员不足")),
            ("head", _("负责人不符")),
            ("trades", _("专业工种师资不足")),
            ("shared", _("有多家共用教师")),
            ("several", _("一人管多类")),
            ("papers", _("聘用或社保不全")),
            ("good", _("全部符合")),
            ("unknown", _("未核对")),
        ],
    )


class StandingForm(ListForm):
    """By standing."""

    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *Standing.choices, ("none", _("未建档"))],
    )


class RegisterForm(forms.Form):
    """A new institution for the register."""

    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("与办学许可证一致"))
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    division = forms.ModelChoiceField(
        Division.objects.filter(level=Level.COUNTY), label=_("所在县市"), empty_label=_("请选择")
    )
    uscc = forms.CharField(
        label=_("统一社会信用代码"), max_length=24, help_text=_("18 位，末位为校验码")
    )
    complaint_phone = forms.CharField(
        label=_("投诉电话"), max_length=30, help_text=_("公开，例如 0994-2345678")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        existing = Division.objects.on(timezone.localdate()).filter(level=Level.COUNTY)
        field: Any = self.fields["division"]
        field.queryset = existing.select_related("parent").order_by("code")
        field.label_from_instance = _with_parent


def _with_parent(division: Division) -> str:
    return f"{division.parent.short_name} {division.name}" if division.parent else division.name
