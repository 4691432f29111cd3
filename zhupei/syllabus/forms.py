"""Reading a syllabus and its units."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.syllabus.models import Syllabus, Unit


class SyllabusForm(forms.ModelForm[Syllabus]):
    class Meta:
        model = Syllabus
        fields = ["job", "version", "effective_from", "online_hours_limit", "basis"]
        widgets = {
            "effective_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "basis": forms.TextInput(),
        }
        labels = {"job": _("岗位或工种")}
        help_texts = {
            "version": _("例如 2026.1"),
            "online_hours_limit": _("全部学时里最多多少学时可以线上学，0 为不能"),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """That the version is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"version"}


class UnitForm(forms.ModelForm[Unit]):
    class Meta:
        model = Unit
        fields = ["title", "theory_hours", "practice_hours", "is_ethics"]
        widgets = {"title": forms.TextInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theory_hours"].initial = 0
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = field.label  # the table's head is no label

    def has_changed(self) -> bool:
        """Does this row say anything? One that was emptied is left out like one never filled."""
        names = ("title", "theory_hours", "practice_hours")
        return any(str(self[name].data or "0").strip() != "0" for name in names)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        hours = (data.get("theory_hours") or 0) + (data.get("practice_hours") or 0)
        if data.get("title") and not hours:
            self.add_error("theory_hours", _("这个单元还没有学时。"))
        return data


UnitFormSet = forms.formset_factory(UnitForm, extra=6, max_num=60)
