"""Equipment, its use, consumables; the spreadsheets they come from; and the lists' filters."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.institutions import licensing
from zhupei.institutions.forms.shared import Grouped, day, one_line, rooms_of
from zhupei.institutions.models import (
    Condition,
    Consumable,
    ConsumableEntry,
    Direction,
    Equipment,
    EquipmentUse,
    Standing,
)
from zhupei.organizations.models import Division, Organization
from zhupei.people.models import User
from zhupei.syllabus.models import Job

ALL = [("", _("全部"))]
MEANT = [(value, label) for value, label in Condition.choices if value != Condition.RETIRED]


class EquipmentForm(Grouped, forms.ModelForm[Equipment]):
    condition = forms.ChoiceField(label=_("状况"), choices=MEANT)
    rows = (
        ("number", "name"),
        ("model", "quantity"),
        ("job", "room"),
        ("bought_on", "condition"),
    )

    class Meta:
        model = Equipment
        fields = ["number", "name", "model", "quantity", "job", "room", "bought_on", "condition"]
        formfield_callback = one_line

    def __init__(self, *args: Any, organization: Organization, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["room"].queryset = rooms_of(organization, user)
        fields["job"].queryset = Job.objects.order_by("code")
        fields["job"].empty_label = _("都适用")
        fields["room"].empty_label = _("不在固定场地")


class UseForm(Grouped, forms.ModelForm[EquipmentUse]):
    rows = (("used_on", "minutes"), ("purpose",), ("user_name", "number"))

    class Meta:
        model = EquipmentUse
        fields = ["used_on", "minutes", "purpose", "user_name", "number"]
        formfield_callback = one_line
        help_texts = {"purpose": _("哪个班、什么内容")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"used_on": timezone.localdate()}
        super().__init__(*args, **{"initial": usual} | kwargs)


class ConsumableForm(Grouped, forms.ModelForm[Consumable]):
    rows = (("name", "unit"), ("job",))

    class Meta:
        model = Consumable
        fields = ["name", "unit", "job"]
        formfield_callback = one_line
        labels = {"unit": _("单位（袋、千克、米……）")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["job"].queryset = Job.objects.order_by("code")
        fields["job"].empty_label = _("都适用")


class MoveForm(Grouped, forms.ModelForm[ConsumableEntry]):
    on = day(_("日期"))
    quantity = forms.DecimalField(
        label=_("数量"), max_digits=12, decimal_places=2, min_value=0, step_size=None
    )
    rows = (("direction", "quantity"), ("on", "number"), ("purpose",))

    class Meta:
        model = ConsumableEntry
        fields = ["direction", "quantity", "on", "number", "purpose"]
        formfield_callback = one_line
        help_texts = {"purpose": _("入库写来源，领用写哪个班")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        usual = {"on": timezone.localdate(), "direction": Direction.OUT}
        super().__init__(*args, **{"initial": usual} | kwargs)

    def clean_quantity(self) -> Any:
        quantity = self.cleaned_data["quantity"]
        if not quantity:
            raise forms.ValidationError(_("数量要大于 0。"))
        return quantity


class LedgerForm(forms.Form):
    file = forms.FileField(
        label=_("台账文件（至多 5 MB）"),
        help_text=_("Excel、WPS 或 CSV；列名见模板"),
        allow_empty_file=True,
    )


class EquipmentFilters(forms.Form):
    """What stands in the address of the ledger."""

    q = forms.CharField(label=_("编号或名称"), required=False)
    condition = forms.ChoiceField(
        label=_("状况"), required=False, choices=[*ALL, *Condition.choices]
    )
    job = forms.ModelChoiceField(
        Job.objects.order_by("code"), label=_("适用工种"), required=False, empty_label=_("全部")
    )


class UseFilters(forms.Form):
    """What stands in the address of the records of use."""

    q = forms.CharField(label=_("设备、用途或使用人"), required=False)
    first = day(_("从"), required=False)
    last = day(_("到"), required=False)


class IndexFilters(forms.Form):
    """What stands in the address of the list of institutions."""

    q = forms.CharField(label=_("名称"), required=False)
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(), label=_("地州市"), required=False, empty_label=_("全部")
    )
    licence = forms.ChoiceField(
        label=_("办学许可"), required=False, choices=[*ALL, *licensing.CHOICES]
    )
    standing = forms.ChoiceField(label=_("准入"), required=False, choices=[*ALL, *Standing.choices])
    kind = forms.CharField(required=False, widget=forms.HiddenInput)
