"""Reading what somebody pastes or uploads, what they want handed out, whose bank a set is."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.questions.actions.handing_out import FORMS, SCOPES
from zhupei.questions.formats import recognise
from zhupei.questions.models import QuestionSet

MOST_PASTED = 300_000  # letters: as bytes what a form may hold


class BringForm(forms.Form):
    """A file or a text, in a format named or recognised."""

    file = forms.FileField(
        label=_("文件（不超过 20 MB）"),
        required=False,
        help_text=_("Excel、Word（.docx）、文本、QTI、Moodle XML、GIFT 或 Aiken。"),
    )
    text = forms.CharField(
        label=_("或者粘贴试题"),
        required=False,
        strip=False,
        help_text=_("最多 30 万字，再长请存成文件上传。"),
        widget=forms.Textarea(
            attrs={"rows": 8, "placeholder": "1. …（　）\nA. …　B. …\n答案：B\n解析：…"}
        ),
    )
    form = forms.ChoiceField(
        label=_("格式"), choices=list(recognise.FORMATS.items()), initial=recognise.AUTO
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        upload, text = said.get("file"), said.get("text", "").strip()
        if len(text) > MOST_PASTED:
            self.add_error("text", _("粘贴的内容超过 30 万字。请存成文件上传。"))
        if self.errors:
            return said
        if bool(upload) == bool(text):
            sentence = (
                _("请只用一种：上传文件，或者粘贴。") if upload else _("请选文件，或粘贴试题。")
            )
            self.add_error("file", sentence)
        elif upload and upload.size > recognise.MAX_BYTES:
            self.add_error("file", _("文件超过 20 MB。请拆成几个文件再导入。"))
        return said


class ExportForm(forms.Form):
    """What to hand out, and how."""

    scope = forms.ChoiceField(label=_("范围"), choices=list(SCOPES.items()))
    form = forms.ChoiceField(label=_("格式"), choices=list(FORMS.items()))


class OriginForm(forms.ModelForm[QuestionSet]):
    """Whose bank a set comes from."""

    class Meta:
        model = QuestionSet
        fields = ["origin", "origin_source", "origin_on"]
        widgets = {
            "origin_source": forms.TextInput(),
            "origin_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {"origin_source": _("例如：住房和城乡建设部 2026 版题库")}

    def _get_validation_exclusions(self) -> set[str]:
        """What a ministry's bank has to say is said by the action, beside its field."""
        excluded: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # no stub
        return excluded | {"origin_source", "origin_on"}

    def validate_constraints(self) -> None:
        """The action says it."""
