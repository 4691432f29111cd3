"""Reading matters handed over, and what the receiver reports."""

from typing import Any

from django import forms
from django.forms.models import construct_instance
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Kind, Organization
from zhupei.oversight.forms.measures import DAY, PAPER, BasisField, words
from zhupei.oversight.models import HandoverState, LegalBasis, ReportKind


class HandoverFilters(forms.Form):
    """Matters by words and state."""

    q = forms.CharField(label=_("编号、机构或事实"), required=False)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *HandoverState.choices]
    )


class HandoverForm(forms.Form):
    """A new matter. Only texts that may provide for a penalty are offered."""

    facts = words(
        _("涉嫌违法的事实"),
        rows=5,
        missing=_("请写明涉嫌违法的事实和发现的经过。"),
        help_text=_("何时、何地、什么行为、怎样发现；印在移送函上"),
    )
    happened_until = forms.DateField(
        label=_("行为终了日期"),
        widget=DAY,
        help_text=_("行为有连续或者继续状态的，填最后一天；时效从这一天算"),
        error_messages={"required": _("请填行为终了日期。")},
    )
    basis = BasisField(
        LegalBasis.objects.none(),
        label=_("法律依据"),
        empty_label=_("请选择"),
        help_text=_("只列出设定了行政处罚的；规范性文件不得设定"),
        error_messages={"required": _("请选择法律依据。")},
    )
    receiver = forms.ModelChoiceField(
        Organization.objects.none(),
        label=_("接收的人社部门"),
        required=False,
        empty_label=_("不在列，写在下面"),
    )
    receiver_name = forms.CharField(label=_("其他执法机关的名称"), max_length=200, required=False)

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = LegalBasis.objects.in_force(timezone.localdate()).for_penalties()
        self.fields["basis"].queryset = rows.order_by("title", "article")  # type: ignore[attr-defined]  # a choice field
        near = Organization.objects.filter(
            kind=Kind.HR, prefecture=organization.prefecture_id
        ) | Organization.objects.filter(kind=Kind.HR, prefecture__isnull=True)
        self.fields["receiver"].queryset = near.order_by("name")  # type: ignore[attr-defined]  # a choice field


class EvidenceForm(forms.Form):
    """One line of the list of evidence."""

    title = forms.CharField(
        label=_("证据名称"), max_length=200, error_messages={"required": _("请写明证据名称。")}
    )
    proves = forms.CharField(label=_("证明什么"), max_length=300, required=False)
    file = forms.FileField(
        label=_("文件"), help_text=PAPER, error_messages={"required": _("请选择文件。")}
    )


class ReceiptForm(forms.Form):
    """The receiver's own number."""

    receipt = forms.CharField(
        label=_("回执文号"),
        max_length=100,
        error_messages={"required": _("请填本机关的回执文号。")},
    )


STEPS = {
    HandoverState.RECEIVED: set(ReportKind) - {ReportKind.REVOKED},
    HandoverState.FILED: set(ReportKind) - {ReportKind.REVOKED, ReportKind.FILED},
    HandoverState.PENALISED: {ReportKind.REVOKED},
}


class ReportForm(forms.Form):
    """One step; which there are depends on how far the matter is."""

    kind = forms.ChoiceField(label=_("进展"), choices=ReportKind.choices)
    day = forms.DateField(label=_("日期"), widget=DAY, error_messages={"required": _("请填日期。")})
    paper_number = forms.CharField(label=_("文书号"), max_length=100, required=False)
    text = words(_("内容"), rows=3, missing=_("请写明内容。"))
    upload = forms.FileField(label=_("文书"), required=False, help_text=PAPER)

    def __init__(self, state: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = STEPS.get(HandoverState(state), set())
        self.fields["kind"].choices = [(one.value, one.label) for one in ReportKind if one in kinds]  # type: ignore[attr-defined]  # a choice field


class BasisForm(forms.ModelForm[LegalBasis]):
    """One article of the catalogue."""

    class Meta:
        model = LegalBasis
        fields = (
            "title",
            "article",
            "rank",
            "matter",
            "penalty",
            "competent",
            "valid_from",
            "valid_until",
            "checked_on",
        )
        widgets: dict[str, Any] = {
            "title": forms.TextInput(),
            "article": forms.TextInput(),
            "matter": forms.Textarea(attrs={"rows": 3}),
            "penalty": forms.Textarea(attrs={"rows": 3}),
            "valid_from": DAY,
            "valid_until": DAY,
            "checked_on": DAY,
        }

    def _post_clean(self) -> None:
        """Shapes are the business of the fields; the verb says the rest, beside its field."""
        self.instance = construct_instance(self, self.instance, self._meta.fields, None)
