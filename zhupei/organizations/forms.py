"""Reading what is asked about bodies, their people, and the figures of the rules."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.core.parameters import Parameter
from zhupei.organizations.models import Division, Kind, Level, MembershipQuerySet, Role
from zhupei.organizations.rules import roles_of
from zhupei.people.forms import phone_field
from zhupei.people.models import User


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

    previewed = forms.CharField(widget=forms.HiddenInput, required=False)

    field_order = ["value", "prefecture", "valid_from", "source"]

    def __init__(self, parameter: Parameter, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = _value_field(parameter)
        if not parameter.per_prefecture:
            del self.fields["prefecture"]
        self.order_fields(self.field_order)

    @property
    def meant(self) -> str:
        """What the effects were shown for: another value or day wants another look."""
        names = ("value", "prefecture", "valid_from")
        return "|".join(str(self.cleaned_data.get(name) or "") for name in names)


class ParameterFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("参数或依据"), required=False)
    standing = forms.ChoiceField(
        label=_("依据的分量"),
        required=False,
        choices=[
            ("", _("全部")),
            ("set", _("厅已定")),
            ("law", _("法规")),
            ("practice", _("做法")),
            ("proposal", _("建议待厅确认")),
        ],
    )


def _value_field(parameter: Parameter) -> forms.Field:
    label = _("新的值（%(unit)s）") % {"unit": parameter.unit} if parameter.unit else _("新的值")
    if parameter.choices:
        return forms.ChoiceField(label=label, choices=parameter.choices)
    if isinstance(parameter.default, str):
        return forms.CharField(label=label, max_length=200)
    kind = forms.DecimalField if isinstance(parameter.default, Decimal) else forms.IntegerField
    return kind(label=label, min_value=parameter.minimum, max_value=parameter.maximum)


def _roles(roles: Iterable[str]) -> list[tuple[str, Any]]:
    return [(role, Role(role).label) for role in roles]


class MemberFilters(forms.Form):
    """What stands in the address of the list of people."""

    q = forms.CharField(label=_("姓名"), required=False)
    role = forms.ChoiceField(label=_("角色"), required=False)
    over = forms.BooleanField(label=_("连同已结束的"), required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [("", _("全部")), *_roles(roles_of(kind))]

    def narrowed(self, rows: MembershipQuerySet, today: date) -> MembershipQuerySet:
        said = self.cleaned_data
        rows = rows.filter(user__name__icontains=said["q"].strip())
        rows = rows.filter(role=said["role"]) if said["role"] else rows
        return rows if said["over"] else rows.not_over(today)


class AddForm(forms.Form):
    """A colleague: who, where the link goes, and what they do here."""

    name = forms.CharField(label=_("姓名"), max_length=100, help_text=_("和身份证上一样"))
    phone = phone_field()
    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = _roles(roles_of(kind))
        if Role.TEACHER in roles_of(kind):
            role.help_text = _("教师要先在师资库里，手机号与师资库登记的一致")
        self.fields["phone"].help_text = _(
            "设密码的链接发到这个手机，由本人设密码；已有账号的，直接多一个身份"
        )


class EndForm(forms.Form):
    """Until when."""

    last_day = forms.DateField(
        label=_("最后一天（含当天）"),
        required=False,
        help_text=_("不填则立即停止"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class LinkForm(forms.Form):
    """Nothing to say, unless the account has no phone yet."""

    phone = phone_field()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if user.own_phone:
            del self.fields["phone"]
        else:
            self.fields["phone"].help_text = _("这个账号还没有手机号；登记后只有自治区住建厅能改")


class PhoneForm(forms.Form):
    """Another phone for an account, and how its owner was recognised."""

    phone = phone_field()
    reason = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("为什么改，怎样核实了本人；旧手机号会收到提醒"),
        error_messages={"required": _("请写明为什么改，怎样核实了本人。")},
    )


class AgainForm(forms.Form):
    """Another role for the same person."""

    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, roles: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = _roles(roles)


class BodyFilters(forms.Form):
    """What stands in the address of the register."""

    q = forms.CharField(label=_("名称"), required=False)
    kind = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Kind.choices]
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(), label=_("地州市"), required=False, empty_label=_("全部")
    )
    empty = forms.BooleanField(label=_("只看没有账号的"), required=False)


class _Place(forms.ModelChoiceField[Division]):
    def label_from_instance(self, division: Any) -> str:
        if division.level == Level.COUNTY:
            return f"{division.parent.short_name} {division.name}"
        return str(division.name)


class BodyForm(forms.Form):
    """A body for the register; institutions are registered on their own page."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=[
            (kind.value, kind.label)
            for kind in Kind
            if kind not in {Kind.INSTITUTION, Kind.REGION_AUTHORITY}
        ],
    )
    name = forms.CharField(label=_("名称"), max_length=100, help_text=_("全称，与公章一致"))
    short_name = forms.CharField(label=_("简称"), max_length=40, required=False)
    division = _Place(Division.objects.none(), label=_("所在地"))
    uscc = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        required=False,
        help_text=_("18 位，末位为校验码"),
    )
    complaint_phone = forms.CharField(
        label=_("投诉电话"), max_length=40, required=False, help_text=_("会公开")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["division"]
        there = Division.objects.on(timezone.localdate()).exclude(code="659000")
        field.queryset = there.select_related("parent").order_by("code")

    def clean(self) -> dict[str, Any]:
        """An authority stands at its own level of place."""
        said = super().clean() or {}
        wanted = {
            Kind.PREFECTURE_AUTHORITY.value: Level.PREFECTURE,
            Kind.COUNTY_AUTHORITY.value: Level.COUNTY,
        }.get(said.get("kind", ""))
        place = said.get("division")
        if wanted and place and place.level != wanted:
            words = _("这类单位的所在地应选一个%(level)s。") % {"level": wanted.label}
            self.add_error("division", words)
        return said
