"""Reading a new set and a spreadsheet of questions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.questions.models import QuestionSet


class SetForm(forms.ModelForm[QuestionSet]):
    class Meta:
        model = QuestionSet
        fields = ["job", "title"]
        widgets = {"title": forms.TextInput()}
        labels = {"job": _("岗位或工种")}
        help_texts = {"title": _("例如：土建施工员 2026 年题库")}

    def _get_validation_exclusions(self) -> set[str]:
        """That the title is taken is said by the action, with what to do."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"title"}


class SheetForm(forms.Form):
    file = forms.FileField(
        label=_("试题表（.xlsx、.xls 或 .csv，不超过 5 MB）"),
        help_text=_("先检查，不会直接入库。每一处问题都会指出行、列和改法。"),
    )
