"""Reading measures: facts and law, statements, hearings, decisions."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zhupei.organizations.models import Division
from zhupei.oversight.models import LegalBasis, Measure, MeasureKind, MeasureState, ServedHow

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
PAPER = _("PDF、图片或 Office 文档，至多 20 MB")


def words(label: Any, rows: int = 4, missing: Any = "", **more: Any) -> forms.CharField:
    """A longer text."""
    return forms.CharField(
        label=label,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or _("请填写。")},
        **more,
    )


class BasisField(forms.ModelChoiceField[LegalBasis]):
    """One article of the catalogue, with its rank; it says when nobody compared it yet."""

    def label_from_instance(self, obj: Any) -> str:
        unchecked = "" if obj.checked_on else _("（待法制机构核对）")
        return f"{obj}（{obj.get_rank_display()}）{unchecked}"


class MeasureFilters(forms.Form):
    """Measures by words, kind, state and place."""

    q = forms.CharField(label=_("编号、机构或事实"), required=False)
    kind = forms.ChoiceField(
        label=_("措施"), required=False, choices=[("", _("全部")), *MeasureKind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), ("overdue", _("逾期")), *MeasureState.choices],
    )
    prefecture = forms.ModelChoiceField(
        Division.objects.none(), label=_("地州市"), required=False, empty_label=_("全部")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prefecture"].queryset = Division.objects.prefectures()  # type: ignore[attr-defined]  # a choice field


class FactsForm(forms.Form):
    """What happened, and by which text something is done about it."""

    facts = words(
        _("事实"),
        rows=5,
        missing=_("请写明何时、何地、什么事、有什么证据。"),
        help_text=_("何时、何地、什么事、有什么证据；机构会看到这一段"),
    )
    basis = BasisField(
        LegalBasis.objects.none(),
        label=_("依据"),
        empty_label=_("请选择"),
        error_messages={"required": _("请选择依据。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = LegalBasis.objects.in_force(timezone.localdate())
        self.fields["basis"].queryset = rows.order_by("-rank", "title", "article")  # type: ignore[attr-defined]  # a choice field


class MeasureForm(FactsForm):
    """A new measure."""

    kind = forms.ChoiceField(
        label=_("措施"),
        choices=MeasureKind.choices,
        widget=forms.RadioSelect,
        help_text=_("警告、通报批评是行政处罚，不在这里办：请移送有权机关"),
        error_messages={"required": _("请选择措施。")},
    )
    file = forms.FileField(label=_("证据"), required=False, help_text=PAPER)
    field_order = ("kind", "facts", "basis", "file")


class StatementForm(forms.Form):
    """What the institution says."""

    statement = words(
        _("陈述申辩"),
        rows=6,
        missing=_("请写明您的陈述申辩。"),
        help_text=_("4000 字以内，提交后不能再改，期满以前可以再补充；陈述申辩不会加重处理"),
    )
    wish = forms.ChoiceField(
        label=_("听证"),
        choices=[
            ("later", _("先陈述申辩；期满以前我还可以补充，可以要求听证")),
            ("hearing", _("要求听证")),
            ("waive", _("放弃听证，也不再补充：住建局可以提前作出决定")),
        ],
        initial="later",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择要不要听证。")},
    )
    file = forms.FileField(label=_("材料"), required=False, help_text=PAPER)


class PaperForm(forms.Form):
    """One more paper."""

    file = forms.FileField(
        label=_("补充材料"), help_text=PAPER, error_messages={"required": _("请选择文件。")}
    )


class UrgentForm(forms.Form):
    """Why it cannot wait."""

    certificates_from = forms.DateField(required=False, widget=forms.HiddenInput())
    note = words(
        _("为什么不能等到听取陈述申辩以后"),
        missing=_("请写明为什么不能等。"),
        help_text=_("机构、学员和属地住建局会看到；之后照样告知、听取陈述申辩、作出决定"),
    )


class HearingForm(forms.Form):
    """When and where."""

    at = forms.DateTimeField(
        label=_("听证时间（北京时间）"),
        widget=MOMENT,
        error_messages={"required": _("请填听证时间。")},
    )
    place = forms.CharField(
        label=_("地点"), max_length=200, error_messages={"required": _("请写明听证地点。")}
    )


class HeardForm(forms.Form):
    """What was said."""

    account = words(_("听证情况"), missing=_("请写明听证情况。"))
    file = forms.FileField(
        label=_("听证笔录（双方签字）"),
        help_text=PAPER,
        error_messages={"required": _("请上传双方签字的听证笔录。")},
    )


class DecisionForm(forms.Form):
    """The decision; which fields there are depends on what is decided."""

    weighed = words(
        _("陈述申辩采纳情况"),
        rows=3,
        missing=_("机构陈述申辩过，请写明采纳了什么、没有采纳什么、为什么。"),
    )
    due_on = forms.DateField(
        label=_("期限"), widget=DAY, error_messages={"required": _("请填日期。")}
    )
    place = forms.CharField(
        label=_("约谈地点"), max_length=200, error_messages={"required": _("请写明约谈地点。")}
    )
    certificates_from = forms.DateField(required=False, widget=forms.HiddenInput())
    note = words(
        _("决定和理由"), missing=_("请写明决定和理由。"), help_text=_("机构会看到，印在决定书上")
    )

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = measure.kind
        if not measure.stated_at:
            del self.fields["weighed"]
        if kind not in {MeasureKind.TALK, MeasureKind.CORRECT}:
            del self.fields["due_on"]
        else:
            talk = kind == MeasureKind.TALK
            self.fields["due_on"].label = _("约谈日期") if talk else _("改正期限到")
        if kind != MeasureKind.TALK:
            del self.fields["place"]
        if kind != MeasureKind.SUSPEND:
            del self.fields["certificates_from"]


class ServiceForm(forms.Form):
    """How the decision reached the institution."""

    how = forms.ChoiceField(
        label=_("送达方式"),
        choices=[one for one in ServedHow.choices if one[0] != ServedHow.PLATFORM],
    )
    note = forms.CharField(label=_("说明"), max_length=500, required=False)
    file = forms.FileField(label=_("送达回证"), required=False, help_text=PAPER)


class OutcomeForm(forms.Form):
    """What came of it."""

    note = words(_("执行结果"), rows=3, missing=_("请写明执行结果，机构会看到。"))
    file = forms.FileField(label=_("证明材料"), required=False, help_text=PAPER)
