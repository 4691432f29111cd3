"""Reading what is to be put right of an item."""

import re
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zhupei.exams.models import CorrectionState, RulingChoices
from zhupei.exams.rules import Ruling
from zhupei.questions.formats import answers
from zhupei.questions.models import ItemVersion
from zhupei.questions.rules import BY_PEOPLE, CHOICES, Kind

HELP: dict[str, str | Promise] = {
    Kind.SINGLE: _("填选项字母；几个都算对的用“或”分开，例如 A 或 C。"),
    Kind.MULTIPLE: _("填全部正确选项的字母，例如 ABD；几种都算对的用“或”分开，例如 ABD 或 ABCD。"),
    Kind.JUDGE: _("填“正确”或“错误”所在选项的字母 A、B；A 或 B 表示都算对。"),
    Kind.BLANK: _("各空用“；”分开，一个空的几种写法用“|”分开，例如 10|十；mm|毫米。"),
}


class CorrectionForm(forms.Form):
    """What is to be done about an item, and why."""

    ruling = forms.ChoiceField(
        label=_("怎么更正"),
        choices=RulingChoices.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择怎么更正。")},
    )
    keys = forms.CharField(label=_("正确答案（选“更正答案”时填）"), required=False, max_length=2000)
    reason = forms.CharField(
        label=_("错在哪里、依据是什么（住建厅和考生可能看到，不要写别的题）"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明这道题错在哪里、依据是什么。")},
    )

    def __init__(self, version: ItemVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        if version.kind in BY_PEOPLE:
            del self.fields["keys"]
            ruling: Any = self.fields["ruling"]
            ruling.choices = [one for one in RulingChoices.choices if one[0] != Ruling.NEW_KEY]
        else:
            self.fields["keys"].help_text = str(HELP[version.kind])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("ruling") != Ruling.NEW_KEY:
            said["keys"] = []
            return said
        text = said.get("keys", "").strip()
        if not text:
            self.add_error("keys", _("请填正确的答案。"))
        elif self.version.kind in CHOICES:
            said["keys"] = self._letters(text)
        else:
            blanks, ordered = answers.blanks(text)
            said["keys"] = [{"blanks": blanks, "ordered": ordered}]
        return said

    def _letters(self, text: str) -> list[str]:
        found = [answers.letters(part) for part in re.split(r"或|\n", text) if part.strip()]
        if None in found:
            self.add_error("keys", _("请填选项的字母。"))
        return [letters for letters in found if letters]


class CorrectionFilters(forms.Form):
    """Which corrections are listed."""

    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *CorrectionState.choices]
    )
