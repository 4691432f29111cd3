"""Reading what is found, answered and decided: shapes and widgets."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhupei.core.upload_field import LargeFileField
from zhupei.corrections import words
from zhupei.corrections.models import (
    Answer,
    Extension,
    Finding,
    FindingState,
    KindOfFinding,
    Method,
    OrderState,
    Severity,
    Verdict,
)
from zhupei.organizations.models import Division, Kind, Organization

DATE = {"type": "date"}
ANY = ("", _("全部"))
LINES = forms.Textarea(attrs={"rows": 3})
CHECKED = {Kind.INSTITUTION, Kind.ASSESSMENT_BODY}
"""The kinds of bodies findings are about."""


class Wanted(forms.CharField):
    """Wanted in the end, so nothing calls it optional; a draft may still lack it."""

    def validate(self, value: Any) -> None:
        """The verb that hands it in asks whether it is whole."""


class OfferedFindings(forms.ModelMultipleChoiceField[Finding]):
    def label_from_instance(self, finding: Any) -> str:
        words = {"kind": finding.get_kind_display(), "text": finding}
        return str(_("%(severity)s · %(kind)s：%(text)s")) % {
            "severity": finding.get_severity_display(),
            **words,
        }


class OrderFilters(forms.Form):
    """What stands in the address of the list of orders."""

    q = forms.CharField(label=_("编号、机构或问题"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ANY,
            ("overdue", _("逾期未报")),
            ("unverified", _("核查逾期")),
            *OrderState.choices,
        ],
    )
    source = forms.ChoiceField(
        label=_("来源"),
        required=False,
        choices=[ANY, *((key or "none", label) for key, label in words.SOURCES.items())],
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.prefectures(), label=_("地州市"), required=False, empty_label=_("全部")
    )


class FindingFilters(forms.Form):
    """What stands in the address of the list of findings."""

    q = forms.CharField(label=_("机构或问题"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ANY, *FindingState.choices])
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[ANY, *KindOfFinding.choices])
    severity = forms.ChoiceField(label=_("程度"), required=False, choices=[ANY, *Severity.choices])
    source = forms.ChoiceField(
        label=_("来源"),
        required=False,
        choices=[ANY, *((key or "none", label) for key, label in words.SOURCES.items())],
    )
    repeated = forms.BooleanField(label=_("只看重复出现的"), required=False)
    disputed = forms.BooleanField(label=_("只看有异议待答复的"), required=False)


class FindingForm(forms.ModelForm[Finding]):
    """One thing that is wrong. Without a source one chooses the institution."""

    organization = forms.ModelChoiceField(Organization.objects.none(), label=_("机构"))
    file = LargeFileField(
        label=_("照片、录像或其他凭据"),
        required=False,
        help_text=_("图片、PDF、Office 文档或录像；照片和录像里的拍摄地点会去掉；之后还可以补充"),
    )

    class Meta:
        model = Finding
        fields = ("organization", "kind", "severity", "text", "law")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 4}),
            "law": forms.TextInput(),
            "severity": forms.RadioSelect(),
        }
        help_texts = {
            "text": _("何时、何地、什么问题；写到机构看了就知道要改什么"),
            "law": _("条款，例如：第十四条"),
        }

    field_order = ("organization", "kind", "severity", "text", "law", "file")

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["organization"]
        chosen.queryset = bodies
        severity: Any = self.fields["severity"]
        severity.choices = Severity.choices
        severity.law = _("第二十三条")

    def validate_unique(self) -> None:
        """Nothing of a finding is unique."""

    def _post_clean(self) -> None:
        """What a row may hold is asked by the verb, with words of its own."""


class EvidenceForm(forms.Form):
    """One more photo or paper."""

    file = LargeFileField(label=_("照片、录像或其他凭据"))


class IssueForm(forms.Form):
    """Which findings, until when, what is asked."""

    findings = OfferedFindings(
        Finding.objects.none(),
        label=_("列入通知的问题"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一个问题。")},
    )
    due = forms.DateField(
        label=_("整改期限"),
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("到当天 18:00（北京时间）。已按最严重的问题算好，可以改。"),
    )
    note = forms.CharField(
        label=_("整改要求"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写进通知书，例如整改期间不得在该场地上课"),
    )

    def __init__(self, *args: Any, offered: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["findings"]
        chosen.queryset = offered
        due: Any = self.fields["due"]
        due.law = _("第二十三条")


class AnswerForm(forms.ModelForm[Answer]):
    """What the institution says to one finding; a draft may be half."""

    cause = Wanted(label=_("原因分析"), widget=LINES, help_text=_("为什么会出现这个问题"))
    corrective = Wanted(
        label=_("整改措施和结果"), widget=LINES, help_text=_("做了什么、何时完成、现在怎样")
    )
    preventive = Wanted(label=_("防止再发生的措施"), widget=LINES, help_text=_("怎样保证不再发生"))
    file = LargeFileField(
        label=_("整改凭据"),
        required=False,
        help_text=_("整改后的照片、台账、录像等；照片和录像里的拍摄地点会去掉；可以多次添加"),
    )

    class Meta:
        model = Answer
        fields = ("cause", "corrective", "preventive")

    def __init__(self, *args: Any, must_prevent: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preventive"].required = must_prevent


class WishForm(forms.ModelForm[Extension]):
    """More time."""

    class Meta:
        model = Extension
        fields = ("wanted_until", "reason")
        widgets = {
            "wanted_until": forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
            "reason": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "wanted_until": _("到当天 18:00（北京时间）"),
            "reason": _("为什么不能按期完成，已经做了什么"),
        }


class GrantForm(forms.Form):
    """What the bureau says to a wish for more time."""

    until = forms.DateField(
        label=_("同意延至"), widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"), required=False
    )
    note = forms.CharField(
        label=_("答复理由（机构会看到）"), widget=forms.Textarea(attrs={"rows": 2})
    )


class VerifyForm(forms.Form):
    """One verdict a finding, and how the bureau looked."""

    method = forms.ChoiceField(
        label=_("核查方式"), choices=Method.choices, widget=forms.RadioSelect
    )
    visited_on = forms.DateField(
        label=_("现场核查日期"),
        required=False,
        widget=forms.DateInput(attrs=DATE, format="%Y-%m-%d"),
        help_text=_("现场核查时填"),
    )
    note = forms.CharField(
        label=_("核查意见"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, answers: Iterable[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keys = [answer.finding_id for answer in answers]
        for key in self.keys:
            self.fields[f"verdict_{key}"] = forms.ChoiceField(
                label=_("核查结论"),
                choices=Verdict.choices,
                widget=forms.RadioSelect,
                error_messages={"required": _("请对每个问题选择“通过”或“退回”。")},
            )
            self.fields[f"remark_{key}"] = forms.CharField(
                label=_("退回理由"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
                help_text=_("退回时写明还差什么，机构会看到"),
            )

    def verdicts(self) -> dict[int, tuple[str, str]]:
        said = self.cleaned_data
        return {key: (said[f"verdict_{key}"], said[f"remark_{key}"]) for key in self.keys}

    def parts(self) -> dict[int, tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each finding."""
        return {key: (self[f"verdict_{key}"], self[f"remark_{key}"]) for key in self.keys}
