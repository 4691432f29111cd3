"""Reading what an institution has against a finding, and what the authority says to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.core.upload_field import LargeFileField
from zhupei.corrections.models import KindOfFinding, Severity
from zhupei.corrections.workflow import DISPUTE


class DisputeForm(forms.Form):
    """Why, and what shows it; with ``more``, one more paper only."""

    reason = forms.CharField(
        label=_("异议理由"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("哪里与事实不符，依据是什么；不要只写“有异议”"),
        error_messages={"required": _("请写明为什么不是问题，或者哪里写得不对。")},
    )
    file = LargeFileField(
        label=_("凭据"),
        required=False,
        help_text=_("照片、台账、文件或录像；照片和录像里的拍摄地点会去掉；提出后还可以补充"),
    )

    def __init__(self, *args: Any, more: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if more:
            del self.fields["reason"]
            self.fields["file"].required = True


class JudgeForm(forms.Form):
    """What the authority says; the last four are read where it changes the finding."""

    verdict = forms.ChoiceField(
        label=_("复核结论"),
        choices=[(move.name, move.label) for move in DISPUTE.moves.values()],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择复核结论。")},
    )
    note = forms.CharField(
        label=_("理由"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("机构会看到：采纳或不采纳哪一点，为什么"),
        error_messages={"required": _("请写明理由，对方会看到。")},
    )
    kind = forms.ChoiceField(label=_("类别"), choices=KindOfFinding.choices)
    severity = forms.ChoiceField(
        label=_("程度"), choices=Severity.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("问题"), widget=forms.Textarea(attrs={"rows": 4}))
    law = forms.CharField(label=_("依据"))

    CHANGED = ("kind", "severity", "text", "law")

    def kept(self) -> list[forms.BoundField]:
        """The fields of every answer."""
        return [self["verdict"], self["note"]]

    def changed(self) -> list[forms.BoundField]:
        """The fields of a changed finding."""
        return [self[name] for name in self.CHANGED]
