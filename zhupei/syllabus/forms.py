"""Reading syllabi, jobs and textbooks: shapes and widgets. What may be is in the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.syllabus.models import (
    BookState,
    Category,
    Job,
    JobCode,
    Level,
    Requirement,
    State,
    Syllabus,
    Textbook,
)

ALL = ("", _("全部"))


def date_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SyllabusFilters(forms.Form):
    """What stands in the address of the list."""

    q = forms.CharField(label=_("岗位或工种"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Category.choices])
    level = forms.ChoiceField(label=_("等级"), required=False, choices=[ALL, *Level.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])


class HeadForm(forms.ModelForm[Syllabus]):
    """What a version says of itself, its units apart. ``seen`` is the mark that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Syllabus
        fields = ["job", "level", "version", "effective_from", "online_hours_limit", "basis"]
        widgets = {"effective_from": date_input(), "basis": forms.TextInput()}
        help_texts = {
            "level": _("工种按等级分别编大纲；施工现场专业人员不分等级"),
            "version": _("例如 2026.1"),
            "effective_from": _("发布以后，从这一天起新班按这一版开"),
            "online_hours_limit": _("全部学时里最多多少学时可以线上学，0 为不能"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        job: Any = self.fields["job"]
        job.queryset = Job.objects.offered().order_by("category", "code")
        if self.instance.pk:
            del self.fields["job"]
            self.fields["seen"].initial = self.instance.mark

    def _get_validation_exclusions(self) -> set[str]:
        """That the version is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"version"}


class CopyForm(forms.ModelForm[Syllabus]):
    """The new version that begins as an old one is."""

    class Meta:
        model = Syllabus
        fields = ["level", "version", "effective_from", "basis"]
        widgets = {"effective_from": date_input(), "basis": forms.TextInput()}
        help_texts = HeadForm.Meta.help_texts

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"version"}


def hours_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=999, required=False)


class UnitForm(forms.Form):
    """One unit of the tree. What a unit must be is said by the action; here the shape only."""

    title = forms.CharField(label=_("单元"), max_length=200)
    theory_hours = hours_field(_("理论学时"))
    practice_hours = hours_field(_("实操学时"))
    online_hours = hours_field(_("可线上学时"))
    is_ethics = forms.BooleanField(label=_("职业道德"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        hours = {"theory_hours", "practice_hours", "online_hours"} - self.errors.keys()
        return data | {name: data.get(name) or 0 for name in hours}


class TopicForm(forms.Form):
    """One topic of the tree."""

    title = forms.CharField(label=_("知识点"), max_length=200)
    requirement = forms.ChoiceField(
        label=_("要求"), choices=Requirement.choices, initial=Requirement.MASTER
    )


class JobFilters(forms.Form):
    """What stands in the address of the list of jobs."""

    q = forms.CharField(label=_("名称或编码"), required=False)
    category = forms.ChoiceField(label=_("类别"), required=False, choices=[ALL, *Category.choices])


class JobForm(forms.ModelForm[Job]):
    class Meta:
        model = Job
        fields = ["code", "name", "category", "offered"]
        widgets = {"name": forms.TextInput()}
        help_texts = {
            "code": _("本平台自己的代码，定了不改；别人的编码另外登记"),
            "offered": _("不勾选：不再起草大纲、不再开新班，已有的不受影响"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["code"]

    def _get_validation_exclusions(self) -> set[str]:
        """That the code is taken is said by the action."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"code"}


class CodeForm(forms.ModelForm[JobCode]):
    class Meta:
        model = JobCode
        fields = ["system", "code", "source", "confidence", "valid_from", "valid_until"]
        widgets = {
            "code": forms.TextInput(),
            "source": forms.TextInput(),
            "valid_from": date_input(),
            "valid_until": date_input(),
        }
        help_texts = {"source": _("文号、标准号或网页，别人可以照着核对")}


class EndCodeForm(forms.Form):
    valid_until = forms.DateField(label=_("最后一天"), widget=date_input())


class BookFilters(forms.Form):
    """What stands in the address of the list of textbooks."""

    q = forms.CharField(label=_("书名、出版社或 ISBN"), required=False)
    job = forms.ModelChoiceField(
        Job.objects.order_by("category", "code"),
        label=_("岗位工种"),
        required=False,
        empty_label=_("全部"),
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *BookState.choices])


class BookForm(forms.ModelForm[Textbook]):
    """A textbook as its imprint says. The ISBN is judged by the action."""

    isbn = forms.CharField(
        label="ISBN",
        max_length=20,
        help_text=_("版权页或封底条码上的 13 位（老书 10 位），可带短横"),
    )

    class Meta:
        model = Textbook
        fields = ["isbn", "title", "authors", "publisher", "edition", "year", "jobs"]
        widgets = {
            name: forms.TextInput() for name in ("title", "authors", "publisher", "edition")
        } | {"jobs": forms.SelectMultiple(attrs={"size": "8"})}
        help_texts = {
            "edition": _("例如：2023年8月第2版"),
            "jobs": _("可以选多个：按住 Ctrl 再点"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jobs: Any = self.fields["jobs"]
        jobs.queryset = Job.objects.offered().order_by("category", "code")

    def _get_validation_exclusions(self) -> set[str]:
        """That the number is taken is said by the action."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"isbn"}
